// Draws the charts. Each is an option as JSON in a script element that follows
// its div. The option is data: nothing in it is ever run. What needs code, the
// texts of axes and tooltips, is in paint.js and goes by data attributes of the
// div. The picture in the div stands until its chart can be drawn in its place.
(function () {
  "use strict";
  if (typeof echarts === "undefined" || typeof paintOption === "undefined") return; // the pictures stay, and the tables hold every figure

  var dark = matchMedia("(prefers-color-scheme: dark)");
  var font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  var pen = document.createElement("canvas").getContext("2d");
  var charts = [];

  function measure(text, size) {
    pen.font = size + "px " + font;
    return pen.measureText(text).width;
  }

  function paint(c, printing) {
    var onDark = dark.matches && !printing;
    c.chart.setOption(paintOption(JSON.parse(c.text), {
      width: c.div.clientWidth, dark: onDark, colours: c.div.dataset.dark.split(" "), decimals: Number(c.div.dataset.decimals) || 0,
      font: font, measure: measure
    }), true);
  }

  function repaint(printing) { charts.forEach(function (c) { paint(c, printing === true); }); }

  // The chart takes the picture's place and its name. The box keeps its height.
  function replace(div) {
    var picture = div.querySelector("img");
    div.setAttribute("role", "img");
    div.setAttribute("aria-label", picture ? picture.alt : div.dataset.alt || "");
    div.textContent = "";
    div.classList.add("drawn");
  }

  document.querySelectorAll("script.chart-option").forEach(function (script) {
    var div = script.previousElementSibling;
    replace(div);
    var c = { div: div, text: script.textContent, chart: echarts.init(div) };
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
  addEventListener("beforeprint", function () { repaint(true); });
  addEventListener("afterprint", function () { repaint(false); });
})();
