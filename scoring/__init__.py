"""Transcript and rubric to scorecard; pure: no clock, no device, no network, no files but its own data."""
