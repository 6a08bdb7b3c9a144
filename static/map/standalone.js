// Draws the map on a page of its own, embedded in another site or as a file, and opens cards beside it.
"use strict";

(async () => {
  const self = window.IncidentMap;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const told = await read();
  const beside = document.querySelector("aside");
  const card = beside.querySelector(".panel");
  const form = document.querySelector("form");
  let opened = told.opened;
  let from = null; // the element that had focus before a card was opened

  // In a file, the data are compressed.
  async function read() {
    const packed = document.getElementById("packed");
    if (!packed) return JSON.parse(document.getElementById("told").textContent);
    const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  function draw() {
    self.show({ ...chosen(), selected: opened, scheme: dark.matches ? "dark" : "light" });
  }

  // Filters, in a file -------------------------------------------------------------------------------------------------

  // Approximates the folding of the server's search: case, accents, Arabic letters, punctuation.
  const ALIKE = { ك: "ک", ي: "ی", ى: "ی", ة: "ه" };
  const plain = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}|['’ʼ]|(?<=\d),(?=\d{3})/gu, "")
      .toLowerCase()
      .replace(/[كيىة]/g, (letter) => ALIKE[letter])
      .replace(/[^\p{L}\p{N}]+/gu, " ");
  const searched = Object.fromEntries(Object.entries(told.words ?? {}).map(([id, words]) => [id, plain(words)]));

  function chosen() {
    if (!form) return told.marks;
    const given = new FormData(form);
    const [years, categories] = ["year", "category"].map((name) => given.getAll(name));
    const words = plain(given.get("q")).split(" ").filter(Boolean);
    const fits = ({ id, c }) =>
      (!years.length || years.includes(told.years[id])) &&
      (!categories.length || categories.includes(c)) &&
      words.every((word) => searched[id].includes(word));
    const { marks } = told;
    const points = marks.points.filter(fits);
    const areas = marks.areas.map((area) => ({ ...area, of: area.of.filter(fits) })).filter(({ of }) => of.length);
    const shown = points.length + areas.reduce((sum, { of }) => sum + of.length, 0);
    const nowhere = told.nowhere.filter(fits);
    document.getElementById("none").hidden = shown + nowhere.length > 0;
    document.querySelector("header output").textContent = self.say("standalone-counted", { incidents: shown + nowhere.length, all: told.all });
    const selection = JSON.stringify([years, categories, words]);
    const places = [...points, ...areas].map(({ at }) => at);
    const all = !years.length && !categories.length && !words.length;
    const box = L.latLngBounds(places);
    const fit = all || !box.isValid() ? marks.fit : [box.getSouthWest(), box.getNorthEast()];
    return { ...marks, points, areas, nowhere, fit, selection: all ? marks.selection : selection };
  }

  // Cards --------------------------------------------------------------------------------------------------------------

  async function open(id) {
    from ??= document.activeElement;
    opened = id;
    const html = await cardOf(id);
    if (opened !== id) return; // another card was opened meanwhile
    card.innerHTML = html;
    for (const node of card.querySelectorAll("[data-choose]")) {
      if (!leads(node.dataset.choose)) node.disabled = true;
    }
    if (!isShown(id)) note(self.say("card-not-chosen"));
    beside.hidden = false;
    beside.scrollTop = 0;
    draw();
    card.querySelector("h2")?.focus();
  }

  // Whether a button leads anywhere: in a file there are only its own cards, and the app only if its address is known.
  function leads(choice) {
    if (choice.startsWith("event:")) return Boolean(told.app);
    return choice === "" || !told.cards || choice in told.cards;
  }

  function isShown(id) {
    const { many, points, areas, nowhere } = chosen();
    return many || [...points, ...areas.flatMap(({ of }) => of), ...(nowhere ?? [])].some((mark) => (mark.id ?? mark) === id);
  }

  function note(words) {
    const line = document.createElement("p");
    line.className = "quiet notice";
    line.textContent = words;
    card.querySelector("h2")?.after(line);
  }

  async function cardOf(id) {
    if (told.cards) return told.cards[id];
    const scheme = dark.matches ? "dark" : "light";
    const answer = await fetch(`${told.card.replace("ID", encodeURIComponent(id))}&scheme=${scheme}`).catch(() => null);
    if (answer?.ok) return answer.text();
    const refused = await answer?.json().catch(() => null);
    const sorry = document.createElement("p");
    sorry.textContent = refused?.detail ?? self.say("standalone-no-answer");
    const name = self.say("close");
    return `<article><button class="close" data-choose="" aria-label="${name}">×</button>${sorry.outerHTML}</article>`;
  }

  function close() {
    const id = opened;
    opened = null;
    beside.hidden = true;
    card.replaceChildren();
    draw();
    if (from?.isConnected && from !== document.body) from.focus();
    else self.focusOn(id);
    from = null;
  }

  function choose(choice) {
    if (choice === "") close();
    else if (!choice.startsWith("event:")) open(choice);
    else window.open(`${told.app}events?event=${encodeURIComponent(choice.slice(6))}`, "_blank", "noopener");
  }

  card.addEventListener("click", (event) => {
    const target = event.target.closest("[data-choose]");
    if (target) choose(target.dataset.choose);
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    navigator.clipboard?.writeText(copy.dataset.copy).then(() => (copy.textContent = copy.dataset.copied), () => {});
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && opened && close());
  form?.addEventListener("input", draw);
  form?.addEventListener("reset", () => setTimeout(draw)); // after the form is reset
  form?.addEventListener("submit", (event) => event.preventDefault());
  dark.addEventListener("change", draw);

  self.start(told.map.settings, L.map("map_div", told.map.options));
  self.onChoose = open;
  if (opened) open(opened);
  else draw();
})();
