"""How hard scenarios are for people, for the screens on which a manager chooses one."""

from typing import TYPE_CHECKING

from trainer.app.threads import off_thread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scenarios.schema import Scenario
    from trainer.app.app import TrainerApp
    from trainer.coaching.difficulty import Difficulty


async def difficulties(app: "TrainerApp", scenarios: "Sequence[Scenario]") -> "Mapping[str, Difficulty]":
    """By id, those that ten people have met; nothing for a rep, who sees their own records alone."""
    from trainer.coaching.difficulty import measured  # noqa: PLC0415 - YAML

    if app.config.role != "manager":
        return {}
    store = await app.store()
    # A second for a million attempts.
    return await off_thread(lambda: measured(scenarios, store.firsts.all()))
