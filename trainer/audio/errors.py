"""What goes wrong with sound, in one line each."""

from trainer.errors import BadInputError, TrainerError


class AudioError(BadInputError):
    """A file that holds no sound that can be used."""


class AudioDeviceError(TrainerError):
    """A microphone or loudspeaker that is not there or does not answer."""


class TakeError(TrainerError):
    """A take that can't be written or kept; what is on disk already stays there."""
