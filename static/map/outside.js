// How many of the incidents shown lie outside the view: the sentence under the map speaks of the whole of it.
"use strict";

(() => {
  const self = window.IncidentMap;
  let line = null;

  function add() {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => {
      const button = L.DomUtil.create("button", "im-outside");
      button.addEventListener("click", () => self.fit());
      L.DomEvent.disableClickPropagation(button);
      return button;
    };
    return control.addTo(self.map).getContainer();
  }

  self.onView.push(() => {
    line ??= add();
    const count = self.outside();
    line.hidden = count === 0;
    line.textContent = self.say("map-outside", { incidents: count });
  });
})();
