<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="pointDisplacement" forceraster="0" symbollevels="0" enableorderby="0" placement="1" tolerance="0.2" toleranceUnit="MM" circleWidth="0.1" circleColor="107,103,94,255" circleRadiusAddition="0" labelAttributeName="" labelDistanceFactor="0.5" fill="circleColor=muted">
    <renderer-v2 type="categorizedSymbol" forceraster="0" symbollevels="0" enableorderby="0" attr="category || if(status = 'disputed', ' disputed', '') || if(dataset &lt;&gt; 'curated', ' imported', '')" fill="attr=kind">
      <categories>
        <category value="strike" label="Strike" symbol="0" render="true" type="string" for="solid" fill="value=value label=label symbol=number" />
        <category value="strike disputed" label="Strike disputed" symbol="1" render="true" type="string" for="hollow" fill="value=value label=label symbol=number" />
      </categories>
      <symbols>
        <symbol type="marker" name="0" alpha="1" clip_to_extent="1" for="solid" fill="name=number">
          <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
            <Option type="Map">
              <Option name="name" type="QString" value="equilateral_triangle" fill="value=shape" />
              <Option name="color" type="QString" value="213,94,0,255" fill="value=colour" />
              <Option name="outline_color" type="QString" value="255,255,255,255" fill="value=casing" />
              <Option name="outline_width" type="QString" value="0.265" />
              <Option name="outline_width_unit" type="QString" value="MM" />
              <Option name="size" type="QString" value="1.852" />
              <Option name="size_unit" type="QString" value="MM" />
              <Option name="angle" type="QString" value="180" fill="value=angle" />
            </Option>
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value="" />
                <Option type="Map" name="properties">
                  <Option type="Map" name="size">
                    <Option name="active" type="bool" value="true" />
                    <Option name="expression" type="QString" value="&quot;symbol_px&quot; * 0.4115" fill="value=size" />
                    <Option name="type" type="int" value="3" />
                  </Option>
                </Option>
                <Option name="type" type="QString" value="collection" />
              </Option>
            </data_defined_properties>
          </layer>
        </symbol>
        <symbol type="marker" name="1" alpha="1" clip_to_extent="1" for="hollow" fill="name=number">
          <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
            <Option type="Map">
              <Option name="name" type="QString" value="equilateral_triangle" fill="value=shape" />
              <Option name="color" type="QString" value="255,255,255,255" fill="value=paper" />
              <Option name="outline_color" type="QString" value="213,94,0,255" fill="value=colour" />
              <Option name="outline_width" type="QString" value="0.529" fill="value=stroke" />
              <Option name="outline_width_unit" type="QString" value="MM" />
              <Option name="size" type="QString" value="1.852" />
              <Option name="size_unit" type="QString" value="MM" />
              <Option name="angle" type="QString" value="180" fill="value=angle" />
            </Option>
            <data_defined_properties>
              <Option type="Map">
                <Option name="name" type="QString" value="" />
                <Option type="Map" name="properties">
                  <Option type="Map" name="size">
                    <Option name="active" type="bool" value="true" />
                    <Option name="expression" type="QString" value="&quot;symbol_px&quot; * 0.4115" fill="value=size" />
                    <Option name="type" type="int" value="3" />
                  </Option>
                </Option>
                <Option name="type" type="QString" value="collection" />
              </Option>
            </data_defined_properties>
          </layer>
        </symbol>
      </symbols>
    </renderer-v2>
    <symbol type="marker" name="centerSymbol" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
        <Option type="Map">
          <Option name="name" type="QString" value="circle" />
          <Option name="color" type="QString" value="107,103,94,255" fill="value=muted" />
          <Option name="outline_style" type="QString" value="no" />
          <Option name="size" type="QString" value="0.6" />
          <Option name="size_unit" type="QString" value="MM" />
        </Option>
      </layer>
    </symbol>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="title" isExpression="0" />
      <rendering drawLabels="0" obstacle="1" obstacleFactor="1" />
    </settings>
  </labeling>
  <mapTip>&lt;b&gt;[% "title" %]&lt;/b&gt;&lt;br&gt;[% "when" %] · [% "place" %]&lt;br&gt;[% "claims_in_words" %]</mapTip>
  <previewExpression>"title"</previewExpression>
</qgis>
