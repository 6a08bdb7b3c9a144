// Records in every frame of a page when it last painted something new: after a change of the document or a WebGL draw.
// Times are milliseconds since 1970, so that they can be compared across frames.
"use strict";

(() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.benchmarkSeen = { painted: 0, moved: 0, clicked: 0, drawings: 0 });
  const contexts = new Set();
  const painted = new MessageChannel();
  let waiting = false;

  function changed() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => painted.port2.postMessage(null)); // arrives after the frame has been painted
  }

  painted.port1.onmessage = () => {
    for (const gl of contexts) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits for the GPU
    waiting = false;
    seen.painted = now();
  };

  // A frame's window outlives its first, empty document, so this is called before reading what was seen.
  let watched = null;
  seen.watch = () => {
    if (watched === document) return;
    watched = document;
    waiting = false;
    new MutationObserver(changed).observe(document, {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
    changed();
  };
  seen.watch();

  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
      const draw = kind?.prototype[name];
      if (!draw) continue;
      kind.prototype[name] = function (...given) {
        contexts.add(this);
        seen.drawings++;
        changed();
        return draw.apply(this, given);
      };
    }
  }
  const stamp = (name) => (event) => { seen[name] = performance.timeOrigin + event.timeStamp; };
  addEventListener("mousemove", stamp("moved"), true);
  addEventListener("pointermove", stamp("moved"), true);
  addEventListener("click", stamp("clicked"), true);
})();
