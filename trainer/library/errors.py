"""What a pack or a playbook that can't be used ends in: one line with the file, the place and the mend."""

from trainer.errors import BadInputError


class PackError(BadInputError):
    """A pack that can't be read, used or installed; what was installed before stays as it was."""


class PlaybookError(BadInputError):
    """A playbook that can't be read, or drafts that can't be written."""
