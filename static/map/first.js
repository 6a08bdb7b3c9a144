// Preloads the map's style sheet and base map files while the rest of the bundled script is still being parsed; the map
// itself requests them only after all scripts have run. Their URLs are derived from that of the bundle.
"use strict";

(() => {
  const { href, search } = new URL(document.currentScript.src);
  const root = href.slice(0, href.lastIndexOf("/map"));
  const joined = /\/(map-\w+)\.js$/.exec(href.slice(0, href.length - search.length));

  function preload(path, kind) {
    const node = document.createElement("link");
    node.rel = "preload";
    node.as = kind;
    if (kind === "fetch") node.crossOrigin = "anonymous"; // must match the map's own fetch, or it is fetched twice
    node.href = `${root}/${path}${search}`;
    document.body.append(node); // the component rewrites the head
  }

  if (joined) preload(`${joined[1]}.css`, "style");
  for (const name of ["overview-ground", "overview-lines", "places"]) preload(`base/${name}.json`, "fetch");
})();
