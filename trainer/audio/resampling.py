"""Sound at another rate, by the resampler that PyAV brings along."""

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Sample = TypeVar("Sample", np.float32, np.int16)


class Resampler(Generic[Sample]):
    """Mono float32 or int16 samples from one rate (Hz) to another, block after block.

    What goes in comes out some milliseconds later; `last` gives the rest.
    """

    def __init__(self, rate: int, to: int, kind: type[Sample]) -> None:
        import av  # noqa: PLC0415 - most files and devices do without

        self._rate = rate
        self._kind: type[Sample] = kind
        self._format = "flt" if kind is np.float32 else "s16"
        self._frame = av.AudioFrame.from_ndarray
        self._resampler = av.AudioResampler(format=self._format, layout="mono", rate=to)

    def __call__(self, block: NDArray[Sample], *, last: bool = False) -> NDArray[Sample]:
        """What is ready of the sound up to this block."""
        frames: list[Any] = []
        if len(block):
            frame = self._frame(np.ascontiguousarray(block)[None, :], format=self._format, layout="mono")
            frame.sample_rate = self._rate
            frames += self._resampler.resample(frame)
        if last:
            frames += self._resampler.resample(None)
        return np.concatenate([np.zeros(0, self._kind), *(one.to_ndarray()[0] for one in frames)])
