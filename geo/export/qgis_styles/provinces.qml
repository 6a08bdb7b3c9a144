<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0">
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="246,244,239,255" fill="value=land" />
            <Option name="style" type="QString" value="solid" />
            <Option name="outline_color" type="QString" value="207,201,188,255" fill="value=province_limit" />
            <Option name="outline_style" type="QString" value="solid" />
            <Option name="outline_width" type="QString" value="0.238" fill="value=limit" />
            <Option name="outline_width_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="province" isExpression="0" textColor="107,103,94,255" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontItalic="1" fill="textColor=province_label">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="246,244,239,255" fill="bufferColor=land" />
      </text-style>
      <placement placement="4" fitInPolygonOnly="1" priority="3" />
      <rendering obstacle="0" />
    </settings>
  </labeling>
</qgis>
