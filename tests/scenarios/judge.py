"""One judge for all tests of a process: an example of the library is scored once."""

from functools import cache

from scenarios.judging import Judge
from scenarios.lint import Report, reports
from trainer.practice.meaning import embedder


@cache
def judge() -> Judge:
    """The judge that `trainer scenarios check` has, without a memory on disk."""
    return Judge(embedder())


@cache
def library() -> tuple[Report, ...]:
    """A report on every scenario of the library; on no day, so that nothing is due."""
    return tuple(reports((), judge()))
