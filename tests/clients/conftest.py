"""What runs inside QGIS is no module of tests."""

collect_ignore = ["in_qgis.py"]
