"""A file on its way into a dataset: dropped, recognised, checked, and accepted or left."""

from typing import Any, Final

import streamlit as st

from geo.datasets import DataFolder
from geo.datasets.mappings import keep_mapping
from geo.errors import DatasetBusyError
from geo.imports.prepared import Prepared
from geo.imports.recognise import Kind
from geo.wording import count_words
from ui.data_desk import Desk, Upload, desk, take_upload
from ui.data_difference import difference_panels
from ui.data_mapping import lacking, mapping_form
from ui.data_progress import import_progress
from ui.data_recognised import recognised_panel, size_words, wanted_of
from ui.data_report import rejected_table, report_downloads, report_panel
from ui.panel import panel
from ui.plain_text import plain

_MAP: Final = "pages/explore/map.py"
_KINDS: Final = (
    ("ACLED event files", "since and before March 2023, also as on the Humanitarian Data Exchange"),
    ("UCDP GED", "yearly releases, and monthly candidate events"),
    ("GDELT 2.0 events", "as leads: in no count and no total"),
    ("Any other table", "with dates, and places or countries; you say which column holds what"),
)


def import_view(folder: DataFolder) -> bool:
    """Draw where the session's file stands, from the place to drop it to what became of it; tell if there is one."""
    on = desk()
    job = on.job
    if on.upload is None:
        _drop_zone(on)
    elif job is None:
        _recognition(on, on.upload, folder)
    elif job.running:
        st.markdown(f"## Checking {plain(on.upload.name)}")
        import_progress()
    elif job.made is not None:
        _review(on, job.made)
    else:
        _stopped(on)
    return on.upload is not None


def _drop_zone(on: Desk) -> None:
    st.markdown("## Import a file")
    if on.done is not None:
        kept = count_words(on.done.accepted + on.done.repaired, "row")
        st.success(f"{kept} of {plain(on.done.file_name)} stand in the dataset {plain(on.done.dataset)}.")
        st.page_link(_MAP, label="See them on the map", icon=":material/map:")
    key, most = f"data-upload-{on.uploads}", int(st.get_option("server.maxUploadSize"))
    beside_place, beside_kinds = st.columns(2, gap="medium")
    with beside_place:
        st.file_uploader(
            "Drop a file here, or choose one: CSV, TSV, XLSX, GeoJSON, GeoPackage or Parquet, also within gz or zip",
            key=key,
            on_change=take_upload,
            args=(key,),
        )
        st.caption(
            "Nothing is written before you have seen what becomes of every row: accepted, repaired or rejected, and "
            f"why. Larger than {most:,} MB? Import it at the command line: `python -m geo import FILE`."
        )
    with beside_kinds:
        panel("data_kinds.html", key="data-kinds", on_choose=lambda _: None, kinds=_KINDS)


def _recognition(on: Desk, upload: Upload, folder: DataFolder) -> None:
    st.markdown("## Import a file")
    opened = upload.opened()
    if opened.tables:
        upload.table = st.selectbox(
            f"{plain(upload.name)} holds several tables; which one?", opened.tables, index=None, key="data-table"
        )
        if upload.table is not None:
            st.rerun()
    elif opened.failure:
        st.error(f"{plain(upload.name)} ({size_words(upload.size)}) cannot be imported: {plain(opened.failure)}.")
    if opened.rows is None or opened.recognised is None:
        st.button("Take another file", on_click=on.clear, icon=":material/arrow_back:")
        return
    recognised_panel(upload, opened.rows, opened.recognised)
    wanted: dict[str, Any] = {}
    refused, lacks = bool(opened.recognised.refusal), None
    if not refused:
        wanted = wanted_of(upload, opened.recognised, folder)
        if wanted["kind"] is Kind.PLAIN:
            wanted["mapping"] = mapping_form(upload, opened.rows, folder)
            lacks = lacking(wanted["mapping"])
    if lacks:
        st.warning(lacks)
    _buttons(on, folder, wanted, possible=not refused and not lacks, refused=refused)


def _buttons(on: Desk, folder: DataFolder, wanted: dict[str, Any], *, possible: bool, refused: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if not refused:
            st.button(
                "Check every row",
                type="primary",
                disabled=not possible,
                on_click=_check,
                args=(on, folder, wanted),
                icon=":material/rule:",
                help="A dry run: it shows what becomes of every row, and writes nothing",
            )
        st.button("Take another file", on_click=on.clear, icon=":material/arrow_back:")


def _check(on: Desk, folder: DataFolder, wanted: dict[str, Any]) -> None:
    mapping, upload = wanted.get("mapping"), on.upload
    rows = upload.opened().rows if upload else None
    if mapping and rows:
        try:
            keep_mapping(folder, rows.header, mapping)
        except (DatasetBusyError, OSError) as error:
            on.trouble = f"Which column holds what could not be kept: {error}"
    on.check(folder, **wanted)


def _review(on: Desk, made: Prepared) -> None:
    report = made.report
    st.markdown("## What the import would do")
    kept = report.accepted + report.repaired
    if made.usable:
        st.markdown(f"A dry run of {report.seconds:,.1f} s. Nothing is written until you accept it.")
    else:
        st.error("No row of the file can be imported. The reasons are below; mend the file, or read it otherwise.")
    with st.container(horizontal=True, gap="small"):
        label = f"Import {count_words(kept, 'row')}"
        if report.difference is not None:
            label = "Import it nevertheless" if report.difference.empty else "Accept the changes"
        st.button(
            label, type="primary", disabled=not made.usable, on_click=_accept, args=(on,), icon=":material/check:"
        )
        st.button("Back to the file", on_click=on.leave_job, icon=":material/arrow_back:")
        st.button("Leave it", on_click=on.clear, icon=":material/close:")
    if report.difference is not None:
        difference_panels(report.difference)
    report_panel(report)
    rejected_table(report)
    report_downloads(report, made.rejected_file, key="data-made")


def _accept(on: Desk) -> None:
    try:
        on.accept()
    except (DatasetBusyError, OSError) as error:
        on.trouble = f"The import was not accepted, and nothing was changed: {error}"


def _stopped(on: Desk) -> None:
    """Say why an import has ended with nothing."""
    job = on.job
    if job is not None and job.left:
        st.info("Cancelled. Nothing of the import stays.")
    elif job is not None and job.failure:
        st.error(f"The file was not imported: {plain(job.failure)}. Nothing was changed.")
    else:
        st.error(
            "The import broke off by a fault of this program, and nothing was changed. The server's log tells more."
        )
    with st.container(horizontal=True, gap="small"):
        st.button("Back to the file", on_click=on.leave_job, icon=":material/arrow_back:")
        st.button("Take another file", on_click=on.clear, icon=":material/close:")
