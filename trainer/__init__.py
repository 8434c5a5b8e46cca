"""The application: command line, screens, practice, audio, store."""

from importlib.metadata import version

__version__ = version("rep-trainer")
