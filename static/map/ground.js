// The ground of the map: its vector layers, online base layers on demand, scheme, size and legend.
// Everything comes from this server; another host is asked only after somebody picks an online base layer.
"use strict";

window.IncidentMap = (() => {
  const DETAIL_FROM_ZOOM = 9;
  const HEIGHT_PX = 560; // where the page cannot be asked for its own
  const self = { map: null, settings: null, scheme: "light", onView: [] };
  let soon = 0;

  // Tell what depends on the view or the marks, once for many changes.
  self.changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => self.onView.forEach((callback) => callback()), 30);
  };
  const layers = {};
  const files = new Map();
  let plurals = null;

  // What is said: the server hands over the messages in the page's language, by name; numbers are written here.
  self.number = (n, decimals = 0) =>
    n.toLocaleString(self.settings.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  self.say = (name, values = {}) => {
    const message = self.settings.words[name];
    plurals ??= new Intl.PluralRules(self.settings.language);
    const text = message.by ? (message[plurals.select(values[message.by])] ?? message.other) : message;
    return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? self.number(values[key]) : values[key]));
  };

  self.palette = () => self.settings.palettes[self.scheme];

  function file(name) {
    if (!files.has(name)) {
      const { root, version } = self.settings;
      const answer = fetch(`${root}/base/${name}.json?v=${version}`, { cache: "force-cache" }).then((r) => {
        if (!r.ok) throw new Error(`${name}: ${r.status}`);
        return r.json();
      });
      files.set(name, answer);
      answer.catch(() => files.delete(name)); // asked for again at the next view
    }
    return files.get(name);
  }
  self.file = file;

  function pane(name, zIndex, clickable = false) {
    const element = self.map.createPane(name);
    element.style.zIndex = zIndex;
    if (!clickable) element.style.pointerEvents = "none";
    return element;
  }

  function groundStyle(feature) {
    const colours = self.palette();
    return {
      stroke: false,
      fill: true,
      fillOpacity: 1,
      fillColor: feature.properties.ground === "sea" ? colours.sea : colours.neighbour,
    };
  }

  function lineStyle(feature) {
    const { colour, width, dash } = styleOf(feature);
    return { color: self.palette()[colour], weight: width, ...(dash.length ? { dashArray: dash.join(" ") } : {}) };
  }

  function styleOf({ properties: { line } }) {
    const style = self.settings.symbols.lines[line];
    if (!style) throw new Error(`no look for the line ${line}`);
    return style;
  }

  function casingStyle(feature) {
    const opacity = self.settings.symbols.casing_opacity;
    return { color: self.palette().line_casing, weight: styleOf(feature).casing, opacity };
  }

  function addLines(document) {
    const isCased = (feature) => styleOf(feature).casing !== null;
    const options = { renderer: layers.lineRenderer, pane: "lines", interactive: false };
    return L.layerGroup([
      L.geoJSON(document, { ...options, style: casingStyle, filter: isCased }),
      L.geoJSON(document, { ...options, style: lineStyle }),
    ]);
  }

  // Drawn anew where another level of detail is wanted; what is being drawn already is waited for.
  function drawGround() {
    const level = self.map.getZoom() >= DETAIL_FROM_ZOOM ? "detail" : "overview";
    if (layers.level !== level) {
      layers.level = level;
      layers.drawing = drawLevel(level).catch(() => {
        layers.level = null; // tried again at the next view
      });
    }
    return layers.drawing;
  }

  async function drawLevel(level) {
    const [overview, ground, lines] = await Promise.all([
      file("overview-ground"),
      file(`${level}-ground`),
      file(`${level}-lines`),
    ]);
    if (layers.level !== level) return; // zoomed on while loading
    const options = { renderer: layers.groundRenderer, pane: "ground", interactive: false, style: groundStyle };
    const sea = { ...overview, features: overview.features.filter((f) => f.properties.ground === "sea") };
    const land = { ...ground, features: ground.features.filter((f) => f.properties.ground !== "sea") };
    const fresh = L.layerGroup([L.geoJSON(sea, options), L.geoJSON(land, options), addLines(lines)]);
    fresh.addTo(self.map);
    if (layers.drawn) layers.drawn.remove();
    layers.drawn = fresh;
  }

  function paint() {
    const box = self.map.getContainer();
    const root = document.documentElement;
    box.style.background = self.palette().land;
    for (const scheme of ["light", "dark"]) box.classList.toggle(`im-${scheme}`, scheme === self.scheme);
    for (const [name, colour] of Object.entries(self.palette())) {
      root.style.setProperty(`--im-${name.replaceAll("_", "-")}`, colour);
    }
    if (layers.drawn) {
      layers.drawn.remove();
      layers.drawn = null;
      layers.level = null;
      drawGround();
    }
  }

  self.setScheme = (scheme) => {
    if (scheme === self.scheme) return;
    self.scheme = scheme;
    paint();
    self.changed();
    drawLegend();
  };

  // Base layers ----------------------------------------------------------------------------------------------------

  function addBaseLayers() {
    const offline = self.say("map-offline");
    const choices = { [offline]: L.layerGroup().addTo(self.map) };
    for (const tiles of self.settings.online) {
      const layer = L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: tiles.maxZoom });
      layer.on("tileerror", () => notice(self.say("map-layer-fails")));
      layer.on("tileload remove", () => notice(""));
      choices[tiles.name] = layer;
    }
    const control = L.control.layers(choices, null, { position: "topright" }).addTo(self.map);
    control.getContainer().querySelector("a").title = self.say("map-layers");
    self.map.on("baselayerchange", (event) => {
      self.map.getContainer().classList.toggle("im-online", event.name !== offline);
    });
  }

  function notice(text) {
    const box = self.map.getContainer();
    let line = box.querySelector(".im-notice");
    if (!line) {
      line = L.DomUtil.create("div", "im-notice", box);
      line.setAttribute("role", "status");
    }
    line.textContent = text;
  }

  // Size: the component knows pixels only, the page should decide -----------------------------------------------------

  let under = 0;

  // Make room for a bar under the map; the map keeps its size.
  self.roomUnder = (height) => {
    under = height;
    window.Streamlit.setFrameHeight();
  };

  function pageAround() {
    try {
      void window.parent.innerHeight;
      return window.parent;
    } catch {
      return null; // framed by another site
    }
  }

  function fitToPage() {
    const page = pageAround();
    const wanted = () => {
      if (self.settings.height || !page) return self.settings.height || HEIGHT_PX;
      const share = page.innerWidth < 640 ? 0.6 : 0.7;
      return Math.max(320, Math.round(page.innerHeight * share));
    };
    const set = window.Streamlit.setFrameHeight.bind(window.Streamlit);
    window.Streamlit.setFrameHeight = () => set(wanted() + under);
    const resize = () => {
      self.map.getContainer().style.height = `${wanted()}px`; // whatever room the page has made so far
      window.Streamlit.setFrameHeight();
      self.map.invalidateSize({ pan: false });
    };
    page?.addEventListener("resize", resize);
    new ResizeObserver(() => self.map.invalidateSize({ pan: false })).observe(self.map.getContainer());
    resize();
  }

  // The first view needs a map with a size: a frame that is not shown yet has no width.
  function sized(then) {
    const { x, y } = self.map.invalidateSize({ pan: false }).getSize();
    if (x > 100 && y > 100) then();
    else setTimeout(() => sized(then), 20);
  }

  // Legend ---------------------------------------------------------------------------------------------------------

  let legend = null;

  function drawLegend() {
    if (!legend || !self.legendContent) return;
    const body = legend.getContainer().querySelector("div");
    body.replaceChildren(...self.legendContent());
  }
  self.drawLegend = drawLegend;

  function addLegend() {
    legend = L.control({ position: "topleft" });
    legend.onAdd = () => {
      const box = L.DomUtil.create("details", "im-legend");
      box.open = self.map.getSize().x > 620;
      const summary = L.DomUtil.create("summary", "", box);
      summary.textContent = self.say("figure-legend");
      L.DomUtil.create("div", "", box);
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      return box;
    };
    legend.addTo(self.map);
    drawLegend();
  }

  // Start ------------------------------------------------------------------------------------------------------------

  function addStyle() {
    // The component rewrites the head after loading; a link in the body is left alone.
    const added = (address) => new Promise((resolve) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = address;
      link.onload = link.onerror = resolve;
      document.body.append(link);
    });
    return Promise.all(self.settings.styles.map(added));
  }

  self.start = (settings, map = window.map_div) => {
    self.map = map;
    self.settings = settings;
    const box = map.getContainer();
    document.documentElement.lang = settings.language;
    document.documentElement.style.overflow = "hidden"; // as map.css says, which comes after the first size is taken
    document.body.style.margin = 0;
    document.title = settings.label;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", settings.label);
    map.attributionControl.setPrefix(false).addAttribution(settings.credit);
    pane("ground", 150);
    pane("areas", 300, true);
    pane("lines", 350);
    pane("labels", 380);
    pane("rings", 420);
    layers.groundRenderer = L.canvas({ pane: "ground", padding: 0.4 });
    layers.lineRenderer = L.canvas({ pane: "lines", padding: 0.4 });
    map.on("moveend", () => {
      drawGround();
      self.changed();
    });
    const styled = addStyle();
    fitToPage();
    sized(async () => {
      map.fitBounds(settings.view || settings.region, { animate: false, padding: [4, 4] });
      addBaseLayers();
      L.control.zoom({ position: "topright", zoomInTitle: self.say("map-zoom-in"), zoomOutTitle: self.say("map-zoom-out") }).addTo(map);
      L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
      addLegend();
      paint();
      await Promise.all([styled, drawGround()]);
      box.classList.add("im-ready");
      self.changed();
    });
  };

  return self;
})();
