// Playback over time: shows and hides marks that are already in the browser, without the server.
// An incident is shown on each of its days; without an end on record, only on the day it began. If its day is not
// known, it is shown on each possible day, and the bar says how many such incidents there are.
"use strict";

(() => {
  const self = window.IncidentMap;
  const days = IncidentDays;
  const SVG = "http://www.w3.org/2000/svg";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const SPEEDS = [1, 2, 5, 10]; // steps a second
  const USUAL_WINDOW = { day: 7, week: 4, month: 1 };
  const MOST_IN_WINDOW = 120;
  const SAY_EVERY_MS = 6000; // between announcements to screen readers while playing
  const ICONS = {
    start: "M3,3 V13 M13,3 L6,8 L13,13 Z",
    back: "M13,3 V13 M10,3 L3,8 L10,13 Z",
    play: "M4,2.5 L13.5,8 L4,13.5 Z",
    pause: "M5,3 V13 M11,3 V13",
    forward: "M3,3 V13 M6,3 L13,8 L6,13 Z",
    end: "M13,3 V13 M3,3 L10,8 L3,13 Z",
    close: "M4,4 L12,12 M12,4 L4,12",
  };
  const spans = new Map(); // incident id → [first day, last day]
  const unknown = new Set(); // ids of incidents whose day is not known; it is one of their span
  let chosen = 0; // number of selected incidents, including those without a place
  const BESIDE_PX = 6; // between the map and the button under it
  let at = null; // a day in the step shown; null while playback is closed
  let range = { first: 0, last: 0 };
  const how = { step: "month", mode: "window", window: 1, speed: 2 };
  let timer = 0;
  let saidAt = 0;
  let saying = 0;
  let parts = null;
  let opener = null;

  // What is shown -----------------------------------------------------------------------------------------------------

  function period() {
    return days.period({ dates: self.settings.dates, at, first: range.first, step: how.step, window: how.mode === "window" ? how.window : 0 });
  }

  function measure() {
    const all = [...spans.values()];
    if (at !== null) all.push([at, at]); // keep the day shown, even if the filters leave nothing on it
    range = { first: Math.min(...all.map(([a]) => a)), last: Math.max(...all.map(([, b]) => b)) };
  }

  function restrict() {
    const { since, until } = period();
    self.keeps = ({ id }) => {
      const [a, b] = spans.get(id);
      return a <= until && b >= since;
    };
  }

  function apply() {
    self.map.closePopup();
    restrict();
    self.redraw();
    write();
    say();
  }

  function move(day) {
    const at_end = days.start(range.last, how.step);
    at = Math.max(days.start(range.first, how.step), Math.min(at_end, days.start(day, how.step)));
    apply();
    return at < at_end;
  }

  const step = (steps) => move(days.start(at, how.step, steps));

  // Playing -----------------------------------------------------------------------------------------------------------

  function play() {
    if (days.start(at, how.step) >= days.start(range.last, how.step)) move(range.first);
    timer = setTimeout(tick, 1000 / speed());
    drawPlay();
  }

  function tick() {
    const began = performance.now();
    if (step(1)) timer = setTimeout(tick, Math.max(0, 1000 / speed() - (performance.now() - began)));
    else pause();
  }

  function pause() {
    clearTimeout(timer);
    timer = 0;
    drawPlay();
    say();
    self.changed(); // labels are placed around the marks only when these stop changing
  }

  // With reduced motion, at most one change per second.
  const speed = () => (still.matches ? Math.min(how.speed, 1) : how.speed);

  function by(action) {
    if (timer) pause();
    action();
    self.changed();
  }

  // The bar -----------------------------------------------------------------------------------------------------------

  function element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" })) {
      svg.setAttribute(key, value);
    }
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  function button(name, label, action) {
    const node = element("button", { type: "button", "aria-label": label, title: label, "data-does": name }, icon(name));
    node.addEventListener("click", action);
    return node;
  }

  function choice(label, values, value, chose) {
    const select = element("select", { "aria-label": label });
    for (const [code, words] of values) select.append(new Option(words, code, false, String(code) === String(value)));
    select.addEventListener("change", () => by(() => chose(select.value)));
    return select;
  }

  function makeBar() {
    parts = {
      when: element("b"),
      count: element("span", { class: "im-played" }),
      status: element("span", { class: "im-said", role: "status" }),
      play: button("play", self.say("playback-play"), () => (timer ? pause() : play())),
      slider: element("input", { type: "range", "aria-label": self.say("playback-date"), min: 0, step: 1 }),
      window: element("input", { type: "number", "aria-label": self.say("playback-window-length"), min: 1, max: MOST_IN_WINDOW }),
      unit: element("span"),
    };
    const { when, count, status, play: toggle, slider, window: length, unit } = parts;
    slider.addEventListener("input", () => by(() => move(days.start(range.first, how.step, Number(slider.value)))));
    length.addEventListener("change", () => by(() => setWindow(length.value)));
    parts.bar = element(
      "div",
      { class: "im-playback", role: "region", "aria-label": self.say("playback") },
      element("p", {}, when, count, button("close", self.say("playback-close"), close)),
      element(
        "div",
        {},
        button("start", self.say("playback-to-start"), () => by(() => move(range.first))),
        button("back", self.say("playback-back"), () => by(() => step(-1))),
        toggle,
        button("forward", self.say("playback-forward"), () => by(() => step(1))),
        button("end", self.say("playback-to-end"), () => by(() => move(range.last))),
        slider,
      ),
      element("div", {}, stepChoice(), modeChoice(), length, unit, speedChoice(), element("small", {}, self.say("playback-keys"))),
      status,
    );
    parts.bar.addEventListener("keydown", key);
    document.body.append(parts.bar);
    under.observe(parts.bar);
  }

  function stepChoice() {
    const names = { day: self.say("playback-by-day"), week: self.say("playback-by-week"), month: self.say("playback-by-month") };
    parts.step = choice(self.say("playback-step"), days.STEPS.map((name) => [name, names[name]]), how.step, (name) => {
      how.step = name;
      setWindow(USUAL_WINDOW[name]);
    });
    return parts.step;
  }

  function modeChoice() {
    const modes = [["window", self.say("playback-window")], ["all", self.say("playback-until")]];
    return choice(self.say("playback-shows"), modes, how.mode, (mode) => {
      how.mode = mode;
      move(at);
    });
  }

  function speedChoice() {
    return choice(self.say("playback-speed"), SPEEDS.map((n) => [n, self.say("playback-a-second", { steps: n })]), how.speed, (n) => {
      how.speed = Number(n);
    });
  }

  function setWindow(length) {
    how.window = Math.max(1, Math.min(MOST_IN_WINDOW, Math.round(Number(length)) || 1));
    move(at);
  }

  function key(event) {
    const own = event.target.matches("select, input[type=number]");
    if (event.key === "Escape") return close();
    if (own) return undefined;
    if (event.key === " " && !event.target.matches("button")) return done(event, () => (timer ? pause() : play()));
    const moves = {
      ArrowLeft: () => step(-1),
      ArrowDown: () => step(-1),
      ArrowRight: () => step(1),
      ArrowUp: () => step(1),
      Home: () => move(range.first),
      End: () => move(range.last),
    };
    return moves[event.key] && done(event, () => by(moves[event.key]));
  }

  function done(event, action) {
    event.preventDefault();
    action();
  }

  // Words -------------------------------------------------------------------------------------------------------------

  function write() {
    const { words } = period();
    const { when, count, slider, window: length, unit } = parts;
    const value = days.between(range.first, at, how.step);
    slider.max = days.between(range.first, range.last, how.step);
    slider.value = value;
    slider.setAttribute("aria-valuetext", words);
    when.textContent = words;
    count.textContent = counted();
    length.hidden = unit.hidden = how.mode !== "window";
    length.value = how.window;
    unit.textContent = steps(how.window);
    mark("start", value <= 0);
    mark("back", value <= 0);
    mark("forward", value >= Number(slider.max));
    mark("end", value >= Number(slider.max));
  }

  function steps(count) {
    if (how.step === "day") return self.say("playback-days", { count });
    return how.step === "week" ? self.say("playback-weeks", { count }) : self.say("playback-months", { count });
  }

  // The count of incidents shown, noting those whose day is not known: they appear on each possible day.
  function counted() {
    const of = self.say("playback-counted", { shown: self.drawn(), chosen });
    const doubtful = [...unknown].filter((id) => self.keeps({ id })).length;
    return doubtful ? self.say("playback-doubtful", { counted: of, incidents: doubtful }) : of;
  }

  function mark(name, useless) {
    parts.bar.querySelector(`[data-does=${name}]`).setAttribute("aria-disabled", String(useless));
  }

  function say() {
    const now = performance.now();
    if (timer && now - saidAt < SAY_EVERY_MS) return;
    saidAt = now;
    clearTimeout(saying);
    saying = setTimeout(() => {
      parts.status.textContent = `${parts.count.textContent}, ${parts.when.textContent}`;
    }, 400);
  }

  function drawPlay() {
    const label = timer ? self.say("playback-pause") : self.say("playback-play");
    parts.play.setAttribute("aria-label", label);
    parts.play.title = label;
    parts.play.replaceChildren(icon(timer ? "pause" : "play"));
  }

  // Opening and closing -----------------------------------------------------------------------------------------------

  function open() {
    if (!spans.size) return;
    measure();
    if (!parts) {
      const length = range.last - range.first;
      how.step = length <= 92 ? "day" : length <= 800 ? "week" : "month";
      how.window = USUAL_WINDOW[how.step];
      makeBar();
    }
    parts.bar.hidden = false;
    opener.hidden = true;
    at = days.start(range.first, how.step);
    apply();
    parts.play.focus({ preventScroll: true });
    play();
  }

  function close() {
    if (timer) pause();
    at = null;
    self.keeps = null;
    parts.bar.hidden = true;
    opener.hidden = false;
    self.redraw();
    self.changed();
    opener.focus({ preventScroll: true });
  }

  function makeOpener() {
    opener = element("button", { type: "button", class: "im-play" }, icon("play"), self.say("playback-open"));
    opener.addEventListener("click", open);
    document.body.append(opener);
    under.observe(opener);
  }

  // Button and bar are under the map, where they cover no marks; a hidden one takes no room.
  const under = new ResizeObserver(() => {
    const [button, bar] = [opener, parts?.bar].map((node) => node?.offsetHeight ?? 0);
    self.roomUnder((button && button + BESIDE_PX) + bar, { seen: at !== null });
  });

  self.playback = {
    // Playback is offered only if the browser has all selected incidents.
    offer(offered) {
      if (!opener) return;
      if (!offered && at !== null) close();
      opener.hidden = !offered || at !== null;
    },

    // Called by `show` before it draws, with the incidents of all marks and the number of those without a place.
    chosen(members, nowhere) {
      if (!opener) makeOpener();
      spans.clear();
      unknown.clear();
      for (const { id, a, b, u } of members) {
        spans.set(id, [days.read(a), days.read(b ?? a)]);
        if (u) unknown.add(id);
      }
      chosen = members.length + nowhere;
      opener.disabled = !members.length;
      if (at === null) return;
      measure();
      restrict();
    },

    // Called by `show` after it has drawn.
    drawn() {
      if (at === null) return;
      write();
      say();
    },
  };
})();
