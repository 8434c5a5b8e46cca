"""Microphone and speaker: recorder, player, devices, takes on disk."""
