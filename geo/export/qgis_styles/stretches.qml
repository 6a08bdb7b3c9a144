<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="category || if(status = 'disputed', ' disputed', '') || if(dataset &lt;&gt; 'curated', ' imported', '')" fill="attr=kind">
    <categories>
      <category value="strike" label="Strike" symbol="0" render="true" type="string" for="solid" fill="value=value label=label symbol=number" />
      <category value="strike disputed" label="Strike disputed" symbol="1" render="true" type="string" for="hollow" fill="value=value label=label symbol=number" />
    </categories>
    <symbols>
      <symbol type="line" name="0" alpha="1" clip_to_extent="1" for="solid" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="213,94,0,56" fill="value=band" />
            <Option name="line_width" type="QString" value="2.381" fill="value=stretch" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
          </Option>
        </layer>
      </symbol>
      <symbol type="line" name="1" alpha="1" clip_to_extent="1" for="hollow" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="213,94,0,56" fill="value=band" />
            <Option name="line_width" type="QString" value="2.381" fill="value=stretch" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
            <Option name="use_custom_dash" type="QString" value="1" />
            <Option name="customdash" type="QString" value="0.529;0.529" fill="value=stretch_dash" />
            <Option name="customdash_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="to_string(&quot;incidents&quot;)" isExpression="1" textColor="38,36,31,255" fontFamily="Noto Sans" fontSize="8.625" fontSizeUnit="Point" namedStyle="Bold" fontWeight="75" fill="textColor=text fontSize=number_pt fieldName=badge">
        <text-buffer bufferDraw="0" />
        <background shapeDraw="1" shapeType="0" shapeSizeType="0" shapeSizeX="1.2" shapeSizeY="0.6" shapeSizeUnit="MM" shapeRadiiX="1.587" shapeRadiiY="1.587" shapeRadiiUnit="MM" fill="shapeRadiiX=badge_corner shapeRadiiY=badge_corner">
          <symbol type="fill" name="fillSymbol" alpha="1" clip_to_extent="1">
            <layer class="SimpleFill" enabled="1" locked="0" pass="0">
              <Option type="Map">
                <Option name="color" type="QString" value="255,255,255,255" fill="value=paper" />
                <Option name="style" type="QString" value="solid" />
                <Option name="outline_color" type="QString" value="38,36,31,255" fill="value=text" />
                <Option name="outline_style" type="QString" value="dash" />
                <Option name="outline_width" type="QString" value="0.3" />
                <Option name="outline_width_unit" type="QString" value="MM" />
              </Option>
            </layer>
          </symbol>
        </background>
      </text-style>
      <placement placement="4" priority="10" />
      <rendering obstacle="0" />
      <dd_properties>
        <Option type="Map">
          <Option name="name" type="QString" value="" />
          <Option type="Map" name="properties">
            <Option type="Map" name="Color">
              <Option name="active" type="bool" value="true" />
              <Option name="expression" type="QString" value="'#26241F'" fill="value=badge_colour" />
              <Option name="type" type="int" value="3" />
            </Option>
            <Option type="Map" name="Priority">
              <Option name="active" type="bool" value="true" />
              <Option name="expression" type="QString" value="min(10, 5 + &quot;incidents&quot;)" />
              <Option name="type" type="int" value="3" />
            </Option>
          </Option>
          <Option name="type" type="QString" value="collection" />
        </Option>
      </dd_properties>
    </settings>
  </labeling>
  <previewExpression>"area_name"</previewExpression>
</qgis>
