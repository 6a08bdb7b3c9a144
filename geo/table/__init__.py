"""One table of all incidents, the record's and those of imported datasets, which every page queries in the same way.

The record is small and its rival claims need care, so it stays in Python, with a table of its rows beside it. Imported
incidents may number millions: SQL counts, draws and totals them, and they become `Incident` values only where a few are
selected.
"""
