"""A Whisper of the size of a real one that has learnt nothing: what it costs, measured without weights."""
