// Writes the program, in R, Python or SQL, that reads the rows of a selection from the published
// table. Names of series and days come from files of the site; any other text is left out.
var programs = (function () {
  "use strict";
  var plain = /^[A-Za-z0-9:=._~-]+$/, day = /^\d{4}-\d\d-\d\d$/;

  // parts says which rows and columns of its table a sheet is made from.
  function parts(sheet, series, choice, base) {
    var ids = series.map(function (s) { return s.id; }).filter(function (id) { return plain.test(id); });
    var own = sheet.table === "observations", begin = sheet.table === "year-to-date" ? "window" : "period", groups = [];
    if (selection.parted(sheet)) {
      ids.forEach(function (id) {
        var total = selection.totalOf(sheet, id), group = groups.filter(function (g) { return g.total === total; })[0];
        if (!group) groups.push(group = { total: total, codes: [] });
        group.codes.push(selection.codes(id)[sheet.by]);
      });
    }
    return {
      file: base.replace(/['"\\]/g, encodeURIComponent) + sheet.table, ids: ids, groups: groups, by: sheet.by, basis: sheet.basis, own: own, start: begin + "_start", end: begin + "_end",
      from: day.test(choice.from) ? choice.from : "", to: day.test(choice.to) ? choice.to : "", compare: choice.compare, weeks: sheet.frequency === "W",
      keys: groups.length ? ["series", "code"] : ["series"], ranges: selection.ranged(sheet) ? ["lower", "upper"] : []
    };
  }

  // needed returns the columns that a program reads of the table.
  function needed(p) {
    return p.keys.concat(p.groups.length ? "dimension" : [], p.basis ? "basis" : [], p.start, p.end, p.own && p.compare ? "precision" : [], "value", p.ranges, "obs_status");
  }

  function list(items, quote, indent) { return items.map(function (x) { return quote + x + quote; }).join("," + (items.length > 2 ? "\n" + indent : " ")); }

  function sql(p) {
    var where = p.groups.length
      ? "(" + p.groups.map(function (g) { return "series = '" + g.total + "' AND code IN (" + list(g.codes, "'", "    ") + ")"; }).join("\n    OR ") + ")\n    AND dimension = '" + p.by + "'"
      : "series IN (" + list(p.ids, "'", "    ") + ")";
    if (p.basis) where += "\n    AND basis = '" + p.basis + "'";
    if (!p.own) where += "\n    AND value IS NOT NULL";
    var renamed = p.start === "period_start" ? ["period_start", "period_end"] : [p.start + " AS period_start", p.end + " AS period_end"];
    var columns = p.keys.concat(renamed, "value", p.ranges, "obs_status"), names = p.keys.concat("period_start", "period_end", "value", p.ranges, "obs_status");
    var days = [p.from && "period_start >= DATE '" + p.from + "'", p.to && "period_end <= DATE '" + p.to + "'"].filter(Boolean);
    var order = "ORDER BY " + p.keys.join(", ") + ", period_start";
    function of(name) { return "f." + name; }
    var text = "WITH figures AS (\n  SELECT " + columns.concat(p.own && p.compare ? "precision" : []).join(", ") + "\n  FROM read_parquet('" + p.file + ".parquet')\n  WHERE " + where + "\n)\n";
    if (!p.compare) return text + "SELECT * FROM figures\n" + (days.length ? "WHERE " + days.join(" AND ") + "\n" : "") + order + ";\n";
    var joined = p.keys.map(function (k) { return "p." + k + " = f." + k; }).concat("p.period_start = f.period_start - INTERVAL " + (p.weeks ? "364 DAY" : "1 YEAR"));
    if (p.own) joined.push("p.precision = f.precision AND f.precision <> 'range'");
    return text + "SELECT " + names.map(of).join(", ") + ",\n  p.value AS prior_value, f.value - p.value AS change\nFROM figures f\nLEFT JOIN figures p ON " + joined.join("\n  AND ") + "\n" +
      (days.length ? "WHERE " + days.map(of).join(" AND ") + "\n" : "") + "ORDER BY " + p.keys.map(of).join(", ") + ", f.period_start;\n";
  }

  function pandas(p) {
    var out = 'import pandas\n\nfigures = pandas.read_parquet("' + p.file + '.parquet", dtype_backend="numpy_nullable",\n    columns=' + names(needed(p)) + ")\n";
    if (p.start !== "period_start") out += 'figures = figures.rename(columns={"' + p.start + '": "period_start", "' + p.end + '": "period_end"})\n';
    if (p.groups.length) {
      out += 'figures = figures[(figures.dimension == "' + p.by + '") & (' + p.groups.map(function (g) { return '((figures.series == "' + g.total + '") & figures.code.isin([' + list(g.codes, '"', "    ") + "]))"; }).join("\n    | ") + ")]\n";
    } else out += "figures = figures[figures.series.isin([" + list(p.ids, '"', "    ") + "])]\n";
    if (p.basis) out += 'figures = figures[figures.basis == "' + p.basis + '"]\n';
    if (!p.own) out += "figures = figures[figures.value.notna()]\n";
    out += 'for day in ("period_start", "period_end"):\n    figures[day] = pandas.to_datetime(figures[day])\n';
    if (p.compare) {
      var keys = p.keys.concat(p.own ? "precision" : []);
      out += "earlier = figures" + (p.own ? '[figures.precision != "range"]' : "") + "[" + names(keys.concat("period_start", "value")) + '].rename(columns={"period_start": "earlier", "value": "prior_value"})\n';
      out += 'figures["earlier"] = figures.period_start - pandas.' + (p.weeks ? "Timedelta(days=364)" : "DateOffset(years=1)") + "\n";
      out += "figures = figures.merge(earlier, on=" + names(keys.concat("earlier")) + ', how="left")\nfigures["change"] = figures.value - figures.prior_value\n';
    }
    out += "rows = figures\n";
    if (p.from) out += 'rows = rows[rows.period_start >= "' + p.from + '"]\n';
    if (p.to) out += 'rows = rows[rows.period_end <= "' + p.to + '"]\n';
    return out + "rows = rows[" + names(p.keys.concat("period_start", "period_end", "value", p.ranges, "obs_status", p.compare ? ["prior_value", "change"] : [])) + "].sort_values(" + names(p.keys.concat("period_start")) + ")\nprint(rows)\n";
  }

  function names(list) { return "[" + list.map(function (n) { return '"' + n + '"'; }).join(", ") + "]"; }

  function date(text) { return "polars.date(" + text.split("-").map(Number).join(", ") + ")"; }

  function polars(p) {
    var out = 'import polars\nfrom polars import col\n\nfigures = polars.read_parquet("' + p.file + '.parquet", columns=' + names(needed(p)) + ")";
    if (p.start !== "period_start") out += '.rename({"' + p.start + '": "period_start", "' + p.end + '": "period_end"})';
    var filters = p.groups.length
      ? ['col("dimension") == "' + p.by + '"', p.groups.map(function (g) { return '((col("series") == "' + g.total + '") & col("code").is_in([' + list(g.codes, '"', "    ") + "]))"; }).join("\n    | ")]
      : ['col("series").is_in([' + list(p.ids, '"', "    ") + "])"];
    if (p.basis) filters.push('col("basis") == "' + p.basis + '"');
    if (!p.own) filters.push('col("value").is_not_null()');
    out += ".filter(\n    " + filters.join(",\n    ") + ")\n";
    if (p.compare) {
      var keys = p.keys.concat(p.own ? "precision" : []);
      out += "earlier = figures" + (p.own ? '.filter(col("precision") != "range")' : "") + ".select(" + keys.map(function (k) { return '"' + k + '"'; }).join(", ") + ', earlier="period_start", prior_value="value")\n';
      out += 'figures = figures.with_columns(earlier=col("period_start").dt.offset_by("' + (p.weeks ? "-364d" : "-1y") + '")).join(earlier, on=' + names(keys.concat("earlier")) + ', how="left")\n';
      out += 'figures = figures.with_columns(change=col("value") - col("prior_value"))\n';
    }
    var days = [p.from && 'col("period_start") >= ' + date(p.from), p.to && 'col("period_end") <= ' + date(p.to)].filter(Boolean);
    out += "rows = figures" + (days.length ? ".filter(" + days.join(", ") + ")" : "");
    return out + ".select(" + names(p.keys.concat("period_start", "period_end", "value", p.ranges, "obs_status", p.compare ? ["prior_value", "change"] : [])) + ").sort(" + names(p.keys.concat("period_start")) + ")\nprint(rows)\n";
  }

  function vector(list) { return "c(" + list.map(function (n) { return '"' + n + '"'; }).join(", ") + ")"; }

  function r(p) {
    var out = 'figures <- read.csv("' + p.file + '.csv", na.strings = "")\nfigures <- figures[' + vector(needed(p)) + "]\n";
    if (p.start !== "period_start") out += 'names(figures)[match(c("' + p.start + '", "' + p.end + '"), names(figures))] <- c("period_start", "period_end")\n';
    out += p.groups.length
      ? 'figures <- subset(figures, dimension == "' + p.by + '" & (' + p.groups.map(function (g) { return '(series == "' + g.total + '" & code %in% c(' + list(g.codes, '"', "    ") + "))"; }).join("\n    | ") + "))\n"
      : "figures <- subset(figures, series %in% c(" + list(p.ids, '"', "    ") + "))\n";
    if (p.basis) out += 'figures <- subset(figures, basis == "' + p.basis + '")\n';
    if (!p.own) out += "figures <- subset(figures, !is.na(value))\n";
    if (p.compare) {
      var keys = p.keys.concat(p.own ? "precision" : []);
      out += "earlier <- figures" + (p.own ? '[figures$precision != "range", ]' : "") + "\nearlier <- earlier[" + vector(keys.concat("period_start", "value")) + "]\n";
      out += "names(earlier) <- " + vector(keys.concat("earlier", "prior_value")) + "\n";
      out += p.weeks
        ? "figures$earlier <- format(as.Date(figures$period_start) - 364)\n"
        : 'figures$earlier <- sub("-02-29", "-02-28", paste0(as.integer(substr(figures$period_start, 1, 4)) - 1, substring(figures$period_start, 5)))\n';
      out += "figures <- merge(figures, earlier, by = " + vector(keys.concat("earlier")) + ", all.x = TRUE)\nfigures$change <- figures$value - figures$prior_value\n";
    }
    var days = [p.from && 'period_start >= "' + p.from + '"', p.to && 'period_end <= "' + p.to + '"'].filter(Boolean);
    out += "rows <- " + (days.length ? "subset(figures, " + days.join(" & ") + ")" : "figures") + "\n";
    out += "rows <- rows[order(" + p.keys.concat("period_start").map(function (k) { return "rows$" + k; }).join(", ") + "), " + vector(p.keys.concat("period_start", "period_end", "value", p.ranges, "obs_status", p.compare ? ["prior_value", "change"] : [])) + "]\nprint(rows, row.names = FALSE)\n";
    return out;
  }

  var languages = { r: r, pandas: pandas, polars: polars, sql: sql };
  return function (language, sheet, series, choice, base) { return (languages[language] || sql)(parts(sheet, series, choice, base)); };
})();
