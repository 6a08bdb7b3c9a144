"""What Natural Earth calls each province, and what it is called and coded in ISO 3166-2."""

import shapely

COUNTRIES = {"AF": "Afghanistan", "PK": "Pakistan", "TJ": "Tajikistan"}
ALPHA_3 = {"AF": "AFG", "PK": "PAK", "TJ": "TJK"}
NATURAL_EARTH_FILE = {"AF": "afghanistan", "PK": "pakistan", "TJ": "tajikistan"}

PROVINCES = {
    "AF": {
        "Badakhshan": ("AF-BDS", "Badakhshan"),
        "Takhar": ("AF-TAK", "Takhar"),
        "Kunduz": ("AF-KDZ", "Kunduz"),
        "Balkh": ("AF-BAL", "Balkh"),
        "Jawzjan": ("AF-JOW", "Jowzjan"),
        "Faryab": ("AF-FYB", "Faryab"),
        "Badghis": ("AF-BDG", "Badghis"),
        "Hirat": ("AF-HER", "Herat"),
        "Nimroz": ("AF-NIM", "Nimroz"),
        "Farah": ("AF-FRA", "Farah"),
        "Kunar": ("AF-KNR", "Kunar"),
        "Nuristan": ("AF-NUR", "Nuristan"),
        "Nangarhar": ("AF-NAN", "Nangarhar"),
        "Khost": ("AF-KHO", "Khost"),
        "Paktya": ("AF-PIA", "Paktia"),
        "Paktika": ("AF-PKA", "Paktika"),
        "Zabul": ("AF-ZAB", "Zabul"),
        "Kandahar": ("AF-KAN", "Kandahar"),
        "Hilmand": ("AF-HEL", "Helmand"),
        "Uruzgan": ("AF-URU", "Uruzgan"),
        "Uruzgan (north)": ("AF-DAY", "Daykundi"),
        "Ghazni": ("AF-GHA", "Ghazni"),
        "Parwan": ("AF-PAR", "Parwan"),
        "Parwan (east)": ("AF-PAN", "Panjshir"),
        "Kabul": ("AF-KAB", "Kabul"),
        "Laghman": ("AF-LAG", "Laghman"),
        "Logar": ("AF-LOG", "Logar"),
        "Kapisa": ("AF-KAP", "Kapisa"),
        "Wardak": ("AF-WAR", "Wardak"),
        "Bamyan": ("AF-BAM", "Bamyan"),
        "Sari Pul": ("AF-SAR", "Sar-e Pol"),
        "Ghor": ("AF-GHO", "Ghor"),
        "Baghlan": ("AF-BGL", "Baghlan"),
        "Samangan": ("AF-SAM", "Samangan"),
    },
    "PK": {
        "Northern Areas": ("PK-GB", "Gilgit-Baltistan"),
        "K.P.": ("PK-KP", "Khyber Pakhtunkhwa"),
        "F.A.T.A.": ("PK-KP", "Khyber Pakhtunkhwa"),
        "Baluchistan": ("PK-BA", "Balochistan"),
        "Punjab": ("PK-PB", "Punjab"),
        "Sind": ("PK-SD", "Sindh"),
        "Azad Kashmir": ("PK-JK", "Azad Jammu and Kashmir"),
        "F.C.T.": ("PK-IS", "Islamabad"),
    },
    "TJ": {
        "Leninabad": ("TJ-SU", "Sughd"),
        "Tadzhikistan Territories": ("TJ-RA", "Districts of Republican Subordination"),
        "Gorno-Badakhshan": ("TJ-GB", "Gorno-Badakhshan"),
        "Khatlon": ("TJ-KT", "Khatlon"),
        "Dushanbe": ("TJ-DU", "Dushanbe"),
    },
}
"""Natural Earth's name → ISO 3166-2 code and the name in use; its own codes are not trusted (SOURCES.md)."""

TWICE_NAMED = {
    "Uruzgan": ("Uruzgan (north)", shapely.Point(66.13, 33.72)),
    "Parwan": ("Parwan (east)", shapely.Point(69.52, 35.31)),
}
"""Names that Natural Earth gives to two polygons, and a town inside the wrongly named one: Nili, Bazarak."""

COUNTRY_LABELS = {
    "Afghanistan": (66.2, 33.6),
    "Pakistan": (69.6, 29.4),
    "Tajikistan": (70.9, 38.75),
    "Iran": (58.6, 32.6),
    "Turkmenistan": (59.6, 39.2),
    "Uzbekistan": (64.4, 40.6),
    "Kyrgyzstan": (73.6, 41.4),
    "China": (78.8, 38.4),
    "India": (75.4, 28.6),
    "Kazakhstan": (68.0, 44.4),
}
"""Where a country's name has room on a map of the region, lon, lat."""
