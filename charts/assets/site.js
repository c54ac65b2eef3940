// Draws a chart in the place of its picture once a reader uses it: the chart library is
// large, and a page that is only read does not need it. Each chart is an option as JSON in a
// script element that follows its div. The option is data: nothing in it is ever run. What
// needs code, the texts of axes and tooltips, is in paint.js and goes by data attributes of
// the div. The script also copies sentences.
(function () {
  "use strict";
  var assets = document.currentScript.dataset.assets;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var font = "'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  var pen = document.createElement("canvas").getContext("2d");
  var charts = [], library, loaded = {};

  // load runs a script once. One that could not be fetched is fetched again at the next call.
  function load(name) {
    loaded[name] = loaded[name] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = assets + name;
      script.onload = done;
      script.onerror = function () { delete loaded[name]; failed(); };
      document.head.append(script);
    });
    return loaded[name];
  }

  function measure(text, size, bold) {
    pen.font = (bold ? "bold " : "") + size + "px " + font;
    return pen.measureText(text).width;
  }

  // The option of a chart as a reader chose it, with colours for the ground.
  function painted(c, width, onDark) {
    var how = { width: width, dark: onDark, colours: c.div.dataset.dark.split(" "), decimals: Number(c.div.dataset.decimals) || 0, font: font, measure: measure, words: say.words };
    var option = JSON.parse(c.text);
    if (c.div.chosen) option = c.div.chosen(option, how);
    return paintOption(option, how);
  }

  function paint(c, printing) {
    c.chart.setOption(painted(c, c.div.clientWidth, dark.matches && !printing), true);
  }

  function repaint(printing) { charts.forEach(function (c) { paint(c, printing === true); }); }

  // The chart takes the picture's place and its name. The box keeps its height.
  function draw(div, text) {
    var picture = div.querySelector("img"), height = div.clientHeight;
    div.setAttribute("aria-label", picture ? picture.alt : div.dataset.alt || "");
    div.textContent = "";
    div.classList.add("drawn");
    var width = div.clientWidth, c = { div: div, text: text, chart: echarts.init(div, null, { height: height }) };
    charts.push(c);
    div.repaint = function () { paint(c, false); };
    div.painted = function (width, onDark) { return painted(c, width, onDark); };
    paint(c, false);
    new ResizeObserver(function () {
      if (div.clientWidth === width) return;
      width = div.clientWidth;
      c.chart.resize({ height: div.clientHeight });
      paint(c, false);
    }).observe(div);
  }

  document.querySelectorAll("script.chart-option").forEach(function (script) {
    var div = script.previousElementSibling, used = false;
    function use() {
      if (used) return;
      used = true;
      library = library || load("paint.js").then(function () { return load("echarts.min.js"); });
      library.then(function () { draw(div, script.textContent); }, function () { library = null; used = false; }); // the picture stays
    }
    div.setAttribute("role", "img");
    div.setAttribute("aria-label", (div.querySelector("img") || {}).alt || div.dataset.alt || "");
    div.tabIndex = 0;
    div.use = use;
    ["pointerenter", "focus", "touchstart"].forEach(function (event) { div.addEventListener(event, use, { passive: true }); });
  });
  if (document.querySelector(".controls")) load("paint.js").then(function () { return load("controls.js"); }).then(function () { return load("choices.js"); });
  dark.addEventListener("change", repaint);
  addEventListener("beforeprint", function () { repaint(true); });
  addEventListener("afterprint", function () { repaint(false); });

  // A site that does not know its own address has relative ones in the texts to copy.
  document.querySelectorAll("code[data-at]").forEach(function (code) {
    code.textContent = code.textContent.split(code.dataset.as).join(new URL(code.dataset.at, location.href).href);
  });

  document.querySelectorAll(".copy").forEach(function (button) {
    clip.by(button, function () { return button.previousElementSibling.textContent; });
  });
})();
