// Incidents by month as stacked bars, with a brush: drag, or move its two handles with the arrow keys.
// Months are integers, 0 for the first; text from data is always inserted as text, never as HTML.
const HEIGHT_PX = 132;
const BASE_PX = 110; // position of the zero line from the top
const TOP_PX = 10;
const LEFT_PX = 34; // room for the numbers
const DRAG_PX = 4; // least movement of a drag; less is a click
const APPLY_MS = 700; // after the last key press, so that several make one change

// Scale --------------------------------------------------------------------------------------------------------------

function scale({ first, columns }, width) {
  const day = IncidentDays.read(first);
  const last = IncidentDays.end(day, "month", columns.length - 1);
  const perDay = (width - LEFT_PX - 8) / (last + 1 - day);
  const at = (when) => LEFT_PX + (when - day) * perDay;
  const month = (n) => IncidentDays.start(day, "month", n);
  const of = (px) => {
    const found = IncidentDays.between(day, Math.floor(day + (px - LEFT_PX) / perDay), "month");
    return Math.min(Math.max(found, 0), columns.length - 1);
  };
  return { first: day, last, perDay, at, month, of, from: (n) => at(month(n)), to: (n) => at(month(n + 1)) };
}

function heights(columns) {
  const most = Math.max(...columns.map((counts) => counts.reduce((sum, n) => sum + n, 0)), 1);
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough), 1);
  const top = Math.ceil(most / step) * step;
  return { step, top, px: (n) => (n / top) * (BASE_PX - TOP_PX) };
}

// Marks --------------------------------------------------------------------------------------------------------------

function drawColumn(data, counts, n, x, y) {
  const [from, to] = [x.from(n), x.to(n)];
  const group = make("g", { class: data.pale[n] ? "month pale" : "month", "data-month": n });
  const width = Math.max(to - from - (to - from > 3 ? 1 : 0), 0.6);
  let base = BASE_PX;
  counts.forEach((count, category) => {
    if (!count) return;
    base -= y.px(count);
    group.append(make("rect", { x: from, y: base, width, height: y.px(count), fill: data.colours[category] }));
  });
  return group;
}

function axes(x, y, width, { dates, language }) {
  const grid = make("g", { "aria-hidden": "true" });
  for (let n = y.step; n <= y.top; n += y.step) {
    const at = Math.round(BASE_PX - y.px(n)) + 0.5;
    grid.append(make("line", { class: "tick", x1: LEFT_PX, x2: width, y1: at, y2: at }));
    grid.append(text("year", LEFT_PX - 6, at + 4, n.toLocaleString(language), "end"));
  }
  for (const { at, text: words, line } of ticks(x, dates, "month")) {
    const px = Math.round(x.at(at)) + 0.5;
    if (line) grid.append(make("line", { class: "base", x1: px, x2: px, y1: BASE_PX, y2: BASE_PX + 5 }));
    grid.append(text("year", px + 3, BASE_PX + 16, words));
  }
  grid.append(make("line", { class: "base", x1: LEFT_PX, x2: width, y1: BASE_PX + 0.5, y2: BASE_PX + 0.5 }));
  return grid;
}

function handle(end, name) {
  return make(
    "g",
    { role: "slider", tabindex: 0, class: "handle", "aria-label": name, "aria-orientation": "horizontal", "data-end": end },
    make("rect", { class: "reach", x: -12, y: TOP_PX - 6, width: 24, height: BASE_PX - TOP_PX + 12 }),
    make("line", { class: "edge", y1: TOP_PX - 4, y2: BASE_PX }),
    make("rect", { class: "grip", x: -4, y: 44, width: 8, height: 24, rx: 3 }),
  );
}

// The handles are never replaced, so that they keep focus.
function drawFrame({ first, last }) {
  const band = make("rect", { class: "band", y: TOP_PX - 4, height: BASE_PX - TOP_PX + 4 });
  return make("svg", { height: HEIGHT_PX, role: "group" }, make("g"), band, make("g"), handle("first", first), handle("last", last));
}

function draw(svg, data, width) {
  const [x, y] = [scale(data, width), heights(data.columns)];
  const bars = make("g", { "aria-hidden": "true" }, ...data.columns.map((counts, n) => drawColumn(data, counts, n, x, y)));
  svg.setAttribute("width", width);
  svg.setAttribute("aria-label", data.label);
  svg.children[0].replaceWith(axes(x, y, width, data));
  svg.children[2].replaceWith(bars);
  return x;
}

// The brush ----------------------------------------------------------------------------------------------------------

function show(state) {
  const { svg, x, brush, data } = state;
  const last = data.columns.length - 1;
  const all = brush[0] === 0 && brush[1] === last;
  const band = svg.querySelector(".band");
  band.setAttribute("x", x.from(brush[0]));
  band.setAttribute("width", x.to(brush[1]) - x.from(brush[0]));
  svg.classList.toggle("whole", all);
  svg.querySelectorAll(".handle").forEach((node, end) => {
    node.setAttribute("transform", `translate(${end ? x.to(brush[1]) : x.from(brush[0])},0)`);
    node.setAttribute("aria-valuemin", end ? brush[0] : 0);
    node.setAttribute("aria-valuemax", end ? last : brush[1]);
    node.setAttribute("aria-valuenow", brush[end]);
    node.setAttribute("aria-valuetext", data.names[brush[end]]);
  });
}

