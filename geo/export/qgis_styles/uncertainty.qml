<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="category">
    <categories>
      <category value="strike" label="Strike" symbol="0" render="true" type="string" for="solid" fill="value=value label=label symbol=number" />
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" for="solid" fill="name=number">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="213,94,0,0" fill="value=unfilled" />
            <Option name="style" type="QString" value="solid" />
            <Option name="outline_color" type="QString" value="213,94,0,255" fill="value=colour" />
            <Option name="outline_style" type="QString" value="solid" />
            <Option name="outline_width" type="QString" value="0.198" fill="value=ring" />
            <Option name="outline_width_unit" type="QString" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
</qgis>
