"""What is wrong with a command, not with the data."""


class CommandError(ValueError):
    """A command cannot be carried out as it was given; the message says what to write instead."""
