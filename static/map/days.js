// Days as whole numbers, 0 for 1 January 1970: no clock, no time zone, any year of the Gregorian calendar.
"use strict";

var IncidentDays = (() => { // var: the map's scripts and the timeline's module both find it
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const STEPS = ["day", "week", "month"];

  // After Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, public domain: a year begins in March.
  function fromParts(year, month, day) {
    const y = month <= 2 ? year - 1 : year;
    const era = Math.floor(y / 400);
    const ofEra = y - era * 400;
    const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  }

  function parts(day) {
    const shifted = day + 719468;
    const era = Math.floor(shifted / 146097);
    const ofEra = shifted - era * 146097;
    const year = Math.floor(
      (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
    );
    const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const fromMarch = Math.floor((5 * ofYear + 2) / 153);
    const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    return {
      year: year + era * 400 + (month <= 2 ? 1 : 0),
      month,
      day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    };
  }

  function read(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return fromParts(year, month, day);
  }

  function write(day) {
    const { year, month, day: ofMonth } = parts(day);
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(ofMonth).padStart(2, "0")].join("-");
  }

  // The first day of the day, week (from Monday), month or year that a day is in, or of one some steps later.
  function start(day, step, later = 0) {
    if (step === "day") return day + later;
    if (step === "week") return day - ((((day + 3) % 7) + 7) % 7) + 7 * later;
    const { year, month } = parts(day);
    if (step === "year") return fromParts(year + later, 1, 1);
    const months = year * 12 + month - 1 + later;
    return fromParts(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);
  }

  const end = (day, step, later = 0) => start(day, step, later + 1) - 1;

  // How many steps lie between two days: 0 within one week, 1 from one week to the next.
  function between(first, last, step) {
    if (step === "day") return last - first;
    if (step === "week") return (start(last, step) - start(first, step)) / 7;
    const [a, b] = [parts(first), parts(last)];
    return step === "year" ? b.year - a.year : (b.year - a.year) * 12 + b.month - a.month;
  }

  function words(day) {
    const { year, month, day: ofMonth } = parts(day);
    return `${ofMonth} ${MONTHS[month - 1]} ${year}`;
  }

  function months(a, b) {
    const [first, last] = [a, b].map(({ month }) => MONTHS[month - 1]);
    if (a.year !== b.year) return `${first} ${a.year} – ${last} ${b.year}`;
    return a.month === b.month ? `${last} ${b.year}` : `${first}–${last} ${b.year}`;
  }

  // As `geo/wording.py` writes it; whole months and years go by their names.
  function span(first, last) {
    const [a, b] = [parts(first), parts(last)];
    if (first === start(first, "year") && last === end(first, "year")) return String(a.year);
    if (first === start(first, "month") && last === end(last, "month")) return months(a, b);
    if (first === last) return words(first);
    if (a.year === b.year && a.month === b.month) return `${a.day}–${words(last)}`;
    if (a.year === b.year) return `${a.day} ${MONTHS[a.month - 1]} – ${words(last)}`;
    return `${words(first)} – ${words(last)}`;
  }

  // What playback shows at a step: everything until then, or a window of some steps.
  function period({ at, first, step, window }) {
    const until = end(at, step);
    const since = window ? start(at, step, 1 - window) : start(first, step);
    return { since, until, words: window ? span(since, until) : `up to ${words(until)}` };
  }

  return { MONTHS, STEPS, fromParts, parts, read, write, start, end, between, words, span, period };
})();
