"""The incidents as one table: the record's own and those of imported datasets, asked alike by every page.

The record is small and its rival claims need care, so it stays in Python beside a table of its rows. Imported incidents
may be millions: they are counted, drawn and added up by SQL, and become records only where few are chosen.
"""
