"""Where an import runs: here, or on the workers of a Dask cluster."""

import argparse
from pathlib import Path
from typing import Any

from geo.cli.fault import CommandError
from geo.datasets import DataFolder
from geo.imports.prepared import Prepared
from geo.imports.run import prepare


def add_cluster_options(parser: argparse.ArgumentParser) -> None:
    """Add `--cluster` and what goes with it."""
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="run on the Dask cluster of the scheduler there, tcp://HOST:8786, or on workers started here: local",
    )
    parser.add_argument(
        "--workers", type=_number, metavar="N", help="with --cluster: how many to start, or to wait for"
    )
    parser.add_argument(
        "--exchange",
        metavar="ADDRESS",
        help="with --cluster: where workers that do not see the data folder leave their parts, s3://BUCKET/FOLDER",
    )


def prepare_as_asked(arguments: argparse.Namespace, folder: DataFolder, **asked: Any) -> Prepared:
    """Do everything of an import but accept it, here or on a cluster; `asked` as of `geo.imports.run.prepare`."""
    if arguments.cluster is None:
        return prepare(_file_here(arguments), folder, **asked)
    try:
        from geo.imports.cluster.connect import connected  # noqa: PLC0415  # Dask is loaded by who asks for it
        from geo.imports.cluster.errors import ClusterError, NoFilesError  # noqa: PLC0415
        from geo.imports.cluster.run import Cluster, prepare_on  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise CommandError(
            f"argument --cluster: {error.name} is not installed; install it with: pip install -r "
            "requirements-cluster.txt"
        ) from error
    try:
        with connected(arguments.cluster, workers=arguments.workers) as client:
            return prepare_on(Cluster(client=client, exchange=arguments.exchange), arguments.file, folder, **asked)
    except (ClusterError, NoFilesError) as error:
        raise CommandError(str(error)) from error


def _file_here(arguments: argparse.Namespace) -> Path:
    for name in ("workers", "exchange"):
        if getattr(arguments, name) is not None:
            raise CommandError(f"argument --{name}: it goes with --cluster")
    if "://" in arguments.file:
        raise CommandError(f"{arguments.file} is an address; files elsewhere are read with --cluster local")
    path = Path(arguments.file)
    if not path.is_file():
        raise CommandError(f"there is no file {path}")
    return path


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give at least 1")
    return number
