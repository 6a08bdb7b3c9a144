// Labels: countries, provinces, crossing points and towns as the zoom allows, without overlaps, and border names along
// their lines.
"use strict";

(() => {
  const self = window.IncidentMap;
  const FROM_ZOOM = { country: 0, crossing: 8, town: [0, 5, 6.5, 7.5, 8.5] };
  const UNTIL_ZOOM = { country: 7 };
  const FONT = { country: "600 13px", province: "11px", crossing: "600 11px", town: "11px" };
  const ORDER = ["country", "crossing", "province", "town"];
  const EVERY_PX = 460; // distance between repeated names of a line
  const TRY_PX = 15; // step along the line if something is in the way
  const REACH_PX = 45; // half the length of a name
  const ASIDE_PX = [11, -12]; // above the line, or else below it
  // Offsets at which the name of a province that the map is about may go if its own place is taken.
  const ASIDE_STEPS_PX = [[0, 0], ...[18, 30, 44, 60].flatMap((far) => [[0, -far], [0, far], [-far, 0], [far, 0], [-far, -far], [far, far]])];
  const measure = document.createElement("canvas").getContext("2d");
  let group = null;
  let run = 0;

  // Provinces that the map is about, the selected ones first.
  const named = () => [...self.mustName, ...self.named];

  function fromZoom({ kind, name, rank, area_km2: area }) {
    if (kind === "province" && named().includes(name)) return 0;
    if (kind === "town") return FROM_ZOOM.town[rank];
    if (kind === "province") return area > 40000 ? 5.5 : area > 12000 ? 6.5 : 7.25;
    return FROM_ZOOM[kind];
  }

  function candidates(places, zoom, view) {
    return places.features
      .map(({ properties, geometry }) => ({ ...properties, at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]) }))
      .filter((p) => zoom >= fromZoom(p) && zoom <= (UNTIL_ZOOM[p.kind] ?? 99) && view.contains(p.at))
      .sort((a, b) => before(a) - before(b) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.rank ?? 0) - (b.rank ?? 0));
  }

  // Provinces that the map is about are named first, in the order it gives them.
  function before({ kind, name }) {
    const at = kind === "province" ? named().indexOf(name) : -1;
    return at < 0 ? named().length : at;
  }

  // Candidate boxes for a name: on its point, or for a place with a dot to the right, left, above or below.
  function rooms(place) {
    measure.font = `${FONT[place.kind]} ${getComputedStyle(self.map.getContainer()).fontFamily}`;
    const width = measure.measureText(place.name).width + (place.kind === "country" ? 30 : 6);
    const { x, y } = self.map.latLngToLayerPoint(place.at);
    const room = (left, top) => ({ left, right: left + width, top, bottom: top + 15 });
    if (!hasDot(place)) {
      const steps = place.kind === "province" && named().includes(place.name) ? asideSteps(place) : [[0, 0]];
      return steps.map((by) => ({ side: "over", by, ...room(x + by[0] - width / 2, y + by[1] - 8) }));
    }
    return [
      { side: "right", ...room(x + 4, y - 8) },
      { side: "left", ...room(x - 4 - width, y - 8) },
      { side: "above", ...room(x - width / 2, y - 19) },
      { side: "below", ...room(x - width / 2, y + 5) },
    ];
  }

  // Limit the offsets to the size of the province, or its name could be taken for a neighbour's.
  function asideSteps({ at, area_km2: area }) {
    const point = self.map.latLngToLayerPoint(at);
    const kmOfPx = self.map.distance(at, self.map.layerPointToLatLng(point.add([100, 0]))) / 1e5;
    const reach = Math.max(ASIDE_STEPS_PX[1].at(-1) * -1, Math.sqrt(area) / kmOfPx / 2);
    return ASIDE_STEPS_PX.filter(([right, down]) => Math.max(Math.abs(right), Math.abs(down)) <= reach);
  }

  function moved(place, by = [0, 0]) {
    return { ...place, at: self.map.layerPointToLatLng(self.map.latLngToLayerPoint(place.at).add(by)) };
  }

  function hasDot(place) {
    return place.kind === "town" || place.kind === "crossing";
  }

  // What names must keep clear of: marks, and the controls in the corners.
  function inTheWay() {
    const frame = self.map.getContainer().getBoundingClientRect();
    const shift = self.map.containerPointToLayerPoint([0, 0]);
    const [x, y] = [shift.x - frame.left, shift.y - frame.top];
    const boxes = (nodes, trim) =>
      [...nodes].map((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return { left: left + x + trim, right: right + x - trim, top: top + y + trim, bottom: bottom + y - trim };
      });
    const controls = self.map.getContainer().querySelectorAll(".leaflet-control");
    return [...boxes(self.map.getPane("markerPane").querySelectorAll(".im-mark, .im-cluster"), 4), ...boxes(controls, -4)];
  }

  function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function label(place, side) {
    const mark = document.createElement("div");
    mark.className = `im-label im-label-${place.kind} im-${side}`;
    if (hasDot(place)) mark.append(document.createElement("i"));
    if (side !== "none") {
      const text = document.createElement("span");
      text.textContent = place.name;
      mark.append(text);
    }
    return marker(place.at, mark);
  }

  function marker(at, html) {
    const icon = L.divIcon({ html, className: "im-label-anchor", iconSize: [0, 0] });
    return L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false });
  }

  function drawLineNames(name, line, taken, layer) {
    const points = line.geometry.coordinates.map(([lon, lat]) => self.map.latLngToLayerPoint([lat, lon]));
    const seen = self.map.getPixelBounds();
    const origin = self.map.getPixelOrigin();
    let since = EVERY_PX / 2;
    let leastBad = null;
    const write = ({ point, angle, aside, room }) => {
      since = 0;
      taken.push(room);
      lineName(name, point, angle, aside).addTo(layer);
    };
    for (let n = 1; n < points.length; n++) {
      since += points[n].distanceTo(points[n - 1]);
      if (since < EVERY_PX || !seen.contains(points[n].add(origin))) continue;
      const { angle, straight } = course(points, n);
      const places = ASIDE_PX.map((aside) => ({ point: points[n], angle, aside, room: lineRoom(name, points[n], angle, aside) }));
      const free = straight && places.find(({ room }) => !taken.some((other) => overlaps(room, other)));
      if (free) {
        write(free);
        leastBad = { hidden: 0 };
      } else {
        since -= TRY_PX;
        for (const place of places) {
          const hidden = taken.reduce((sum, other) => sum + shared(place.room, other), 0);
          if (!leastBad || hidden < leastBad.hidden) leastBad = { ...place, hidden };
        }
      }
    }
    if (leastBad?.point) write(leastBad); // no free position: name the line all the same
  }

  function shared(a, b) {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 0 && tall > 0 ? wide * tall : 0;
  }

  // The line's direction at a vertex, and whether it is straight over the length of its name.
  function course(points, n) {
    const [start, end] = [along(points, n, -1), along(points, n, 1)];
    const angle = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
    const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
    return { angle: upright, straight: start.distanceTo(end) > 0.85 * 2 * REACH_PX };
  }

  // The bounding box of the rotated name, which is offset from the line.
  function lineRoom(name, { x, y }, angle, aside) {
    const turn = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [halfWidth, halfHeight] = [Math.round(3.45 * name.length), 8];
    const wide = halfWidth * Math.abs(cos) + halfHeight * Math.abs(sin);
    const tall = halfWidth * Math.abs(sin) + halfHeight * Math.abs(cos);
    const [cx, cy] = [x + aside * sin, y - aside * cos]; // the middle of the name
    return { left: cx - wide, right: cx + wide, top: cy - tall, bottom: cy + tall };
  }

  function lineName(name, point, angle, aside) {
    const mark = document.createElement("div");
    mark.className = "im-label im-label-line";
    mark.style.transform = `translate(-50%, -50%) rotate(${angle.toFixed(1)}deg) translateY(${-aside}px)`;
    mark.textContent = name;
    return marker(self.map.layerPointToLatLng(point), mark);
  }

  function along(points, from, step) {
    let n = from;
    let length = 0;
    while (points[n + step] && length < REACH_PX) {
      length += points[n].distanceTo(points[n + step]);
      n += step;
    }
    return points[n];
  }

  async function draw() {
    const current = ++run;
    const [places, lines] = await Promise.all([self.file("places"), self.file("overview-lines")]);
    if (current !== run) return;
    const zoom = self.map.getZoom();
    const view = self.map.getBounds().pad(0.05);
    const fresh = L.layerGroup();
    const taken = inTheWay();
    for (const [line, name] of Object.entries(self.settings.symbols.line_names)) {
      drawLineNames(name, lines.features.find((f) => f.properties.line === line), taken, fresh);
    }
    for (const place of candidates(places, zoom, view)) {
      const room = rooms(place).find((possible) => !taken.some((other) => overlaps(possible, other)));
      if (room) taken.push(room);
      const crowded = place.kind === "crossing" ? "none" : self.mustName.includes(place.name) ? "over" : null;
      if (room || crowded) label(moved(place, room?.by), room ? room.side : crowded).addTo(fresh);
    }
    if (zoom >= 6.75 && zoom < FROM_ZOOM.crossing) {
      places.features
        .filter((f) => f.properties.kind === "crossing")
        .forEach((f) => label({ ...f.properties, at: [f.geometry.coordinates[1], f.geometry.coordinates[0]] }, "none").addTo(fresh));
    }
    fresh.addTo(self.map);
    if (group) group.remove();
    group = fresh;
  }

  self.onView.push(draw);
})();
