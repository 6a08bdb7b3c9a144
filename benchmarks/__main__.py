"""Run everything, print the table and write it to `benchmarks/RESULTS.md`."""

from pathlib import Path

from benchmarks import browsing, figures, locating
from benchmarks.measure import Result, table


def main() -> None:
    """Measure one subject after another, saying which."""
    found: list[Result] = []
    for subject in (locating, figures, browsing):
        print(f"{subject.__doc__}".splitlines()[0], flush=True)
        for result in subject.results():
            print("  " + " · ".join(cell for cell in result.cells() if cell), flush=True)
            found.append(result)
    text = table(found)
    Path(__file__).with_name("RESULTS.md").write_text(text, encoding="utf-8")
    print("\n" + text)


if __name__ == "__main__":
    main()
