"""What a practice waits for, what it asks of the rep then, and which keys work."""

from enum import Enum, auto

from textual.binding import Binding, BindingType


class Stage(Enum):
    """What the practice waits for."""

    READY = auto()  # for the rep to speak
    STARTING = auto()  # for the microphone
    RECORDING = auto()
    HEARING = auto()  # for the recogniser and the scorer
    KEPT = auto()  # there is a take without a reply
    HEARD = auto()  # there are words without a score


ASKS = {
    Stage.READY: "Press space and answer out loud; space again ends the reply.",
    Stage.STARTING: "Opening the microphone …",
    Stage.RECORDING: "Space ends your reply.",
    Stage.HEARING: "Transcribing …",
    Stage.KEPT: "Your take is kept. Enter uses it; space takes it again.",
    Stage.HEARD: "Your words are kept. Enter scores them.",
}

UNSAVED = "Your words are only on this screen until there is room on the disk. Enter tries again."
BEHIND = "This machine is slower than your voice: the words follow when you end. Space ends your reply."
EARLIER = "Your earlier take is kept. Enter uses it; space takes it again."

KEYS: list[BindingType] = [
    Binding("space", "speak", "speak", id="speak", key_display="space", tooltip="Start your reply"),
    Binding("space", "end", "end reply", id="end", key_display="space", tooltip="End your reply"),
    Binding("enter", "use", "use", id="use", key_display="⏎", tooltip="Go on with what is kept"),
    Binding("r", "again", "again", id="again", tooltip="Take it again from the start; the old take is kept"),
    Binding("p", "hear", "hear", id="hear", tooltip="Hear your take; again to stop"),
    Binding("t", "type", "type", id="type", tooltip="Type the reply instead"),
    Binding("v", "repeat", "repeat", id="repeat", tooltip="Hear the prospect's line again"),
    Binding("m", "speech(False)", "mute", id="mute", tooltip="The prospect's voice off, from now on"),
    Binding("m", "speech(True)", "voice on", id="unmute", tooltip="The prospect's voice on, from now on"),
    Binding(
        "escape", "leave", "leave", id="back", tooltip="Leave; everything is kept and you can go on later"
    ),
]

WORKS: dict[str, set[Stage]] = {
    "speak": {Stage.READY, Stage.KEPT, Stage.HEARD},
    "end": {Stage.RECORDING},
    "use": {Stage.KEPT, Stage.HEARD},
    "again": {Stage.RECORDING, Stage.KEPT, Stage.HEARD},
    "hear": {Stage.KEPT, Stage.HEARD},
    "type": {Stage.READY, Stage.KEPT, Stage.HEARD},
    "repeat": {Stage.READY, Stage.KEPT, Stage.HEARD},
}
"""When the keys that do not always work do."""


def while_speaking(end_pause: float, left: float | None, *, behind: bool) -> str:
    """What is asked of a rep who speaks. `left`: seconds until the pause they make ends the reply."""
    if left is not None:
        return f"Your reply ends in {left:.1f} s. Speak to go on."
    if behind:
        return BEHIND
    return (
        f"A pause of {end_pause:g} s ends your reply, and so does space."
        if end_pause
        else ASKS[Stage.RECORDING]
    )