function apply(state) {
  clearTimeout(state.waiting);
  state.waiting = undefined;
  const { brush, x } = state;
  const asked = brush.map((n) => IncidentDays.write(x.month(n)).slice(0, 7)).join("/");
  if (asked === state.applied) return;
  state.applied = asked;
  state.choose(asked);
}

function moved(brush, end, key, last) {
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 }[key];
  const to = by ? brush[end] + by : { Home: 0, End: last }[key];
  if (to === undefined) return undefined;
  return end ? [brush[0], Math.min(Math.max(to, brush[0]), last)] : [Math.max(Math.min(to, brush[1]), 0), brush[1]];
}

function onKey(state, event) {
  const node = event.target.closest?.(".handle");
  if (!node) return;
  const last = state.data.columns.length - 1;
  if (event.key === "Enter" || event.key === " ") apply(state);
  else if (event.key === "Escape") {
    clearTimeout(state.waiting);
    state.brush = [...state.set];
  } else {
    const brush = moved(state.brush, node.dataset.end === "last" ? 1 : 0, event.key, last);
    if (!brush) return;
    state.brush = brush;
    clearTimeout(state.waiting);
    state.waiting = setTimeout(() => apply(state), APPLY_MS);
  }
  event.preventDefault();
  show(state);
}

function drag(state, event) {
  if (event.button !== 0) return;
  const left = state.svg.getBoundingClientRect().left;
  const at = ({ clientX }) => state.x.of(clientX - left);
  const grip = event.target.closest?.(".handle");
  const start = grip ? state.brush[grip.dataset.end === "last" ? 0 : 1] : at(event);
  const before = [...state.brush];
  let far = false;
  const move = (now) => {
    far ||= Math.abs(now.clientX - event.clientX) >= DRAG_PX;
    if (!far) return;
    state.brush = [start, at(now)].sort((a, b) => a - b);
    state.tip.hidden = true;
    show(state);
  };
  const end = (now) => {
    for (const [name, listener] of listeners) state.chart.removeEventListener(name, listener);
    if (now.type === "pointercancel") state.brush = before;
    else if (far) apply(state);
    else if (!grip) {
      state.brush = [start, start];
      apply(state);
    }
    show(state);
  };
  const listeners = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
  for (const [name, listener] of listeners) state.chart.addEventListener(name, listener);
  state.chart.setPointerCapture(event.pointerId);
}

// Tooltip ------------------------------------------------------------------------------------------------------------

function hover(state, event) {
  const box = state.svg.getBoundingClientRect();
  const inside = event.clientX - box.left > LEFT_PX && event.clientY - box.top < BASE_PX;
  state.tip.hidden = !inside || event.buttons !== 0;
  state.svg.querySelector(".month.at")?.classList.remove("at");
  if (state.tip.hidden) return;
  const n = state.x.of(event.clientX - box.left);
  state.svg.querySelector(`[data-month="${n}"]`).classList.add("at");
  const lines = state.data.tips[n];
  state.tip.replaceChildren(html("b", "", state.data.names[n]), ...lines.map((line) => html("span", "", line)));
  const left = event.clientX - box.left + 12;
  const wide = state.tip.offsetWidth;
  state.tip.style.left = `${left + wide > box.width ? left - wide - 24 : left}px`;
  state.tip.style.top = "8px";
}

// The chart ----------------------------------------------------------------------------------------------------------

function redraw(state) {
  const width = Math.floor(state.chart.clientWidth);
  if (width < 80) return;
  state.x = draw(state.svg, state.data, width);
  show(state);
}

function listen(state) {
  const { chart } = state;
  chart.addEventListener("pointerdown", (event) => drag(state, event));
  chart.addEventListener("pointermove", (event) => hover(state, event));
  chart.addEventListener("pointerleave", () => {
    state.tip.hidden = true;
    state.svg.querySelector(".month.at")?.classList.remove("at");
  });
  chart.addEventListener("keydown", (event) => onKey(state, event));
  chart.addEventListener("focusout", () => state.waiting !== undefined && apply(state));
  new ResizeObserver(() => redraw(state)).observe(chart);
}

const states = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".months");
  let state = states.get(host);
  if (!state) {
    const [chart, tip, svg] = [html("div", "chart"), html("div", "tip"), drawFrame(data.ends)];
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true"); // the chart's label summarises the months
    chart.append(svg);
    host.replaceChildren(chart, tip);
    state = { host, chart, tip, svg };
    states.set(host, state);
    listen(state);
  }
  state.choose = (period) => setTriggerValue("chosen", period);
  const shown = JSON.stringify(data);
  if (state.shown === shown) return;
  // Do not lose keys pressed while the page answered an earlier choice.
  const pending = state.waiting !== undefined && state.data.columns.length === data.columns.length;
  if (!pending) {
    clearTimeout(state.waiting);
    state.waiting = undefined;
  }
  Object.assign(state, { shown, data, set: data.brush, brush: pending ? state.brush : [...data.brush], applied: undefined });
  redraw(state);
}
