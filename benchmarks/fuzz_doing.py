"""What the program does with a case of `benchmarks.fuzz`."""

from pathlib import Path

from benchmarks.fuzzed import Case
from scenarios.finding import Finding
from scenarios.headings import library_ids
from scenarios.judging import Judge
from scenarios.lint import report
from scenarios.loader import load
from trainer.library.drafts import drafts
from trainer.library.hotwords import names_in
from trainer.library.inspecting import inspect
from trainer.library.pack import read_pack, unpacked
from trainer.library.playbook_file import read_playbook
from trainer.library.writing import write_drafts
from trainer.practice.meaning import embedder

MOST_REMEMBERED = 300
"""Cases after which what was judged is forgotten: a command's judge lives for one."""


class Doing:
    """Does it, with one judge for many cases: their examples are mostly the same."""

    def __init__(self) -> None:
        self._judge, self._count = Judge(embedder()), 0

    def __call__(self, case: Case) -> bool:
        """Whether it could be used; errors of ours as they come."""
        self._count += 1
        if self._count % MOST_REMEMBERED == 0:
            self._judge = Judge(embedder())
        match case.kind:
            case "scenario":
                return self._scenario(case.path)
            case "playbook":
                return self._playbook(case.path)
            case _:
                return self._pack(case.path)

    def _scenario(self, file: Path) -> bool:
        found = report(file, self._judge)
        usable = _fit(found.findings, file.name)
        load(file)
        return usable

    def _pack(self, path: Path) -> bool:
        pack = read_pack(path)
        taken = dict.fromkeys(library_ids(), "the library")
        with unpacked(pack, path.parent) as folder:
            return _fit(inspect(pack, folder, taken, self._judge).findings, path.name)

    def _playbook(self, file: Path) -> bool:
        book = read_playbook(file)
        names = names_in(book)
        made = list(drafts(book, names, library_ids(), self._judge))
        for written in write_drafts(made, names, file.parent / "out", file):
            if written.suffix == ".yaml" and not written.stem.endswith("-rubric"):
                load(written)
        return True


def _fit(findings: tuple[Finding, ...], name: str) -> bool:
    """Whether there is no error; each finding is a line that names the file and says the mend."""
    for one in findings:
        if len(str(one).splitlines()) != 1 or name not in one.file or one.line < 1 or not one.mend:
            raise AssertionError(f"a finding that nobody can act on: {one!r}")
    return not any(one.severity == "error" for one in findings)
