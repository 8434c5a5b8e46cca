"""What a draft says until somebody writes it: a buyer's lines after any objection, criteria of any talk."""

from dataclasses import dataclass

from scoring.rubric import Criterion


@dataclass(frozen=True, slots=True)
class Lines:
    """A buyer's lines after the first: when asked, when told too soon, at the end, and the last ones."""

    answer: str
    again: str
    end: str
    won: str
    lost: str


LINES = (
    Lines(
        answer="Fair question. It's, well, I have to explain this to others here. What would I tell them?",
        again="Mm. No, you haven't told me anything yet. Why should I go on with this?",
        end="Okay. There may be something in that. So what happens now?",
        won="All right. Do that, and then we'll see. Bye now.",
        lost="Well, you have my number. Goodbye.",
    ),
    Lines(
        answer="Good that you ask. Thing is, I'm not alone in this. What do I say to the rest?",
        again="Hang on, that's not an answer. Give me one reason to stay on the line.",
        end="Right. That I can work with. And what do we do next?",
        won="Good. Send it, and I'll have a look. Bye.",
        lost="I'll think about it. Thanks for the call.",
    ),
)

BUYERS = (
    ("Robin Hale", "female"),
    ("Tom Arden", "male"),
    ("Dana Brook", "female"),
    ("Paul Ferrer", "male"),
    ("Ines Calder", "female"),
    ("Victor Lund", "male"),
)
"""Made-up names and their voices."""

PLAIN = (
    Criterion(
        id="acknowledge",
        move="acknowledges_concern",
        weight=3,
        says="Show that you heard their point before you answer it",
        tip='Say their point back in your own words first, and leave the "but" out.',
        model_answer="That's a fair concern, and I can see why you'd raise it.",
    ),
    Criterion(
        id="root-cause",
        move="clarifies_root_cause",
        weight=3,
        says="Find out what lies under it",
        tip="Before you answer, ask what exactly it is about, and where it comes from.",
        model_answer="Can I ask what's behind that? What exactly worries you about it?",
    ),
    Criterion(
        id="evidence",
        move="gives_evidence",
        weight=2,
        says="Prove what you claim: a customer's result, or a figure from real use",
        tip="Name one customer like them and what changed there, with its number.",
        model_answer="A customer of ours, about your size, had a third fewer failures after six months.",
    ),
    Criterion(
        id="check",
        move="confirms_resolution",
        weight=2,
        says="Ask whether your answer settles it",
        tip="After you answered, ask if that settles the point or what is still open, then stop talking.",
        model_answer="Does that settle it for you, or is something still missing?",
    ),
    Criterion(
        id="next-step",
        move="proposes_next_step",
        weight=2,
        says="Agree who does what, and by when",
        tip="Offer one thing you will do and the day you will do it.",
        model_answer="I'll send it to you on one page by Thursday, and we go through it on Friday at ten.",
    ),
    Criterion(
        id="no-arguing",
        move="interrupts_or_argues",
        wanted=False,
        weight=2,
        says="Don't argue, and don't run anybody down",
        tip="Stay with their point; nobody has to be wrong.",
        model_answer="That is your decision, and it helps me to know where you stand.",
    ),
    Criterion(
        id="no-hedging",
        move="uses_hedging",
        wanted=False,
        weight=1,
        says='Stand by what you say, without "maybe", "sort of" or "I guess"',
        tip="Say the sentence once, plainly, and stop.",
        model_answer="That is how we do it, and it stands in the contract.",
    ),
)
"""What a draft rubric asks for; the model answers are held to meet their criteria by a test."""
