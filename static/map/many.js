// Many incidents: the server counts them in groups for the view; this asks it, and draws what it answers.
// Every question has a number and only the answer to the last one is drawn, so that no older one overwrites a newer.
"use strict";

(() => {
  const self = window.IncidentMap;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SETTLE_MS = 150; // the view has come to rest
  const BUSY_AFTER_MS = 300;
  const WAYS = [[0, -1], [0, 1], [-1, 0], [1, 0], [-0.8, -0.7], [0.8, -0.7], [-0.8, 0.7], [0.8, 0.7]];
  const ASIDE_PX = [[0, 0], ...[16, 28, 38].flatMap((far) => WAYS.map(([x, y]) => [x * far, y * far]))];
  const CROWDED_PX2 = 90; // of a badge that something else hides
  const JOIN_PX = 90;
  const MOST_NAMED = 6;
  const WIDEST_RING_PX = 150;
  const drawn = new Map(); // key → { text, mark, marker }
  let told = null; // what the page says: the rule, and whether there are other kinds
  let layer = null;
  let asked = null; // the last question
  let answered = null; // the answer on the map
  let settling = 0;
  let waiting = 0;
  let refocus = false;

  // Asking -----------------------------------------------------------------------------------------------------------

  function bridge() {
    const page = self.pageAround() ?? {};
    return (page.incidentMapBridge ??= {});
  }

  function view() {
    const box = self.map.getBounds();
    const round = (degrees) => Math.round(degrees * 1e4) / 1e4;
    return {
      view: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map(round),
      zoom: self.map.getZoom(),
    };
  }

  function ask(list = null) {
    const { ask: send } = bridge();
    if (!told || !send) return; // asked again as soon as somebody listens
    asked = { n: Math.max(Date.now(), (asked?.n ?? 0) + 1), ...view(), list }; // a number of its own after a reload too
    send(asked);
    clearTimeout(waiting);
    waiting = setTimeout(() => busy(true), BUSY_AFTER_MS);
  }

  function settle() {
    clearTimeout(settling);
    if (!told) return;
    settling = setTimeout(() => {
      if (!known()) ask();
      else if (answered?.n === asked.n) draw(answered); // badges have other room at another zoom
    }, SETTLE_MS);
  }

  // Whether what is drawn, or asked for, holds for the view too.
  function known() {
    const { view: [west, south, east, north], zoom } = view();
    if (!asked || Math.floor(asked.zoom) !== Math.floor(zoom)) return false;
    if (answered?.n !== asked.n) return JSON.stringify([asked.view, asked.zoom]) === JSON.stringify([view().view, zoom]);
    const [w, s, e, n] = answered.covers;
    return west >= w && south >= s && east <= e && north <= n;
  }

  function busy(is) {
    const box = self.map.getContainer();
    const sign = box.querySelector(".im-busy") ?? L.DomUtil.create("div", "im-busy", box);
    sign.hidden = !is;
    sign.textContent = is ? self.say("map-counting") : "";
  }

  // Called by the page's end of the bridge with every answer.
  function listen(answer) {
    if (!told) return;
    if (!asked) ask();
    else if (answer.n === asked.n) draw(answer);
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

  // Badges, and discs whose incidents stand on one spot, are opened as a list.
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

  // Badges stand where their area's name would. Where a disc or another badge is, they give way, but never far; where
  // there is no room they are put together, to be taken apart by zooming.
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

  // A square that covers the number of a disc, not its rim.
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

  // Several badges in one: whose deaths they tell of stands in each, not in all of them together.
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
      zIndexOffset: mark.kind ? 0 : -500, // what is known to an area only must not vanish under a group
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
      ask(mark.key);
      return;
    }
    const box = mark.parts
      ? L.latLngBounds(mark.parts.map(({ at }) => at))
      : L.latLngBounds([mark.box[1], mark.box[0]], [mark.box[3], mark.box[2]]);
    refocus = map.getContainer().contains(document.activeElement) && document.activeElement.matches(".im-group");
    const fits = map.getBoundsZoom(box.pad(0.15));
    const zoom = Math.min(map.getMaxZoom(), Math.max(fits, map.getZoom() + 1));
    map.setView(box.getCenter(), zoom, { animate: !still.matches });
  }

  function draw(answer) {
    clearTimeout(waiting);
    busy(false);
    const scheme = self.scheme;
    const wanted = new Map(withRoom(answer.groups).map((mark) => [mark.key, { mark, text: scheme + told.rule + JSON.stringify(mark) }]));
    for (const [key, { text, marker }] of drawn) {
      if (wanted.get(key)?.text === text) continue;
      marker.remove();
      drawn.delete(key);
    }
    for (const [key, { mark, text }] of wanted) {
      if (!drawn.has(key)) drawn.set(key, { text, mark, marker: groupMarker(mark).addTo(layer) });
    }
    const first = answered?.n !== answer.n;
    answered = answer;
    self.showSingles(answer.points.map((point) => ({ ...point, k: `${point.k} (${told.rule})`, r: ringOf(point) })));
    if (first && answer.list) list(answer.list);
    announce(answer);
    if (refocus) self.marks.focusNear(self.map.getCenter()); // the group that had it has come apart
    refocus = false;
    self.map.getContainer().dataset.answered = String(answer.n);
    self.changed();
  }

  // Rings wider than this would tint the view and tell nothing in it.
  function ringOf({ at, r }) {
    const metresPerPx = (40075016.7 * Math.cos((at[0] * Math.PI) / 180)) / (256 * 2 ** self.map.getZoom());
    return (r * 1000) / metresPerPx > WIDEST_RING_PX ? 0 : r;
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

  // To a screen reader, what the view holds now.
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
    // Told by `show` before it draws; `many` is null where all that is chosen is in the browser.
    turn(many) {
      const was = told;
      told = many ?? null;
      if (!told) {
        clear();
      } else if (!layer) {
        layer = L.layerGroup().addTo(self.map);
        self.map.on("moveend", settle);
      }
      if (!told) return;
      bridge().listen = listen;
      if (!was) settle();
      else if (answered) draw(answered); // in the colours and words there are now
    },

    drawn: () => [...drawn.values()].reduce((sum, { mark }) => sum + mark.n, 0),
  };

  function clear() {
    clearTimeout(settling);
    clearTimeout(waiting);
    if (layer) busy(false);
    for (const { marker } of drawn.values()) marker.remove();
    drawn.clear();
    asked = answered = null;
  }
})();
