"""The selected incidents as a file: CSV, GeoJSON, GeoPackage, XLSX, GeoParquet, KML."""
