// A table of rows rendered and escaped by the server: a click, Enter or Space chooses a row, arrows move between rows,
// and column heads sort.
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".frame");
  if (host.shown !== data.html) {
    host.innerHTML = host.shown = data.html;
    prepare(host);
  }
  host.choose = (row) => {
    stop(row);
    if (row.dataset.choose === window.opened?.code) window.opened.show();
    else if (row.dataset.choose) setTriggerValue("chosen", row.dataset.choose);
  };
  const mark = (code) => {
    for (const row of rows(host)) row.setAttribute("aria-selected", String(row.dataset.choose === code));
  };
  mark(data.chosen);
  window.removeEventListener("panel-opened", host.follow);
  host.follow = ({ detail }) => (host.isConnected ? mark(detail) : window.removeEventListener("panel-opened", host.follow));
  window.addEventListener("panel-opened", host.follow);
}

function rows(host) {
  return [...host.querySelector("tbody").rows];
}

function prepare(host) {
  const heads = [...host.querySelectorAll("th button")];
  rows(host).forEach((row, at) => (row.place = at));
  heads.forEach((head, at) => (head.onclick = () => sort(host, at)));
  if (host.order && heads[host.order.at]) arrange(host);
  for (const first of [heads[0], rows(host)[0]]) first && stop(first);
  for (const head of heads.filter((each) => each.ariaDescription)) {
    for (const event of ["pointerenter", "focus"]) head.addEventListener(event, () => explain(host, head));
    for (const event of ["pointerleave", "blur"]) head.addEventListener(event, () => explain(host, null));
  }
  host.onclick = ({ target }) => {
    const row = target.closest("tbody tr");
    if (row && !target.closest("a") && !selectedText(host)) host.choose(row);
  };
  host.onkeydown = (event) => {
    const { target, key } = event;
    const head = target.closest("th button");
    const row = target.closest("tbody tr");
    const to = head ? beside(heads, head, key) ?? (key === "ArrowDown" && host.querySelector('tr[tabindex="0"]')) : row && below(host, row, key);
    if (to) {
      stop(to).focus();
    } else if (row && target === row && (key === "Enter" || key === " ")) {
      host.choose(row);
    } else return;
    event.preventDefault();
  };
}

// Show a column head's help while it is hovered or focused.
function explain(host, head) {
  const tip = host.querySelector(".tip");
  if (!head?.matches(":hover, :focus-visible")) return tip.hidePopover();
  tip.textContent = head.getAttribute("aria-description");
  tip.showPopover();
  const box = head.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, box.top - tip.offsetHeight - 4)}px`;
}

// All heads share one tab stop and all rows another, together with the links of the current row.
function stop(to) {
  for (const node of to.closest("thead, tbody").querySelectorAll('[tabindex="0"]')) node.tabIndex = -1;
  for (const link of to.closest("table").querySelectorAll("td a")) link.tabIndex = to.contains(link) ? 0 : -1;
  to.tabIndex = 0;
  return to;
}

function beside(heads, head, key) {
  return heads[heads.indexOf(head) + ({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? NaN)];
}

function below(host, row, key) {
  const all = rows(host);
  const at = all.indexOf(row);
  if (key === "ArrowUp" && at === 0) return host.querySelector('th button[tabindex="0"]');
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: all.length - 1 }[key];
  return to === undefined ? null : all[Math.min(Math.max(to, 0), all.length - 1)];
}

function selectedText(host) {
  const root = host.getRootNode();
  return String((root.getSelection ? root : document).getSelection()) !== "";
}

// Cycle through ascending, descending, and the server's order.
function sort(host, at) {
  const before = host.order?.at === at ? host.order.way : 0;
  host.order = { at, way: { 0: 1, 1: -1, [-1]: 0 }[before] };
  arrange(host);
}

function arrange(host) {
  const { at, way } = host.order;
  host.querySelectorAll("th").forEach((head, n) => {
    head.setAttribute("aria-sort", n !== at || !way ? "none" : way > 0 ? "ascending" : "descending");
  });
  const compare = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true }).compare;
  const value = (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
  const keyed = rows(host).map((row) => ({ row, key: value(row), number: Number(value(row)) }));
  const order = (a, b) => {
    if (!a.key || !b.key) return !a.key - !b.key; // missing values last in both directions
    return way * (isNaN(a.number) || isNaN(b.number) ? compare(a.key, b.key) : a.number - b.number);
  };
  keyed.sort((a, b) => (way && order(a, b)) || a.row.place - b.row.place);
  host.querySelector("tbody").append(...keyed.map(({ row }) => row));
}
