// The page that explores the figures. It reads the list of wide files and the one file that is shown;
// selection.js, programs.js and linechart.js make what readers take away. What is chosen is in the
// address. Texts from files and addresses become text nodes and nothing else.
(function () {
  "use strict";
  var root = document.currentScript.dataset.root, folder = root + "data/wide/";
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  var FREQUENCIES = { D: "Day", W: "Week", M: "Month", Q: "Quarter", A: "Year", YTD: "Year to date" };
  var DIMENSIONS = { origin: "Nationality", destination: "Destination", route: "Route", sex: "Sex", age: "Age", category: "Category" };
  var MARKS = { P: ["p", "provisional"], E: ["e", "estimated"], B: ["b", "break: not comparable with the period before"], M: ["z", "cannot exist"], O: ["x", "not available"], Q: ["c", "withheld"] };
  var make = take.make, measures = [], now = {}, series = [], sheet = null, kept = {}, turn = 0;

  function $(id) { return document.getElementById("x-" + id); }
  function fill(select, options, value) {
    select.replaceChildren.apply(select, options.map(function (o) { return o.nodeType ? o : make("option", { value: o[0], textContent: o[1] }); }));
    select.value = value;
  }
  function long(day) { return +day.slice(8) + " " + MONTHS[day.slice(5, 7) - 1] + " " + day.slice(0, 4); }
  function percent(p) { var t = Math.abs(p).toFixed(1); return (p < 0 ? "−" : "+") + linechart.thousands(t.slice(0, -2)) + t.slice(-2) + "\u00a0%"; }
  function dimension(d) { return (DIMENSIONS[d] || d).toLowerCase(); }
  function upper(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  // words returns a period for readers.
  function words(p, brief) {
    var m = MONTHS[p.start.slice(5, 7) - 1], y = p.start.slice(0, 4);
    if (/^\d{4}-Q/.test(p.name)) return p.name.replace("-", " ");
    if (p.name.length === 4) return y;
    if (p.name.length === 7) return (brief ? m.slice(0, 3) : m) + " " + y;
    if (p.start === p.end) return brief ? +p.start.slice(8) + " " + m.slice(0, 3) + " " + y : long(p.start);
    if (now.frequency === "YTD") return brief ? y : "1 January to " + long(p.end);
    return brief ? +p.start.slice(8) + " " + m.slice(0, 3) + " " + y : long(p.start) + " to " + long(p.end);
  }

  // --- what may be chosen ---------------------------------------------------------------------------
  function measure() { return measures.filter(function (m) { return m.id === now.measure; })[0]; }
  function group(s) { return (s.within || []).concat(s.by || []).join("."); }
  function sheetsOf(m, by) { return m.sheets.filter(function (s) { return group(s) === by; }); }

  // settle makes what is chosen possible: the nearest that there is in place of what there is not.
  function settle() {
    if (!measure()) now.measure = measures[0].id;
    var m = measure();
    if (!sheetsOf(m, now.by).length) now.by = group(m.sheets[0]);
    var there = sheetsOf(m, now.by), wanted = there.filter(function (s) { return s.frequency === now.frequency; })[0];
    if (!wanted) {
      wanted = ["M", "A", "Q", "W", "D", "YTD"].map(function (f) { return there.filter(function (s) { return s.frequency === f && (f !== "M" || !now.by) && s.periods > 1; })[0]; }).filter(Boolean)[0] || there[0];
      now.frequency = wanted.frequency;
    }
    sheet = wanted;
    if (!(sheet.only || []).some(function (c) { return now.only === c.dimension + "=" + c.code; })) now.only = sheet.only && sheet.only.length > 1 ? sheet.only[0].dimension + "=" + sheet.only[0].code : "";
    if (!/^\d{4}-\d\d-\d\d$/.test(now.from)) now.from = "";
    if (!/^\d{4}-\d\d-\d\d$/.test(now.to)) now.to = "";
    if (now.compare !== "none") now.compare = "year";
    if (now.kind !== "bars" && now.kind !== "lines") now.kind = "";
  }

  var KEYS = ["measure", "by", "frequency", "only", "parts", "from", "to", "compare", "kind", "language"];
  function fromAddress() {
    var q = new URLSearchParams(location.search);
    now = {};
    KEYS.forEach(function (k) { now[k] = q.get(k) || ""; });
    now.parts = now.parts ? now.parts.split(",") : null;
  }
  function toAddress() {
    var q = new URLSearchParams();
    KEYS.forEach(function (k) {
      var v = k === "parts" ? (now.parts || []).join(",") : now[k];
      if (v && !(k === "compare" && v === "year") && !(k === "language" && v === "r")) q.set(k, v);
    });
    history.replaceState(null, "", "?" + q.toString().replace(/%3A/g, ":").replace(/%2C/g, ","));
  }

  // --- the figures --------------------------------------------------------------------------------
  function text(name) {
    kept[name] = kept[name] || fetch(folder + name).then(function (r) {
      if (!r.ok) throw new Error("The file " + name + " could not be read (" + r.status + ").");
      return r.text();
    });
    return kept[name].catch(function (e) { delete kept[name]; throw e; });
  }
  function load() {
    var mine = ++turn, names = ["file", "marks", "lower", "upper"].filter(function (n) { return sheet[n]; });
    return Promise.all(names.map(function (n) { return text(sheet[n]); })).then(function (texts) {
      if (mine !== turn) return false;
      var files = {};
      names.forEach(function (n, i) { files[n] = texts[i]; });
      series = selection.read(sheet, files).filter(function (s) { return !now.only || s.codes[now.only.split("=")[0]] === now.only.split("=")[1]; });
      series.forEach(function (s) {
        var known = s.points.filter(function (p) { return p.value !== null; });
        s.size = known.length && known[known.length - 1].end === sheet.last ? known[known.length - 1].value : -1;
      });
      return true;
    });
  }
  function largest() { return series.slice().sort(function (a, b) { return b.size - a.size || (a.id < b.id ? -1 : 1); }); }
  function code(s) { return s.codes[sheet.by]; }
  function picked() {
    if (!sheet.by) return series;
    var own = now.parts && series.filter(function (s) { return now.parts.indexOf(code(s)) >= 0; });
    if (own && own.length || now.parts && now.parts.length === 1 && now.parts[0] === "-") return own;
    return largest().filter(function (s) { return code(s).charAt(0) !== "_"; }).slice(0, 5);
  }
  function choice() { return { from: now.from, to: now.to, compare: now.compare === "year" }; }
  function sorted() { return picked().slice().sort(function (a, b) { return a.id < b.id ? -1 : 1; }); }
  function points(s) { return selection.within(s.points, now.from, now.to); }

  // --- what is shown ------------------------------------------------------------------------------
  function controls() {
    var m = measure(), sources = [], options = [];
    measures.forEach(function (x) {
      var g = sources.filter(function (s) { return s.label === x.source; })[0];
      if (!g) { sources.push(g = make("optgroup", { label: x.source })); }
      g.append(make("option", { value: x.id, textContent: x.name }));
    });
    fill($("measure"), sources, m.id);
    m.sheets.forEach(function (s) {
      if (!options.some(function (o) { return o[0] === group(s); })) options.push([group(s), s.by ? upper((s.only && s.only.length === 1 ? [s.by] : group(s).split(".")).map(dimension).join(" and ")) + (s.only && s.only.length === 1 ? " (" + s.only[0].label + ")" : "") : "Nothing: the total"]);
    });
    fill($("by"), options, now.by);
    $("only").parentNode.hidden = !(sheet.only && sheet.only.length > 1);
    fill($("only"), (sheet.only || []).map(function (c) { return [c.dimension + "=" + c.code, upper(c.label)]; }), now.only);
    $("frequency").replaceChildren.apply($("frequency"), sheetsOf(m, now.by).map(function (s) { return button(s.frequency, FREQUENCIES[s.frequency], s === sheet); }));
    $("from").value = now.from || sheet.first; $("to").value = now.to || sheet.last;
    $("from").min = $("to").min = sheet.first; $("from").max = $("to").max = sheet.last;
    $("compare").value = now.compare;
    document.getElementById("chosen").textContent = "Selection: " + m.name + (sheet.by ? ", " + dimension(sheet.by) : "") + ", by " + FREQUENCIES[sheet.frequency].toLowerCase();
  }
  function button(value, label, on) {
    var b = make("button", { type: "button", value: value, textContent: label });
    b.setAttribute("aria-pressed", on);
    return b;
  }
  function press(box, value) { box.querySelectorAll("button").forEach(function (b) { b.setAttribute("aria-pressed", b.value === value); }); }
  function list() {
    $("parts").hidden = !sheet.by;
    var on = picked();
    $("pick").replaceChildren.apply($("pick"), (sheet.by ? largest() : []).map(function (s) {
      return make("label", {}, make("input", { type: "checkbox", value: code(s), checked: on.indexOf(s) >= 0 }), make("span", { textContent: upper(s.label) }), make("span", { textContent: s.size < 0 ? "" : linechart.thousands(s.size) }));
    }));
    narrow();
  }
  function narrow() {
    var wanted = $("find").value.trim().toLowerCase();
    $("pick").querySelectorAll("label").forEach(function (l) { l.hidden = !!wanted && l.textContent.toLowerCase().indexOf(wanted) < 0; });
  }

  // newest returns the last known point of a series in the chosen dates.
  function newest(s) { return points(s).filter(function (p) { return p.value !== null; }).pop(); }
  function than(p) {
    if (now.compare !== "year" || p.prior === null) return "";
    if (p.prior < 30) return ", and " + linechart.thousands(p.prior) + " a year before";
    var change = 100 * (p.value - p.prior) / p.prior;
    return ", " + (change === 0 ? "as many as" : percent(Math.abs(change)).slice(1) + (change < 0 ? " fewer" : " more") + " than") + " a year before";
  }
  function title() {
    var m = measure(), list = picked().filter(newest).sort(function (a, b) { return newest(b).value - newest(a).value; });
    if (!list.length) return "No figures in these dates";
    var p = newest(list[0]), name = sheet.by ? upper(list[0].label) + ": " : "";
    if (sheet.by && list.length > 1) return upper(list[0].label) + " is the largest of " + list.length + ": " + linechart.thousands(p.value) + " in " + words(p);
    return name + linechart.thousands(p.value) + (m.unit === "persons" ? " people " : " " + m.unit + " ") + (p.start === p.end ? "on " : "in ").replace(/in $/, now.frequency === "YTD" || /\//.test(p.name) ? "from " : "in ") + words(p) + than(p);
  }
  function head() {
    var m = measure(), last = picked().map(newest).filter(Boolean), first = picked().map(function (s) { return points(s)[0]; }).filter(Boolean).map(function (p) { return p.start; }).sort()[0];
    var to = last.map(function (p) { return p.end; }).sort().pop(), only = (sheet.only || []).filter(function (c) { return sheet.only.length === 1 || now.only === c.dimension + "=" + c.code; })[0];
    $("title").textContent = title();
    $("sub").textContent = m.name + (only && sheet.by ? ", " + only.label : "") + (sheet.by ? ", by " + dimension(sheet.by) : "") + ", by " + FREQUENCIES[sheet.frequency].toLowerCase() + (first && to ? ". " + long(first) + " to " + long(to) + "." : ".");
    $("source").textContent = "Source: " + m.publisher + ", " + m.source + ", release of " + long(sheet.release) + ".";
    $("late").hidden = !m.late; $("late").textContent = m.late || "";
    $("wide").href = folder + sheet.file;
    $("parquet").href = root + "data/" + sheet.table + ".parquet"; $("parquet").textContent = "Table " + sheet.table + " (Parquet)";
  }
  function chart() {
    var m = measure(), list = picked(), box = $("stage"), wide = box.clientWidth, compare = now.compare === "year", svg = null;
    if (!wide || !list.length) { box.replaceChildren(make("p", { textContent: list.length ? "" : "Choose a part from the list." })); return; }
    var kind = now.kind || (list.length > 6 ? "bars" : list.length === 1 && points(list[0]).length <= 40 ? "bars" : "lines"), unit = m.unit === "persons" ? "people" : m.unit;
    press($("kind"), kind);
    var o = { width: wide, unit: unit, compare: compare, name: "Chart: " + $("title").textContent + ". The table below has its figures." }, own = m.late ? "s0" : "now";
    if (kind === "bars" && list.length === 1) {
      svg = linechart.columns({ kind: own, points: points(list[0]).map(function (p) { return Object.assign({ short: words(p, true) }, p); }) }, o);
    } else if (kind === "bars") {
      var at = list.map(newest).filter(Boolean).map(function (p) { return p.start; }).sort().pop();
      var rows = list.map(function (s) { return Object.assign({ name: upper(s.label) }, points(s).filter(function (p) { return p.start === at && p.value !== null; })[0]); }).filter(function (r) { return r.value !== undefined; });
      svg = linechart.ranking(rows.sort(function (a, b) { return b.value - a.value; }).slice(0, 30), Object.assign(o, { kind: own }));
    } else {
      var lines = list.map(function (s, i) { return line(upper(sheet.by ? s.label : list.length === 1 ? "Newest" : m.name), s, list.length === 1 ? own : i < 6 ? "s" + i : "other", "value"); });
      var shown = points(list[0]);
      if (list.length === 1 && compare && selection.utc(shown[shown.length - 1].end) - selection.utc(shown[0].start) < 735 * 864e5) lines.push(line("The year before", list[0], "before", "prior"));
      svg = linechart.lines(lines, o);
    }
    box.replaceChildren(svg || make("p", { textContent: "There is nothing to draw in these dates." }));
    if (kind === "bars" && compare && svg) box.append(make("p", { className: "facts", textContent: (list.length > 1 && rows.length ? upper(words(rows[0])) + ". " : "") + "The short line on a bar is the year before." }));
  }
  function line(name, s, kind, value) {
    return { name: name, kind: kind, range: value === "value" && selection.ranged(sheet), points: points(s).map(function (p) {
      var start = selection.utc(p.start), end = selection.utc(p.end);
      return { start: start, end: end, middle: (start + end) / 2, value: p[value], lower: p.lower, upper: p.upper };
    }) };
  }

  // --- the table ----------------------------------------------------------------------------------
  function cell(value, shown, mark) {
    var td = make("td", { textContent: value === null ? "" : shown });
    if (mark) td.append((value === null ? "" : " ") + "[" + mark[0] + "]");
    td.dataset.v = value === null ? "" : value;
    return td;
  }
  function count(p, key) {
    if (!p) return cell(null, "");
    var mark = key || sheet.status ? null : MARKS[p.status], v = p[key || "value"];
    return cell(v, v === null ? "" : linechart.thousands(v), v === null && !key ? mark || MARKS.O : mark);
  }
  function rate(p) {
    var c = p ? selection.change(p) : null;
    if (c === null || p.prior < 30) return cell(null, "");
    return cell(100 * c / p.prior, percent(100 * c / p.prior));
  }
  function name(text, sort) {
    var th = make("th", { scope: "row", textContent: text });
    th.dataset.v = sort;
    return th;
  }
  function heads(texts) { return make.apply(null, ["tr", {}].concat(texts.map(function (t) { return make("th", { scope: "col", textContent: t }); }))); }
  function table() {
    var old = $("table"), list = picked(), compare = now.compare === "year", t = old.cloneNode(false), head = [], body = make("tbody"), caption = make("caption", {}, make("span", { id: "x-caption" }));
    if (list.length > 1) {
      var starts = {}, columns;
      list.forEach(function (s) { points(s).forEach(function (p) { starts[p.start] = p; }); });
      columns = Object.keys(starts).sort().reverse();
      head = [DIMENSIONS[sheet.by] || "Series"].concat(columns.slice(0, 1).map(function (c) { return words(starts[c], true); }), compare ? ["Change, %"] : [], columns.slice(1, 24).map(function (c) { return words(starts[c], true); }));
      list.slice().sort(function (a, b) { return b.size - a.size; }).forEach(function (s) {
        var at = {};
        points(s).forEach(function (p) { at[p.start] = p; });
        body.append(make.apply(null, ["tr", {}, name(upper(s.label), s.label), count(at[columns[0]])].concat(compare ? [rate(at[columns[0]])] : [], columns.slice(1, 24).map(function (c) { return count(at[c]); }))));
      });
      caption.firstChild.textContent = "The newest period first" + (columns.length > 24 ? "; 24 of " + columns.length + " periods, all are in the CSV." : ".");
    } else if (list.length) {
      head = [FREQUENCIES[sheet.frequency], measure().unit === "persons" ? "People" : upper(measure().unit)].concat(selection.ranged(sheet) ? ["Lowest", "Highest"] : [], compare ? ["Year before", "Change", "Change, %"] : []);
      points(list[0]).slice().reverse().forEach(function (p) {
        var c = selection.change(p), cells = [name(words(p), p.start), count(p)].concat(selection.ranged(sheet) ? [count(p, "lower"), count(p, "upper")] : [], compare ? [count(p, "prior"), cell(c, c === null ? "" : (c > 0 ? "+" : "") + linechart.thousands(c)), rate(p)] : []);
        body.append(make.apply(null, ["tr", {}].concat(cells)));
      });
      caption.firstChild.textContent = "The newest period first.";
    }
    t.append(caption, make("thead", {}, heads(head)), body);
    old.replaceWith(t);
    sortable(t);
    if (head.length) t.tHead.rows[0].cells[list.length > 1 ? 1 : 0].setAttribute("aria-sort", "descending");
    $("marks").textContent = marks(list);
  }
  function marks(list) {
    if (sheet.status) return sheet.status === "A" ? "All as published." : "All figures: " + (MARKS[sheet.status] || [sheet.status, sheet.status])[1] + ". ";
    var seen = {};
    list.forEach(function (s) { points(s).forEach(function (p) { if (MARKS[p.status]) seen[p.status] = true; }); });
    return Object.keys(seen).sort().map(function (k) { return "[" + MARKS[k][0] + "] " + MARKS[k][1]; }).join("; ") + ".";
  }

  function program() {
    var l = now.language || "r";
    press($("language"), l);
    $("program").textContent = programs(l, sheet, sorted(), choice(), new URL(root + "data/", location.href).href);
  }
  function show() { head(); chart(); table(); program(); }
  function run() {
    settle();
    controls();
    toAddress();
    $("trouble").hidden = true;
    return load().then(function (newest) { if (newest) { list(); show(); } }).catch(function (e) {
      $("trouble").textContent = e.message + " Try again later, or take the files below.";
      $("trouble").hidden = false;
    });
  }

  // --- what readers do ----------------------------------------------------------------------------
  function say(words) { $("said").textContent = words; }
  function copy(words) { return clip.copy(words).then(function () { say("Copied."); }, function () { say("Could not copy: select the text."); }); }
  function save() {
    var file = sheet.file.replace(/\.csv$/, "") + "-selection.csv";
    take.save(new Blob([selection.csv(sheet, sorted(), choice())], { type: "text/csv" }), file);
    say("Saved " + file + ".");
  }
  function set(change) { Object.assign(now, change); return run(); }
  function listen() {
    $("measure").addEventListener("change", function (e) { set({ measure: e.target.value, by: "", frequency: "", only: "", parts: null, from: "", to: "", kind: "" }); });
    $("by").addEventListener("change", function (e) { set({ by: e.target.value, frequency: "", only: "", parts: null, from: "", to: "", kind: "" }); });
    $("only").addEventListener("change", function (e) { set({ only: e.target.value, parts: null }); });
    $("frequency").addEventListener("click", function (e) { if (e.target.value) { set({ frequency: e.target.value, kind: "" }).then(function () { var b = $("frequency").querySelector("[aria-pressed=true]"); if (b) b.focus(); }); } });
    ["from", "to", "compare"].forEach(function (k) { $(k).addEventListener("change", function (e) { set(k === "from" ? { from: e.target.value } : k === "to" ? { to: e.target.value } : { compare: e.target.value }); }); });
    $("pick").addEventListener("change", function () {
      now.parts = Array.from($("pick").querySelectorAll("input:checked"), function (i) { return i.value; });
      if (!now.parts.length) now.parts = ["-"];
      toAddress(); show();
    });
    $("first").addEventListener("click", function () { set({ parts: null }); });
    $("none").addEventListener("click", function () { set({ parts: ["-"] }); });
    $("find").addEventListener("input", narrow);
    $("kind").addEventListener("click", function (e) { if (e.target.value) { now.kind = e.target.value; toAddress(); chart(); } });
    $("language").addEventListener("click", function (e) { if (e.target.value) { now.language = e.target.value; toAddress(); program(); } });
    $("csv").addEventListener("click", save);
    $("link").addEventListener("click", function () { copy(location.href); });
    $("copy").addEventListener("click", function () { copy($("program").textContent); });
    document.querySelector(".choose form").addEventListener("submit", function (e) { e.preventDefault(); });
    addEventListener("popstate", function () { fromAddress(); run(); });
    var wide = $("stage").clientWidth;
    new ResizeObserver(function () { if ($("stage").clientWidth !== wide && series.length) { wide = $("stage").clientWidth; chart(); } }).observe($("stage"));
  }

  if (matchMedia("(min-width: 62rem)").matches) document.querySelector(".choose").open = true;
  fromAddress();
  text("measures.json").then(function (t) { measures = JSON.parse(t); listen(); return run(); }).catch(function (e) {
    $("trouble").textContent = e.message + " The files are below.";
    $("trouble").hidden = false;
  });
})();
