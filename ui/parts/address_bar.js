// Keeps the address bar and the browser's history as people expect them; shows nothing itself.
// Streamlit adds an entry to the history for each parameter that the script writes. Here all that follows from one click or
// key is one entry. Parameters that only the browser knows, such as the view of the map, stay while the page does.
// The links of the navigation carry the selection, so that a new tab shows the same; that to the figure also what the map
// shows, where somebody has moved it, as west, south, east, north.
export default function ({ data }) {
  const bar = (window.addressBar ??= install());
  if (data.shared) Object.assign(bar, { shared: data.shared, figure: data.figure });
  bar.keepLinks();
  if (data.go && data.once !== bar.went) {
    bar.went = data.once;
    bar.go(data.go);
  }
}

function install() {
  const OWN = ["view"]; // written by the browser alone
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const bar = { shared: [], figure: null, went: null, acted, address, go, keepLinks, write };
  let entered = true; // whether what somebody did last has its entry already; opening the page has

  function acted() {
    entered = false;
  }

  // The address to be, with what only the browser knows of it.
  function kept(address) {
    const next = new URL(address ?? location.href, location.href);
    if (next.pathname !== location.pathname) return next;
    for (const key of OWN) {
      const value = new URLSearchParams(location.search).get(key);
      if (value && !next.searchParams.has(key)) next.searchParams.set(key, value);
    }
    return next;
  }

  function enter(into, state, title, address) {
    const next = kept(address);
    if (next.href !== location.href) into(state, title, readable(next));
    queueMicrotask(keepLinks);
  }

  function readable(url) {
    return url.href.replaceAll("%2C", ",");
  }

  history.pushState = (state, title, address) => {
    enter(entered ? replace : push, state, title, address);
    entered = true;
  };
  // Streamlit replaces the entry when a filter is set; here somebody did that, and Back takes it back.
  history.replaceState = (state, title, address) => {
    if (!entered && selects(kept(address))) history.pushState(state, title, address);
    else enter(replace, state, title, address);
  };

  // Whether an address selects others than are shown.
  function selects(next) {
    const [then, now] = [next.searchParams, new URLSearchParams(location.search)];
    return next.pathname === location.pathname && bar.shared.some((key) => `${then.getAll(key)}` !== `${now.getAll(key)}`);
  }

  // Write a parameter that only the browser knows, or with null take it out; no entry of its own.
  function write(key, value) {
    const next = new URL(location.href);
    if (value === null) next.searchParams.delete(key);
    else next.searchParams.set(key, value);
    if (next.href !== location.href) replace(history.state, "", readable(next));
    keepLinks();
  }

  // The address of another page with the selection, and what is opened there.
  function address(from, to, opened = {}) {
    const root = location.pathname.slice(0, location.pathname.length - from.length).replace(/\/?$/, "/");
    const query = selection(to);
    for (const [key, values] of Object.entries(opened)) {
      query.delete(key);
      for (const value of values) query.append(key, value);
    }
    return readable(new URL(`${root}${to}?${query}`.replace(/\?$/, ""), location.href));
  }

  // Go to another page as Back does: Streamlit runs the page that the address then names, with all that it says.
  function go({ from, to, opened }) {
    visit(address(from, to, opened));
  }

  function visit(href) {
    push({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  // What another page is to be told of this one.
  function selection(to) {
    const here = new URLSearchParams(location.search);
    const query = new URLSearchParams([...here].filter(([key]) => bar.shared.includes(key)));
    const view = to === bar.figure ? viewOfMap() : null;
    if (view) query.set("view", view);
    return query;
  }

  function viewOfMap() {
    if (!new URLSearchParams(location.search).has("view")) return null;
    const maps = [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow.IncidentMap);
    return maps.map((map) => map?.moved?.()).find(Boolean);
  }

  const LINKS = "a[data-testid*=NavLink], a[data-testid*=DropdownLink]";
  const pageOf = (link) => link.pathname.split("/").at(-1);

  function keepLinks() {
    for (const link of document.querySelectorAll(LINKS)) {
      const query = `${selection(pageOf(link))}`.replaceAll("%2C", ",");
      if (link.search.slice(1) !== query) link.search = query;
    }
  }

  // Streamlit follows its links without what they carry; the selection it knows, the view of the map it does not.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pageOf(link) !== bar.figure || !viewOfMap()) return;
    event.preventDefault();
    event.stopPropagation();
    visit(link.href);
  }, true);

  for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, acted, true);
  window.addEventListener("popstate", () => {
    entered = true;
    queueMicrotask(keepLinks);
  });
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      keepLinks();
    });
  }).observe(document.body, { childList: true, subtree: true });
  return bar;
}
