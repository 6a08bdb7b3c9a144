<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="category || if(status = 'disputed', ' disputed', '') || if(dataset &lt;> 'curated', ' imported', '')" fill="attr=kind">
    <categories>
      <category value="strike" label="Strike" symbol="0" render="true" type="string" for="solid" fill="value=value label=label symbol=number" />
      <category value="strike disputed" label="Strike disputed" symbol="1" render="true" type="string" for="hollow" fill="value=value label=label symbol=number" />
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" for="solid" fill="name=number">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="213,94,0,31" fill="value=area" />
            <Option name="style" type="QString" value="solid" />
            <Option name="outline_color" type="QString" value="213,94,0,255" fill="value=colour" />
            <Option name="outline_style" type="QString" value="solid" />
            <Option name="outline_width" type="QString" value="0.198" />
            <Option name="outline_width_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" for="hollow" fill="name=number">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="213,94,0,0" fill="value=unfilled" />
            <Option name="style" type="QString" value="solid" />
            <Option name="outline_color" type="QString" value="213,94,0,255" fill="value=colour" />
            <Option name="outline_style" type="QString" value="solid" />
            <Option name="outline_width" type="QString" value="0.198" />
            <Option name="outline_width_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="in_area" isExpression="0" textColor="38,36,31,255" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fill="textColor=text">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255" fill="bufferColor=paper" />
      </text-style>
      <placement placement="1" quadOffset="4" centroidWhole="1" centroidInside="1" />
    </settings>
  </labeling>
</qgis>
