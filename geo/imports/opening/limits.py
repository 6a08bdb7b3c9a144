"""How much a file may ask for: past these it is refused with a sentence, or a row is counted as malformed."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

READ_BYTES: Final = 4 * MIB
"""Read at a time."""
HEAD_BYTES: Final = 1 * MIB
"""Looked at to tell encoding, delimiter and header; the header has to end within."""
RECORD_BYTES: Final = 8 * MIB
"""Longest row; a quotation mark still open after so many bytes was never meant to open a value."""
BLOCK_BYTES: Final = 128 * MIB
"""Longest block, so that long rows make smaller blocks."""
BLOCK_CELLS: Final = 16_000_000
"""Most values in a block, so that many columns make smaller blocks."""
COLUMNS: Final = 1_000
"""Most columns; the widest known export has fewer than 100."""
RAW_CHARACTERS: Final = 32_000
"""What is kept of a malformed row: as much as a spreadsheet cell holds."""
MALFORMED_ROWS: Final = 50_000
"""Malformed rows in a block from which on it is given up if hardly any other stands among them."""
MALFORMED_SHARE: Final = 0.95
SAMPLE_ROWS: Final = 1_000
"""Rows in the sample at the head of a file."""
UNPACKED_BYTES: Final = 32 * 1024 * MIB
"""Most that a packed file may unpack to when it is read as it is unpacked."""
UNPACKED_FILE_BYTES: Final = 4 * 1024 * MIB
"""Most that may be unpacked onto the disk, for formats that cannot be read otherwise."""
PACKED_RATIO: Final = 100
"""Most bytes that a packed byte may unpack to, on average; tables stay below 40, bombs start at 1,000."""
PACKED_FREE_BYTES: Final = 64 * MIB
"""Unpacked before the ratio is looked at."""
ARCHIVE_MEMBERS: Final = 10_000
"""Most entries of a zip file."""
FEATURE_CHARACTERS: Final = 16 * MIB
"""Longest feature of a GeoJSON file."""
SHEET_BYTES: Final = 1024 * MIB
"""Largest unpacked size of an XLSX file's parts, taken together."""
SHARED_STRINGS_BYTES: Final = 512 * MIB
"""Largest unpacked table of texts of an XLSX file; it has to be held in memory."""

SHEET_COLUMNS: Final = 16_384
"""Most cells in a row of an XLSX file; no sheet has more columns."""


def rows_per_block(wanted: int, columns: int) -> int:
    """Lower the number of rows in a block for tables of very many columns.

    >>> rows_per_block(100_000, 31), rows_per_block(100_000, 1_000)
    (100000, 16000)
    """
    return max(1, min(wanted, BLOCK_CELLS // max(columns, 1)))
