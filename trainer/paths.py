"""Where things lie: one folder if TRAINER_HOME names it, else the platform's own."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs


@dataclass(frozen=True, slots=True)
class Paths:
    """The three folders everything lives in; none of them need exist yet."""

    config: Path
    data: Path
    cache: Path

    @classmethod
    def of_user(cls) -> "Paths":
        """The folders of this profile."""
        if home := os.environ.get("TRAINER_HOME"):
            root = Path(home).expanduser().absolute()
            return cls(config=root / "config", data=root / "data", cache=root / "cache")
        dirs = PlatformDirs("rep-trainer", appauthor=False)
        return cls(Path(dirs.user_config_dir), Path(dirs.user_data_dir), Path(dirs.user_cache_dir))

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

    @property
    def names(self) -> Path:
        """The team's own list of names and products, one a line; it need not be there."""
        return self.config / "names.txt"

    @property
    def team_admin(self) -> Path:
        """The address of the team's database, where this profile administers one; never its password."""
        return self.config / "team-admin.txt"

    @property
    def database(self) -> Path:
        """The store."""
        return self.data / "trainer.db"

    @property
    def takes(self) -> Path:
        """The folder of recordings."""
        return self.data / "takes"

    @property
    def scenarios(self) -> Path:
        """The folder of a team's own scenarios and rubrics; it need not be there."""
        return self.data / "scenarios"

    @property
    def packs(self) -> Path:
        """The folder of installed packs, a folder each."""
        return self.data / "packs"

    @property
    def models(self) -> Path:
        """The folder that fetched weights go to, a folder each."""
        return self.cache / "models"

    @property
    def voice(self) -> Path:
        """The folder of rendered lines of the prospect."""
        return self.cache / "voice"

    @property
    def drills(self) -> Path:
        """The folder of what is recorded in drills, which is not kept."""
        return self.cache / "drills"
