"""Errors of imports on a cluster, each with a sentence for the person who started one."""


class ClusterError(RuntimeError):
    """The cluster cannot be used; the message says what is wrong with it and what to do."""


class NoFilesError(ValueError):
    """There is nothing to import where a path, an address or a pattern points to; `pattern` holds it."""

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern = pattern
        super().__init__(f"{pattern}: {reason}")
