// A menu of pages for narrow screens, where Streamlit hides the navigation together with the filters.
// Choosing a page keeps the selection and adds one history entry.
export default function ({ data, parentElement }) {
  const menu = parentElement.querySelector("details");
  menu.querySelector("summary").textContent = data.label;
  menu.querySelector("nav").setAttribute("aria-label", data.label);
  const list = menu.querySelector("ul");
  list.replaceChildren(...data.pages.map(entry));
  menu.open = false;

  function entry({ title, path, section }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.textContent = title;
    link.dataset.path = path;
    if (section) item.dataset.section = section;
    if (path === data.here) link.setAttribute("aria-current", "page");
    item.append(link);
    return item;
  }

  menu.ontoggle = () => {
    for (const link of list.querySelectorAll("a")) link.href = window.addressBar.address(data.here, link.dataset.path);
  };
  list.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    menu.open = false;
    if (link.dataset.path !== data.here) window.addressBar.go({ from: data.here, to: link.dataset.path, opened: {} });
  };
  menu.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  menu.away ??= (event) => {
    if (!event.composedPath().includes(menu)) menu.open = false;
  };
  for (const event of ["pointerdown", "focusin"]) window.addEventListener(event, menu.away);
  return () => {
    for (const event of ["pointerdown", "focusin"]) window.removeEventListener(event, menu.away);
  };
}
