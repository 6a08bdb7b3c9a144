// The timeline: symbols and bars, or counts, in lanes, laid out for the available width; reports what was chosen.
// Text from data is always inserted as text, never as HTML.
const FADE_PX = 34; // length of a bar without an end on record, whatever its duration
const UNKNOWN_PX = 3.5; // least length of the whiskers that mark an unknown day, beyond the symbol
const COUNT_PX = 44; // height of the highest column
const RADII = [5.6, 4.8, 4.1, 3.5]; // of symbols; the largest is used with which no lane is higher than LANE_PX
const LANE_PX = 260;

// Scale --------------------------------------------------------------------------------------------------------------

function scale(data, width) {
  const [first, last] = [IncidentDays.read(data.from), IncidentDays.read(data.to)];
  const [left, right] = [6, width - FADE_PX - 14];
  const perDay = (right - left) / (last + 1 - first);
  return { first, last, left, right, perDay, at: (day) => left + (day - first) * perDay };
}

// Marks --------------------------------------------------------------------------------------------------------------

function placed(mark, x, radius) {
  const [from, to] = [x.at(IncidentDays.read(mark.a)), x.at(IncidentDays.read(mark.b) + 1)];
  const middle = (from + to) / 2;
  const beside = mark.known ? radius : radius + UNKNOWN_PX;
  if (mark.form === "open") return { mark, from, to, at: middle, left: middle - beside, right: middle + radius + FADE_PX };
  const bar = mark.form === "bar" && to - from > 2 * radius;
  const at = bar ? from + radius : middle;
  return { mark, from, to, at, bar, left: Math.min(from, at - beside), right: Math.max(to, at + beside) };
}

// Assign each mark to the lowest row in which it touches no earlier one; returns the number of rows.
function pack(marks) {
  const ends = [];
  for (const place of [...marks].sort((a, b) => a.left - b.left)) {
    let row = ends.findIndex((end) => end + 1.5 <= place.left);
    if (row < 0) row = ends.length;
    ends[row] = place.right;
    place.row = row;
  }
  return ends.length;
}

function symbol(data, { c, s }, x, y, radius) {
  const hollow = data.hollow[s];
  const stroke = hollow ? radius * data.stroke : 0;
  const corners = (r) => data.shapes[c].map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(" ");
  return [
    make("polygon", { points: corners(radius + 0.6), class: "casing" }),
    make("polygon", {
      points: corners(radius * 0.92 - stroke / 2),
      class: hollow ? "hollow" : "",
      fill: data.palette[c],
      stroke: hollow ? data.palette[c] : "none",
      "stroke-width": stroke,
    }),
  ];
}

function drawMark(data, place, y, radius) {
  const { mark, from, to, at, bar } = place;
  const colour = data.palette[mark.c];
  const group = make("g", { role: "button", tabindex: -1, "aria-label": mark.label, "data-choose": mark.id, class: "mark" });
  if (mark.id === data.chosen) group.setAttribute("aria-current", "true");
  group.append(make("rect", { class: "ring", x: place.left - 2.5, y: y - radius - 2.5, width: place.right - place.left + 5, height: 2 * radius + 5, rx: radius + 2 }));
  if (mark.form === "open") {
    const half = radius * 0.55;
    group.append(make("path", { d: `M${at},${y - half} h${FADE_PX} v${2 * half} h${-FADE_PX} Z`, fill: `url(#fade-${mark.c})` }));
    group.append(make("path", { d: `M${at + radius + FADE_PX - 10},${y - half} l4,${half} l-4,${half}`, class: "arrow", stroke: colour }));
    if (!mark.known) group.append(make("path", { d: `M${place.left},${y - 3} v6 M${place.left},${y} H${at}`, class: "within", stroke: colour }));
  } else if (bar) {
    const half = radius * 0.6;
    const shape = { x: from, y: y - half, width: to - from, height: 2 * half, rx: 1.5 };
    group.append(make("rect", data.hollow[mark.s] ? { ...shape, class: "hollow", stroke: colour, "stroke-width": 1.4 } : { ...shape, fill: colour, "fill-opacity": 0.72 }));
  } else if (!mark.known) {
    const { left, right } = place;
    group.append(make("path", { d: `M${left},${y - 3} v6 M${left},${y} H${right} M${right},${y - 3} v6`, class: "within", stroke: colour }));
  }
  group.append(...symbol(data, mark, at, y, radius));
  return group;
}

