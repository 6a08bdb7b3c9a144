// Shows HTML that the server has made and escaped, and reports which incident, province or group was chosen in it.
// What is opened in a panel comes into view with the keyboard at its heading, and when it is closed, by its button or
// Escape, the keyboard goes back to the row, mark or button that it was opened from.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".panel");
  const opened = (window.opened ??= new Opened());
  const choose = (choice) => {
    if (choice === "") opened.close();
    else opened.leave(host);
    if (host.querySelector("[data-leads-up]")) toTop();
    setTriggerValue("chosen", choice);
  };
  if (host.dataset.shown !== data.html) {
    host.innerHTML = data.html;
    host.dataset.shown = data.html;
    host.scrollTop = 0;
    opened.draw(host, data.opened ?? null);
  }
  for (const field of host.querySelectorAll("[data-here]")) {
    field.value = location.href;
    field.onfocus = () => {
      field.value = location.href;
      field.select();
    };
  }
  host.onclick = (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) put(viewed(copy.dataset) || copy.dataset.copy || location.href, copy);
    const target = event.target.closest("[data-choose]");
    if (target) choose(target.dataset.choose);
  };
  host.onkeydown = (event) => {
    if (event.key === "Escape" && host.querySelector("button.close")) choose("");
  };
}

// What is open on the page, in which panel, and where the keyboard was before: one for all panels, tables and maps.
class Opened {
  #host = null;
  #code = null;
  #said = null; // to tables, which mark the row of what is open
  #from = null; // the node that the keyboard was on
  #back = null; // what was closed last, until somebody goes on

  constructor() {
    for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, () => (this.#back = null), true);
  }

  // Null while nothing is open; the panel may have gone with its page.
  get code() {
    return this.#host?.isConnected ? this.#code : null;
  }

  // Note where the keyboard is before a panel has something opened; out of what is open already it leads back no farther.
  leave(host) {
    if (this.code === null || this.#host !== host) this.#from = focused();
  }

  // A panel is drawn, with what it is opened for or null; a filter draws that anew, and leaves the keyboard where it is.
  draw(host, code) {
    const isNew = code !== this.code;
    if (code !== null || host === this.#host) [this.#host, this.#code] = [host, code];
    if (code !== null && isNew) {
      const node = focused();
      if (node) this.#from = node.matches("input") ? null : node; // what is typed leads to the list rather than back
      this.show();
    }
    this.#say();
    if (code === null) this.#takeBack(host);
  }

  show() {
    this.#host.querySelector("h2")?.focus({ preventScroll: true });
    const { top } = this.#host.getBoundingClientRect();
    const seen = top >= 0 && top < innerHeight / 2;
    if (!seen && navigator.userActivation.hasBeenActive) keepInView(this.#host);
  }

  // Before the server has heard of it: the keyboard goes back to where it was, to the mark of what was open, or waits.
  close() {
    const [code, from] = [this.#code, this.#from];
    this.#code = null;
    this.#say();
    if (from?.isConnected && from.ownerDocument.defaultView) return from.focus(); // its frame may be gone, too
    const maps = [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow.IncidentMap);
    if (!maps.some((map) => map?.focusOn?.(code))) this.#back = code;
  }

  // A list in whose place the panel stood is drawn: to the entry of what was closed, or to the list's heading; again where
  // it is drawn anew, until somebody goes on.
  #takeBack(host) {
    if (this.#back === null || !host.isConnected || host.querySelector("button.close")) return;
    const node = focused();
    if (node?.matches("button.close")) setTimeout(() => this.#takeBack(host), 50); // its panel is about to go
    if (node) return;
    const isOf = ({ dataset }) => dataset.choose.split(":").at(-1) === this.#back;
    const entry = [...host.querySelectorAll("[data-choose]")].find(isOf) ?? host.querySelector("h2");
    entry?.focus();
  }

  #say() {
    const { code } = this;
    if (code === this.#said) return;
    if (code === null) this.#from = null;
    this.#said = code;
    window.dispatchEvent(new CustomEvent("panel-opened", { detail: code }));
  }
}

// The node that the keyboard is on, within frames and panels; null where it is on none that leads anywhere.
function focused() {
  let node = document.activeElement;
  for (let inner = node; inner; inner = node.shadowRoot?.activeElement ?? node.contentDocument?.activeElement) node = inner;
  return node?.matches("body, h2, iframe") ? null : node;
}

// Into view, and again when the map above gets its height a moment later, unless somebody has gone on.
function keepInView(host) {
  const bring = () => host.scrollIntoView({ block: "start" });
  bring();
  const heights = new ResizeObserver(bring);
  const over = () => heights.disconnect();
  heights.observe(document.querySelector('[data-testid="stMainBlockContainer"]') ?? document.body);
  setTimeout(over, 2000);
  for (const event of ["pointerdown", "keydown", "wheel"]) {
    window.addEventListener(event, over, { once: true, capture: true, passive: true });
  }
}

// What takes the place of a list is read from its beginning: the page goes there, and the keyboard with it.
function toTop() {
  const main = document.querySelector('[data-testid="stMain"]');
  main?.focus({ preventScroll: true });
  main?.scrollTo({ top: 0 });
}

// What is copied with the view of the map, which the browser alone knows; nothing where nobody has moved the map.
function viewed({ copyViewed }) {
  const view = new URLSearchParams(location.search).get("view");
  return /^-?[\d.]+,-?[\d.]+,[\d.]+(,[a-z]+)?$/.test(view) && copyViewed?.replace("VIEW", view);
}

// Into the clipboard; where the browser keeps that from pages without encryption, by way of a field.
async function put(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.label ??= button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = button.label), 2000);
}
