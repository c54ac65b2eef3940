// Draws the charts. Each is an option as JSON in a script element that follows
// its div. The option is data: nothing in it is ever run. What needs code, the
// texts of axes and tooltips, is here and goes by data attributes of the div.
(function () {
  "use strict";
  if (typeof echarts === "undefined") return; // the tables hold every figure

  var dark = matchMedia("(prefers-color-scheme: dark)");
  var still = matchMedia("(prefers-reduced-motion: reduce)");
  var font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  var charts = [];

  function shade(printing) {
    return dark.matches && !printing
      ? { dark: true, ink: "#e7edf3", soft: "#a5b3c1", rule: "#36434f", box: "#1b232c" }
      : { dark: false, ink: "#17202a", soft: "#52606d", rule: "#cdd5dc", box: "#ffffff" };
  }

  // A category is "1 January", "June 2026", "6 September 2025", "2026 Q2" or
  // "2026". Of the last there is nothing to say here.
  function parts(text) {
    var q = /^(\d{4}) Q([1-4])$/.exec(String(text));
    if (q) return { month: 3 * (q[2] - 1), year: q[1], label: q[0] };
    var m = /^(?:(\d{1,2}) )?([A-Z][a-z]+)(?: (\d{4}))?$/.exec(String(text));
    if (!m) return null;
    var month = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December"].indexOf(m[2]);
    return month < 0 ? null : { day: m[1], month: month, year: m[3], label: m[2].slice(0, 3) + (m[3] ? " " + m[3] : "") };
  }

  // Labels stand at the starts of months, or at dates of which none is one, as
  // many as there is room for: those of the round months first, then of the
  // round years.
  function monthAxis(axis, width) {
    var all = axis.data.map(parts);
    var starts = all.some(function (p) { return p && (!p.day || p.day === "1"); });
    var marks = all.map(function (p) {
      if (!p || starts && p.day && p.day !== "1") return null;
      return 12 * (p.year || 0) + p.month + (starts ? 0 : 1); // the end of June is half a year as 1 July is
    });
    if (!all.some(Boolean)) return;
    var room = all.find(Boolean).year ? 62 : 36;
    function fits(s) { return marks.filter(function (m) { return m !== null && m % s === 0; }).length * room <= width - 80; }
    var step = [1, 2, 3, 4, 6, 12, 24, 60, 120].find(fits) || 12;
    function shown(index) { return marks[index] !== null && marks[index] % step === 0; }
    axis.axisLabel = Object.assign({}, axis.axisLabel, {
      interval: shown,
      hideOverlap: true,
      formatter: function (text) { var p = parts(text); return p ? p.label : text; }
    });
    axis.axisTick = Object.assign({}, axis.axisTick, { interval: shown });
  }

  // The legend wraps; the plot begins below its last row.
  function legendHeight(legend, width) {
    if (!legend || legend.show === false || !legend.data) return 0;
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "13px " + font;
    var rows = 1, x = 5;
    legend.data.forEach(function (name) {
      var w = pen.measureText(name).width + legend.itemWidth + 5;
      if (x + w > width - 5 && x > 5) { rows++; x = 5; }
      x += w + 10;
    });
    return rows * 18 + 8;
  }

  function numbers(decimals) {
    var format = { minimumFractionDigits: 0, maximumFractionDigits: decimals };
    return function (v) {
      return typeof v === "number" && isFinite(v) ? v.toLocaleString("en-GB", format) : "not available";
    };
  }

  function paint(c, printing) {
    var width = c.div.clientWidth, s = shade(printing);
    var o = JSON.parse(c.text);
    o.animation = !still.matches && !printing && !c.drawn;
    o.animationDuration = 400;
    o.textStyle = { fontFamily: font, color: s.ink };
    if (s.dark) o.color = c.div.dataset.dark.split(" ");
    o.legend = Object.assign({}, o.legend, { textStyle: { color: s.ink, fontSize: 13 }, inactiveColor: s.soft, padding: [4, 5] });
    var marked = o.series.some(function (series) { return series.markLine; }); // with letters below the axis' name
    var top = legendHeight(o.legend, width) + (marked ? 42 : 30);
    o.grid = Object.assign({}, [].concat(o.grid)[0], { top: top });
    [].concat(o.xAxis, o.yAxis).forEach(function (axis) {
      axis.axisLabel = Object.assign({}, axis.axisLabel, { color: s.soft, fontSize: 12 });
      axis.nameTextStyle = { color: s.soft, fontSize: 12, align: "left", padding: [0, 0, 2, 0] };
      if (marked) axis.nameGap = 26;
      axis.axisLine = Object.assign({}, axis.axisLine, { lineStyle: { color: s.soft } });
      axis.splitLine = Object.assign({}, axis.splitLine, { lineStyle: { color: s.rule } });
    });
    [].concat(o.xAxis).forEach(function (axis) { monthAxis(axis, width); });
    o.series.forEach(function (series) {
      series.showAllSymbol = Boolean(series.showSymbol);
      if (!series.markLine) return;
      Object.assign(series.markLine, { silent: true, animation: false });
      Object.assign(series.markLine.lineStyle, { color: s.ink });
      Object.assign(series.markLine.label, { color: s.ink, fontWeight: "bold", fontSize: 13, distance: 4 });
    });
    o.tooltip = Object.assign({}, o.tooltip, {
      renderMode: "richText", backgroundColor: s.box, borderColor: s.rule,
      textStyle: { color: s.ink, fontSize: 13 }, valueFormatter: numbers(Number(c.div.dataset.decimals) || 0)
    });
    c.chart.setOption(o, true);
    c.drawn = true;
  }

  function repaint(printing) { charts.forEach(function (c) { paint(c, printing === true); }); }

  document.documentElement.classList.add("scripted");
  document.querySelectorAll("script.chart-option").forEach(function (script) {
    var div = script.previousElementSibling;
    var c = { div: div, text: script.textContent, chart: echarts.init(div), drawn: false };
    charts.push(c);
    paint(c, false);
    var width = div.clientWidth;
    new ResizeObserver(function () {
      if (div.clientWidth === width) return;
      width = div.clientWidth;
      c.chart.resize();
      paint(c, false);
    }).observe(div);
  });
  dark.addEventListener("change", repaint);
  still.addEventListener("change", repaint);
  addEventListener("beforeprint", function () { repaint(true); });
  addEventListener("afterprint", function () { repaint(false); });
})();
