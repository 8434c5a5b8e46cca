"""What the rep said, with the evidence marked and the uncertain words dimmed."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from scoring.scorecard import Evidence
from scoring.transcript import Transcript, Word

UNSURE = 0.5
"""Word probability under which a word is dimmed: more likely misheard than not."""


def spoken(
    transcript: Transcript, evidence: Iterable[Evidence] = (), playing: Evidence | None = None
) -> Content:
    """The transcript as content. Evidence is underlined as well as coloured, unsure words are in italics."""
    content = Content(transcript.text)
    for word, (start, end) in zip(transcript.words, transcript.spans(), strict=True):
        if word.confidence < UNSURE:
            content = content.stylize("$text-muted italic", start, end)
    for one in evidence:
        content = content.stylize("on $evidence underline", one.start_char, one.end_char)
    if playing is not None:
        content = content.stylize("on $evidence-playing underline bold", playing.start_char, playing.end_char)
    return content


def growing(firm: Sequence[Word], tentative: Sequence[Word]) -> Content:
    """What is heard of a reply that is still spoken: words that stay plain, those that may change dimmed.

    Colour is not alone: what may change ends in dots.
    """
    stays = Content(" ".join(word.text for word in firm))
    if not tentative:
        return stays
    changes = Content.styled(" ".join(word.text for word in tentative) + " …", "$text-muted")
    return Content(" ").join([stays, changes]) if firm else changes
