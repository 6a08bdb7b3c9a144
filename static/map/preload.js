// Asks for all files of the map at once; the component would fetch the scripts one after another. The list stands behind
// the "#" of this script's own address, and what it names is found beside this file's folder.
"use strict";

(() => {
  const { href, hash, search } = new URL(document.currentScript.src);
  const root = href.slice(0, href.lastIndexOf("/map/"));
  for (const path of hash.slice(1).split(",")) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = { css: "style", js: "script", json: "fetch" }[path.split(".").pop()];
    if (link.as === "fetch") link.crossOrigin = "anonymous"; // as the map's own fetch asks, or it is fetched twice
    link.href = `${root}/${path}${search}`;
    document.head.append(link);
  }
})();
