// Days as integers, with 0 for 1 January 1970: no clock, no time zone, any year of the Gregorian calendar.
"use strict";

var IncidentDays = (() => { // var, to be visible to the map's scripts and to the charts' modules
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

  // The first day of the day, week (from Monday), month or year that contains a day, or of one `later` steps after it.
  function start(day, step, later = 0) {
    if (step === "day") return day + later;
    if (step === "week") return day - ((((day + 3) % 7) + 7) % 7) + 7 * later;
    const { year, month } = parts(day);
    if (step === "year") return fromParts(year + later, 1, 1);
    const months = year * 12 + month - 1 + later;
    return fromParts(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);
  }

  const end = (day, step, later = 0) => start(day, step, later + 1) - 1;

  // Number of steps between two days, for example 0 within a week and 1 from one week to the next.
  function between(first, last, step) {
    if (step === "day") return last - first;
    if (step === "week") return (start(last, step) - start(first, step)) / 7;
    const [a, b] = [parts(first), parts(last)];
    return step === "year" ? b.year - a.year : (b.year - a.year) * 12 + b.month - a.month;
  }

  // Days in words; `dates` has the patterns and month names from `date_settings` in `geo/language/messages.py`.
  function words(dates, pattern, first, last = first, more = {}) {
    const [a, b] = [parts(first), parts(last)];
    const values = {
      first_day: a.day,
      first_month: dates.months[a.month - 1],
      first_year: a.year,
      day: b.day,
      month: dates.months[b.month - 1],
      short_month: dates.short_months[b.month - 1],
      year: b.year,
      ...more,
    };
    return dates.patterns[pattern].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  // A span of days in words; whole years and months are named as such.
  function span(dates, first, last) {
    const [a, b] = [parts(first), parts(last)];
    const whole = first === start(first, "month") && last === end(last, "month");
    const [one, several] = whole ? ["month", "months"] : ["days", "days_of_months"];
    if (first === last) return words(dates, "day", first);
    if (a.year !== b.year) return words(dates, whole ? "months_of_years" : "days_of_years", first, last);
    if (whole && a.month === 1 && b.month === 12) return words(dates, "year", first, last);
    return words(dates, a.month === b.month ? one : several, first, last);
  }

  // The period that playback shows at a step: everything until then, or a window of several steps.
  function period({ dates, at, first, step, window }) {
    const until = end(at, step);
    const since = window ? start(at, step, 1 - window) : start(first, step);
    const upTo = () => words(dates, "until", until, until, { until: words(dates, "day", until) });
    return { since, until, words: window ? span(dates, since, until) : upTo() };
  }

  return { STEPS, fromParts, parts, read, write, start, end, between, words, span, period };
})();
