<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="border">
    <categories>
      <category value="Durand Line" label="Durand Line" symbol="0" render="true" type="string" for="cased" fill="value=value label=label symbol=number" />
      <category value="Afghan–Tajik border" label="Afghan–Tajik border" symbol="1" render="true" type="string" for="plain" fill="value=value label=label symbol=number" />
    </categories>
    <symbols>
      <symbol type="line" name="0" alpha="1" clip_to_extent="1" for="cased" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,255,255,255" fill="value=line_casing" />
            <Option name="line_width" type="QString" value="1.455" fill="value=casing_width" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
            <Option name="joinstyle" type="QString" value="round" />
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="43,43,43,255" fill="value=line" />
            <Option name="line_width" type="QString" value="0.582" fill="value=width" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
            <Option name="joinstyle" type="QString" value="round" />
            <Option name="use_custom_dash" type="QString" value="1" />
            <Option name="customdash" type="QString" value="2.117;1.058" fill="value=dash" />
            <Option name="customdash_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="line" name="1" alpha="1" clip_to_extent="1" for="plain" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="140,135,123,255" fill="value=line" />
            <Option name="line_width" type="QString" value="0.582" fill="value=width" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
            <Option name="joinstyle" type="QString" value="round" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="border" isExpression="0" textColor="38,36,31,255" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontItalic="1" fill="textColor=text">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="246,244,239,255" fill="bufferColor=land" />
      </text-style>
      <placement placement="3" placementFlags="10" dist="1" distUnits="MM" repeatDistance="90" repeatDistanceUnits="MM" maxCurvedCharAngleIn="40" maxCurvedCharAngleOut="-40" priority="9" geometryGeneratorEnabled="1" geometryGeneratorType="LineGeometry" geometryGenerator="smooth(simplify($geometry, 0.15), 3)" />
      <rendering obstacle="1" obstacleFactor="0.5" />
    </settings>
  </labeling>
</qgis>
