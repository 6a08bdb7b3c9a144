// Shows HTML that the server has made and escaped, and reports which incident, province or group was chosen in it.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".panel");
  if (host.dataset.shown !== data.html) {
    host.innerHTML = data.html;
    host.dataset.shown = data.html;
    if (data.focus) host.querySelector("h2")?.focus({ preventScroll: true });
    host.scrollTop = 0;
  }
  host.onclick = (event) => {
    const target = event.target.closest("[data-choose]");
    if (target) setTriggerValue("chosen", target.dataset.choose);
  };
}
