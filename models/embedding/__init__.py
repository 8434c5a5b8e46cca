"""Sentences as vectors, for criteria that are defined by examples: the embedded table, or a larger model."""
