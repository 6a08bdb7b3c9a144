// Incidents on the map: marks by location precision, updated one by one without touching the map or its view.
"use strict";

(() => {
  const self = window.IncidentMap;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const markers = new Map(); // key → { text, marker }
  const grounds = new Map(); // key → { text, layer }
  let clusters = null;
  let carrier = null;
  let halo = null;
  let asked = { points: [], areas: [], nowhere: [], scheme: "light" }; // what the filters select
  let told = asked; // what the page last passed to `show`; many.js adds the single incidents of its tiles to it
  let shown = asked; // the part of `asked` that playback shows
  let selected = null;
  let clicks = 0;
  let chosen = null; // what the component reports; it is read at every click, so only `choose` may change it

  function count(members) {
    return self.settings.symbols.categories
      .map(({ code }) => [code, members.filter((m) => m.c === code).length])
      .filter(([, n]) => n > 0);
  }

  // The values that determine a badge's look.
  function kinds(members) {
    return [count(members), hollow(members), imported(members)];
  }

  function imported(members) {
    return members.filter(({ i }) => i).length;
  }

  function hollow(members) {
    return members.filter(({ s }) => self.symbols.isHollow(s)).length;
  }

  function membersOf(marker) {
    return marker.im.of ?? [marker.im];
  }

  function icon({ svg, size }, className) {
    const html = document.createElement("div");
    html.append(svg);
    return L.divIcon({ html, className, iconSize: [size, size] });
  }

  function words(mark) {
    const { v: provinces } = mark.of?.length === 1 ? mark.of[0] : mark;
    return [wordsOf(mark), ...(provinces ? [`${provinces}.`] : [])].join(" ");
  }

  function wordsOf(mark) {
    if (!mark.of) {
      return `${mark.t}. ${mark.w}. ${status(mark)}. ${mark.p}.`;
    }
    const [one] = mark.of;
    if (mark.of.length === 1) {
      return self.say("map-one-known-only-to", { title: one.t, when: one.w, status: status(one), area: mark.name });
    }
    const values = { several: several(mark.of), precision: self.settings.symbols.precisions[mark.kind], area: mark.name };
    return hollow(mark.of) ? self.say("map-hollow-known-only-to", values) : self.say("map-several-known-only-to", values);
  }

  function status({ s, i }) {
    const status = self.settings.symbols.statuses[s];
    return i ? self.say("kind-imported", { kind: status }) : status;
  }

  function several(members) {
    const values = { incidents: members.length, hollow: hollow(members), statuses: self.settings.symbols.hollow_words };
    if (!values.hollow) return self.say("map-incidents", values);
    return values.hollow === members.length ? self.say("map-incidents-all-hollow", values) : self.say("map-incidents-some-hollow", values);
  }

  function tooltip(mark) {
    const box = document.createElement("div");
    const line = (tag, text) => {
      const node = document.createElement(tag);
      node.textContent = text;
      box.append(node);
    };
    if (mark.of && mark.of.length > 1) {
      line("b", several(mark.of));
      line("span", self.say("group-somewhere", { area: mark.name }));
    } else {
      const one = mark.of ? mark.of[0] : mark;
      line("b", one.t);
      line("span", `${one.w} · ${status(one)}`);
      line("span", mark.of ? self.say("group-somewhere", { area: mark.name }) : mark.k);
      if (one.v) line("span", one.v);
    }
    return box;
  }

  // Choosing ---------------------------------------------------------------------------------------------------------

  function choose(id, at) {
    self.map.closePopup();
    select(id);
    chosen = { type: "Feature", properties: { id, click: ++clicks }, geometry: null };
    const opened = self.pageAround()?.opened;
    if (opened?.code === id) opened.show(); // already open, so nothing will be redrawn
    carrier.fire("click", { latlng: at }, true);
    self.onChoose?.(id);
  }

  function open(marker) {
    const members = membersOf(marker);
    if (members.length === 1) choose(members[0].id, marker.getLatLng());
    else listMembers(self.say("map-incidents-somewhere", { incidents: members.length, area: marker.im.name }), members, marker.getLatLng());
  }

  function listMembers(heading, members, at) {
    const box = document.createElement("div");
    box.className = "im-list";
    const title = document.createElement("b");
    title.textContent = heading;
    const list = document.createElement("ul");
    for (const member of members) {
      const button = document.createElement("button");
      const text = document.createElement("span");
      text.textContent = member.t;
      const date = document.createElement("small");
      date.textContent = `${member.w} · ${status(member)}`;
      text.append(date);
      button.append(self.symbols.legend(member.c, self.symbols.isHollow(member.s), undefined, Boolean(member.i)), text);
      button.addEventListener("click", () => choose(member.id, at));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    box.append(title, list);
    const popup = L.popup({ maxWidth: 300, minWidth: 240, maxHeight: 260 }).setLatLng(at).setContent(box).openOn(self.map);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", self.say("close"));
    list.querySelector("button")?.focus();
    popup.on("remove", () => popup.getElement()?.contains(document.activeElement) && focusNear(at));
  }

  function find(id) {
    for (const { marker } of markers.values()) {
      if (membersOf(marker).some((member) => member.id === id)) return marker;
    }
    return null;
  }

  function select(id) {
    selected = id;
    if (halo) halo.remove();
    halo = null;
    const marker = id && find(id);
    if (!marker) return;
    const mark = marker.im;
    const drawn = mark.of ? self.symbols.area(...kinds(mark.of)) : self.symbols.incident(mark);
    halo = L.marker(marker.getLatLng(), {
      icon: icon(drawn, "im-mark im-halo"),
      interactive: false,
      keyboard: false,
      zIndexOffset: 5000,
    }).addTo(self.map);
  }

  // Focus the mark of an incident, or the disc that contains it; returns whether that worked.
  self.focusOn = (id) => {
    const marker = id && find(id);
    const node = marker && (clusters.getVisibleParent(marker) ?? marker).getElement();
    node?.focus();
    return Boolean(node) && document.activeElement === node;
  };

  function reveal(id) {
    const marker = id && find(id);
    if (!marker) return;
    if (self.map.getBounds().pad(-0.05).contains(marker.getLatLng())) return;
    self.go(() => self.map.panTo(marker.getLatLng(), { animate: false }), { isMoved: self.isMoved() });
  }

  // Where the map goes -----------------------------------------------------------------------------------------------

  let selection; // query string of the selection that the map last went to
  let fit = null; // its bounds

  // Go to a new selection, unless the user has moved the map and all of it is in view. At the first call, a function
  // returned by `atFirst` moves the map instead.
  self.aim = (asked, atFirst = () => null) => {
    const isFirst = selection === undefined;
    fit = asked.fit;
    if (selection === asked.selection) return;
    selection = asked.selection;
    const elsewhere = isFirst && atFirst();
    if (elsewhere) elsewhere();
    else if (selection === "" || !self.isMoved() || !inView(fit)) self.fit();
  };

  function inView(box) {
    return Boolean(box) && self.map.getBounds().contains(box);
  }

  self.fit = () => self.goTo(selection ? fit : null);

  // Centre on one incident, including its area of uncertainty.
  function centre(id) {
    const { im: mark } = find(id);
    const at = L.latLng(mark.at);
    const around = at.toBounds(2000 * Math.max(mark.r ?? 0, mark.of ? 60 : 15));
    self.goTo((mark.line ?? []).reduce((box, place) => box.extend(place), around));
  }

  // Drawing ----------------------------------------------------------------------------------------------------------

  function pointMarker(mark) {
    const marker = L.marker(mark.at, {
      icon: icon(self.symbols.incident(mark), "im-mark"),
      zIndexOffset: -Math.round(mark.d) * 10,
      riseOnHover: true,
    });
    return prepared(marker, mark);
  }

  function areaMarker(area) {
    const drawn = self.symbols.area(...kinds(area.of));
    return prepared(L.marker(area.at, { icon: icon(drawn, "im-mark im-area"), riseOnHover: true }), area);
  }

  function prepared(marker, mark) {
    marker.im = mark;
    marker.toGeoJSON = () => chosen;
    marker.bindTooltip(() => tooltip(mark), { direction: "top", offset: [0, -10], opacity: 1 });
    marker.on("click keypress", (event) => {
      if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
      L.DomEvent.stop(event.originalEvent ?? {});
      open(marker);
    });
    marker.on("add", () => name(marker.getElement(), words(mark)));
    return marker;
  }

  // All marks share one tab stop; arrow keys move from mark to mark.
  function name(node, text) {
    if (!node) return;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", text);
    node.tabIndex = -1;
    offerFirst();
  }

  let offering = 0;
  function offerFirst() {
    cancelAnimationFrame(offering);
    offering = requestAnimationFrame(() => {
      const all = focusable();
      if (all.length && !all.some((node) => node.tabIndex === 0)) all[0].tabIndex = 0;
    });
  }

  self.onView.push(offerFirst);

  function focusable() {
    const view = self.map.getContainer().getBoundingClientRect();
    return [...self.map.getPane("markerPane").querySelectorAll(".im-mark[role=button], .im-cluster")]
      .map((node) => ({ node, box: node.getBoundingClientRect() }))
      .filter(({ box }) => box.right > view.left && box.left < view.right && box.bottom > view.top && box.top < view.bottom)
      .sort((a, b) => a.box.left - b.box.left || a.box.top - b.box.top)
      .map(({ node }) => node);
  }

  // Keep focus at its position on the map: focus the mark nearest to a place whose mark is gone.
  function focusNear(at) {
    requestAnimationFrame(() => {
      const frame = self.map.getContainer().getBoundingClientRect();
      const { x, y } = self.map.latLngToContainerPoint(at).add([frame.left, frame.top]);
      const off = (node) => Math.hypot(middle(node).x - x, middle(node).y - y);
      const all = focusable().sort((a, b) => off(a) - off(b));
      all.forEach((node, n) => (node.tabIndex = n ? -1 : 0));
      (all[0] ?? self.map.getContainer()).focus({ preventScroll: true });
    });
  }

  // Escape closes an open list, or restores the view from before a disc was expanded and focuses that disc.
  const before = []; // views in which discs were expanded, and the places of these discs
  let spread = false; // whether a disc is spiderfied

  function opensOut(at) {
    before.push({ at, centre: self.map.getCenter(), zoom: self.map.getZoom() });
  }

  function goBack(event) {
    if (event.key !== "Escape") return;
    if (self.map.getContainer().querySelector(".leaflet-popup .im-list")) {
      event.stopPropagation();
      self.map.closePopup();
      return;
    }
    const isOut = ({ zoom }) => zoom < self.map.getZoom() || spread;
    while (before.length && !isOut(before.at(-1))) before.pop();
    const last = before.pop();
    if (!last) return;
    event.stopPropagation();
    const back = () => {
      clusters.off("animationend unspiderfied", back);
      focusNear(last.at);
    };
    clusters.on("animationend unspiderfied", back);
    self.many.refocus(last.at);
    if (last.zoom === self.map.getZoom()) clusters.unspiderfy();
    else self.map.setView(last.centre, last.zoom, { animate: !still.matches });
  }

  function middle(node) {
    const box = node.getBoundingClientRect();
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  }

  function go(event) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const from = event.target.closest?.(".im-mark, .im-cluster");
    if (!step || !from) return;
    event.preventDefault();
    event.stopPropagation();
    const here = middle(from);
    const ahead = focusable()
      .filter((node) => node !== from)
      .map((node) => {
        const there = middle(node);
        const [x, y] = [there.x - here.x, there.y - here.y];
        const forward = x * step[0] + y * step[1];
        const aside = Math.abs(x * step[1]) + Math.abs(y * step[0]);
        return { node, forward, cost: forward + 2 * aside };
      })
      .filter(({ forward }) => forward > 0)
      .sort((a, b) => a.cost - b.cost);
    if (!ahead.length) return;
    from.tabIndex = -1;
    ahead[0].node.tabIndex = 0;
    ahead[0].node.focus({ preventScroll: true });
  }

  // Overlapping badges become one badge; a disc would suggest that their locations are known.
  function clusterIcon(cluster) {
    const marks = cluster.getAllChildMarkers();
    const members = marks.flatMap(membersOf);
    if (marks.every(({ im }) => im.of)) return icon(self.symbols.area(...kinds(members)), "im-cluster im-area");
    return icon(self.symbols.cluster(count(members), imported(members)), "im-cluster");
  }

  function makeLayers() {
    clusters = L.markerClusterGroup({
      maxClusterRadius: self.settings.symbols.cluster_radius,
      showCoverageOnHover: false,
      animate: !still.matches,
      iconCreateFunction: clusterIcon,
      spiderLegPolylineOptions: self.settings.symbols.leg,
      spiderfyDistanceMultiplier: 1.5,
    });
    carrier = L.marker([0, 0], { icon: L.divIcon({ className: "im-carrier", iconSize: [0, 0] }), interactive: false, keyboard: false });
    carrier.toGeoJSON = () => chosen;
    L.featureGroup([carrier]).addTo(self.map);
    clusters.on("clusterclick clusterkeypress", ({ type, originalEvent, layer }) => {
      if (type === "clusterclick" || originalEvent.key === "Enter") opensOut(layer.getLatLng());
    });
    clusters.on("spiderfied unspiderfied", ({ type }) => (spread = type === "spiderfied"));
    clusters.on("clusterkeypress", (event) => {
      if (!["Enter", " "].includes(event.originalEvent.key)) return;
      const opened = () => {
        clusters.off("animationend spiderfied", opened);
        focusNear(event.layer.getLatLng());
      };
      clusters.on("animationend spiderfied", opened);
      if (event.originalEvent.key === " ") event.layer.fire("click");
    });
    clusters.addTo(self.map);
    clusters.on("animationend spiderfied unspiderfied", self.changed);
    self.map.on("layeradd", ({ layer }) => {
      if (layer instanceof L.MarkerCluster) {
        const total = layer.getAllChildMarkers().flatMap(membersOf).length;
        name(layer.getElement?.() ?? layer._icon, self.say("map-cluster", { incidents: total }));
      }
    });
    self.map.getContainer().addEventListener("keydown", go, true);
    self.map.getContainer().addEventListener("keydown", goBack, true);
  }

  function keyed(marks, key) {
    return new Map(marks.map((mark) => [key(mark), { text: JSON.stringify(mark), mark }]));
  }

  // The selected incidents, during playback only those in the period shown; badges keep only such members.
  function left() {
    if (!self.keeps) return asked;
    const areas = asked.areas.map((area) => ({ ...area, of: area.of.filter(self.keeps) }));
    return { ...asked, points: asked.points.filter(self.keeps), areas: areas.filter(({ of }) => of.length) };
  }

  // Predicate for incidents that stay on the map, null for all; applied without the server.
  self.keeps = null;
  self.redraw = () => {
    const keyboard = document.activeElement.closest(".im-mark, .im-cluster");
    const at = keyboard && self.map.mouseEventToLatLng({ clientX: middle(keyboard).x, clientY: middle(keyboard).y });
    shown = left();
    drawMarks(asked.scheme);
    drawGrounds(asked.scheme);
    select(selected);
    offerFirst();
    if (keyboard && !keyboard.isConnected) focusNear(at);
    self.map.getContainer().dataset.incidents = String(self.drawn());
  };

  function drawMarks(scheme) {
    const wanted = keyed([...shown.points, ...shown.areas], (m) => m.id ?? m.key);
    for (const entry of wanted.values()) entry.text += scheme;
    const gone = [...markers.keys()].filter((key) => wanted.get(key)?.text !== markers.get(key).text);
    clusters.removeLayers(gone.map((key) => markers.get(key).marker));
    for (const key of gone) markers.delete(key);
    const fresh = [];
    for (const [key, { text, mark }] of wanted) {
      if (markers.has(key)) continue;
      const marker = mark.of ? areaMarker(mark) : pointMarker(mark);
      markers.set(key, { text, marker });
      fresh.push(marker);
    }
    clusters.addLayers(fresh);
  }

  // Areas of uncertainty, each drawn once even if several incidents share it.
  function drawGrounds(scheme) {
    const wanted = new Map();
    const want = (key, mark, members) => {
      const entry = wanted.get(key) ?? { mark, members: [] };
      entry.members.push(...members);
      wanted.set(key, entry);
    };
    for (const point of shown.points) {
      if (point.r) want(`ring ${point.at} ${point.r}`, { at: point.at, r: point.r }, [point]);
    }
    for (const area of shown.areas) {
      if (area.r) want(`ring ${area.key}`, { at: area.at, r: area.r, broken: true }, area.of);
      if (area.line) want(`line ${area.key}`, { line: area.line, on: area.on }, area.of);
    }
    for (const entry of wanted.values()) entry.text = `${scheme} ${JSON.stringify(count(entry.members))}`;
    for (const [key, { text, layer }] of grounds) {
      if (wanted.get(key)?.text === text) continue;
      layer.remove();
      grounds.delete(key);
    }
    for (const [key, { mark, members, text }] of wanted) {
      if (grounds.has(key)) continue;
      grounds.set(key, { text, mark, layer: ground(mark, count(members)).addTo(self.map) });
    }
  }

  // Border segments follow the line as drawn, whose detail depends on the zoom.
  function stretchOf({ line, on }) {
    return self.along(on, line[0], line.at(-1)) ?? line;
  }

  self.onLines.push(() => {
    for (const { layer, mark } of grounds.values()) {
      if (mark.line) layer.setLatLngs(stretchOf(mark));
    }
  });

  function ground(mark, counts) {
    const colour = counts.length === 1 ? self.palette()[counts[0][0]] : self.palette().muted;
    const common = { pane: "rings", interactive: false, color: colour };
    const { ring, stretch } = self.settings.symbols;
    if (mark.line) return L.polyline(stretchOf(mark), { ...common, weight: stretch.width, opacity: stretch.opacity, lineCap: "butt" });
    return L.circle(mark.at, {
      ...common,
      radius: mark.r * 1000,
      weight: ring.width,
      opacity: ring.opacity,
      dashArray: mark.broken ? ring.dash.join(" ") : null,
      fillOpacity: ring.filling,
    });
  }

  // Selected provinces are outlined and always named.
  let outlines = null;
  let outlined = "";

  self.outlineProvinces = async (codes) => {
    if (outlined === `${codes} ${self.scheme}`) return;
    outlined = `${codes} ${self.scheme}`;
    const { features } = codes.length ? await self.file("provinces") : { features: [] };
    if (outlined !== `${codes} ${self.scheme}`) return;
    const chosen = features.filter(({ properties }) => codes.includes(properties.province_code));
    self.mustName = chosen.map(({ properties }) => properties.province);
    outlines?.remove();
    const style = { color: self.palette().text, weight: 1.6, opacity: 0.75, fill: false };
    outlines = L.geoJSON(chosen, { pane: "lines", interactive: false, style }).addTo(self.map);
    self.changed();
  };

  // For `many.js`: single incidents are always drawn by this script.
  self.marks = { choose, icon, name, listMembers, offerFirst, focusNear, opensOut };

  // Draw single incidents of a map of many, in addition to the marks from `show`, which then hold at most the open one.
  self.showSingles = (points) => {
    asked = { ...told, points: [...points, ...told.points.filter(({ id }) => !points.some((point) => point.id === id))] };
    self.redraw();
  };

  // Called by the page whenever its script has changed what the map shows.
  self.show = (marks) => {
    if (!clusters) makeLayers();
    const was = selected;
    const before = legendOf(asked);
    told = asked = marks;
    selected = marks.selected;
    self.setScheme(marks.scheme);
    self.many.turn(marks.many);
    if (legendOf(marks) !== before) self.drawLegend();
    self.playback?.offer(Boolean(marks.playback));
    if (marks.playback) self.playback.chosen([...marks.points, ...marks.areas.flatMap(({ of }) => of)], marks.nowhere.length);
    self.redraw();
    if (marks.playback) self.playback.drawn();
    self.outlineProvinces(marks.provinces ?? []);
    if (marks.selection !== undefined) self.aim(marks, () => self.fromAddress() ?? (find(selected) && (() => centre(selected))));
    self.foldLegend();
    if (marks.selected && marks.selected !== was) reveal(marks.selected);
    if (!marks.selected) self.map.closePopup();
    self.changed();
  };

  // Number of incidents on the map, clustered or not; also read by tests.
  self.drawn = () => [...markers.values()].reduce((sum, { marker }) => sum + membersOf(marker).length, self.many.drawn());

  // How many of them lie outside the view; 0 for a map of many, where only those in the view are known.
  self.outside = () => {
    if (told.many) return 0;
    const view = self.map.getBounds();
    const away = [...markers.values()].filter(({ marker }) => !view.contains(marker.getLatLng()));
    return away.reduce((sum, { marker }) => sum + membersOf(marker).length, 0);
  };

  // Legend -----------------------------------------------------------------------------------------------------------

  // What the legend has to explain, each with an example category that is drawn that way. For many incidents the server
  // says what there is, as the browser never has all of them.
  function legendOf({ size, many, points, areas }) {
    const members = [...points, ...areas.flatMap(({ of }) => of)];
    const { most, few } = self.settings.symbols.samples;
    const kindsOf = (found) => count(found).map(([code]) => code);
    const kinds = many ? many.kinds : kindsOf(members);
    const example = (found, usual = most) => {
      const among = many ? kinds : kindsOf(found);
      return among.includes(usual) ? usual : (among[0] ?? null);
    };
    const inside = (condition) => areas.filter(condition).flatMap(({ of }) => of);
    const main = example(members);
    const others = kinds.filter((code) => code !== main);
    return JSON.stringify({
      kinds,
      several: (many || points.length > 1) && [main, others.includes(few) ? few : (others[0] ?? main)],
      hollow: example(members.filter(({ s }) => self.symbols.isHollow(s))),
      size: size && example(points),
      words: size,
      ring: example([...points.filter(({ r }) => r), ...inside(({ r }) => r)], few),
      area: example(inside(() => true)),
      stretch: many ? null : example(inside(({ line }) => line)),
      imported: many && !many.imported ? null : example(members.filter(({ i }) => i)),
      arrow: !many && points.some(({ h }) => h !== undefined),
    });
  }

  self.legendContent = () => {
    const drawn = JSON.parse(legendOf(asked));
    const row = (svg, text) => {
      const line = document.createElement("p");
      line.append(svg, text);
      return line;
    };
    const { cluster, legend, area, legendArrow, legendRing, legendStretch } = self.symbols;
    const small = (svg) => {
      svg.setAttribute("width", 24);
      svg.setAttribute("height", 24);
      return svg;
    };
    const { hollow_words: statuses, categories } = self.settings.symbols;
    const labels = new Map(categories.map(({ code, label }) => [code, label]));
    const ofBoth = ([main, other]) => (main === other ? [[main, 4]] : [[main, 3], [other, 1]]);
    return [
      ...drawn.kinds.map((code) => row(legend(code, false), labels.get(code))),
      ...(drawn.several ? [row(small(cluster(ofBoth(drawn.several), 0, "n").svg), self.say("map-legend-several"))] : []),
      ...(drawn.hollow ? [row(legend(drawn.hollow, true), self.say("legend-hollow", { statuses }))] : []),
      ...(drawn.imported ? [row(legend(drawn.imported, false, 13, true), self.say("legend-imported"))] : []),
      ...(drawn.size ? [row(legend(drawn.size, false, 19), self.say("map-legend-size", { size: drawn.words }))] : []),
      ...(drawn.ring ? [row(legendRing(drawn.ring), self.say("map-legend-ring"))] : []),
      ...(drawn.area ? [row(small(area([[drawn.area, 1]], 0, 0).svg), self.say("map-legend-area"))] : []),
      ...(drawn.stretch ? [row(legendStretch(drawn.stretch), self.say("map-legend-stretch"))] : []),
      ...(drawn.arrow ? [row(legendArrow(), self.say("map-legend-direction"))] : []),
    ];
  };
})();
