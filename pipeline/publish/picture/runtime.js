// Joins the chart library to an engine that has no page. measureWidth is a function
// of the program around: (text, font as in a style sheet) -> pixels.
var setTimeout = function () { return 0; }; // a picture stands still
var clearTimeout = function () {};

function drawChart(option, how) {
  how = JSON.parse(how);
  how.measure = function (text, size, bold) { return measureWidth(String(text), (bold ? "bold " : "") + size + "px " + how.font); };
  echarts.setPlatformAPI({
    measureText: function (text, font) {
      // The library takes the width of this character for the height of a line.
      return { width: measureWidth(String(text), font || "12px sans-serif") };
    }
  });
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: how.width, height: how.height });
  var painted = paintOption(JSON.parse(option), how);
  painted.backgroundColor = how.ground;
  try {
    chart.setOption(painted);
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose(); // the library keeps the charts that are not
  }
}
