// Keeps the address bar and the browser's history as people expect them; draws nothing.
// Streamlit adds a history entry for each parameter that the script writes. Here everything caused by one click or key
// makes one entry. Parameters that only the browser knows, such as the view of the map, stay until the page changes.
// Navigation links carry the selection, so that a new tab shows the same. The link to the figure also has the map's view
// as west, south, east, north, if the user has moved the map.
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
  const OWN = ["view"]; // written only by the browser
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const bar = { shared: [], figure: null, went: null, acted, address, go, keepLinks, write };
  let entered = true; // whether the last user action has its history entry; opening the page has one

  function acted() {
    entered = false;
  }

  // A new address, with the parameters that only the browser knows added.
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
  // Streamlit replaces the entry when a filter changes; as that is a user action, push one, so that Back undoes it.
  history.replaceState = (state, title, address) => {
    if (!entered && selects(kept(address))) history.pushState(state, title, address);
    else enter(replace, state, title, address);
  };

  // Whether an address differs from the current one in the selection.
  function selects(next) {
    const [then, now] = [next.searchParams, new URLSearchParams(location.search)];
    return next.pathname === location.pathname && bar.shared.some((key) => `${then.getAll(key)}` !== `${now.getAll(key)}`);
  }

  // Set a parameter that only the browser knows, or remove it with null; adds no history entry.
  function write(key, value) {
    const next = new URL(location.href);
    if (value === null) next.searchParams.delete(key);
    else next.searchParams.set(key, value);
    if (next.href !== location.href) replace(history.state, "", readable(next));
    keepLinks();
  }

  // The address of another page with the same selection and the given items open.
  function address(from, to, opened = {}) {
    const root = location.pathname.slice(0, location.pathname.length - from.length).replace(/\/?$/, "/");
    const query = selection(to);
    for (const [key, values] of Object.entries(opened)) {
      query.delete(key);
      for (const value of values) query.append(key, value);
    }
    return readable(new URL(`${root}${to}?${query}`.replace(/\?$/, ""), location.href));
  }

  // Go to another page the way Back does, so that Streamlit runs that page with all parameters of the address.
  function go({ from, to, opened }) {
    visit(address(from, to, opened));
  }

  function visit(href) {
    push({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  // The parameters that another page takes over from this one.
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

  // Streamlit ignores the query of its links; it keeps the selection itself, but not the view of the map.
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
