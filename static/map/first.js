// Asks for the style and the ground of the map while the scripts that are joined to this one are read; the map itself asks
// for them only once all of them have run. What is named is found beside the joined script, under the same version.
"use strict";

(() => {
  const { href, search } = new URL(document.currentScript.src);
  const root = href.slice(0, href.lastIndexOf("/map"));
  const joined = /\/(map-\w+)\.js$/.exec(href.slice(0, href.length - search.length));

  function preload(path, kind) {
    const node = document.createElement("link");
    node.rel = "preload";
    node.as = kind;
    if (kind === "fetch") node.crossOrigin = "anonymous"; // as the map's own fetch asks, or it is fetched twice
    node.href = `${root}/${path}${search}`;
    document.body.append(node); // the component writes the head anew
  }

  if (joined) preload(`${joined[1]}.css`, "style");
  for (const name of ["overview-ground", "overview-lines", "places"]) preload(`base/${name}.json`, "fetch");
})();