function drawMarks(data, x, radius) {
  const row = 2 * radius + 2.5;
  return data.lanes.map((lane, number) => {
    const marks = data.marks.filter((mark) => mark.lane === number).map((mark) => placed(mark, x, radius));
    const height = Math.max(pack(marks), 1) * row + 4;
    return { height, nodes: marks.map((place) => (base) => drawMark(data, place, base - 4 - radius - place.row * row, radius)) };
  });
}

function fitted(data, x) {
  const tried = RADII.map((radius) => () => drawMarks(data, x, radius));
  for (const attempt of tried.slice(0, -1)) {
    const lanes = attempt();
    if (lanes.every(({ height }) => height <= LANE_PX)) return lanes;
  }
  return tried.at(-1)();
}

// Counts -------------------------------------------------------------------------------------------------------------

function drawColumn(data, column, x, base) {
  const [from, to] = [x.at(Math.max(IncidentDays.read(column.a), x.first)), x.at(Math.min(IncidentDays.read(column.b), x.last) + 1)];
  const width = Math.max(to - from - 1, 1.5);
  const group = make("g", { role: "button", tabindex: -1, "aria-label": column.label, "data-choose": `${column.a}/${column.b}`, class: "mark" });
  let y = base;
  const per = COUNT_PX / data.most;
  data.categories.forEach((category, n) => {
    const height = column.n[n] * per;
    y -= height;
    group.append(make("rect", { x: from, y, width, height, fill: data.palette[category] }));
  });
  group.prepend(make("rect", { class: "ring", x: from - 2, y: y - 2, width: width + 4, height: base - y + 4, rx: 2 }));
  return group;
}

function drawCounts(data, x) {
  return data.lanes.map((_, number) => ({
    height: COUNT_PX + 4,
    nodes: data.columns.filter(({ lane }) => lane === number).map((column) => (base) => drawColumn(data, column, x, base)),
  }));
}

// The chart ----------------------------------------------------------------------------------------------------------

function fades(data) {
  return make(
    "defs",
    {},
    ...data.categories.map((category) =>
      make(
        "linearGradient",
        { id: `fade-${category}` },
        make("stop", { offset: 0.2, "stop-color": data.palette[category], "stop-opacity": 0.75 }),
        make("stop", { offset: 1, "stop-color": data.palette[category], "stop-opacity": 0 }),
      ),
    ),
  );
}

function draw(data, width) {
  const x = scale(data, width);
  const lanes = data.marks ? fitted(data, x) : drawCounts(data, x);
  const svg = make("svg", { width, role: "group", "aria-label": data.label });
  const grid = make("g", { "aria-hidden": "true" });
  svg.append(fades(data), grid);
  let y = 20;
  lanes.forEach(({ height, nodes }, number) => {
    const { name, total } = data.lanes[number];
    const group = make("g", { role: "group", "aria-label": `${name}, ${total}`, "data-lane": number });
    const title = make("text", { class: "lane", x: 0, y: y + 14, "aria-hidden": "true" });
    const count = make("tspan", { class: "total", dx: 7 });
    count.textContent = total;
    title.append(name, count);
    y += 20 + height;
    grid.append(make("line", { class: "base", x1: 0, x2: width, y1: y, y2: y }));
    group.append(title, ...nodes.map((node) => node(y)));
    svg.append(group);
    y += 8;
  });
  for (const { at, text: words, line } of ticks(x, data.dates)) {
    const px = Math.round(x.at(at)) + 0.5;
    if (line) grid.append(make("line", { class: "tick", x1: px, x2: px, y1: 16, y2: y - 6 }));
    grid.append(text("year", px + 3, 12, words), text("year", px + 3, y + 8, words));
  }
  shadeTheEnd(data, x, grid, width, y);
  svg.setAttribute("height", y + 14);
  return svg;
}

// Shade the time that was not researched, so that the absence of marks there is not mistaken for calm.
function shadeTheEnd(data, x, grid, width, bottom) {
  const from = x.at(IncidentDays.read(data.researched) + 1);
  if (from > x.right + 0.5) return;
  const left = Math.max(from, x.left);
  const name = make("title", {});
  name.textContent = data.not_researched;
  grid.prepend(make("rect", { class: "unresearched", x: left, y: 16, width: width - left, height: bottom - 22 }, name));
  if (width - left > 110) grid.append(text("year", left + 4, 28, data.not_researched));
}

// Keyboard: marks share one tab stop; arrow keys move along a lane and between lanes ---------------------------------

function middleOf(node) {
  const box = node.getBoundingClientRect();
  return (box.left + box.right) / 2;
}

