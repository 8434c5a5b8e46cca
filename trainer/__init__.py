"""The application: command line, screens, practice, audio, store."""
