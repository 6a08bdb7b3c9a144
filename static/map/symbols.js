// Symbols as inline SVG: the shapes and colours come from geo/symbols.py, so that map, figure and charts agree.
"use strict";

(() => {
  const self = window.IncidentMap;
  const SVG = "http://www.w3.org/2000/svg";

  function element(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  function canvas(size, ...children) {
    const half = size / 2;
    const view = { viewBox: `${-half} ${-half} ${size} ${size}`, width: size, height: size, "aria-hidden": "true" };
    return element("svg", view, ...children);
  }

  function outline(category, radius) {
    return self.settings.shapes[category].map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" ");
  }

  function shape(category, status, diameter) {
    const colours = self.palette();
    const hollow = status === "disputed";
    const radius = diameter / 2;
    const stroke = Math.max(2, Math.min(3.2, radius / 4));
    return [
      element("polygon", {
        points: outline(category, radius + 1.4),
        fill: colours.casing,
        stroke: colours.casing,
        "stroke-width": 1,
        "stroke-linejoin": "round",
      }),
      element("polygon", {
        points: outline(category, hollow ? radius - stroke / 2 : radius),
        fill: hollow ? colours.paper : colours[category],
        stroke: hollow ? colours[category] : "none",
        "stroke-width": stroke,
        "stroke-linejoin": "round",
      }),
    ];
  }

  function arrow(heading, colour) {
    const path = "M0,24 L0,-17 M-5.5,-15 L0,-25 L5.5,-15 Z";
    const common = { d: path, transform: `rotate(${heading})`, "stroke-linejoin": "round" };
    return [
      element("path", { ...common, stroke: self.palette().casing, "stroke-width": 5, fill: self.palette().casing }),
      element("path", { ...common, stroke: colour, "stroke-width": 2, fill: colour }),
    ];
  }

  const arcs = (counts, radius, width) => {
    const colours = self.palette();
    const total = counts.reduce((sum, [, n]) => sum + n, 0);
    const length = 2 * Math.PI * radius;
    let before = 0;
    return counts.map(([category, n]) => {
      const share = (n / total) * length;
      const ring = element("circle", {
        r: radius,
        fill: "none",
        stroke: colours[category],
        "stroke-width": width,
        "stroke-dasharray": `${share.toFixed(2)} ${(length - share).toFixed(2)}`,
        "stroke-dashoffset": (-before).toFixed(2),
        transform: "rotate(-90)",
      });
      before += share;
      return ring;
    });
  };

  function number(text, size) {
    const style = { "text-anchor": "middle", dy: "0.36em", "font-size": size, "font-weight": 600, fill: self.palette().text };
    const node = element("text", style);
    node.textContent = text;
    return node;
  }

  self.symbols = {
    incident({ c, s, d, h }) {
      const size = h === undefined ? d * 1.6 + 6 : Math.max(56, d * 1.6 + 6);
      const under = h === undefined ? [] : arrow(h, self.palette()[c]);
      return { svg: canvas(size, ...under, ...shape(c, s, d)), size };
    },

    cluster(counts, total, text = total) {
      const radius = Math.min(9.5 + 1.4 * Math.sqrt(total), 20);
      const size = 2 * radius + 8;
      const colours = self.palette();
      const disc = element("circle", { r: radius + 2.5, fill: colours.paper, stroke: colours.casing, "stroke-width": 1.5 });
      return { svg: canvas(size, disc, ...arcs(counts, radius, 4), number(text, radius > 15 ? 12.5 : 11.5)), size };
    },

    // The same for many, as large as its number has digits (geo/table/heap.py leaves as much room); `text` is the number
    // as it is written.
    donut(counts, total, text) {
      const radius = Math.min(30 + 7 * Math.log10(total), 58) / 2 - 3.25;
      const size = 2 * radius + 8;
      const colours = self.palette();
      const disc = element("circle", { r: radius + 2.5, fill: colours.paper, stroke: colours.casing, "stroke-width": 1.5 });
      return { svg: canvas(size, disc, ...arcs(counts, radius, 4.5), number(text, radius > 18 ? 12.5 : 11.5)), size };
    },

    // Known to an area only: a badge with a broken edge, never a dot. As a point's symbol it is hollow where all that it
    // stands for is disputed; of several of which only some are, the words say how many.
    area(counts, disputed, text) {
      const colours = self.palette();
      const total = counts.reduce((sum, [, n]) => sum + n, 0);
      const status = disputed === total ? "disputed" : "reported";
      const wide = text?.length > 3 ? 38 : total > 1 ? 28 : 24;
      const size = wide + 8;
      const frame = {
        x: -wide / 2,
        y: -12,
        width: wide,
        height: 24,
        rx: 6,
        fill: colours.paper,
        stroke: counts.length === 1 ? colours[counts[0][0]] : colours.muted,
        "stroke-width": 1.6,
        "stroke-dasharray": "3 2.2",
      };
      const casing = { ...frame, stroke: colours.casing, "stroke-width": 4, "stroke-dasharray": "none" };
      const content =
        total === 1
          ? shape(counts[0][0], status, 11).slice(1)
          : [number(text ?? String(total), 12), ...bar(counts, total, wide - 10, status)];
      return { svg: canvas(size, element("rect", casing), element("rect", frame), ...content), size };
    },

    legend(category, status, diameter = 13) {
      return canvas(24, ...shape(category, status, diameter));
    },

    legendArrow() {
      const node = canvas(56, ...arrow(60, self.palette().crossing));
      node.setAttribute("width", 24);
      node.setAttribute("height", 24);
      return node;
    },

    legendRing(category) {
      const colour = self.palette()[category];
      const ring = element("circle", { r: 10, fill: colour, "fill-opacity": 0.12, stroke: colour, "stroke-width": 1 });
      return canvas(24, ring, ...shape(category, "reported", 8));
    },

    legendStretch(category) {
      const colours = self.palette();
      const d = "M-11,5 L-3,-1 L4,3 L11,-5";
      return canvas(
        24,
        element("path", { d, fill: "none", stroke: colours[category], "stroke-width": 8, "stroke-opacity": 0.3 }),
        element("path", { d, fill: "none", stroke: colours.durand_line, "stroke-width": 1.6, "stroke-dasharray": "5 2.5" }),
      );
    },
  };

  function bar(counts, total, width, status) {
    const colours = self.palette();
    const hollow = status === "disputed";
    let from = -width / 2;
    return counts.map(([category, n]) => {
      const length = (n / total) * width;
      const edge = hollow ? 0.5 : 0; // of a line that lies within
      const part = element("rect", {
        x: from + edge,
        y: 6.8 + edge,
        width: Math.max(length - 2 * edge, 0),
        height: 3 - 2 * edge,
        fill: hollow ? colours.paper : colours[category],
        stroke: hollow ? colours[category] : "none",
      });
      from += length;
      return part;
    });
  }
})();
