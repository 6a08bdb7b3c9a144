"""Export of the selected incidents: CSV, GeoJSON, GeoPackage, XLSX, GeoParquet, KML."""
