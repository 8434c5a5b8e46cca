"""The detectors of the moves, and their data."""
