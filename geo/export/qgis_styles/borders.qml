<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0">
    <symbols>
      <symbol type="line" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255" fill="value=line_casing" />
            <Option name="line_width" type="QString" value="1.058" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="43,43,43,255" fill="value=cased_line" />
            <Option name="line_width" type="QString" value="0.529" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
            <Option name="use_custom_dash" type="QString" value="1" />
            <Option name="customdash" type="QString" value="2.117;1.058" />
            <Option name="customdash_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="border" isExpression="0" textColor="107,103,94,255" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fill="textColor=province_label">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255" fill="bufferColor=paper" />
      </text-style>
    </settings>
  </labeling>
</qgis>
