"""What holds for all tests."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("search")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
"""The same examples in every run, so that a run says something about the change it is of.
HYPOTHESIS_PROFILE=search looks for new ones."""
