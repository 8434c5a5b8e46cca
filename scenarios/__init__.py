"""The scripted conversations: their schema, loader, linter and library."""
