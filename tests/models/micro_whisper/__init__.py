"""A Whisper small enough to lie in the repository, and what it was taught."""
