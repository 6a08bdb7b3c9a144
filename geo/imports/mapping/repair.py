"""What the import mends in a row, each kind with the words that the report and the documentation say it in."""

from enum import StrEnum


class Repair(StrEnum):
    """A kind of repair; the value is its code in reports."""

    ENCODING = "encoding"
    STRAY_CHARACTERS = "stray_characters"
    MOJIBAKE = "mojibake"
    DIGITS = "digits"
    WHOLE_NUMBER = "whole_number"
    THOUSANDS = "thousands"
    DECIMAL_COMMA = "decimal_comma"
    DEGREES = "degrees"
    SWAPPED = "swapped_coordinates"
    POINT_ELSEWHERE = "point_elsewhere"
    HIJRI = "hijri_date"
    EXCEL_DAY = "excel_day"
    SHORT_YEAR = "short_year"
    DAY_MONTH = "day_month"
    DATES_EXCHANGED = "dates_exchanged"
    DATE_MISSING = "date_missing"
    PRECISION_MISSING = "precision_missing"
    KIND_UNKNOWN = "kind_unknown"
    ID_MISSING = "id_missing"

    @property
    def words(self) -> str:
        """Say what was wrong and what was done."""
        return _WORDS[self]


_WORDS = {
    Repair.ENCODING: "bytes that are no text in the file's encoding, replaced",
    Repair.STRAY_CHARACTERS: "byte order mark, no-break space, marks without width or control characters, taken out",
    Repair.MOJIBAKE: "text garbled by a wrong encoding, read in the right one",
    Repair.DIGITS: "Persian or Arabic digits, read as numbers",
    Repair.WHOLE_NUMBER: "whole numbers written with a decimal point (10.0), read without it",
    Repair.THOUSANDS: "thousands separator in a count, taken out",
    Repair.DECIMAL_COMMA: "decimal comma, read as a point",
    Repair.DEGREES: "degree signs, minutes or letters of the compass, read as decimal degrees",
    Repair.SWAPPED: "latitude and longitude exchanged; exchanged back, because that lands in the country named",
    Repair.POINT_ELSEWHERE: "coordinates in none of the three countries while the file names one of them; not drawn",
    Repair.HIJRI: "date of a Hijri calendar, read as the Gregorian day",
    Repair.EXCEL_DAY: "day number of a spreadsheet, read as the day",
    Repair.SHORT_YEAR: "year of two digits, read as 1970 to 2069",
    Repair.DAY_MONTH: "day and month in the other order than in the rest of the file, read in the only order possible",
    Repair.DATES_EXCHANGED: "end before start, exchanged",
    Repair.DATE_MISSING: "one of start and end missing, taken as the other",
    Repair.PRECISION_MISSING: "precision code missing or unknown, taken as the least precise that the row allows",
    Repair.KIND_UNKNOWN: "kind of event missing or in no table, taken as unclassified",
    Repair.ID_MISSING: "no identifier, made from the row's content",
}
