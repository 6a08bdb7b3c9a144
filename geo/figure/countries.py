"""What the countries around are called."""

from typing import Final

COUNTRY_NAMES: Final = {
    "ARE": "United Arab Emirates",
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "BGD": "Bangladesh",
    "BHR": "Bahrain",
    "BTN": "Bhutan",
    "CHN": "China",
    "IND": "India",
    "IRN": "Iran",
    "IRQ": "Iraq",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "KWT": "Kuwait",
    "MMR": "Myanmar",
    "MNG": "Mongolia",
    "NPL": "Nepal",
    "OMN": "Oman",
    "QAT": "Qatar",
    "RUS": "Russia",
    "SAU": "Saudi Arabia",
    "TKM": "Turkmenistan",
    "TUR": "Turkey",
    "UZB": "Uzbekistan",
}
"""Of the neighbours that a figure can show, by ISO 3166-1 alpha-3 code."""
