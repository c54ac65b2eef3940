// What a reader can choose on the page of a chart: years or series, dates, the day as of which the figures
// were published, and the form. The choice is in the page's address. Texts of the address are only compared
// with those of the chart, and every text is put into the page as text.
(function () {
  "use strict";
  const div = document.querySelector("main .chart"), box = document.querySelector(".controls");
  if (!div || !box) return;
  const text = document.querySelector("script.chart-option").textContent, page = document.querySelector("script.releases");
  const base = JSON.parse(text), names = base.series.map(s => s.name);
  const axis = [].concat(base.xAxis)[0], cats = axis.data || null, running = Boolean(base.endLabels);
  const past = page ? JSON.parse(page.textContent) : null, newest = past ? past.releases[past.releases.length - 1].day : "";
  const months = paintOption.months;
  const usual = running ? names.slice(-2) : names.slice();
  const S = { chosen: null, from: 0, to: cats ? cats.length - 1 : 0, asof: newest, others: true, tab: "chart" };

  // The state and the address.
  function read() {
    const q = new URLSearchParams(location.search), wanted = running ? (q.get("years") || "").split(",") : q.getAll("show");
    const chosen = names.filter(n => wanted.includes(n));
    S.chosen = chosen.length ? chosen : null;
    if (cats) {
      const from = cats.indexOf(q.get("from")), to = cats.indexOf(q.get("to"));
      S.from = Math.max(from, 0);
      S.to = to > S.from ? to : cats.length - 1;
    }
    S.asof = past && past.releases.some(r => r.day === q.get("as-of")) ? q.get("as-of") : newest;
    S.others = q.get("others") !== "no";
    S.tab = ["table", "multiples"].includes(q.get("view")) && (running || q.get("view") === "table") ? q.get("view") : "chart";
  }
  function write() {
    const q = new URLSearchParams();
    if (S.chosen && running) q.set("years", S.chosen.join(","));
    else if (S.chosen) S.chosen.forEach(n => q.append("show", n));
    if (S.from > 0) q.set("from", cats[S.from]);
    if (cats && S.to < cats.length - 1) q.set("to", cats[S.to]);
    if (S.asof !== newest) q.set("as-of", S.asof);
    if (!S.others) q.set("others", "no");
    if (S.tab !== "chart") q.set("view", S.tab);
    const t = q.toString().replaceAll("%2C", ",");
    try { history.replaceState(null, "", t ? "?" + t : location.pathname); } catch { /* a page from a file keeps its address */ }
  }
  const chosen = () => S.chosen || usual;
  const changed = () => Boolean(S.chosen) || S.from > 0 || cats && S.to < cats.length - 1 || S.asof !== newest;

  // The figures as they were published on the chosen day.
  function published(o) {
    if (S.asof === newest) return;
    const end = past.releases.find(r => r.day === S.asof).end;
    const later = past.changes.filter(c => c.release > S.asof).reverse();
    if (running) runBack(o, later, end);
    else daysBack(o, later, end);
  }
  const slotOf = iso => cats.indexOf(Number(iso.slice(8)) + " " + months[Number(iso.slice(5, 7)) - 1]);
  function runBack(o, later, end) {
    const year = Number(end.slice(0, 4)), last = slotOf(end);
    later.forEach(c => {
      const s = o.series.find(x => x.name === c.day.slice(0, 4)), at = slotOf(c.day);
      if (s && at >= 0) s.data = s.data.map((v, i) => i < at || v === null ? v : c.old === null || c.new === null ? null : v + c.old - c.new);
    });
    o.series.forEach(s => {
      if (Number(s.name) >= year) s.data = s.data.map((v, i) => Number(s.name) > year || i > last ? null : v);
    });
  }
  function daysBack(o, later, end) {
    const iso = cats.map(t => { const p = t.split(" "); return p[2] + "-" + String(months.indexOf(p[1]) + 1).padStart(2, "0") + "-" + p[0].padStart(2, "0"); });
    const days = o.series.find(s => s.type === "bar"), mean = o.series.find(s => s.type === "line");
    const moved = new Set();
    later.forEach(c => {
      const at = iso.indexOf(c.day);
      if (at < 0) return;
      days.data[at] = c.old;
      for (let i = at; i < at + 7; i++) moved.add(i);
    });
    moved.forEach(i => {
      if (!mean || i >= cats.length) return;
      const week = days.data.slice(i - 6, i + 1);
      mean.data[i] = i < 6 || week.includes(null) ? null : Math.round(week.reduce((a, b) => a + b, 0) / 0.7) / 10;
    });
    o.series.forEach(s => { s.data = s.data.map((v, i) => iso[i] > end ? null : v); });
  }

  // choose changes an option to what the reader chose. site.js calls it before each painting.
  function choose(o, how) {
    published(o);
    if (cats && (S.from > 0 || S.to < cats.length - 1)) {
      const x = [].concat(o.xAxis)[0];
      x.data = x.data.slice(S.from, S.to + 1);
      o.series.forEach(s => {
        s.data = s.data.slice(S.from, S.to + 1);
        if (s.markLine) s.markLine.data = s.markLine.data.filter(m => m.xAxis >= S.from && m.xAxis <= S.to).map(m => Object.assign(m, { xAxis: m.xAxis - S.from }));
      });
    }
    if (running) { how.chosen = chosen(); how.others = S.others; }
    else if (S.chosen) {
      const legend = [].concat(o.legend)[0];
      legend.selected = {};
      names.forEach(n => { legend.selected[n] = chosen().includes(n); });
    }
    return o;
  }
  div.chosen = choose;

  // rows returns what is shown as rows of cells: the head, then a row for each category. It is what the table
  // shows and the file has.
  function rows() {
    const o = choose(JSON.parse(text), {}), kept = o.series.filter(s => chosen().includes(s.name)).reverse();
    const labels = cats ? [].concat(o.xAxis)[0].data : [].concat(o.yAxis)[0].data;
    return [["", ...kept.map(s => s.name)], ...labels.map((t, i) => [t, ...kept.map(s => s.data[i] === undefined ? null : s.data[i])])];
  }

  window.chartState = { S, box, div, base, names, cats, running, past, newest, months, usual, read, write, chosen, changed, choose, rows };
})();
