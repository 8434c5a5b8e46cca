"""How the micro whisper and its clips are made; see the README one folder up."""
