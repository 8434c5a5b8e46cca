"""The command line; every command imports what it needs when it runs."""


def main() -> None:
    """The `trainer` command."""
