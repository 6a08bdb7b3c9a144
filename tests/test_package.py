"""The program as pip installs it: a wheel in an environment of its own, used from an empty folder."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from geo.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = os.name == "nt"
PATIENCE_S = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of this folder; nothing is fetched for it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of packages of a new environment that has the wheel, and borrows what it needs from this one."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    pip = [sys.executable, "-m", "pip", "--python", home / ("Scripts" if WINDOWS else "bin") / "python"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (packages,) = [folder.parent for folder in home.rglob("incident_map")]
    borrowed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (packages / "borrowed.pth").write_text("".join(f"{path}\n" for path in borrowed), "utf-8")
    return packages


@pytest.fixture(scope="module")
def bin_folder(site: Path) -> Path:
    """Where the environment has its commands."""
    return next(folder for parent in site.parents for name in ("bin", "Scripts") if (folder := parent / name).is_dir())


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and a home without anything."""
    for name in ("INCIDENT_MAP_DATA", "INCIDENT_MAP_STORE", "PYTHONPATH", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("MPLCONFIGDIR", os.environ.get("MPLCONFIGDIR", str(Path.home() / ".cache" / "matplotlib")))
    home, empty = tmp_path / "home", tmp_path / "empty"
    for folder in (home, empty):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(empty)
    return empty


def ran(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_in(folder: Path) -> set[Path]:
    return {path for name in ("geo", "incident_map") for path in (folder / name).rglob("*")}


def test_the_wheel_brings_two_names_and_nothing_that_is_not_in_version_control(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if ".dist-info/" not in name}
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    kept = {name if name.startswith("geo/") else f"incident_map/{name}" for name in listed}
    assert {name.split("/")[0] for name in inside} == {"geo", "incident_map"}
    assert inside - kept == set()
    tops = ("geo", "incident_map/ui", "incident_map/pages", "incident_map/static", "incident_map/data")
    wanted = {name for name in kept if name.startswith(tuple(f"{top}/" for top in tops))}
    scripts = re.compile(r"incident_map/data/boundaries/\w+\.py")
    assert [name for name in wanted - inside if not scripts.fullmatch(name)] == []
    assert {"incident_map/app.py", "incident_map/.streamlit/config.toml"} <= inside


COMMANDS_SCRIPT = """
from geo.cli import COMMANDS, main
for name in COMMANDS:
    print("#", name, main([name, "--help"]))
from geo.notebook import open_table, select
assert len(select(open_table(), year=2025).incidents()) > 50
assert main(["export", "--year", "2025", "-o", "2025.csv"]) == 0
assert main(["figure", "--province", "AF-KHO", "--dpi", "150", "-o", "khost.png"]) == 0
"""


def test_every_command_works_from_any_folder(site: Path, bin_folder: Path, environment: Path) -> None:
    (environment / "geo.py").write_text("raise SystemExit('not the library')", "utf-8")
    (environment / "commands.py").write_text(COMMANDS_SCRIPT, "utf-8")
    before = files_in(site)
    said = ran(bin_folder / "incident-map", "validate")
    assert re.search(r"incident_map.data.incidents\.geojson: \d+ valid incidents", said)
    helped = ran(bin_folder / "python", "-P", "commands.py")
    assert re.findall(r"# (\w+) 0", helped) == list(COMMANDS)
    assert all(f"incident-map {name}" in helped for name in COMMANDS)
    assert "python -m geo" not in helped
    assert (environment / "2025.csv").read_text("utf-8").count("\n") > 50
    assert (environment / "khost.png").read_bytes()[1:4] == b"PNG"
    assert files_in(site) == before


@contextmanager
def serving(command: Path, *options: str) -> Iterator[tuple[str, Path]]:
    """The address of a server, and the file of what it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = Path("log")
    with log.open("wb") as out:
        server = subprocess.Popen(
            [command, "serve", "--port", str(port), "--no-browser", *options], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        until = time.monotonic() + PATIENCE_S
        while b"incidents are ready" not in log.read_bytes():
            assert server.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.1)
        yield f"http://localhost:{port}", log
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def fetched(address: str) -> bytes:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urlopen(address, timeout=PATIENCE_S) as answer:
                return bytes(answer.read())
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_it_is_served_from_any_folder_and_writes_nothing_into_its_own(
    site: Path, bin_folder: Path, environment: Path
) -> None:
    before = files_in(site)
    with serving(bin_folder / "incident-map") as (address, log):
        assert b"<title>" in fetched(address)
        page = fetched(f"{address}/embed").decode()
        named = re.findall(r"/app/static/[^\"?]+\.(?:css|js)", page)
        assert any("/map-" in name for name in named)
        for name in named:
            path = site / "incident_map" / name.removeprefix("/app/")
            assert len(fetched(f"{address}{name}")) > 500
            assert path.exists() == ("/map-" not in name)
        font = site / "incident_map" / "static" / "fonts" / "NotoSans-Regular.ttf"
        assert fetched(f"{address}/app/static/fonts/{font.name}") == font.read_bytes()
        assert len(json.loads(fetched(f"{address}/incidents.geojson?year=2025"))["features"]) > 50
        said = log.read_text("utf-8")
    assert f"Record: {site / 'incident_map' / 'data' / 'incidents.geojson'}, which came with the program" in said
    assert f"Imported datasets: {environment.parent / 'home'}" in said
    assert files_in(site) == before


UPDATE = """
from geo.store.incident_store import SHIPPED_FILE, IncidentStore
print(IncidentStore().update(lambda incidents: incidents))
try:
    IncidentStore(SHIPPED_FILE).update(lambda incidents: incidents)
except PermissionError as error:
    print(error)
"""


def test_a_copy_of_the_record_is_written_to_and_the_record_itself_is_not(
    site: Path, bin_folder: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = site / "incident_map" / "data"
    for name in ("incidents.geojson", "claimants.json", "event_groups.json"):
        (environment / name).write_bytes((data / name).read_bytes())
    monkeypatch.setenv("INCIDENT_MAP_STORE", "incidents.geojson")
    before = files_in(site)
    version, refused = ran(bin_folder / "python", "-P", "-c", UPDATE).splitlines()
    assert re.fullmatch(r"[0-9a-f]{64}", version)
    assert refused.startswith(
        f"{data / 'incidents.geojson'} came with the program, is replaced with it, and is read-only"
    )
    assert files_in(site) == before
