// Chooses figures from a wide file, and writes them as CSV and the program that reads the same rows
// from the published table. It knows of no page: explore.js shows what this makes, and a test runs it
// without a browser. Texts from files and addresses are data and nothing else.
var selection = (function () {
  "use strict";
  var DAY = 864e5;

  function utc(day) { return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10)); }
  function iso(time) { return new Date(time).toISOString().slice(0, 10); }

  // yearBefore returns the same day of the year before; 29 February takes 28 February.
  function yearBefore(day) {
    var y = String(day.slice(0, 4) - 1);
    return y + (day.slice(4) === "-02-29" ? "-02-28" : day.slice(4));
  }

  // periodOf returns the first and the last day of a heading, and what kind of period it is.
  function periodOf(heading) {
    var y = +heading.slice(0, 4), q = /^\d{4}-Q(\d)$/.exec(heading), both = heading.split("/");
    function days(kind, m, n) { return { name: heading, start: iso(Date.UTC(y, m, 1)), end: iso(Date.UTC(y, m + n, 0)), kind: kind }; }
    if (both.length === 2) return { name: heading, start: both[0], end: both[1], kind: "span" };
    if (q) return days("quarter", 3 * q[1] - 3, 3);
    if (heading.length === 4) return days("year", 0, 12);
    if (heading.length === 7) return days("month", heading.slice(5) - 1, 1);
    return { name: heading, start: heading, end: heading, kind: "day" };
  }

  // lines splits a CSV into its fields. Only labels are quoted.
  function lines(text) {
    return text.split("\r\n").filter(Boolean).map(function (line) {
      var at = line.indexOf(',"'), end = line.lastIndexOf('"');
      if (at < 0) return line.split(",");
      return [line.slice(0, at), line.slice(at + 2, end).replace(/""/g, '"')].concat(line.slice(end + 2).split(","));
    });
  }

  // parse reads a wide file: its columns, and its rows in their order.
  function parse(text) {
    var all = lines(text);
    return { columns: all[0].slice(2).map(periodOf), rows: all.slice(1).map(function (f) { return { id: f[0], label: f[1].replace(/^'/, ""), cells: f.slice(2) }; }) };
  }

  function number(text) { return text ? Number(text) : null; }

  // codes returns the codes of a series by dimension.
  function codes(id) {
    var out = {};
    id.split(":").forEach(function (part) { var i = part.indexOf("="); if (i > 0) out[part.slice(0, i)] = part.slice(i + 1); });
    return out;
  }

  // before returns the first day of the period that a period is compared with, or null.
  function before(sheet, column) {
    if (sheet.frequency === "W") return iso(utc(column.start) - 364 * DAY);
    return column.kind === "span" && sheet.frequency !== "YTD" ? null : yearBefore(column.start);
  }

  // read joins the files of a sheet: for each series its periods with value, range, status and, if
  // compared, the value a year before. files has the texts by "file", "marks", "lower" and "upper".
  function read(sheet, files) {
    var main = parse(files.file), other = {}, at = {};
    ["marks", "lower", "upper"].forEach(function (name) { if (sheet[name]) other[name] = parse(files[name]); });
    main.columns.forEach(function (c, i) { at[c.start + c.kind] = i; });
    return main.rows.map(function (row, r) {
      function of(name, i) { return other[name] ? other[name].rows[r].cells[i] : ""; }
      var points = [];
      main.columns.forEach(function (c, i) {
        var status = sheet.status || of("marks", i), earlier = before(sheet, c);
        if (!row.cells[i] && !of("marks", i)) return;
        var prior = earlier === null ? undefined : at[earlier + c.kind];
        points.push({ name: c.name, start: c.start, end: c.end, value: number(row.cells[i]), lower: number(of("lower", i)), upper: number(of("upper", i)), status: status, prior: prior === undefined ? null : number(row.cells[prior]) });
      });
      return { id: row.id, label: row.label, codes: codes(row.id), points: points };
    });
  }

  // within keeps the points from one day to another.
  function within(points, from, to) {
    return points.filter(function (p) { return (!from || p.start >= from) && (!to || p.end <= to); });
  }

  function ranged(sheet) { return !!sheet.lower; }
  function parted(sheet) { return sheet.table === "breakdowns"; }

  // columns returns the names of the columns of a selection.
  function columns(sheet, compare) {
    var out = parted(sheet) ? ["series", "code"] : ["series"];
    out.push("period_start", "period_end", "value");
    if (ranged(sheet)) out.push("lower", "upper");
    out.push("obs_status");
    if (compare) out.push("prior_value", "change");
    return out;
  }

  // totalOf returns the total that a series is a part of.
  function totalOf(sheet, id) { return id.split(":").filter(function (part) { return part.indexOf(sheet.by + "=") !== 0; }).join(":"); }

  function change(p) { return p.value === null || p.prior === null ? null : p.value - p.prior; }

  // csv writes the rows of the chosen series: one a series and period, with its label at the end.
  function csv(sheet, series, choice) {
    var names = columns(sheet, choice.compare), out = [names.concat("label").join(",")];
    series.forEach(function (s) {
      within(s.points, choice.from, choice.to).forEach(function (p) {
        var row = { series: parted(sheet) ? totalOf(sheet, s.id) : s.id, code: s.codes[sheet.by], period_start: p.start, period_end: p.end, value: p.value, lower: p.lower, upper: p.upper, obs_status: p.status, prior_value: p.prior, change: change(p) };
        out.push(names.map(function (n) { return row[n] === null || row[n] === undefined ? "" : row[n]; }).concat('"' + take.plain(s.label).replace(/"/g, '""') + '"').join(","));
      });
    });
    return out.join("\r\n") + "\r\n";
  }

  return { parse: parse, read: read, within: within, csv: csv, columns: columns, codes: codes, totalOf: totalOf, parted: parted, ranged: ranged, change: change, utc: utc, iso: iso, yearBefore: yearBefore };
})();
