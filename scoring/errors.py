"""What can go wrong with the scorer's own data, in words that name the place and the mend."""


class RubricError(Exception):
    """A rubric that can't be used; the sentence is `file:line: what; mend`."""

    exit_code = 2


class YamlError(Exception):
    """A YAML file that can't be read; the sentence is `file:line: what; mend`."""

    exit_code = 2
