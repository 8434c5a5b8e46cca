"""Failures that have a name, whatever part they come from."""

from trainer.errors import TrainerError


def named(error: BaseException) -> bool:
    """Whether the error is one that a user can act on: then its text is the line to show."""
    # The packages below the trainer have error classes of their own; where one was raised, it is imported.
    from models.recogniser import RecogniserError  # noqa: PLC0415
    from scenarios.errors import ScenarioError  # noqa: PLC0415
    from scoring.errors import RubricError  # noqa: PLC0415

    return isinstance(error, TrainerError | RecogniserError | ScenarioError | RubricError)
