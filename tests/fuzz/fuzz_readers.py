"""Change bytes of files at random, led by what the readers then run through; stops at the first fault.

Run by `make fuzz`; needs atheris, which exists for Linux and macOS. A file that makes a fault is left as `crash-…`.
"""

import sys
import tempfile
from pathlib import Path


def main():
    import atheris  # noqa: PLC0415 - only here, so that the tests load without it

    with atheris.instrument_imports(include=["geo.imports"]):
        from tests.fuzz.checks import check  # noqa: PLC0415
    from tests.fuzz.seeds import write_seeds  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        seeds, path = Path(folder, "seeds"), Path(folder, "file")
        seeds.mkdir()
        write_seeds(seeds)
        (seeds / "book.xls").unlink()  # of which calamine sets aside what a cell says: that ends with a process alone

        def try_bytes(data):
            path.write_bytes(data)
            check(path)

        limits = ["-max_len=100000", "-timeout=20", "-rss_limit_mb=3000"]  # seconds as a quiet machine has them
        atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(seeds)], try_bytes)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
