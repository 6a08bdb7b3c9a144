"""Run by the Python that has QGIS: open what is named, and say as JSON what QGIS makes of it.

`python3 in_qgis.py PROJECT PICTURE FILE…`
"""

import json
import sys
import time
from collections import Counter

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

WIDE_PX, DPI = 1600, 144


def project(path, picture):
    """Open a project, draw its first view, and tell what stands in it."""
    made = QgsProject.instance()
    read = made.read(path)
    layers = [leaf.layer() for leaf in made.layerTreeRoot().findLayers()]
    drawn = [layer for layer in layers if layer is not None and layer.isSpatial()]
    view = QgsRectangle(made.viewSettings().defaultViewExtent())
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setDestinationCrs(made.crs())
    settings.setBackgroundColor(made.backgroundColor())
    settings.setOutputDpi(DPI)
    settings.setExtent(view)
    settings.setOutputSize(QSize(WIDE_PX, round(WIDE_PX * view.height() / view.width())))
    began = time.monotonic()
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    seconds = time.monotonic() - began
    image = job.renderedImage()
    image.save(picture)
    colours = Counter(
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )
    labels = Counter(label.layerID for label in job.takeLabelingResults().allLabels())
    return {
        "read": read,
        "title": made.title(),
        "relations": sum(relation.isValid() for relation in made.relationManager().relations().values()),
        "invalid": [layer is None or layer.name() for layer in layers if layer is None or not layer.isValid()],
        "layers": [described(layer) for layer in layers if layer is not None],
        "errors": [error.message for error in job.errors()],
        "seconds": round(seconds, 1),
        "colours": {name: many for name, many in colours.items() if many > 20},
        "labels": dict(labels),
    }


def described(layer):
    """Tell what a layer is."""
    fields = layer.fields()
    renderer = layer.renderer() if layer.isSpatial() else None
    return {
        "id": layer.id(),
        "name": layer.name(),
        "spatial": layer.isSpatial(),
        "rows": layer.featureCount(),
        "renderer": type(renderer).__name__ if renderer else None,
        "labels": layer.labelsEnabled(),
        "abstract": layer.metadata().abstract(),
        "fields": {field.name(): field.typeName() for field in fields},
        "aliases": {field.name(): layer.attributeAlias(at) for at, field in enumerate(fields)},
    }


def opened(source):
    """Open a file, or a layer of it, with the style that comes with it."""
    layer = QgsVectorLayer(source, "opened", "ogr")
    if not layer.isValid():
        return {"source": source, "valid": False}
    sublayers = [line.split("!!::!!")[1] for line in layer.dataProvider().subLayers()]
    return {"source": source, "valid": True, "sublayers": sublayers, **described(layer)}


application = QgsApplication([], False)  # noqa: FBT003  # QGIS takes no names
application.initQgis()
said = {
    "version": Qgis.QGIS_VERSION.partition("-")[0],
    "project": project(sys.argv[1], sys.argv[2]),
    "files": [opened(source) for source in sys.argv[3:]],
}
sys.stdout.write(f"SAID {json.dumps(said)}\n")
