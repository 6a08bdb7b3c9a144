"""A file on its way into a dataset: dropped, recognised, checked, and accepted or left."""

from typing import Any, Final

import streamlit as st

from geo.datasets.folder import DataFolder
from geo.imports.fields.plan import keep_mapping
from geo.imports.pipeline import Prepared
from geo.incident.errors import DatasetBusyError
from geo.language.messages import say
from ui.datasets.import_desk import Desk, Upload, desk, import_progress, take_upload
from ui.datasets.import_form import lacking, mapping_form, recognised_panel, size_words, wanted_of
from ui.datasets.import_report import difference_panels, rejected_table, report_downloads, report_panel
from ui.parts.panel import panel, plain

_MAP: Final = "pages/explore/map.py"
_KINDS: Final = (
    (say("import-acled"), say("import-acled-about")),
    (say("import-ucdp"), say("import-ucdp-about")),
    (say("import-gdelt"), say("import-gdelt-about")),
    (say("import-any-table"), say("import-any-table-about")),
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
        st.markdown(f"## {say('import-checking', name=plain(on.upload.name))}")
        import_progress()
    elif job.made is not None:
        _review(on, job.made)
    else:
        _stopped(on)
    return on.upload is not None


def _drop_zone(on: Desk) -> None:
    st.markdown(f"## {say('import-a-file')}")
    if on.done is not None:
        kept = say("rows", count=on.done.accepted + on.done.repaired)
        st.success(say("import-done", rows=kept, file_name=plain(on.done.file_name), dataset=plain(on.done.dataset)))
        st.page_link(_MAP, label=say("import-see"), icon=":material/map:")
    key, most = f"data-upload-{on.uploads}", int(st.get_option("server.maxUploadSize"))
    beside_place, beside_kinds = st.columns(2, gap="medium")
    with beside_place:
        st.file_uploader(
            say("import-drop"),
            key=key,
            on_change=take_upload,
            args=(key,),
        )
        st.caption(say("import-drop-help", most=most))
    with beside_kinds:
        panel("data_kinds.html", key="data-kinds", on_choose=lambda _: None, kinds=_KINDS)


def _recognition(on: Desk, upload: Upload, folder: DataFolder) -> None:
    st.markdown(f"## {say('import-a-file')}")
    opened = upload.opened()
    if opened.tables:
        upload.table = st.selectbox(
            say("import-several-tables", name=plain(upload.name)), opened.tables, index=None, key="data-table"
        )
        if upload.table is not None:
            st.rerun()
    elif opened.failure:
        st.error(
            say(
                "import-impossible",
                name=plain(upload.name),
                size=size_words(upload.size),
                failure=plain(opened.failure),
            )
        )
    if opened.rows is None or opened.recognised is None:
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/arrow_back:")
        return
    recognised_panel(upload, opened.rows, opened.recognised)
    wanted: dict[str, Any] = {}
    refused, lacks = bool(opened.recognised.refusal), None
    if not refused:
        wanted = wanted_of(upload, opened.recognised, folder)
        if wanted["kind"].plain:
            wanted["mapping"] = mapping_form(upload, opened.rows, folder)
            lacks = lacking(wanted["mapping"])
    if lacks:
        st.warning(lacks)
    _buttons(on, folder, wanted, possible=not refused and not lacks, refused=refused)


def _buttons(on: Desk, folder: DataFolder, wanted: dict[str, Any], *, possible: bool, refused: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if not refused:
            st.button(
                say("import-check"),
                type="primary",
                disabled=not possible,
                on_click=_check,
                args=(on, folder, wanted),
                icon=":material/rule:",
                help=say("import-check-help"),
            )
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/arrow_back:")


def _check(on: Desk, folder: DataFolder, wanted: dict[str, Any]) -> None:
    mapping, upload = wanted.get("mapping"), on.upload
    rows = upload.opened().rows if upload else None
    if mapping and rows:
        try:
            keep_mapping(folder, rows.header, mapping)
        except (DatasetBusyError, OSError) as error:
            on.trouble = say("import-columns-not-kept", error=error)
    on.check(folder, **wanted)


def _review(on: Desk, made: Prepared) -> None:
    report = made.report
    st.markdown(f"## {say('import-what-it-does')}")
    kept = report.accepted + report.repaired
    if made.usable:
        st.markdown(say("import-dry-run", seconds=f"{report.seconds:,.1f}"))
    else:
        st.error(say("import-no-row"))
    with st.container(horizontal=True, gap="small"):
        label = say("import-rows", rows=kept)
        if report.difference is not None:
            label = say("import-nevertheless") if report.difference.empty else say("import-accept")
        st.button(
            label, type="primary", disabled=not made.usable, on_click=_accept, args=(on,), icon=":material/check:"
        )
        st.button(say("import-back"), on_click=on.leave_job, icon=":material/arrow_back:")
        st.button(say("import-leave"), on_click=on.clear, icon=":material/close:")
    if report.difference is not None:
        difference_panels(report.difference)
    report_panel(report)
    rejected_table(report)
    report_downloads(report, made.rejected_file, key="data-made")


def _accept(on: Desk) -> None:
    try:
        on.accept()
    except (DatasetBusyError, OSError) as error:
        on.trouble = say("import-not-accepted", error=error)


def _stopped(on: Desk) -> None:
    """Say why an import has ended with nothing."""
    job = on.job
    if job is not None and job.left:
        st.info(say("import-cancelled"))
    elif job is not None and job.failure:
        st.error(say("import-failed", failure=plain(job.failure)))
    else:
        st.error(say("import-broke-off"))
    with st.container(horizontal=True, gap="small"):
        st.button(say("import-back"), on_click=on.leave_job, icon=":material/arrow_back:")
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/close:")
