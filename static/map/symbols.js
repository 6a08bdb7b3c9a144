// Symbols as inline SVG; shapes, colours and sizes are from geo/symbology/symbols.py, so map, figure and charts agree.
"use strict";

(() => {
  const self = window.IncidentMap;
  const SVG = "http://www.w3.org/2000/svg";
  const look = () => self.settings.symbols;

  // Whether a status is drawn hollow; throws for a status without a look.
  function isHollow(status) {
    const hollow = look().hollow[status];
    if (hollow === undefined) throw new Error(`no look for the status ${status}`);
    return hollow;
  }

  function colourOf(category) {
    if (!look().shapes[category]) throw new Error(`no look for the category ${category}`);
    return self.palette()[category];
  }

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
    return look().shapes[category].map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join(" ");
  }

  function shape(category, hollow, diameter, imported = false) {
    const colours = self.palette();
    const colour = colourOf(category);
    const radius = diameter / 2;
    const { least, most, share } = look().stroke;
    const stroke = Math.max(least, Math.min(most, radius * share));
    const around = { points: outline(category, radius + look().casing + look().imported), fill: colours.text, stroke: colours.text };
    return [
      ...(imported ? [element("polygon", { ...around, "stroke-width": 1, "stroke-linejoin": "round" })] : []),
      element("polygon", {
        points: outline(category, radius + look().casing),
        fill: colours.casing,
        stroke: colours.casing,
        "stroke-width": 1,
        "stroke-linejoin": "round",
      }),
      element("polygon", {
        points: outline(category, hollow ? radius - stroke / 2 : radius),
        fill: hollow ? colours.paper : colour,
        stroke: hollow ? colour : "none",
        "stroke-width": stroke,
        "stroke-linejoin": "round",
      }),
    ];
  }

  function arrow(heading, colour) {
    const { path, casing, width } = look().arrow;
    const common = { d: path, transform: `rotate(${heading})`, "stroke-linejoin": "round" };
    return [
      element("path", { ...common, stroke: self.palette().casing, "stroke-width": casing, fill: self.palette().casing }),
      element("path", { ...common, stroke: colour, "stroke-width": width, fill: colour }),
    ];
  }

  const arcs = (counts, radius, width) => {
    const total = sum(counts);
    const length = 2 * Math.PI * radius;
    let before = 0;
    return counts.map(([category, n]) => {
      const share = (n / total) * length;
      const ring = element("circle", {
        r: radius,
        fill: "none",
        stroke: colourOf(category),
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

  const sum = (counts) => counts.reduce((all, [, n]) => all + n, 0);

  // A thin line around a mark, as long as the share of its incidents that are imported.
  function importedLine(name, place, width, share) {
    const line = { stroke: self.palette().text, "stroke-width": width, "stroke-dasharray": `${share} 1`, pathLength: 1 };
    return share ? [element(name, { ...place, ...line, fill: "none" })] : [];
  }

  // A disc with a ring divided by category, and its number written as `text`.
  function disc(counts, imported, text, radius, ring, large) {
    const { edge, casing } = look().disc;
    const size = 2 * radius + 8;
    const colours = self.palette();
    const paper = element("circle", { r: radius + edge, fill: colours.paper, stroke: colours.casing, "stroke-width": casing });
    const [small, larger] = look().number;
    const place = { r: radius + edge + (casing + look().imported) / 2, transform: "rotate(-90)" };
    const line = importedLine("circle", place, look().imported, imported / sum(counts));
    return { svg: canvas(size, paper, ...line, ...arcs(counts, radius, ring), number(text, radius > large ? larger : small)), size };
  }

  // Grows with the number of digits; geo/table/clusters.py leaves that much room.
  const groupDiameter = (total) => Math.min(look().group.least + look().group.tenfold * Math.log10(total), look().group.most);

  self.symbols = {
    isHollow,
    groupDiameter,

    incident({ c, s, d, h, i }) {
      const size = h === undefined ? d * 1.6 + 6 : Math.max(look().arrow.size, d * 1.6 + 6);
      const under = h === undefined ? [] : arrow(h, colourOf(c));
      return { svg: canvas(size, ...under, ...shape(c, isHollow(s), d, Boolean(i))), size };
    },

    cluster(counts, imported, text = sum(counts)) {
      const { least, step, most, ring, large } = look().disc;
      const total = sum(counts);
      return disc(counts, imported, text, Math.min(least + step * Math.sqrt(total), most), ring, large);
    },

    donut(counts, imported, text) {
      const { inset, ring, large } = look().group;
      return disc(counts, imported, text, groupDiameter(sum(counts)) / 2 - inset, ring, large);
    },

    // A badge with a dashed edge for incidents known to an area only. It is drawn hollow only if all its incidents are;
    // if some are, the tooltip says how many.
    area(counts, hollow, imported, text) {
      const colours = self.palette();
      const { wide: widths, high, corner, casing: pale, edge, dash, symbol, bar_margin: margin } = look().badge;
      const total = sum(counts);
      const wide = text?.length > 3 ? widths[2] : total > 1 ? widths[1] : widths[0];
      const size = wide + 8;
      const frame = {
        x: -wide / 2,
        y: -high / 2,
        width: wide,
        height: high,
        rx: corner,
        fill: colours.paper,
        stroke: counts.length === 1 ? colourOf(counts[0][0]) : colours.muted,
        "stroke-width": edge,
        "stroke-dasharray": dash.join(" "),
      };
      const casing = { ...frame, stroke: colours.casing, "stroke-width": pale, "stroke-dasharray": "none" };
      const content =
        total === 1
          ? shape(counts[0][0], hollow === total, symbol).slice(1)
          : [number(text ?? String(total), look().number[2]), ...bar(counts, total, wide - margin, hollow === total)];
      const around = importedLine("rect", { ...casing }, pale + 2 * look().imported, imported / total);
      return { svg: canvas(size, ...around, element("rect", casing), element("rect", frame), ...content), size };
    },

    legend(category, hollow, diameter = 13, imported = false) {
      return canvas(24, ...shape(category, hollow, diameter, imported));
    },

    legendArrow() {
      const node = canvas(look().arrow.size, ...arrow(60, colourOf(look().samples.crossed)));
      node.setAttribute("width", 24);
      node.setAttribute("height", 24);
      return node;
    },

    legendRing(category) {
      const colour = colourOf(category);
      const { legend_filling: filling, width } = look().ring;
      const ring = element("circle", { r: 10, fill: colour, "fill-opacity": filling, stroke: colour, "stroke-width": width });
      return canvas(24, ring, ...shape(category, false, 8));
    },

    legendStretch(category) {
      const colours = self.palette();
      const { legend_width: band, legend_opacity: opacity } = look().stretch;
      const { colour, legend_width: width, legend_dash: dash } = Object.values(look().lines).find(({ casing }) => casing);
      const d = "M-11,5 L-3,-1 L4,3 L11,-5";
      return canvas(
        24,
        element("path", { d, fill: "none", stroke: colourOf(category), "stroke-width": band, "stroke-opacity": opacity }),
        element("path", { d, fill: "none", stroke: colours[colour], "stroke-width": width, "stroke-dasharray": dash.join(" ") }),
      );
    },
  };

  function bar(counts, total, width, hollow) {
    const { bar_top: top, bar_high: high, bar_stroke: stroke } = look().badge;
    let from = -width / 2;
    return counts.map(([category, n]) => {
      const length = (n / total) * width;
      const edge = hollow ? stroke / 2 : 0; // the stroke lies inside the part
      const part = element("rect", {
        x: from + edge,
        y: top + edge,
        width: Math.max(length - 2 * edge, 0),
        height: high - 2 * edge,
        fill: hollow ? self.palette().paper : colourOf(category),
        stroke: hollow ? colourOf(category) : "none",
        "stroke-width": stroke,
      });
      from += length;
      return part;
    });
  }
})();
