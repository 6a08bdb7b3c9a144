<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" forceraster="0" symbollevels="0" enableorderby="0">
    <rules key="{6b0c5d0e-0000-4000-8000-000000000000}">
      <rule key="{6b0c5d0e-0000-4000-8000-000000000001}" symbol="0" filter="&quot;rank&quot; = 1" />
      <rule key="{6b0c5d0e-0000-4000-8000-000000000002}" symbol="0" filter="&quot;rank&quot; = 2" scalemaxdenom="4000000" />
      <rule key="{6b0c5d0e-0000-4000-8000-000000000003}" symbol="0" filter="&quot;rank&quot; = 3" scalemaxdenom="2000000" />
      <rule key="{6b0c5d0e-0000-4000-8000-000000000004}" symbol="0" filter="&quot;rank&quot; = 4" scalemaxdenom="1000000" />
    </rules>
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle" />
            <Option name="color" type="QString" value="74,71,64,255" fill="value=town_label" />
            <Option name="outline_color" type="QString" value="255,255,255,255" fill="value=casing" />
            <Option name="outline_width" type="QString" value="0.2" />
            <Option name="outline_width_unit" type="QString" value="MM" />
            <Option name="size" type="QString" value="1.1" />
            <Option name="size_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="name" isExpression="0" textColor="74,71,64,255" fontFamily="Noto Sans" fontSize="7.5" fontSizeUnit="Point" fill="textColor=town_label">
        <text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="246,244,239,255" fill="bufferColor=land" />
      </text-style>
      <placement placement="6" dist="0.8" distUnits="MM" predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR" priority="4" />
      <rendering obstacle="1" obstacleFactor="0.3" />
      <dd_properties>
        <Option type="Map">
          <Option name="name" type="QString" value="" />
          <Option type="Map" name="properties">
            <Option type="Map" name="AlwaysShow">
              <Option name="active" type="bool" value="true" />
              <Option name="expression" type="QString" value="&quot;rank&quot; = 1" />
              <Option name="type" type="int" value="3" />
            </Option>
            <Option type="Map" name="Show">
              <Option name="active" type="bool" value="true" />
              <Option name="expression" type="QString" value="@map_scale &lt; array_get(array(1e12, 4e6, 2e6, 1e6), &quot;rank&quot; - 1)" />
              <Option name="type" type="int" value="3" />
            </Option>
          </Option>
          <Option name="type" type="QString" value="collection" />
        </Option>
      </dd_properties>
    </settings>
  </labeling>
</qgis>
