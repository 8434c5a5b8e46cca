"""A recogniser that expects a team's own names and products beside those of the scenario."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.recogniser import Recogniser
from scoring.transcript import Word


class Named:
    """Another recogniser, told the team's names too, after the scenario's: what is too long is cut."""

    def __init__(self, recogniser: Recogniser, names: Sequence[str]) -> None:
        self._recogniser = recogniser
        self._names = tuple(names)
        self.engine, self.model = recogniser.engine, recogniser.model
        self.rough, self.cuts, self.drafts = recogniser.rough, recogniser.cuts, recogniser.drafts

    def warm_up(self) -> None:
        """See `Recogniser`."""
        self._recogniser.warm_up()

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        """See `Recogniser`."""
        names = tuple(dict.fromkeys((*hotwords, *self._names)))
        return self._recogniser.words(samples, hotwords=names, draft=draft)
