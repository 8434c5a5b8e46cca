"""The SQLite store through sqlite-utils; the only code that writes SQL for it."""
