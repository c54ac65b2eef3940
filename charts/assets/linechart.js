// Draws lines or bars as SVG, with classes of the style sheet and no style of its own. Every text is
// a text node.
var linechart = (function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg", SIZE = 13;
  var pen = document.createElement("canvas").getContext("2d");

  function el(name, attributes, text) {
    var e = document.createElementNS(NS, name);
    Object.keys(attributes || {}).forEach(function (k) { e.setAttribute(k, attributes[k]); });
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function width(text) { pen.font = SIZE + "px 'Source Sans 3', system-ui, sans-serif"; return pen.measureText(text).width; }
  function thousands(n) { return (n < 0 ? "−" : "") + String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, ","); }

  // short cuts a text to a width.
  function short(text, room) {
    if (width(text) <= room) return text;
    while (text.length > 1 && width(text + "…") > room) text = text.slice(0, -1);
    return text.trim() + "…";
  }

  // ticks returns round values from the lowest to the highest figure.
  function ticks(low, high, count) {
    var raw = (high - low || 1) / count, power = Math.pow(10, Math.floor(Math.log10(raw))), step = power * ([1, 2, 5, 10].filter(function (m) { return m * power >= raw; })[0] || 10), out = [];
    step = Math.max(1, step);
    for (var v = Math.floor(low / step) * step; v < high + step; v += step) out.push(v);
    return out;
  }

  // spread moves labels apart that would lie on each other.
  function spread(labels, top, bottom, gap) {
    labels.sort(function (a, b) { return a.y - b.y; });
    labels.forEach(function (l, i) { l.at = Math.max(l.y, i ? labels[i - 1].at + gap : top); });
    for (var i = labels.length - 1, limit = bottom; i >= 0; i--, limit = labels[i + 1].at - gap) labels[i].at = Math.min(labels[i].at, limit);
  }

  function frame(w, h, name) { return el("svg", { "class": "lines", viewBox: "0 0 " + w + " " + h, width: w, height: h, role: "img", "aria-label": name }); }

  // scale draws the lines of round values, and returns the way from a value to its height.
  function scale(svg, low, high, left, right, top, bottom, unit) {
    var marks = ticks(Math.min(0, low), Math.max(high, 1), 4), first = marks[0], last = marks[marks.length - 1];
    function y(v) { return bottom - (v - first) / (last - first) * (bottom - top); }
    marks.forEach(function (v, i) {
      svg.append(el("line", { x1: left, x2: right, y1: y(v), y2: y(v), "class": v === 0 ? "axis" : "grid" }));
      if (v !== 0) svg.append(el("text", { x: left, y: y(v) - 4, "class": "tick" }, thousands(v) + (i === marks.length - 1 ? " " + unit : "")));
    });
    return y;
  }

  // years writes the years below the axis, as many as there is room for.
  function years(svg, from, to, x, left, right, bottom) {
    var first = new Date(from).getUTCFullYear(), last = new Date(to).getUTCFullYear(), every = Math.ceil((last - first + 1) / Math.max(1, (right - left) / 52));
    for (var y = first; y <= last; y++) {
      var at = x(Date.UTC(y, 0, 1)), end = x(Date.UTC(y + 1, 0, 1)), middle = (Math.max(at, left) + Math.min(end, right)) / 2;
      if (at >= left) svg.append(el("line", { x1: at, x2: at, y1: bottom, y2: bottom + 5, "class": "axis" }));
      if ((y - first) % every === 0 && Math.min(end, right) - Math.max(at, left) > 26 / every) svg.append(el("text", { x: middle, y: bottom + 19, "class": "year" }, String(y)));
    }
  }

  // path joins the points of a line. A missing figure is a gap.
  function path(points, x, y, value) {
    var d = "", open = false;
    points.forEach(function (p) {
      var v = value(p);
      if (v === null) { open = false; return; }
      d += (open ? "L" : "M") + x(p.middle).toFixed(1) + " " + y(v).toFixed(1);
      open = true;
    });
    return d;
  }

  // lines draws one line a series, named at its end. A list has {name, points: [{middle, start, end, value}], kind}.
  function lines(list, o) {
    var w = o.width, h = w < 520 ? 320 : 400, room = Math.min(w * 0.34, 190), svg = frame(w, h, o.name), all = [], from = Infinity, to = -Infinity;
    list.forEach(function (s) { s.points.forEach(function (p) { if (p.value !== null) all.push(p.value, p.upper === null || p.upper === undefined ? p.value : p.upper); from = Math.min(from, p.start); to = Math.max(to, p.end); }); });
    if (!all.length) return null;
    var wide = Math.min(room, Math.max.apply(null, list.map(function (s) { return width(s.name) + 12; }).concat(width("0,000,000"))));
    var left = 0, right = w - wide - 8, top = 24, bottom = h - 28, high = all.reduce(function (a, b) { return Math.max(a, b); }), low = all.reduce(function (a, b) { return Math.min(a, b); });
    function x(t) { return left + 4 + (t - from) / (to - from || 1) * (right - left - 8); }
    var y = scale(svg, low, high, left, right, top, bottom, o.unit), labels = [];
    years(svg, from, to, x, left, right, bottom);
    list.slice().reverse().forEach(function (s) {
      var known = s.points.filter(function (p) { return p.value !== null; }), end = known[known.length - 1];
      if (s.range) known.forEach(function (p) { if (p.lower !== null && p.upper !== null) svg.append(el("line", { x1: x(p.middle), x2: x(p.middle), y1: y(p.lower), y2: y(p.upper), "class": "range " + s.kind })); });
      svg.append(el("path", { d: path(s.points, x, y, function (p) { return p.value; }), "class": "line " + s.kind }));
      if (!end) return;
      if (known.length < 40) known.forEach(function (p) { svg.append(el("circle", { cx: x(p.middle), cy: y(p.value), r: p === end ? 3.5 : 2, "class": "dot " + s.kind })); });
      labels.push({ y: y(end.value), x: x(end.middle), name: s.name, value: thousands(end.value), kind: s.kind });
    });
    spread(labels, top + 6, bottom - 4, 32);
    labels.forEach(function (l) {
      svg.append(el("path", { d: "M" + (l.x + 4).toFixed(1) + " " + l.y.toFixed(1) + "L" + (right + 2) + " " + (l.at - 5).toFixed(1), "class": "lead" }));
      svg.append(el("text", { x: right + 6, y: l.at - 2, "class": "label " + l.kind }, short(l.name, wide - 6)), el("text", { x: right + 6, y: l.at + 13, "class": "end" }, l.value));
    });
    return svg;
  }

  // columns draws one bar a period, with the year before as a mark.
  function columns(s, o) {
    var w = o.width, h = w < 520 ? 320 : 400, svg = frame(w, h, o.name), n = s.points.length, high = 0, low = 0, left = 0, right = w - 2, top = 24, bottom = h - 28;
    s.points.forEach(function (p) { [p.value, p.prior].forEach(function (v) { if (v !== null) { high = Math.max(high, v); low = Math.min(low, v); } }); });
    var y = scale(svg, low, high, left, right, top, bottom, o.unit), step = (right - left) / n, every = Math.ceil(n * 62 / (right - left));
    s.points.forEach(function (p, i) {
      var x = left + i * step, thick = Math.max(1, Math.min(48, step * 0.72)), at = x + (step - thick) / 2;
      if (p.value !== null) svg.append(el("rect", { x: at.toFixed(1), width: thick.toFixed(1), y: Math.min(y(p.value), y(0)).toFixed(1), height: Math.abs(y(p.value) - y(0)).toFixed(1), "class": "bar " + s.kind }));
      if (o.compare && p.prior !== null) svg.append(el("line", { x1: at - 2, x2: at + thick + 2, y1: y(p.prior), y2: y(p.prior), "class": "prior" }));
      if (i % every === 0) svg.append(el("text", { x: x + step / 2, y: bottom + 19, "class": "year" }, short(p.short, step * every - 4)));
    });
    return svg;
  }

  // ranking draws one bar a series for one period, the largest first.
  function ranking(list, o) {
    var w = o.width, names = Math.min(w * 0.36, Math.max.apply(null, list.map(function (s) { return width(s.name) + 10; }))), numbers = 78, h = list.length * 28 + 8, svg = frame(w, h, o.name), high = 1;
    list.forEach(function (s) { high = Math.max(high, s.value, o.compare && s.prior !== null ? s.prior : 0); });
    function x(v) { return names + Math.max(0, v) / high * (w - names - numbers); }
    list.forEach(function (s, i) {
      var y = i * 28 + 4;
      svg.append(el("text", { x: names - 8, y: y + 16, "class": "name" }, short(s.name, names - 10)), el("rect", { x: names, width: (x(s.value) - names).toFixed(1), y: y + 2, height: 18, "class": "bar " + o.kind }));
      if (o.compare && s.prior !== null) svg.append(el("line", { x1: x(s.prior), x2: x(s.prior), y1: y - 1, y2: y + 23, "class": "prior" }));
      svg.append(el("text", { x: w - 2, y: y + 16, "class": "number" }, thousands(s.value)));
    });
    return svg;
  }

  return { lines: lines, columns: columns, ranking: ranking, thousands: thousands };
})();
