// Shows HTML that the server has rendered and escaped, and reports which incident, province or group was chosen in it.
// When something is opened in a panel, it scrolls into view and its heading gets focus; when it is closed, by its button
// or Escape, focus returns to the row, mark or button that opened it.
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

// What is open on the page, in which panel, and what had focus before; shared by all panels, tables and maps.
class Opened {
  #host = null;
  #code = null;
  #said = null; // the code last sent to tables, which highlight its row
  #from = null; // the node that had focus
  #back = null; // the code last closed, until the next user action

  constructor() {
    for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, () => (this.#back = null), true);
  }

  // Null while nothing is open; the panel may have disappeared with its page.
  get code() {
    return this.#host?.isConnected ? this.#code : null;
  }

  // Remember what has focus before something is opened, unless it is opened from within the open panel.
  leave(host) {
    if (this.code === null || this.#host !== host) this.#from = focused();
  }

  // Called when a panel is drawn, with the code of what is open in it, or null. If the same code is redrawn, for example
  // after a filter changed, focus stays where it is.
  draw(host, code) {
    const isNew = code !== this.code;
    if (code !== null || host === this.#host) [this.#host, this.#code] = [host, code];
    if (code !== null && isNew) {
      const node = focused();
      if (node) this.#from = node.matches("input") ? null : node; // from a text field, focus later goes to the list
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

  // Called before the server knows: focus returns to where it was, or goes to the mark of what was open, or to a list.
  close() {
    const [code, from] = [this.#code, this.#from];
    this.#code = null;
    this.#say();
    if (from?.isConnected && from.ownerDocument.defaultView) return from.focus(); // its frame may be gone as well
    const maps = [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow.IncidentMap);
    if (!maps.some((map) => map?.focusOn?.(code))) this.#back = code;
  }

  // Called when a list replaces the panel: focus its entry for what was closed, or its heading; repeated if the list is
  // redrawn, until the next user action.
  #takeBack(host) {
    if (this.#back === null || !host.isConnected || host.querySelector("button.close")) return;
    const node = focused();
    if (node?.matches("button.close")) setTimeout(() => this.#takeBack(host), 50); // its panel is about to be removed
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

// The focused node, also within frames and shadow roots; null if it is not interactive.
function focused() {
  let node = document.activeElement;
  for (let inner = node; inner; inner = node.shadowRoot?.activeElement ?? node.contentDocument?.activeElement) node = inner;
  return node?.matches("body, h2, iframe") ? null : node;
}

// Scroll into view, again if the map above gets its height a moment later, until the next user action.
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

// Scroll and focus the top of the page, for content that replaces a list.
function toTop() {
  const main = document.querySelector('[data-testid="stMain"]');
  main?.focus({ preventScroll: true });
  main?.scrollTo({ top: 0 });
}

// The text to copy with the view of the map, which only the browser knows; falsy if the map was not moved.
function viewed({ copyViewed }) {
  const view = new URLSearchParams(location.search).get("view");
  return /^-?[\d.]+,-?[\d.]+,[\d.]+(,[a-z]+)?$/.test(view) && copyViewed?.replace("VIEW", view);
}

// Copy to the clipboard, on pages without HTTPS by way of a text field.
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
