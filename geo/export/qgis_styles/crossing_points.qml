<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0">
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="square" />
            <Option name="color" type="QString" value="255,255,255,255" fill="value=paper" />
            <Option name="outline_color" type="QString" value="38,36,31,255" fill="value=text" />
            <Option name="outline_width" type="QString" value="0.265" />
            <Option name="outline_width_unit" type="QString" value="MM" />
            <Option name="size" type="QString" value="1.852" />
            <Option name="size_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="name" isExpression="0" textColor="107,103,94,255" fontFamily="Noto Sans" fontSize="7" fontSizeUnit="Point" fill="textColor=province_label">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="246,244,239,255" fill="bufferColor=land" />
      </text-style>
      <placement placement="6" dist="1" distUnits="MM" predefinedPositionOrder="TR,BR,R,TL,BL,L,TSR,BSR" priority="2" />
      <rendering obstacle="1" scaleVisibility="1" scaleMin="0" scaleMax="2000000" />
    </settings>
  </labeling>
</qgis>