function inLane(lane) {
  return [...lane.querySelectorAll(".mark")];
}

function next(node, key) {
  const lanes = [...node.ownerSVGElement.querySelectorAll("[data-lane]")].filter((lane) => inLane(lane).length);
  const lane = node.closest("[data-lane]");
  const marks = inLane(lane);
  const along = { ArrowRight: marks.indexOf(node) + 1, ArrowLeft: marks.indexOf(node) - 1, Home: 0, End: marks.length - 1 }[key];
  if (along !== undefined) return marks[along];
  const other = lanes[lanes.indexOf(lane) + { ArrowDown: 1, ArrowUp: -1 }[key]];
  if (!other) return undefined;
  const here = middleOf(node);
  return inLane(other).sort((a, b) => Math.abs(middleOf(a) - here) - Math.abs(middleOf(b) - here))[0];
}

function offer(svg, node) {
  svg.querySelectorAll('.mark[tabindex="0"]').forEach((mark) => mark.setAttribute("tabindex", -1));
  node?.setAttribute("tabindex", 0);
}

// Tooltip ------------------------------------------------------------------------------------------------------------

function showTip(state, node, ...more) {
  const [title, ...lines] = state.tips.get(node.dataset.choose + node.closest("[data-lane]").dataset.lane);
  state.tip.replaceChildren(html("b", "", title), ...[...lines, ...more].map((line) => html("span", "", line)));
  state.tip.hidden = false;
  const frame = state.host.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  const [wide, tall] = [state.tip.offsetWidth, state.tip.offsetHeight];
  const left = Math.min(Math.max((box.left + box.right) / 2 - frame.left - wide / 2, 0), frame.width - wide);
  const above = box.top - frame.top - tall - 7;
  state.tip.style.left = `${left}px`;
  state.tip.style.top = `${above >= -8 ? above : box.bottom - frame.top + 7}px`;
}

function redraw(state) {
  const { data, chart } = state;
  const width = Math.floor(chart.clientWidth);
  if (width < 50) return;
  const active = state.host.getRootNode().activeElement;
  const [focused, lane] = [active?.dataset?.choose, active?.closest?.("[data-lane]")?.dataset.lane];
  const svg = draw(data, width);
  chart.replaceChildren(svg);
  state.tips = new Map((data.marks ?? data.columns).map((each) => [(each.id ?? `${each.a}/${each.b}`) + each.lane, each.tip]));
  const marks = [...svg.querySelectorAll(".mark")];
  const same = marks.filter((mark) => mark.dataset.choose === (focused ?? data.chosen)); // may be in several lanes
  const current = same.find((mark) => mark.closest("[data-lane]").dataset.lane === lane) ?? same[0];
  offer(svg, current ?? marks[0]);
  if (focused && current) current.focus({ preventScroll: true });
  state.tip.hidden = true;
}

function listen(state) {
  const { chart } = state;
  const mark = (event) => event.target.closest?.(".mark");
  chart.addEventListener("click", (event) => mark(event) && state.choose(mark(event).dataset.choose));
  chart.addEventListener("pointerover", (event) => (mark(event) ? showTip(state, mark(event)) : (state.tip.hidden = true)));
  chart.addEventListener("pointerleave", () => (state.tip.hidden = true));
  chart.addEventListener("focusin", (event) => mark(event) && mark(event).matches(":focus-visible") && showTip(state, mark(event), state.data.keys));
  chart.addEventListener("focusout", () => (state.tip.hidden = true));
  chart.addEventListener("keydown", (event) => {
    const node = mark(event);
    if (!node) return;
    if (event.key === "Escape") state.tip.hidden = true;
    if (event.key === "Enter" || event.key === " ") state.choose(node.dataset.choose);
    else if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const to = event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End" ? next(node, event.key) : null;
    if (!to) return;
    offer(node.ownerSVGElement, to);
    to.focus();
  });
  new ResizeObserver(() => redraw(state)).observe(chart);
}

const states = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".timeline");
  let state = states.get(host);
  if (!state) {
    const [chart, tip] = [html("div", "chart"), html("div", "tip")];
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true"); // each mark's label says the same
    host.replaceChildren(chart, tip);
    state = { host, chart, tip, tips: new Map() };
    states.set(host, state);
    listen(state);
  }
  state.choose = (id) => setTriggerValue("chosen", id);
  const shown = JSON.stringify(data);
  if (state.shown === shown) return;
  state.shown = shown;
  state.data = data;
  redraw(state);
}
