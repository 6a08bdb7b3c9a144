// The choropleth, and the map of a single province; provinces are drawn above the base map but below its lines, and are
// updated in place.
"use strict";

(() => {
  const self = window.IncidentMap;
  const SVG = "http://www.w3.org/2000/svg";
  const PATTERNS = ["hatch", "dots"];
  const paths = new Map(); // province code → its layer
  let shown = null;
  let layer = null;
  let outline = null;
  let outlined = null;
  let carrier = null;
  let clicks = 0;
  let chosen = null; // what the component reports; it is read at every click, so only `choose` may change it

  function element(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // Patterns -----------------------------------------------------------------------------------------------------------

  function patterns() {
    const { land, muted } = self.palette();
    const tile = (id, size, ...marks) =>
      element(
        "pattern",
        { id, width: size, height: size, patternUnits: "userSpaceOnUse" },
        element("rect", { width: size, height: size, fill: land }),
        ...marks,
      );
    return [
      tile("im-hatch", 7, element("path", { d: "M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2", stroke: muted, "stroke-width": 1, "stroke-opacity": 0.55 })),
      tile("im-dots", 8, ...[2, 6].map((at) => element("circle", { cx: at, cy: at, r: 1, fill: muted, "fill-opacity": 0.65 }))),
    ];
  }

  function fill(k) {
    if (Number.isInteger(k)) return shown.ramps[self.scheme][k];
    const name = self.settings.unclassed[k];
    const found = self.palette()[name] ?? (PATTERNS.includes(name) ? `url(#im-${name})` : undefined);
    if (!found) throw new Error(`no filling for a province that is ${k}`);
    return found;
  }

  // Choosing -----------------------------------------------------------------------------------------------------------

  function makeCarrier() {
    carrier = L.marker([0, 0], { icon: L.divIcon({ className: "im-carrier", iconSize: [0, 0] }), interactive: false, keyboard: false });
    carrier.toGeoJSON = () => chosen;
    L.featureGroup([carrier]).addTo(self.map);
  }

  function choose(code, at) {
    chosen = { type: "Feature", properties: { id: code, click: ++clicks }, geometry: null };
    carrier.fire("click", { latlng: at }, true);
  }

  function tooltip({ properties }) {
    const { v, s } = shown.provinces[properties.province_code];
    const box = document.createElement("div");
    const line = (tag, text) => {
      const node = document.createElement(tag);
      node.textContent = text;
      box.append(node);
    };
    line("b", properties.province);
    line("span", v);
    if (s) line("span", s);
    return box;
  }

  // Drawing ------------------------------------------------------------------------------------------------------------

  function prepare(feature, path) {
    const { province_code: code } = feature.properties;
    paths.set(code, path);
    path.toGeoJSON = () => chosen;
    path.bindTooltip(() => tooltip(feature), { sticky: true, opacity: 1 });
    path.on("click", (event) => {
      L.DomEvent.stop(event.originalEvent);
      choose(code, event.latlng);
    });
    path.on("add", () => {
      const node = path.getElement();
      node.setAttribute("role", "button");
      node.tabIndex = -1;
      node.dataset.code = code;
    });
  }

  function makeLayer(document) {
    const renderer = L.svg({ pane: "areas", padding: 0.4 });
    const options = { renderer, pane: "areas", className: "im-province", weight: 0, color: self.palette().province_limit };
    layer = L.geoJSON(document, { style: { ...options, fillOpacity: 1 }, onEachFeature: prepare, ...options }).addTo(self.map);
    self.map.getContainer().classList.add("im-by-class");
    self.map.getPane("areas").addEventListener("keydown", go);
  }

  function define() {
    const svg = paths.values().next().value.getElement().ownerSVGElement;
    svg.querySelector("defs")?.remove();
    svg.prepend(element("defs", {}, ...patterns()));
  }

  function paint() {
    define();
    for (const [code, path] of paths) {
      const { k, v, s } = shown.provinces[code];
      const node = path.getElement();
      path.setStyle({ fillColor: fill(k) });
      node.setAttribute("aria-label", [path.feature.properties.province, v, s].filter(Boolean).join(". "));
      node.setAttribute("aria-pressed", String(code === shown.selected));
    }
    const first = shown.selected ?? [...paths.keys()].find((code) => Number.isInteger(shown.provinces[code].k));
    for (const [code, path] of paths) path.getElement().tabIndex = code === (first ?? paths.keys().next().value) ? 0 : -1;
  }

  function drawOutline(code, features) {
    if (outline) outline.remove();
    outline = null;
    const feature = features.find((f) => f.properties.province_code === code);
    if (!feature) return null;
    const { selected, casing } = self.palette();
    const options = { pane: "rings", interactive: false, fill: false };
    outline = L.featureGroup([
      L.geoJSON(feature, { ...options, style: { color: casing, weight: 6, opacity: 0.9, fill: false } }),
      L.geoJSON(feature, { ...options, style: { color: selected, weight: 2.6, fill: false } }),
    ]).addTo(self.map);
    return outline;
  }

  // Called by the page whenever its script has changed the numbers, the classes or the chosen province.
  self.choropleth = async (asked) => {
    shown = asked;
    if (!carrier) makeCarrier();
    const { features } = await self.file("provinces");
    if (shown !== asked) return;
    self.setScheme(asked.scheme);
    if (!layer) makeLayer({ type: "FeatureCollection", features });
    paint();
    self.outlineProvinces(asked.aim.provinces);
    self.aim(asked.aim);
    const area = drawOutline(asked.selected, features);
    if (area && outlined !== asked.selected && !self.map.getBounds().contains(area.getBounds().getCenter())) {
      self.go(() => self.map.panTo(area.getBounds().getCenter(), { animate: false }), { isMoved: self.isMoved() });
    }
    outlined = asked.selected;
    self.named = darkestFirst(features);
    self.legendContent = legendContent;
    self.drawLegend();
    self.map.getContainer().dataset.provinces = String(paths.size);
    self.changed();
  };

  function darkestFirst(features) {
    const classOf = ({ properties }) => shown.provinces[properties.province_code].k;
    return features
      .filter((feature) => Number.isInteger(classOf(feature)))
      .sort((a, b) => classOf(b) - classOf(a))
      .map(({ properties }) => properties.province);
  }

  // The map of one province with its incidents; the view moves only when another province is shown.
  self.province = async (asked) => {
    self.show(asked.marks);
    const { features } = await self.file("provinces");
    const area = drawOutline(asked.code, features);
    if (!area || outlined === asked.code) return;
    outlined = asked.code;
    self.fit = () => self.goTo(area.getBounds());
    self.fit();
  };

  // Keyboard: provinces share one tab stop; arrow keys move from province to province ----------------------------------

  function go(event) {
    const code = event.target.dataset?.code;
    if (!code) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(code, paths.get(code).getBounds().getCenter());
      return;
    }
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const middle = (path) => self.map.latLngToLayerPoint(path.getBounds().getCenter());
    const here = middle(paths.get(code));
    const ahead = [...paths.values()]
      .map((path) => {
        const [x, y] = [middle(path).x - here.x, middle(path).y - here.y];
        const forward = x * step[0] + y * step[1];
        return { path, forward, cost: forward + 2 * Math.abs(x * step[1] + y * step[0]) };
      })
      .filter(({ forward }) => forward > 0)
      .sort((a, b) => a.cost - b.cost);
    if (!ahead.length) return;
    event.target.tabIndex = -1;
    const node = ahead[0].path.getElement();
    node.tabIndex = 0;
    node.focus({ preventScroll: true });
  }

  // Legend -------------------------------------------------------------------------------------------------------------

  function swatch(k) {
    const size = { width: 18, height: 12 };
    const box = element("rect", { ...size, fill: fill(k), stroke: self.palette().province_limit, "stroke-width": 1 });
    return element("svg", { ...size, viewBox: "0 0 18 12", "aria-hidden": "true" }, box);
  }

  function legendContent() {
    const table = document.createElement("table");
    table.className = "im-classes";
    const caption = table.createCaption();
    caption.textContent = shown.title;
    const under = document.createElement("small");
    under.textContent = [shown.rule, self.say("map-legend-provinces")].filter(Boolean).join("; ");
    caption.append(under);
    let apart = shown.legend.some(({ k }) => Number.isInteger(k));
    for (const { k, label, n } of [...shown.legend].sort(byClass)) {
      const row = table.insertRow();
      if (apart && !Number.isInteger(k)) {
        row.className = "im-apart";
        apart = false;
      }
      row.insertCell().append(swatch(k));
      row.insertCell().textContent = label;
      row.insertCell().textContent = self.number(n);
    }
    return [table];
  }

  // The highest class on top, and provinces without a class at the bottom.
  function byClass(a, b) {
    const rank = ({ k }) => (Number.isInteger(k) ? k : -1);
    return rank(b) - rank(a);
  }
})();
