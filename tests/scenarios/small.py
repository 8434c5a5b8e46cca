"""A whole scenario, small, with line numbers that tests can count on."""

from pathlib import Path

SMALL = """\
id: small
title: "Too dear"
skill: price-objection
rubric: price-objection
minutes: 3
goal: Find out what is behind the price.
hotwords: [quote]
forms:
  A:
    persona:
      name: Ada
      role: buyer
      manner: Short of time, and fair.
      voice: female
    situation: You sell brushes to Ada.
    start: first
    turns:
      - id: first
        says: That is too dear.
        criteria: [acknowledge, root-cause]
        next:
          - made: [clarifies_root_cause]
            go: soft
          - go: hard
      - id: soft
        says: Well, the others are cheaper.
        criteria: [acknowledge, reframe]
        next:
          - go: last
      - id: hard
        says: No, really.
        criteria: [acknowledge, reframe]
        next:
          - go: last
      - id: last
        says: And now?
        criteria: [next-step]
        next:
          - made: [proposes_next_step]
            go: end
            closing: Good.
          - go: end
            closing: Bye.
"""


def small(folder: Path, *changes: tuple[str, str]) -> Path:
    """The small scenario in a file, with the first of each `before` changed to `after`."""
    text = SMALL
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file
