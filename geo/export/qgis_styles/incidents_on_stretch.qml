<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="category || if(status = 'disputed', ' disputed', '') || if(dataset &lt;> 'curated', ' imported', '')" fill="attr=kind">
    <categories>
      <category value="strike" label="Strike" symbol="0" render="true" type="string" for="solid" fill="value=value label=label symbol=number" />
      <category value="strike disputed" label="Strike disputed" symbol="1" render="true" type="string" for="hollow" fill="value=value label=label symbol=number" />
    </categories>
    <symbols>
      <symbol type="line" name="0" alpha="1" clip_to_extent="1" for="solid" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="213,94,0,255" fill="value=colour" />
            <Option name="line_width" type="QString" value="1.323" fill="value=stretch" />
            <Option name="line_width_unit" type="QString" value="MM" />
            <Option name="capstyle" type="QString" value="flat" />
          </Option>
        </layer>
      </symbol>
      <symbol type="line" name="1" alpha="1" clip_to_extent="1" for="hollow" fill="name=number">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="213,94,0,255" fill="value=colour" />
            <Option name="line_width" type="QString" value="1.323" fill="value=stretch" />
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
</qgis>
