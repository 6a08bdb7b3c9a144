// The map itself: base map of vector layers, online base layers on demand, colour scheme, view, size and legend.
// Everything comes from this server; other hosts are contacted only after the user picks an online base layer.
"use strict";

window.IncidentMap = (() => {
  const DETAIL_FROM_ZOOM = 9;
  const HEIGHT_PX = 560; // if the height of the page is not accessible
  const CLOSEST = 9; // highest zoom level that the map goes to by itself
  const ROOM_PX = 36; // padding around what it goes to
  const HALF_MARK_PX = 16;
  const BUTTONS_PX = 32; // extra padding on the right, for the buttons
  const NARROW_PX = 620;
  const SOON_MS = 2000; // a drag with inertia, or a zoom, ends within this time
  const self = { map: null, settings: null, scheme: "light", onView: [], onLines: [], named: [], mustName: [] };
  let soon = 0;

  // Notify what depends on the view or the marks, debounced.
  self.changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => self.onView.forEach((callback) => callback()), 30);
  };
  const layers = {};
  const files = new Map();
  let plurals = null;

  // Messages come from the server in the page's language, by name; numbers are formatted here.
  const writers = []; // by decimals; cached, as creating one takes longer than formatting a hundred numbers
  self.number = (n, decimals = 0) => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    writers[decimals] ??= new Intl.NumberFormat(self.settings.language, digits);
    return writers[decimals].format(n);
  };
  self.say = (name, values = {}) => {
    const message = self.settings.words[name];
    plurals ??= new Intl.PluralRules(self.settings.language);
    const text = message.by ? (message[plurals.select(values[message.by])] ?? message.other) : message;
    return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? self.number(values[key]) : values[key]));
  };

  self.palette = () => self.settings.palettes[self.scheme];

  // Use 2D transforms: Leaflet's translate3d gives each mark a compositing layer, and hundreds of these are slow.
  const place = L.Marker.prototype._setPos;
  L.Marker.include({
    _setPos(point) {
      place.call(this, point);
      if (this._icon) this._icon.style.transform = `translate(${point.x}px, ${point.y}px)`;
    },
  });

  function file(name) {
    if (!files.has(name)) {
      const { root, version, files: held = {} } = self.settings;
      const answer = held[name] ? Promise.resolve(held[name]) : fetch(`${root}/base/${name}.json?v=${version}`, { cache: "force-cache" }).then((r) => {
        if (!r.ok) throw new Error(`${name}: ${r.status}`);
        return r.json();
      });
      files.set(name, answer);
      answer.catch(() => files.delete(name)); // retried at the next change of view
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

  // Redraw the base map if the level of detail changes; returns the drawing in progress, if any.
  function drawGround() {
    const level = self.map.getZoom() >= DETAIL_FROM_ZOOM ? "detail" : "overview";
    if (layers.level !== level) {
      layers.level = level;
      layers.drawing = drawLevel(level).catch(() => {
        layers.level = null; // retried at the next change of view
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
    if (layers.level !== level) return; // the zoom has changed while loading
    const options = { renderer: layers.groundRenderer, pane: "ground", interactive: false, style: groundStyle };
    const sea = { ...overview, features: overview.features.filter((f) => f.properties.ground === "sea") };
    const land = { ...ground, features: ground.features.filter((f) => f.properties.ground !== "sea") };
    const fresh = L.layerGroup([L.geoJSON(sea, options), L.geoJSON(land, options), addLines(lines)]);
    fresh.addTo(self.map);
    if (layers.drawn) layers.drawn.remove();
    layers.drawn = fresh;
    layers.lines = lines;
    self.onLines.forEach((callback) => callback());
  }

  // The segment of a border line, as currently drawn, between two places on it; null before it is drawn.
  self.along = (line, from, to) => {
    const feature = layers.lines?.features.find(({ properties }) => properties.line === line);
    if (!feature) return null;
    const places = feature.geometry.coordinates.map(([lng, lat]) => [lat, lng]);
    const [first, last] = [foot(places, from), foot(places, to)].sort((a, b) => a.at - b.at);
    return [first.place, ...places.slice(Math.floor(first.at) + 1, Math.floor(last.at) + 1), last.place];
  };

  // The point of a line nearest to a place, and its position along the line in vertices.
  function foot(places, [lat, lng]) {
    const squeeze = Math.cos((lat * Math.PI) / 180);
    let nearest = { off: Infinity };
    for (let n = 0; n + 1 < places.length; n += 1) {
      const [[y, x], [yTo, xTo]] = [places[n], places[n + 1]];
      const [up, right] = [yTo - y, (xTo - x) * squeeze];
      const along = ((lat - y) * up + (lng - x) * squeeze * right) / (up * up + right * right || 1);
      const share = Math.min(Math.max(along, 0), 1);
      const off = Math.hypot(y + share * up - lat, (x - lng) * squeeze + share * right);
      if (off < nearest.off) nearest = { off, at: n + share, place: [y + share * up, x + share * (xTo - x)] };
    }
    return nearest;
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

  // View -------------------------------------------------------------------------------------------------------------
  // The map goes to what the page asks for. If the user moves it, that view is kept in the page's address.

  let going = false; // while the map moves by itself
  let moved = false; // whether the user has moved it since
  let touched = -SOON_MS;
  let base = "";
  let start = null; // where to go once the map has a size
  let inAddress = false; // whether this map's view is the one in the page's address

  function pageAround() {
    try {
      void window.parent.innerHeight;
      return window.parent;
    } catch {
      return null; // embedded in another site
    }
  }
  self.pageAround = pageAround;

  // Move the map by the program, not by the user; deferred until the map has a size.
  self.go = (where, { isMoved = false } = {}) => {
    if (start !== "done") {
      start = () => self.go(where, { isMoved });
      return;
    }
    going = true;
    where();
    going = false;
    moved = isMoved;
    const bar = inAddress && pageAround()?.addressBar;
    if (bar) moved ? bar.keepLinks() : bar.write("view", null);
  };
  self.isMoved = () => moved;

  // The view if the user has moved the map, as west, south, east, north, for the link to the figure; else null.
  self.moved = () => (moved && inAddress ? self.map.getBounds().toBBoxString().replace(/(\.\d{3})\d+/g, "$1") : null);

  self.goTo = (bounds) => self.go(() => fit(bounds ?? self.settings.view ?? self.settings.region, bounds ? ROOM_PX : 4));

  // Keep clear of the buttons on the right and, on a narrow map, of the controls and the credit at the bottom.
  function fit(bounds, room) {
    const below = room + (self.map.getSize().x < NARROW_PX ? ROOM_PX : 0);
    const beside = Math.max(room, HALF_MARK_PX);
    const padding = { paddingTopLeft: [beside, room], paddingBottomRight: [beside + BUTTONS_PX, below] };
    self.map.fitBounds(bounds, { ...padding, animate: false, maxZoom: CLOSEST });
  }

  // Keep the view in the address from now on; returns a function that goes to the view it has, or null.
  self.fromAddress = () => {
    const page = pageAround();
    if (!inAddress && page) {
      inAddress = true;
      const again = () => self.fromAddress()?.();
      page.addEventListener("popstate", again);
      window.addEventListener("pagehide", () => page.removeEventListener("popstate", again));
    }
    const { location } = self.settings.alone ? window : (page ?? {}); // a standalone map may be embedded in any page
    const said = location && new URLSearchParams(location.search).get("view");
    const [lat, lon, zoom, layer] = (said ?? "").split(",");
    const at = [lat, lon, zoom].map((part) => (part ? Number(part) : NaN));
    if (at.some((number) => !Number.isFinite(number)) || Math.abs(at[0]) > 85) return null;
    return () => {
      self.go(() => self.map.setView(at.slice(0, 2), at[2], { animate: false }), { isMoved: true });
      choices[layer]?.addTo(self.map);
    };
  };

  function rest() {
    drawGround();
    self.changed();
    if (going || performance.now() - touched > SOON_MS) return;
    moved = true;
    remember();
  }

  function remember() {
    if (!inAddress) return;
    const { lat, lng } = self.map.getCenter();
    const view = [lat.toFixed(4), lng.toFixed(4), Number(self.map.getZoom().toFixed(2)), ...(base ? [base] : [])];
    pageAround()?.addressBar?.write("view", view.join(","));
  }

  function addViewButtons() {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", "leaflet-bar im-views");
      const button = (name, path, action) => {
        const node = L.DomUtil.create("a", "", box);
        node.innerHTML = `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${path}"/></svg>`;
        node.href = "#";
        node.title = name;
        node.setAttribute("role", "button");
        node.setAttribute("aria-label", name);
        L.DomEvent.on(node, "click", (event) => {
          L.DomEvent.stop(event);
          action();
        });
      };
      button(self.say("map-fit"), "M2,6 V2 H6 M10,2 H14 V6 M14,10 V14 H10 M6,14 H2 V10 M6,8 H10 M8,6 V10", () => self.fit());
      button(self.say("map-whole-region"), "M2,4 L6,2.5 L10,4 L14,2.5 V12 L10,13.5 L6,12 L2,13.5 Z M6,2.5 V12 M10,4 V13.5", () => self.goTo(null));
      return box;
    };
    control.addTo(self.map);
  }
  self.fit = () => self.goTo(null); // replaced by what draws marks

  // The wheel and one finger scroll the page; the map handles them only after a click into it.
  function gestures() {
    const { map } = self;
    const box = map.getContainer();
    let inside = false;
    // Leaflet focuses the map on a press; the page must not scroll then, or the press misses its target.
    const focus = box.focus.bind(box);
    box.focus = (how) => focus({ preventScroll: true, ...how });
    const enter = (is) => {
      inside = is;
      box.classList.toggle("im-inside", is);
      map.scrollWheelZoom[is ? "enable" : "disable"]();
    };
    const hint = (words) => {
      notice(words);
      clearTimeout(hint.over);
      hint.over = setTimeout(() => notice(""), 1800);
    };
    for (const event of ["pointerdown", "keydown", "wheel"]) {
      window.addEventListener(event, () => {
        touched = performance.now();
        if (event !== "wheel") pageAround()?.addressBar?.acted();
      }, { capture: true, passive: true });
    }
    box.addEventListener("pointerdown", ({ pointerType }) => {
      map.dragging[pointerType === "touch" && !inside ? "disable" : "enable"]();
    }, true);
    box.addEventListener("click", () => enter(true), true);
    box.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && enter(false));
    window.addEventListener("blur", () => enter(false));
    box.addEventListener("wheel", (event) => {
      if (inside) return;
      const wanted = event.ctrlKey || event.metaKey;
      map.scrollWheelZoom[wanted ? "enable" : "disable"]();
      if (wanted) event.preventDefault();
      else hint(self.say("map-wheel-hint"));
    }, { capture: true, passive: false }); // else Firefox zooms the page as well
    box.addEventListener("touchmove", ({ touches }) => touches.length === 1 && !inside && hint(self.say("map-touch-hint")), { passive: true });
    if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    enter(false);
  }

  // Base layers ----------------------------------------------------------------------------------------------------

  const choices = {}; // by their codes in the address

  function addBaseLayers() {
    if (!self.settings.online.length) return;
    const named = { [self.say("map-offline")]: L.layerGroup().addTo(self.map) };
    for (const tiles of self.settings.online) {
      const layer = L.tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: tiles.maxZoom });
      layer.on("tileerror", () => notice(self.say("map-layer-fails")));
      layer.on("tileload remove", () => notice(""));
      named[tiles.name] = choices[tiles.code] = layer;
    }
    const control = L.control.layers(named, null, { position: "topright" }).addTo(self.map);
    control.getContainer().querySelector("a").title = self.say("map-layers");
    self.map.on("baselayerchange", ({ layer }) => {
      base = Object.keys(choices).find((code) => choices[code] === layer) ?? "";
      self.map.getContainer().classList.toggle("im-online", Boolean(base));
      remember();
    });
  }

  function notice(text) {
    const box = self.map.getContainer();
    let line = box.querySelector(".im-notice:not(.im-keys)");
    if (!line) {
      line = L.DomUtil.create("div", "im-notice", box);
      line.setAttribute("role", "status");
    }
    line.textContent = text;
  }

  // Hints on the keys that work on the focused element; shown once while focus moves among marks.
  function sayKeys() {
    const box = self.map.getContainer();
    const line = L.DomUtil.create("div", "im-notice im-keys", box);
    line.setAttribute("role", "status");
    const places = [
      [".im-mark, .im-cluster", self.say("map-keys-marks")],
      [".im-province", self.say("map-keys-provinces")],
      [".leaflet-container", self.say("map-keys-view")],
    ];
    const put = (words) => {
      if (line.textContent !== words) line.textContent = words;
    };
    let pointed = false; // focus set by a pointer needs no hint
    for (const event of ["pointerdown", "pointerup", "pointercancel", "keydown"]) { // a press may end elsewhere
      window.addEventListener(event, () => (pointed = event === "pointerdown"), { capture: true, passive: true });
    }
    box.addEventListener("focusin", ({ target }) => {
      const typed = !pointed && target.matches(":focus-visible"); // a finger is lifted before focus arrives
      put((typed && places.find(([where]) => target.matches(where))?.[1]) || "");
    });
    box.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || put(""));
  }

  // Size: the component only takes pixels, but the height should follow the page --------------------------------------

  let under = 0;

  // Make room for controls under the map, and scroll them into view if `seen`; the map keeps its size.
  self.roomUnder = (height, { seen }) => {
    under = height;
    window.Streamlit.setFrameHeight();
    if (seen) window.addEventListener("resize", () => window.frameElement?.scrollIntoView({ block: "nearest" }), { once: true });
  };

  function fitToPage() {
    const page = pageAround();
    const wanted = () => {
      if (self.settings.height || !page) return self.settings.height || HEIGHT_PX;
      const share = page.innerWidth < 640 ? 0.6 : 0.7;
      return Math.max(320, Math.round(page.innerHeight * share));
    };
    new ResizeObserver(() => self.map.invalidateSize({ pan: false })).observe(self.map.getContainer());
    if (!window.Streamlit) return; // on a page of its own, the page sets the size
    const set = window.Streamlit.setFrameHeight.bind(window.Streamlit);
    window.Streamlit.setFrameHeight = () => set(wanted() + under);
    const resize = () => {
      self.map.getContainer().style.height = `${wanted()}px`; // regardless of the frame's current height
      window.Streamlit.setFrameHeight();
      self.map.invalidateSize({ pan: false });
    };
    page?.addEventListener("resize", resize);
    resize();
  }

  // Wait until the map has a size: an iframe that is not displayed yet has no width.
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
    legend.getContainer().hidden = !body.childElementCount;
  }

  // After marks are drawn: fold a legend that covers some, unless the user has opened it.
  self.foldLegend = () => {
    const box = legend?.getContainer();
    if (!box?.open || box.dataset.kept) return;
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const marks = self.map.getPane("markerPane").querySelectorAll(".im-mark, .im-cluster");
    box.open = ![...marks].some((mark) => {
      const mine = mark.getBoundingClientRect();
      return mine.left < right && mine.right > left && mine.top < bottom && mine.bottom > top;
    });
  };
  self.drawLegend = drawLegend;

  function addLegend() {
    legend = L.control({ position: "topleft" });
    legend.onAdd = () => {
      const box = L.DomUtil.create("details", "im-legend");
      box.open = self.map.getSize().x > NARROW_PX;
      const summary = L.DomUtil.create("summary", "", box);
      summary.textContent = self.say("figure-legend");
      L.DomUtil.create("div", "", box);
      summary.addEventListener("click", () => (box.dataset.kept = "yes"));
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
    document.documentElement.style.overflow = "hidden"; // as in map.css, which loads after the first measurement
    document.body.style.margin = 0;
    if (window.Streamlit) document.title = settings.label; // a standalone page has its own title
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
    map.on("moveend", rest);
    gestures();
    sayKeys();
    const styled = addStyle();
    fitToPage();
    sized(async () => {
      map.setMaxBounds(settings.ground);
      addBaseLayers();
      L.control.zoom({ position: "topright", zoomInTitle: self.say("map-zoom-in"), zoomOutTitle: self.say("map-zoom-out") }).addTo(map);
      addViewButtons();
      const first = start ?? (() => self.goTo(null));
      start = "done";
      first();
      L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
      addLegend();
      paint();
      await Promise.all([styled, drawGround()]);
      box.classList.add("im-ready");
      self.foldLegend();
      self.changed();
    });
  };

  return self;
})();
