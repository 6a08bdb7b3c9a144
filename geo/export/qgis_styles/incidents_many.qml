<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.34.0" styleCategories="Symbology" labelsEnabled="0">
  <renderer-v2 type="pointCluster" forceraster="0" symbollevels="0" enableorderby="0" tolerance="8.467" toleranceUnit="MM" fill="tolerance=near">
    <symbol type="marker" name="centerSymbol" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
        <Option type="Map">
          <Option name="name" type="QString" value="circle" />
          <Option name="color" type="QString" value="255,255,255,255" fill="value=paper" />
          <Option name="outline_color" type="QString" value="107,103,94,255" fill="value=muted" />
          <Option name="outline_width" type="QString" value="0.595" fill="value=disc_ring" />
          <Option name="outline_width_unit" type="QString" value="MM" />
          <Option name="size" type="QString" value="8" />
          <Option name="size_unit" type="QString" value="MM" />
        </Option>
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value="" />
            <Option type="Map" name="properties">
              <Option type="Map" name="size">
                <Option name="active" type="bool" value="true" />
                <Option name="expression" type="QString" value="min(30.0 + 7.0 * log10(@cluster_size), 58.0) * 0.2646" fill="value=disc" />
                <Option name="type" type="int" value="3" />
              </Option>
            </Option>
            <Option name="type" type="QString" value="collection" />
          </Option>
        </data_defined_properties>
      </layer>
      <layer class="FontMarker" enabled="1" locked="0" pass="0">
        <Option type="Map">
          <Option name="chr" type="QString" value="9" />
          <Option name="font" type="QString" value="Noto Sans" />
          <Option name="color" type="QString" value="38,36,31,255" fill="value=text" />
          <Option name="size" type="QString" value="3.043" fill="value=number_mm" />
          <Option name="size_unit" type="QString" value="MM" />
        </Option>
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value="" />
            <Option type="Map" name="properties">
              <Option type="Map" name="char">
                <Option name="active" type="bool" value="true" />
                <Option name="expression" type="QString" value="format_number(@cluster_size, 0)" />
                <Option name="type" type="int" value="3" />
              </Option>
            </Option>
            <Option name="type" type="QString" value="collection" />
          </Option>
        </data_defined_properties>
      </layer>
    </symbol>
  </renderer-v2>
</qgis>
