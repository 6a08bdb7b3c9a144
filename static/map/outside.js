// States how many of the incidents lie outside the view, which the caption under the map counts as shown.
"use strict";

(() => {
  const self = window.IncidentMap;
  const BESIDE_PX = 8;
  let line = null;
  let control = null;

  function add() {
    control = L.control({ position: "bottomleft" });
    control.onAdd = () => L.DomUtil.create("div");
    control.addTo(self.map);
    const button = L.DomUtil.create("button", "im-outside");
    button.addEventListener("click", () => self.fit());
    L.DomEvent.disableClickPropagation(button);
    return button;
  }

  // Beside the playback button under the map, if there is one, as it covers no marks there.
  function place() {
    const beside = document.querySelector(".im-play");
    const under = Boolean(beside?.offsetHeight);
    const parent = under ? document.body : control.getContainer();
    if (line.parentNode !== parent) parent.append(line);
    line.classList.toggle("im-under", under);
    line.style.left = under ? `${beside.offsetWidth + BESIDE_PX}px` : "";
  }

  self.onView.push(() => {
    line ??= add();
    place();
    const count = self.outside();
    line.hidden = count === 0;
    line.textContent = self.say("map-outside", { incidents: count });
  });
})();
