// Shows HTML that the server has made and escaped, and reports which incident, province or group was chosen in it.
// The keyboard follows to the heading of what is opened, and back to its entry where that is closed.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".panel");
  if (host.dataset.shown !== data.html) {
    host.innerHTML = data.html;
    host.dataset.shown = data.html;
    host.scrollTop = 0;
    const opened = host.querySelector(".close")?.dataset.of;
    if (window.panelClosed !== undefined) goBack(host, window.panelClosed);
    else if (opened && opened !== window.panelOpened) host.querySelector("h2").focus({ preventScroll: true });
    window.panelClosed = undefined;
    window.panelOpened = opened ?? window.panelOpened; // which a filter may draw anew
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
    if (!target) return;
    window.panelClosed = target.dataset.of;
    window.panelOpened = undefined;
    setTriggerValue("chosen", target.dataset.choose);
  };
}

// To the entry of what was closed in what is shown instead, or to the heading of that.
function goBack(host, of) {
  const entry = host.querySelector(`[data-choose="${CSS.escape(of)}"]`);
  (entry ?? host.querySelector("h2"))?.focus({ preventScroll: !entry });
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
