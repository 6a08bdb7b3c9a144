// Shows HTML that the server has made and escaped, and reports which incident, province or group was chosen in it.
// What is opened in a panel comes into view with the keyboard at its heading, and when it is closed, by its button or
// Escape, the keyboard goes back to the row, mark or button that it was opened from.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".panel");
  const choose = (choice) => {
    if (choice === "") goBack();
    else remember(host, choice);
    window.lastOpened = null;
    setTriggerValue("chosen", choice);
  };
  if (host.dataset.shown !== data.html) {
    host.innerHTML = data.html;
    host.dataset.shown = data.html;
    host.scrollTop = 0;
    if (data.opened) open(host, data.opened);
    else if (window.opened?.host === host) closed(host);
    takeBack(host);
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
    if (copy) put(copy.dataset.copy || location.href, copy);
    const target = event.target.closest("[data-choose]");
    if (target) choose(target.dataset.choose);
  };
  host.onkeydown = (event) => {
    if (event.key === "Escape" && host.querySelector("button.close")) choose("");
  };
  return () => setTimeout(() => host.isConnected || closed(host));
}

// What is open --------------------------------------------------------------------------------------------------------

function open(host, code) {
  const show = () => {
    const heading = host.querySelector("h2");
    heading?.focus({ preventScroll: true });
    const { top } = host.getBoundingClientRect();
    const seen = top >= 0 && top < innerHeight / 2;
    if (!seen && navigator.userActivation.hasBeenActive) host.scrollIntoView({ block: "start" });
  };
  remember(host, code);
  window.opened = { host, code, show };
  window.dispatchEvent(new CustomEvent("panel-opened", { detail: code }));
  if (code !== window.lastOpened) show(); // a filter draws it anew, and leaves the keyboard where it is
  window.lastOpened = code;
}

function closed(host) {
  if (window.opened?.host !== host) return;
  window.opened = null;
  window.dispatchEvent(new CustomEvent("panel-opened", { detail: null }));
}

// Where the keyboard was ----------------------------------------------------------------------------------------------

function focused() {
  let node = document.activeElement;
  for (let inner = node; inner; inner = node.shadowRoot?.activeElement ?? node.contentDocument?.activeElement) node = inner;
  return node;
}

// What opens one panel from within another that is open leads back to where the first was opened.
function remember(host, code) {
  const node = focused();
  if (window.opened?.host === host || window.cameFrom?.code.endsWith(code)) return;
  window.cameFrom = { node: node.matches("body, h2") ? null : node, code };
}

function goBack() {
  const { node } = window.cameFrom ?? {};
  const code = window.lastOpened;
  window.cameFrom = null;
  if (node?.isConnected) return node.focus();
  window.goesBackTo = { code, until: performance.now() + 5000 };
  for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.IncidentMap?.focusOn?.(code);
}

// A list in whose place the panel stood is drawn anew: to the entry of what was closed, or to the list's heading.
function takeBack(host) {
  const { code, until } = window.goesBackTo ?? {};
  if (!code || performance.now() > until || host.querySelector("button.close")) return;
  const isOf = ({ dataset }) => dataset.choose.split(":").at(-1) === code;
  const entry = [...host.querySelectorAll("[data-choose]")].find(isOf) ?? host.querySelector("h2");
  if (!entry) return;
  entry.focus();
  window.goesBackTo = null;
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
