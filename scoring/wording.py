"""The little words that clauses are cut by."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DROPPED = _set("um mm just really actually basically literally simply honestly quite oh ah ha gosh")
"""Hesitations and softeners: they stand anywhere and change nothing, so patterns needn't name them."""

REPEATED = _set(
    "i we you the a an it that this is are and so but to of in my your our what how do can they would if"
)
"""Words said twice in a row by slip, not for stress."""

WH = _set("what how why who whose whom which when where")
BE = _set("is are was were am")
AUX = BE | _set("do does did can could would will should shall have has had may might must")
CLITICS = _set("'s 'd are will")
PRONOUNS = _set("i you we they he she it that this there anyone anybody someone somebody everyone")
SUBJECTS = PRONOUNS | _set("your my our the any those these their his her both either all a an")
DISCOURSE = _set(
    "so and but well okay now then look yeah yes no sure right or also plus anyway alright hey hi "
    "thanks great good see listen ballpark roughly first second last lastly finally again additionally "
    "understood perfect cool interesting oof wow huh though however meanwhile otherwise instead"
)
LEADS = _set(
    "if when once before after besides apart aside other assuming given since while until on from out "
    "compared for with without in at as because suppose say between beyond looking going thinking "
    "considering by during today right currently following based coming back whenever where although "
    "though unless"
)
EMBEDDING = _set(
    "know knows knew understand understands see saw seen tell tells told ask asks asked asking wonder "
    "wondered about of on for to show shows showed explain explains figure out sure learn hear heard "
    "depends depending exactly matter decide regardless like than that remember forget said say says "
    "and or is was 's into from with in by at share describe find hearing seeing curious interested "
    "saying means mean guess imagine believe think not"
)
BEFORE_WH = _set("to at by on in for until from with of about around after before since than")
TIMES = _set("tomorrow monday tuesday wednesday thursday friday saturday sunday next noon")
BARE_VERBS = _set("be have get been go make take give do not never also then always only still even")
SIDES = _set("side end team yourself you there else company myself so and but curious asking now question")
BINDING = _set(
    "sense if when that because since while what how why who where which than as until after before once "
    "unless whether the a an your my our their think know say said says feel felt guess hope sure see "
    "believe wish thought mean understand hear heard like to of for with and or so about from make "
    "makes sounds seems every each not time way thing reason people everything anything something all means "
    "let in on at by"
)
JOINERS = _set("but because so and however or though although yet while since")
NO_SUBJECT_BEFORE = _set("not to so nor neither than as thing who")
NO_VERB_AFTER_WH = _set("the a an your our my to about ever so far")
OPENERS = _set("let here there that it i we you they this")
OPENING: dict[str, frozenset[str]] = {
    "let": _set("'s me"),
    "here": _set("'s is are"),
    "there": _set("'s is are was were has"),
    "that": _set("'s sounds makes must would"),
    "it": _set("sounds seems makes 's was is"),
    "i": _set(
        "am will 'd have can hear get understand know think guess totally completely could want appreciate"
    ),
    "we": _set("will are have 'd can had could did"),
    "you": _set("are will 'd have"),
    "they": _set("are were went had 'd have will put cut saw got said did promised"),
    "this": _set("is 's"),
}
AFTER_A_QUESTION: dict[str, frozenset[str]] = {
    "let": _set("'s me"),
    "here": _set("'s is are"),
    "i": _set("am will 'd have can hear get understand know think guess could want appreciate ask"),
    "we": _set("will have 'd can had"),
    "if": _set("so it it's that"),
}
FINITE = _set(
    "am is are was were 's 'd will have has had can could would should do does did went put cut saw got "
    "said told make makes made need want sounds seems pays paid save saved works"
)
VERBS = _set(
    "get got go went come came know knew think thought feel felt make made take took see saw want need "
    "hear heard say said tell told give gave put cut run ran spend spent pay paid lose lost keep kept "
    "find found sound work help send meet call understand appreciate burned gone been done let mean "
    "like love hate"
)

LITTLE = _set(
    "the a an to of in on at by for with from as or and but if so that this these those it its i you we "
    "they he she me us them him her my your our their his is are am was were be been do does did have "
    "has had can could would will should not no yes 's 'd what how why who when where which there here "
    "than then about up out down off over all any some one more most just like get got go going really "
    "very well now too into after before because while let know think say said us's each every other "
    "don't okay right yeah um mm might may must am"
)
"""Words that hold speech together and say nothing by themselves."""

NUMBERS = _set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million percent half dozen first second third quarter dollars"
)

WANTS_NOUN = _set("the a an your our my their")
NO_NOUN = _set(
    "the a an and or but why how when who what where is are was of to in with for from your our my the if"
)

_REPLIES = (
    "yes", "yeah", "no", "nope", "absolutely", "exactly", "nothing", "none", "zero", "simple",
    "never", "everything",
)  # fmt: skip
_REPLY_PHRASES = (
    ("of", "course"), ("it", "means"), ("the", "answer"), ("i", "will", "tell"), ("let", "me", "tell"),
    ("well", "it", "'s"), ("here", "'s", "how"), ("here", "'s", "why"), ("here", "'s", "what"),
    ("that", "'s", "right"), ("that", "'s", "because"), ("it", "'s", "because"), ("you", "guessed"),
    ("not", "much"), ("you", "'d", "lose"), ("you", "bet"), ("it", "does"), ("we", "do"), ("they", "did"),
    ("it", "'s", "simple"), ("i", "'d", "say"), ("probably", "not"), ("not", "a"), ("the", "reason"),
    ("well", "because"), ("a", "lot"), ("big", "time"), ("so", "do", "i"), ("damn", "right"), ("you", "do"),
)  # fmt: skip


def is_answer(question: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the clause after a question answers it in the same breath."""
    if not after or not question:
        return False
    if after[0] == "because":
        return "why" in question
    return after[0] in _REPLIES or any(after[: len(phrase)] == phrase for phrase in _REPLY_PHRASES)
