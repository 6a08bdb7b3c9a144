// Maps of many incidents: the server groups them tile by tile; this fetches the tiles in and around the view, caches
// them, and draws the view from them.
"use strict";

(() => {
  const self = window.IncidentMap;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const TILE_PX = 512;
  const NEAREST_ZOOM = 22;
  const DRAWN_AROUND_PX = 160; // margin drawn around the view, so that small moves need no redrawing
  const FETCHED_AROUND_PX = 512; // margin fetched in advance
  const MOST_KEPT = 400; // tiles in the cache
  const BUSY_AFTER_MS = 300;
  const AGAIN_AFTER_MS = 3000; // until a retry if the server did not answer
  const POINTED_MS = 200; // after which the tiles for zooming in at a resting pointer are fetched
  const WAYS = [[0, -1], [0, 1], [-1, 0], [1, 0], [-0.8, -0.7], [0.8, -0.7], [-0.8, 0.7], [0.8, 0.7]];
  const ASIDE_PX = [[0, 0], ...[16, 28, 38].flatMap((far) => WAYS.map(([x, y]) => [x * far, y * far]))];
  const CROWDED_PX2 = 90; // hidden area above which a badge is joined with another
  const JOIN_PX = 90;
  const MOST_NAMED = 6;
  const WIDEST_RING_PX = 150;
  const drawn = new Map(); // key → { text, mark, marker }
  const tiles = new Map(); // address → { marks, null until loaded; stop }, least recently used first
  let told = null; // settings from the page: address of tiles, rule, categories, whether anything is imported
  let layer = null;
  let answered = null; // what is drawn: groups and points, with the zoom, scheme and bounds they are drawn for
  let answers = 0;
  let wanted = new Set(); // addresses of the tiles in or around the view
  let waiting = 0;
  let again = 0;
  let pointing = 0;
  let refocus = null; // place to focus once the view is drawn

  // Tiles ------------------------------------------------------------------------------------------------------------

  const level = (zoom) => Math.min(Math.max(Math.floor(zoom), 0), NEAREST_ZOOM);
  const address = (tile) => told.tiles.replace("TILE", tile);

  // Addresses of the tiles of a view with a margin in pixels, from its centre outwards.
  function around(centre, zoom, px) {
    const whole = level(zoom);
    const scale = self.map.getZoomScale(whole, zoom);
    const middle = self.map.project(centre, whole);
    const half = self.map.getSize().divideBy(2).add([px, px]).multiplyBy(scale);
    const last = Math.max(1, 2 ** whole / 2) - 1;
    const within = (at) => Math.min(Math.max(Math.floor(at / TILE_PX), 0), last);
    const found = [];
    for (let column = within(middle.x - half.x); column <= within(middle.x + half.x); column += 1) {
      for (let row = within(middle.y - half.y); row <= within(middle.y + half.y); row += 1) {
        const off = Math.hypot((column + 0.5) * TILE_PX - middle.x, (row + 0.5) * TILE_PX - middle.y);
        found.push({ off, tile: `${whole}/${column}/${row}` });
      }
    }
    return found.sort((a, b) => a.off - b.off).map(({ tile }) => address(tile));
  }

  function fetchTile(url, priority) {
    const kept = tiles.get(url);
    if (kept) {
      tiles.delete(url);
      tiles.set(url, kept);
      return;
    }
    const stop = new AbortController();
    const tile = { marks: null, stop };
    tiles.set(url, tile);
    fetch(url, { signal: stop.signal, priority })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))
      .then((marks) => {
        tile.marks = marks;
        if (wanted.has(url)) show();
      })
      .catch(() => {
        if (tiles.get(url) === tile) tiles.delete(url);
        if (!stop.signal.aborted && wanted.has(url)) tryAgain();
      });
  }

  function tryAgain() {
    clearTimeout(waiting);
    clearTimeout(again);
    again = setTimeout(want, AGAIN_AFTER_MS);
    busy(self.say("map-no-answer"));
  }

  // Fetch the tiles that the view needs, and draw it as soon as they are loaded.
  function want() {
    if (!told || !self.map.getSize().x) return;
    const [centre, zoom] = [self.map.getCenter(), self.map.getZoom()];
    const seen = around(centre, zoom, DRAWN_AROUND_PX);
    const near = around(centre, zoom, FETCHED_AROUND_PX);
    wanted = new Set([...seen, ...near]);
    for (const [url, { marks, stop }] of tiles) {
      if (!marks && !wanted.has(url)) forget(url, stop);
    }
    for (const url of seen) fetchTile(url, "high");
    for (const url of near) fetchTile(url, "low");
    clearTimeout(waiting);
    clearTimeout(again);
    waiting = setTimeout(() => busy(self.say("map-counting")), BUSY_AFTER_MS);
    show();
    for (const [url, { stop }] of tiles) {
      if (tiles.size <= MOST_KEPT) break;
      forget(url, stop);
    }
  }

  function forget(url, stop) {
    tiles.delete(url);
    stop.abort();
  }

  // Draw the view if all its tiles are loaded, with its surroundings as far as these are loaded.
  function show() {
    if (!told) return;
    const [centre, zoom] = [self.map.getCenter(), self.map.getZoom()];
    if (!around(centre, zoom, 0).every((url) => tiles.get(url)?.marks)) return;
    const urls = around(centre, zoom, DRAWN_AROUND_PX);
    const there = urls.map((url) => tiles.get(url)?.marks).filter(Boolean);
    const complete = there.length === urls.length;
    clearTimeout(waiting);
    busy(null);
    const holds = answered?.zoom === zoom && answered.scheme === self.scheme && answered.room.contains(self.map.getBounds());
    if (holds && (answered.complete || !complete)) return;
    const box = self.map.getPixelBounds();
    const room = L.latLngBounds(
      self.map.unproject(box.getBottomLeft().add([-DRAWN_AROUND_PX, DRAWN_AROUND_PX])),
      self.map.unproject(box.getTopRight().add([DRAWN_AROUND_PX, -DRAWN_AROUND_PX])),
    );
    const inside = (kind) => there.flatMap((marks) => marks[kind]).filter(({ at }) => room.contains(at));
    draw({ zoom, room, complete, scheme: self.scheme, groups: inside("groups"), points: inside("points") });
  }

  // During a drag, draw tiles that are loaded as they come into view.
  function drag() {
    if (told && answered && !answered.room.contains(self.map.getBounds())) show();
  }

  // Fetch the tiles of a zoom's target while it is animated.
  function ahead({ center, zoom }) {
    if (!told) return;
    for (const url of around(center, zoom, 0)) {
      wanted.add(url);
      fetchTile(url, "high");
    }
  }

  function point({ latlng }) {
    clearTimeout(pointing);
    pointing = setTimeout(() => {
      const zoom = self.map.getZoom() + 1;
      if (!told || zoom > self.map.getMaxZoom()) return;
      const to = latlng.equals(self.map.getCenter()) ? latlng : zoomedTo(latlng, zoom);
      for (const url of around(to, zoom, 0)) {
        wanted.add(url);
        fetchTile(url, "low");
      }
    }, POINTED_MS);
  }

  // The centre of the map after zooming in around a place that stays fixed.
  function zoomedTo(place, zoom) {
    const offset = self.map.getSize().divideBy(2).subtract(self.map.latLngToContainerPoint(place));
    return self.map.unproject(self.map.project(place, zoom).add(offset), zoom);
  }

  function busy(words) {
    const box = self.map.getContainer();
    const sign = box.querySelector(".im-busy") ?? L.DomUtil.create("div", "im-busy", box);
    sign.hidden = !words;
    sign.textContent = words ?? "";
  }

  // Words ------------------------------------------------------------------------------------------------------------

  function short(n) {
    if (n < 1000) return self.number(n);
    const number = n < 999500 ? self.number(n / 1000, n < 9950 ? 1 : 0) : self.number(n / 1e6, 1);
    return n < 999500 ? self.say("number-thousands", { number }) : self.say("number-millions", { number });
  }

  const kinds = (counts) => counts.map(([category, count]) => self.say(`category-${category}-count`, { count })).join(", ");

  const byKind = (numbers) => self.settings.symbols.categories.map(({ code }, at) => [code, numbers[at]]).filter(([, n]) => n > 0);

  function somewhere({ kind, name, parts }) {
    if (parts) return self.say("map-known-to-one-of", { areas: parts.length });
    return self.say("map-known-to", { precision: self.settings.symbols.precisions[kind], area: name });
  }

  function named(parts = []) {
    const more = parts.length - MOST_NAMED;
    return [
      ...parts.slice(0, MOST_NAMED).map(({ name, n }) => `${name}: ${self.number(n)}`),
      ...(more > 0 ? [self.say("and-more", { count: more })] : []),
    ];
  }

  // Badges, and discs whose incidents share one location, open a list instead of zooming.
  const zooms = (mark) => Boolean(mark.box ?? mark.parts) && self.map.getZoom() < self.map.getMaxZoom();
  function click(mark) {
    if (mark.n === 1) return self.say("map-click-to-open");
    return zooms(mark) ? self.say("map-click-to-zoom") : self.say("map-click-to-list");
  }
  function press(mark) {
    if (mark.n === 1) return self.say("map-press-to-open");
    return zooms(mark) ? self.say("map-press-to-zoom") : self.say("map-press-to-list");
  }

  function lines(mark) {
    return [
      [self.say("map-incidents", { incidents: mark.n }), ...(mark.kind ? [somewhere(mark)] : [])].join(", "),
      kinds(byKind(mark.c)),
      ...(mark.s ? [hollow(mark)] : []),
      ...mark.k.map((deaths) => `${deaths} (${told.rule})`),
      ...named(mark.parts),
      click(mark),
    ];
  }

  function hollow({ n, s }) {
    const statuses = self.settings.symbols.hollow_words;
    if (n === 1) return statuses;
    return s === n ? self.say("map-all-hollow", { statuses }) : self.say("map-some-hollow", { hollow: s, statuses });
  }

  function tooltip(mark) {
    const box = document.createElement("div");
    lines(mark).forEach((text, at) => {
      const node = document.createElement(at ? "span" : "b");
      node.textContent = text;
      box.append(node);
    });
    return box;
  }

  // Drawing ----------------------------------------------------------------------------------------------------------

  // Badges belong where their area's name would be. They move aside for discs and other badges, but never far; if there
  // is no room, several are joined, and come apart when zooming in.
  function withRoom(groups) {
    const discs = groups.filter(({ kind }) => !kind);
    const taken = discs.map(discRoom);
    const kept = [];
    for (const mark of groups.filter(({ kind }) => kind).sort((a, b) => b.n - a.n)) {
      const home = place(mark);
      const half = short(mark.n).length > 3 ? 20 : 15;
      const best = roomiest(home, half, taken);
      const near = best.hidden > CROWDED_PX2 && self.map.getZoom() < self.map.getMaxZoom() && nearest(home, kept);
      if (near) {
        near.parts.push(mark);
        continue;
      }
      taken.push(best.room);
      kept.push({ home, to: best.to, parts: [mark] });
    }
    return [...discs, ...kept.map(({ to, parts }) => ({ ...together(parts), to: self.map.unproject(to, self.map.getZoom()) }))];
  }

  const place = ({ at }) => self.map.project(at, self.map.getZoom());

  // The square that covers a disc's number, but not its rim.
  function discRoom(disc) {
    const { x, y } = place(disc);
    const half = 0.42 * self.symbols.groupDiameter(disc.n);
    return { left: x - half, right: x + half, top: y - half, bottom: y + half };
  }

  function roomiest(home, half, taken) {
    let best = null;
    for (const step of ASIDE_PX) {
      const to = home.add(step);
      const room = { left: to.x - half, right: to.x + half, top: to.y - 13, bottom: to.y + 13 };
      const hidden = taken.reduce((sum, other) => sum + shared(room, other), 0);
      if (!best || hidden < best.hidden) best = { hidden, room, to };
      if (!hidden) break;
    }
    return best;
  }

  function shared(a, b) {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 0 && tall > 0 ? wide * tall : 0;
  }

  function nearest(home, kept) {
    return kept.filter(({ home: other }) => home.distanceTo(other) < JOIN_PX).sort((a, b) => home.distanceTo(a.home) - home.distanceTo(b.home))[0];
  }

  // Join several badges into one; deaths are stated only in the separate badges, never added up.
  function together(parts) {
    if (parts.length === 1) return parts[0];
    const [first] = parts;
    return {
      key: parts.map(({ key }) => key).join(" "),
      kind: "several",
      at: first.at,
      n: parts.reduce((sum, { n }) => sum + n, 0),
      s: parts.reduce((sum, { s }) => sum + s, 0),
      i: parts.reduce((sum, { i = 0 }) => sum + i, 0),
      c: first.c.map((_, at) => parts.reduce((sum, { c }) => sum + c[at], 0)),
      k: [],
      parts,
    };
  }

  function groupMarker(mark) {
    const counts = byKind(mark.c);
    const picture = mark.kind
      ? self.symbols.area(counts, mark.s, mark.i ?? 0, short(mark.n))
      : self.symbols.donut(counts, mark.i ?? 0, short(mark.n));
    const marker = L.marker(mark.to ?? mark.at, {
      icon: self.marks.icon(picture, mark.kind ? "im-mark im-area im-group" : "im-cluster im-group"),
      zIndexOffset: mark.kind ? 0 : -500, // badges must not be hidden under discs
      riseOnHover: true,
    });
    marker.bindTooltip(() => tooltip(mark), { direction: "top", offset: [0, -10], opacity: 1 });
    marker.on("click keypress", (event) => {
      if (event.type === "keypress" && event.originalEvent.key !== "Enter") return;
      L.DomEvent.stop(event.originalEvent ?? {});
      open(mark);
    });
    const said = lines(mark).slice(0, -1).join(". ");
    marker.on("add", () => {
      self.marks.name(marker.getElement(), `${said}. ${press(mark)}`);
    });
    return marker;
  }

  function open(mark) {
    const { map } = self;
    if (!zooms(mark)) {
      listOf(mark);
      return;
    }
    const box = mark.parts
      ? L.latLngBounds(mark.parts.map(({ at }) => at))
      : L.latLngBounds([mark.box[1], mark.box[0]], [mark.box[3], mark.box[2]]);
    const keyboard = map.getContainer().contains(document.activeElement) && document.activeElement.matches(".im-group");
    refocus = keyboard ? box.getCenter() : null; // the group that has focus will be replaced
    self.marks.opensOut(L.latLng(mark.at));
    const fits = map.getBoundsZoom(box.pad(0.15));
    const zoom = Math.min(map.getMaxZoom(), Math.max(fits, map.getZoom() + 1));
    map.setView(box.getCenter(), zoom, { animate: !still.matches });
  }

  function draw(answer) {
    const fresh = new Map(withRoom(answer.groups).map((mark) => [mark.key, { mark, text: answer.scheme + told.rule + JSON.stringify(mark) }]));
    for (const [key, { text, marker }] of drawn) {
      if (fresh.get(key)?.text === text) continue;
      marker.remove();
      drawn.delete(key);
    }
    for (const [key, { mark, text }] of fresh) {
      if (!drawn.has(key)) drawn.set(key, { text, mark, marker: groupMarker(mark).addTo(layer) });
    }
    const isFirst = answered === null;
    answered = answer;
    self.showSingles(answer.points.map((point) => ({ ...point, k: `${point.k} (${told.rule})`, r: ringOf(point) })));
    if (isFirst) self.foldLegend();
    announce(answer);
    if (refocus) self.marks.focusNear(refocus);
    refocus = null;
    self.map.getContainer().dataset.answered = String((answers += 1));
    self.changed();
  }

  // Larger rings are omitted: they would only tint the whole view.
  function ringOf({ at, r }) {
    const metresPerPx = (40075016.7 * Math.cos((at[0] * Math.PI) / 180)) / (256 * 2 ** self.map.getZoom());
    return (r * 1000) / metresPerPx > WIDEST_RING_PX ? 0 : r;
  }

  // List the incidents of a group that zooming in cannot split.
  async function listOf({ at, key }) {
    const zoom = level(self.map.getZoom());
    const { x, y } = self.map.project(at, zoom).divideBy(TILE_PX).floor();
    const answer = await fetch(`${address(`${zoom}/${x}/${y}/list`)}&key=${encodeURIComponent(key)}`).catch(() => null);
    if (answer?.ok) list(await answer.json());
    else busy(self.say("map-no-answer"));
  }

  function list({ name, at, total, of }) {
    if (of.length === 1) {
      self.marks.choose(of[0].id, L.latLng(at));
      return;
    }
    const values = { incidents: total, where: name, listed: of.length };
    const heading = total > of.length ? self.say("map-list-latest", values) : self.say("map-list", values);
    self.marks.listMembers(heading, of, L.latLng(at));
  }

  // Announce the number of incidents in the view to screen readers.
  function announce({ groups, points }) {
    const box = self.map.getContainer();
    const line = box.querySelector(".im-in-view") ?? L.DomUtil.create("div", "im-said im-in-view", box);
    line.setAttribute("role", "status");
    const seen = self.map.getBounds();
    const inside = [...groups, ...points].filter(({ at }) => seen.contains(at));
    const total = inside.reduce((sum, { n = 1 }) => sum + n, 0);
    const words = self.say("map-in-view", { incidents: total });
    if (line.textContent !== words) line.textContent = words;
  }

  self.many = {
    // Called by `show` before it draws; `many` is null if the browser has all selected incidents.
    turn(many) {
      const was = told;
      told = many ?? null;
      if (!told) {
        clear();
        return;
      }
      if (!layer) {
        layer = L.layerGroup().addTo(self.map);
        self.map.on("moveend resize", want);
        self.map.on("move", drag);
        self.map.on("zoomanim", ahead);
        self.map.on("mousemove", point);
      }
      if (was?.tiles !== told.tiles) forgetAll();
      queueMicrotask(want); // after `show` has moved the map
    },

    refocus: (at) => (refocus = told && at),

    drawn: () => [...drawn.values()].reduce((sum, { mark }) => sum + mark.n, 0),
  };

  function forgetAll() {
    for (const [url, { stop }] of tiles) forget(url, stop);
    answered = null;
  }

  function clear() {
    for (const timer of [waiting, again, pointing]) clearTimeout(timer);
    if (layer) busy(null);
    self.map.getContainer().querySelector(".im-in-view")?.replaceChildren();
    for (const { marker } of drawn.values()) marker.remove();
    drawn.clear();
    forgetAll();
  }
})();
