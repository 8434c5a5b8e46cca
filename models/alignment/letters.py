"""How a word that no dictionary has may sound: letter-to-sound rules, for finding it in time and no more."""

import re

# (letters with what must follow them, their phones in ARPAbet), tried in this order at each place. After the
# usual rules of English spelling; an alignment forgives a wrong vowel, it only wants about the right length.
_RULES: tuple[tuple[str, str], ...] = (
    ("tion", "SH AH N"),
    ("sion", "ZH AH N"),
    ("cious|tious", "SH AH S"),
    ("cial|tial", "SH AH L"),
    ("ture$", "CH ER"),
    ("ought", "AO T"),
    ("eigh", "EY"),
    ("igh", "AY"),
    ("ough", "OW"),
    ("augh", "AO"),
    ("dge", "JH"),
    ("tch", "CH"),
    ("sch", "SH"),
    ("ing$", "IH NG"),
    ("qu", "K W"),
    ("ph", "F"),
    ("th", "TH"),
    ("sh", "SH"),
    ("ch", "CH"),
    ("ck", "K"),
    ("gh", "G"),
    ("wh", "W"),
    ("^wr", "R"),
    ("^kn|^gn", "N"),
    ("^ps", "S"),
    ("^x", "Z"),
    ("ng", "NG"),
    ("nk", "NG K"),
    ("([bdfglmnprstz])(?=\\1)", ""),  # a doubled letter sounds once
    ("ee|ea|ie(?=[a-z])", "IY"),
    ("oo", "UW"),
    ("ou", "AW"),
    ("ow$", "OW"),
    ("ow", "AW"),
    ("oi|oy", "OY"),
    ("ai|ay|ei|ey(?=[a-z])", "EY"),
    ("ey$", "IY"),
    ("oa|oe", "OW"),
    ("au|aw", "AO"),
    ("eu|ew|ue", "UW"),
    ("ar", "AA R"),
    ("or", "AO R"),
    ("er|ir|ur|yr", "ER"),
    ("a(?=[bcdfgklmnpstvz]e$)", "EY"),
    ("i(?=[bcdfgklmnpstvz]e$)", "AY"),
    ("o(?=[bcdfgklmnpstvz]e$)", "OW"),
    ("u(?=[bcdfgklmnpstvz]e$)", "UW"),
    ("(?<=[a-z])e$", ""),
    ("(?<=[tdpkfcgblmnrvw])es$", "Z"),
    ("y$", "IY"),
    ("^y", "Y"),
    ("a$", "AH"),
    ("o$", "OW"),
    ("i$", "IY"),
    ("u$", "UW"),
    ("c(?=[eiy])", "S"),
    ("g(?=[eiy])", "JH"),
    ("a", "AE"),
    ("e", "EH"),
    ("i|y", "IH"),
    ("o", "AA"),
    ("u", "AH"),
    ("b", "B"),
    ("c|k|q", "K"),
    ("d", "D"),
    ("f", "F"),
    ("g", "G"),
    ("h", "HH"),
    ("j", "JH"),
    ("l", "L"),
    ("m", "M"),
    ("n", "N"),
    ("p", "P"),
    ("r", "R"),
    ("s", "S"),
    ("t", "T"),
    ("v", "V"),
    ("w", "W"),
    ("x", "K S"),
    ("z", "Z"),
)
_COMPILED = tuple((re.compile(letters), phones) for letters, phones in _RULES)


def phones_of(word: str) -> str:
    """Phones in ARPAbet, by blanks, of a lower-case word of the letters a to z; "" where it has none."""
    word = re.sub(r"[^a-z]", "", word)
    found: list[str] = []
    at = 0
    while at < len(word):
        # With a position, and not on a piece cut out, so that ^ and $ mean the word's own ends.
        hit, phones = next((hit, phones) for rule, phones in _COMPILED if (hit := rule.match(word, at)))
        found.append(phones)
        at = hit.end()
    return " ".join(phones for phones in found if phones)
