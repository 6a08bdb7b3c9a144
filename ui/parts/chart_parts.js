// Shared by the charts over time: creating nodes, and ticks of a time axis. Text is inserted as text, never as HTML.
const SVG = "http://www.w3.org/2000/svg";
const TICKS = [["day", 1], ["week", 1], ["month", 1], ["month", 3], ["year", 1], ["year", 2], ["year", 5], ["year", 10], ["year", 20], ["year", 50]];
const STEP_DAYS = { day: 1, week: 7, month: 30.4, year: 365.2 };
const LABEL_PX = 54;

function make(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function html(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

// The ticks of a time axis, spaced so that their labels fit; `dates` are the settings for writing days, `finest` the
// shortest step between ticks.
function ticks({ first, last, perDay }, dates, finest = "day") {
  const steps = TICKS.slice(TICKS.findIndex(([step]) => step === finest));
  const [step, n] = steps.find(([unit, times]) => STEP_DAYS[unit] * times * perDay >= LABEL_PX) ?? TICKS.at(-1);
  const days = [];
  let day = IncidentDays.start(first, step);
  while (day <= last) {
    const { year, month } = IncidentDays.parts(day);
    const round = step === "year" ? year % n === 0 : step === "month" ? (month - 1) % n === 0 : true;
    if (round && day >= first) days.push(day);
    day = IncidentDays.start(day, step, 1);
  }
  const marked = days.map((at) => ({ at, text: tickText(at, step, dates), line: true }));
  const start = IncidentDays.start(first, step);
  const room = ((days[0] ?? last) - first) * perDay > LABEL_PX * 0.6; // for a label before the first tick
  return room && days[0] !== first ? [{ at: first, text: tickText(start, step, dates), line: false }, ...marked] : marked;
}

function tickText(at, step, dates) {
  const { month } = IncidentDays.parts(at);
  if (step === "year" || (step === "month" && month === 1)) return IncidentDays.words(dates, "year", at);
  return IncidentDays.words(dates, step === "month" ? "short_month" : "short_day", at);
}

function text(className, x, y, words, anchor = "start") {
  const node = make("text", { class: className, x, y, "text-anchor": anchor });
  node.textContent = words;
  return node;
}
