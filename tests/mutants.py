"""Change the code in small ways, and list the changes that no test notices: all, or with a number so many.

Which rooms are changed, and which tests are to notice it, stands in `pyproject.toml` under `tool.mutmut`. What is left
in `mutants/` says the rest: `mutmut show NAME`, `mutmut browse`.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

SEED = 12


def mutmut(*arguments):
    return subprocess.run([sys.executable, "-m", "mutmut", *arguments], check=False).returncode


def names():
    """The names of all changes, once they are generated."""
    for described in sorted(Path("mutants").rglob("*.meta")):
        yield from json.loads(described.read_text("utf-8")).get("exit_code_by_key", {})


def main(count=None):
    """Try all changes, or so many, always the same."""
    if count is None:
        mutmut("run")
    else:
        mutmut("run", "none of this name")  # only generates them, and finds which test runs through what
        every = list(names())
        mutmut("run", *random.Random(SEED).sample(every, min(int(count), len(every))))
    return mutmut("results")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
