// Asks for all files of the map at once; the component would fetch the scripts one after another. The list stands behind
// the "#" of this script's own address, and what it names is found beside this file's folder. Scripts run in the order in
// which they are added, the one that the component adds itself after this one included: it is the last.
"use strict";

(() => {
  const { href, hash, search } = new URL(document.currentScript.src);
  const root = href.slice(0, href.lastIndexOf("/map/"));
  const kinds = { css: "style", json: "fetch" };

  function script(address) {
    const node = document.createElement("script");
    node.async = false;
    node.src = address;
    return node;
  }

  function preload(address, kind) {
    const node = document.createElement("link");
    node.rel = "preload";
    node.as = kind;
    if (kind === "fetch") node.crossOrigin = "anonymous"; // as the map's own fetch asks, or it is fetched twice
    node.href = address;
    return node;
  }

  for (const path of hash.slice(1).split(",")) {
    const address = `${root}/${path}${search}`;
    const kind = kinds[path.split(".").pop()];
    document.body.append(kind ? preload(address, kind) : script(address)); // the component writes the head anew
  }
})();
