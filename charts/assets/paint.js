// Paints an option: colours, fonts and the room that labels need, which depend on
// the ground and the width and so are not in the option. It touches no page and
// no clock, so that the browser and the program that draws the static pictures
// run this same script and draw the same chart.
var paintOption = (function () {
  "use strict";

  function shade(dark) {
    return dark
      ? { ink: "#e7edf3", soft: "#a5b3c1", faint: "#5f7082", rule: "#36434f", box: "#1b232c" }
      : { ink: "#17202a", soft: "#52606d", faint: "#a9b6c2", rule: "#cdd5dc", box: "#ffffff" };
  }

  // The sizes of texts. A narrow picture has 300 pixels and is shown on 288 of a small telephone, where its
  // texts must still be 13 pixels high.
  function axisSize(how) { return how.width < 400 ? 14 : 12; }
  function labelSize(how) { return how.width < 400 ? 14 : 13; }

  var months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];

  // How the page writes months and numbers, if it is not in English.
  var words = null;

  // A category is "1 January", "June 2026", "6 September 2025", "2026 Q2" or
  // "2026". Of the last there is nothing to say here.
  function parts(text) {
    var q = /^(\d{4}) [A-Z]([1-4])$/.exec(String(text));
    if (q) return { month: 3 * (q[2] - 1), year: q[1], label: q[0] };
    var m = /^(?:(\d{1,2})[^\s\d]{0,3} )?([^\s\d]+)(?: (\d{4}))?$/.exec(String(text));
    if (!m) return null;
    var month = (words ? words.months : months).indexOf(m[2]);
    return month < 0 ? null : { day: m[1], month: month, year: m[3], label: (words ? words.short[month] : m[2].slice(0, 3)) + (m[3] ? " " + m[3] : "") };
  }

  // Labels stand at the first day or week in a month, or at dates of which no two
  // are in one month, as many as there is room for: those of the round months first,
  // then of the round years.
  function monthAxis(axis, width, size) {
    var all = axis.data.map(parts);
    function together(p, i) { var q = all[i - 1]; return Boolean(p && q && p.day && p.month === q.month && p.year === q.year); }
    var dense = all.some(together); // days or weeks
    var starts = dense || all.some(function (p) { return p && (!p.day || p.day === "1"); });
    var marks = all.map(function (p, i) {
      if (!p || starts && p.day && p.day !== "1" && (!dense || i === 0 || together(p, i))) return null;
      return 12 * (p.year || 0) + p.month + (starts ? 0 : 1); // the end of June is half a year as 1 July is
    });
    if (!all.some(Boolean)) return;
    var room = (all.find(Boolean).year ? 62 : 36) * size / 12;
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

  // The legend wraps, and a name longer than a row is cut short; the plot begins
  // below its last row.
  function legendHeight(legend, how) {
    if (!legend || legend.show === false || !legend.data) return 0;
    var most = how.width - legend.itemWidth - 20;
    var rows = 1, x = 5;
    legend.data = legend.data.map(function (name) {
      // Only a ground, though it is not seen, keeps the room.
      var w = how.measure(name, labelSize(how)), item = { name: name, textStyle: { width: w, backgroundColor: "transparent" } };
      if (w > most) {
        w = most;
        item.textStyle = { width: most, overflow: "truncate", ellipsis: "…" };
      }
      w += legend.itemWidth + 5;
      if (x + w > how.width - 5 && x > 5) { rows++; x = 5; }
      x += w + 10;
      return item;
    });
    return rows * (labelSize(how) + 5) + 8;
  }

  // The colours of chosen years, apart from the newest and the one before. Any two of them, and those two,
  // differ by a CIEDE2000 of 20 or more.
  var chosenLight = ["#5a3fa0", "#00855f", "#b85c92", "#b57a00", "#2a8fc9"];
  var chosenDark = ["#a58bff", "#1fb586", "#e07fb5", "#e8c500", "#56b4e9"];

  // A chosen year keeps its colour whichever others are chosen, as long as no two need the same one.
  function hues(o, how, chosen) {
    var all = o.series.length, list = how.dark ? chosenDark : chosenLight, taken = {}, out = {};
    for (var i = all - 1; i >= 0; i--) {
      var name = o.series[i].name;
      if (chosen.indexOf(name) < 0) continue;
      if (i >= all - 2) { out[name] = o.color[i]; continue; }
      var n = (all - 3 - i) % list.length, tries = 0;
      while (taken[n] && tries++ < list.length) n = (n + 1) % list.length;
      if (!taken[n]) { taken[n] = true; out[name] = list[n]; }
    }
    return out;
  }

  // Each line has its name and its last value at its end, on a telephone below each other. Chosen lines are
  // strong, others are context. A rule shows how far the newest line reaches.
  function endLabels(o, how, s) {
    if (!o.endLabels) return;
    delete o.endLabels;
    var all = o.series.length, format = numbers(how.decimals), small = how.width < 480, room = 0;
    var colours = hues(o, how, how.chosen || o.series.slice(-2).map(function (x) { return x.name; }));
    o.color = o.color.slice();
    o.series.forEach(function (x, i) {
      var colour = colours[x.name], last = x.data.reduce(function (at, v, j) { return v === null ? at : j; }, -1);
      if (!colour && how.others === false) { x.data = x.data.map(function () { return null; }); last = -1; }
      o.color[i] = colour || s.faint;
      x.lineStyle = { width: colour ? (i === all - 1 ? 3.5 : 2.2) : 1.5, color: o.color[i], type: "solid" };
      x.itemStyle = { color: o.color[i] };
      x.z = colour ? 4 : 2;
      x.labelLayout = { moveOverlap: "shiftY" };
      var text = x.name + (!small ? "  " + format(x.data[last]) : colour ? "\n" + format(x.data[last]) : "");
      if (last >= 0) text.split("\n").forEach(function (line) { room = Math.max(room, how.measure(line, labelSize(how), Boolean(colour))); });
      x.endLabel = { show: last >= 0, fontSize: labelSize(how), lineHeight: labelSize(how) + 2, fontWeight: colour ? "bold" : "normal", color: colour || s.soft, distance: 4, formatter: function () { return text; } };
      if (i === all - 1 && last >= 0 && last < x.data.length - 1) {
        x.markLine = { symbol: ["none", "none"], data: [{ xAxis: last }], label: { show: true, formatter: shortDay(o.xAxis[0].data[last]) }, lineStyle: { type: "solid", width: 1 }, reach: true };
      }
    });
    o.grid.right = 18 + Math.ceil(room);
  }

  // Bars from left to right, on a telephone: names on the left, shares on the right, and round values below, as
  // many as there is room for.
  function narrowBars(o, how, s) {
    var names = [].concat(o.yAxis)[0], size = axisSize(how), shares = [], most = 0, format = numbers(0);
    names.data = names.data.map(function (text) {
      var m = /^(.*), (\S+\s?%)$/.exec(text);
      shares.push(m ? m[2] : "");
      return m ? m[1] : text;
    });
    function widest(texts) { return Math.max.apply(null, texts.map(function (t) { return how.measure(t, size); })); }
    o.series.forEach(function (x) { x.data.forEach(function (v) { most = Math.max(most, v); }); });
    if (!(most > 0)) return;
    var plot = how.width - Math.min(0.4 * how.width, widest(names.data)) - widest(shares) - 50, least = most * (how.measure(format(most), size) + 12) / plot;
    var power = Math.pow(10, Math.floor(Math.log10(least))), step = power * [1, 2, 5, 10].filter(function (m) { return m * power >= least; })[0];
    var values = [].concat(o.xAxis)[0];
    values.interval = Math.max(1, step);
    values.max = most;
    values.axisLabel = Object.assign({}, values.axisLabel, { showMaxLabel: most % values.interval === 0 });
    values.splitLine = { showMaxLine: false };
    o.yAxis = [names, { type: "category", inverse: true, position: "right", data: shares, axisLine: { show: false }, axisTick: { show: false } }];
  }

  function shortDay(text) {
    var p = parts(text);
    return p && p.day ? p.day + " " + p.label : String(text);
  }

  // Numbers are written as in the tables, 45,774.5 and −3, by hand: not every
  // engine that runs this knows locales.
  function numbers(decimals) {
    var group = words ? words.group : ",", point = words ? words.decimal : ".", none = "not available";
    if (words) none = words.texts[none];
    return function (v) {
      if (typeof v !== "number" || !isFinite(v)) return none;
      var text = Math.abs(v).toFixed(decimals).split(".");
      var whole = text[0].replace(/\B(?=(\d{3})+$)/g, group), rest = (text[1] || "").replace(/0+$/, "");
      var out = rest ? whole + point + rest : whole;
      return v < 0 && out !== "0" ? "−" + out : out;
    };
  }

  // how is { words: how the page writes months and numbers, or null for English, width in
  // pixels, dark: whether the ground is, colours: for a dark
  // ground, decimals: of the figures, font: the family, measure: function (text,
  // pixels, bold) that returns the width of a text, and if a reader chose, chosen: names of
  // the lines to stress, others: whether the rest is drawn }.
  function paint(o, how) {
    var s = shade(how.dark);
    words = how.words || null;
    o.animation = false; // a screenshot of a page must show the figures, not bars on their way
    o.textStyle = { fontFamily: how.font, color: s.ink };
    if (how.dark) o.color = how.colours;
    o.legend = Object.assign({}, [].concat(o.legend)[0], { textStyle: { color: s.ink, fontSize: labelSize(how) }, inactiveColor: s.soft, padding: [4, 5] });
    o.grid = Object.assign({}, [].concat(o.grid)[0]);
    endLabels(o, how, s);
    if ([].concat(o.yAxis)[0].data && how.width < 400 && o.series[0].type === "bar") narrowBars(o, how, s);
    var marked = o.series.some(function (series) { return series.markLine; }); // with letters below the axis' name
    var top = legendHeight(o.legend, how) + (marked ? 42 : 30);
    o.grid.top = top;
    [].concat(o.xAxis, o.yAxis).forEach(function (axis) {
      axis.axisLabel = Object.assign({}, axis.axisLabel, { color: s.soft, fontSize: axisSize(how) });
      axis.nameTextStyle = { color: s.soft, fontSize: axisSize(how), align: "left", padding: [0, 0, 2, 0] };
      axis.nameTruncate = { maxWidth: how.width - 100, ellipsis: "…" };
      if (marked) axis.nameGap = 26;
      axis.axisLine = Object.assign({}, axis.axisLine, { lineStyle: { color: s.soft } });
      axis.splitLine = Object.assign({}, axis.splitLine, { lineStyle: { color: s.rule } });
    });
    [].concat(o.xAxis).forEach(function (axis) { if (axis.data) monthAxis(axis, how.width, axisSize(how)); });
    [].concat(o.yAxis).forEach(function (axis) { // of bars from left to right
      if (axis.data) Object.assign(axis.axisLabel, { interval: 0, width: Math.min(220, Math.round(how.width * 0.4)), overflow: "truncate", ellipsis: "…" });
    });
    o.series.forEach(function (series) {
      series.showAllSymbol = Boolean(series.showSymbol);
      if (!series.markLine) return;
      Object.assign(series.markLine, { silent: true, animation: false });
      Object.assign(series.markLine.lineStyle, { color: series.markLine.reach ? s.soft : s.ink });
      Object.assign(series.markLine.label, { color: s.ink, fontWeight: "bold", fontSize: labelSize(how), distance: 4 });
    });
    o.tooltip = Object.assign({}, o.tooltip, {
      renderMode: "richText", backgroundColor: s.box, borderColor: s.rule,
      textStyle: { color: s.ink, fontSize: 13 }, valueFormatter: numbers(how.decimals)
    });
    return o;
  }

  // The page of a chart writes figures and dates as the chart does.
  paint.numbers = numbers;
  paint.months = months;
  return paint;
})();
