// The buttons of the page of a chart, its table of what is shown, and the files of it. See controls.js.
(function () {
  "use strict";
  const C = window.chartState;
  if (!C) return;
  const { S, box, div, base, names, cats, running, past, newest, months, usual } = C, el = take.make;
  const figure = document.querySelector("main figure"), heading = document.querySelector("main h1"), found = heading.textContent, said = heading.dataset.title, titled = document.title;
  const tables = document.querySelector(".full"), written = paintOption.numbers(Number(div.dataset.decimals) || 0);
  const status = el("p", { className: "visually-hidden", role: "status" }), banner = el("p", { className: "note", hidden: true });
  const multiples = el("div", { className: "multiples", hidden: true }), shown = el("div", { className: "shown", hidden: true }), more = el("div", { className: "controls" });
  let all = false;

  const number = v => typeof v === "number" && isFinite(v) ? written(v) : "[x]";
  function button(label, press, more) {
    const b = el("button", Object.assign({ type: "button", textContent: label }, more));
    b.addEventListener("click", press);
    return b;
  }
  function group(label, kids, under) {
    const g = el("div", { className: "group", role: "group", ariaLabel: label }, el("span", { className: "label", textContent: label }), ...kids);
    (under ? more : box).append(g);
    return g;
  }
  function set(change) { change(); C.write(); show(true); }

  // The buttons.
  const forms = { chart: "Chart", table: "Table" };
  if (running) forms.multiples = "Small multiples";
  const tabs = Object.keys(forms).map(f => button(forms[f], () => set(() => { S.tab = f; }), { value: f }));
  group("Form", tabs);
  function toggle(name) {
    const kept = names.filter(n => (n === name) !== C.chosen().includes(n));
    if (kept.length) S.chosen = kept.join("\n") === usual.join("\n") ? null : kept;
  }
  const years = [...names].reverse().map(n => button(n, () => set(() => toggle(n)), { value: n }));
  if (names.length > 1) group(running ? "Years" : "Shown", years).classList.add("years");
  if (running) {
    group("Choose", [["This and last", null], ["Last three", names.slice(-3)], ["All", names]].map(p => button(p[0], () => set(() => { S.chosen = p[1]; }))));
  }
  const others = button("Other years in grey", () => set(() => { S.others = !S.others; }));
  if (running) box.lastChild.append(others);

  function select(label, options, change) {
    const s = el("select", {}, ...options.map(o => el("option", { value: o[0], textContent: o[1] })));
    s.addEventListener("change", () => set(() => change(s.value)));
    return { s, label: el("label", {}, label + " ", s) };
  }
  const dates = (cats || []).map((t, i) => [i, t]);
  const from = select("From", dates, v => { S.from = Number(v); if (S.to <= S.from) S.to = cats.length - 1; });
  const to = select("To", dates, v => { S.to = Number(v); if (S.to <= S.from) S.from = 0; });
  const whole = button("All dates", () => set(() => { S.from = 0; S.to = cats.length - 1; }));
  if (cats && cats.length > 2) group("Dates", [from.label, to.label, whole], true);
  const asof = past && select("As published on", [...past.releases].reverse().map(r => [r.day, r.long + (r.day === newest ? " (newest)" : "")]), v => { S.asof = v; });
  if (asof) group("Release", [asof.label], true);
  group("Take what is shown", [button("CSV", csv, { ariaLabel: "CSV of what is shown" }), button("SVG", svg, { ariaLabel: "SVG of what is shown" }),
    button("PNG", png, { ariaLabel: "PNG of what is shown" }), button("Copy link", link)], true);
  more.append(status);
  box.hidden = false;
  box.after(banner, more);
  div.after(multiples);
  if (tables) tables.append(shown);

  // show brings the page in line with the choice. Only a choice loads the chart library.
  function show(chose) {
    tabs.forEach(b => b.setAttribute("aria-pressed", b.value === S.tab));
    years.forEach(b => b.setAttribute("aria-pressed", C.chosen().includes(b.value)));
    others.setAttribute("aria-pressed", S.others);
    if (cats) { from.s.value = S.from; to.s.value = S.to; }
    if (asof) asof.s.value = S.asof;
    const old = S.asof !== newest, release = old && past.releases.find(r => r.day === S.asof);
    banner.hidden = !old;
    banner.textContent = old ? "You see the figures as " + past.publisher + " had published them on " + release.long + ", to " + longDay(release.end) + ". " + changes() : "";
    heading.textContent = old ? said + ", as published on " + release.long : C.changed() ? said : found; // a finding is about the newest figures of all
    document.title = old ? heading.textContent + titled.slice(said.length) : titled; // which begins with the chart's title
    figure.classList.toggle("earlier", old);
    figure.classList.toggle("tabled", S.tab !== "chart");
    multiples.hidden = S.tab !== "multiples";
    if (!multiples.hidden) drawMultiples();
    table();
    if (S.tab === "chart" && (chose || C.changed())) {
      if (div.repaint) div.repaint();
      else if (div.use) div.use();
    }
  }
  function longDay(iso) { return Number(iso.slice(8)) + " " + months[Number(iso.slice(5, 7)) - 1] + " " + iso.slice(0, 4); }
  function changes() {
    const n = new Set(past.changes.filter(c => c.release > S.asof).map(c => c.day)).size;
    return n === 0 ? "No day of them has been changed since." : n === 1 ? "One day has been changed since." : n + " days have been changed since.";
  }

  // The table of what is shown takes the place of the whole one.
  function table() {
    if (!tables) return;
    const changed = C.changed();
    tables.classList.toggle("chosen", changed);
    shown.hidden = !changed;
    if (!changed) return;
    let list = C.rows(), few = list;
    if (running && !all) {
      const last = list.reduce((at, r, i) => i > 0 && r[1] !== null ? i : at, 0);
      few = list.filter((r, i) => i === 0 || i === last || i === list.length - 1 || list[i + 1][0].startsWith("1 "));
    }
    const body = running ? few.slice(1) : few.slice(1).reverse();
    const head = el("tr", {}, ...few[0].map(t => el("th", { scope: "col", textContent: t || (running ? "Date" : "Period") })));
    const t = el("table", { className: "figures" }, el("caption", {}, el("span", { textContent: "What the chart shows. [x] not available" + (running ? "; [z] a year without 29 February repeats the figure of 28 February." : ".") + (S.asof !== newest ? " " + banner.textContent : "") })),
      el("thead", {}, head), el("tbody", {}, ...body.map(r => el("tr", {}, el("th", { scope: "row", textContent: r[0] }), ...r.slice(1).map((v, i) => el("td", { textContent: number(v) + repeated(r[0], few[0][i + 1]) }))))));
    const region = el("div", { className: "scroll", role: "region", ariaLabel: "Table: what the chart shows", tabIndex: 0 }, t);
    shown.replaceChildren(region);
    if (running) shown.append(button(all ? "Month ends only" : "All days", () => { all = !all; table(); shown.lastChild.focus(); }, { ariaExpanded: String(all) }));
  }

  function repeated(day, year) {
    const y = Number(year);
    return running && day === "29 February" && new Date(Date.UTC(y, 1, 29)).getUTCMonth() !== 1 ? " [z]" : "";
  }

  // Small multiples: a picture a year, all on one scale.
  function drawMultiples() {
    const o = C.choose(JSON.parse(JSON.stringify(base)), {}), most = Math.max(1, ...o.series.flatMap(s => s.data));
    function make(tag, attributes) {
      const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const k in attributes) e.setAttribute(k, attributes[k]);
      return e;
    }
    multiples.replaceChildren(...[...o.series].reverse().map(s => {
      const known = s.data.map((v, i) => [i, v]).filter(p => p[1] !== null), last = known.length ? number(known[known.length - 1][1]) : "[x]";
      const points = known.map(p => (p[0] / Math.max(1, s.data.length - 1) * 200).toFixed(1) + "," + (96 - p[1] / most * 90).toFixed(1)).join(" ");
      const g = make("svg", { viewBox: "0 0 200 100", role: "img", "aria-label": s.name + ": " + last });
      g.append(make("path", { d: "M0 96H200", class: "ground" }), make("polyline", { points, class: !C.chosen().includes(s.name) ? "weak" : s.name === names[names.length - 1] ? "strong newest" : "strong" }));
      return el("figure", {}, el("figcaption", {}, el("b", { textContent: s.name }), " " + last), g);
    }));
  }

  // Files of what is shown.
  function save(blob, ending) {
    const name = figure.id + ".shown." + ending;
    take.save(blob, name);
    status.textContent = "Saved " + name;
  }
  function field(v) {
    const t = v === null ? "" : typeof v === "string" ? take.plain(v) : String(v);
    return /[",\r\n]/.test(t) ? '"' + t.replaceAll('"', '""') + '"' : t;
  }
  function csv() {
    const list = C.rows();
    list[0][0] = running ? "date" : "period";
    save(new Blob([list.map(r => r.map(field).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }), "csv");
  }
  function link() {
    clip.copy(location.href).then(() => { status.textContent = "Copied the address"; }, () => { status.textContent = "Could not copy: the address is in the browser's address bar"; });
  }
  // compose returns the lines above and below the chart in a file, and how high all is.
  const facts = () => (banner.hidden ? [...figure.querySelectorAll("figcaption .facts")].map(p => p.textContent.trim()) : [banner.textContent]).concat(["Unofficial, derived. " + location.href]).join(" ");
  function lines(t, font, width) {
    const pen = document.createElement("canvas").getContext("2d"), out = [""];
    pen.font = font;
    t.split(/\s+/).forEach(w => {
      const longer = (out[out.length - 1] + " " + w).trim();
      if (pen.measureText(longer).width > width && out[out.length - 1]) out.push(w);
      else out[out.length - 1] = longer;
    });
    return out;
  }
  const sans = "'Source Sans 3', Arial, sans-serif", width = 960, height = 480;
  function layout() {
    const top = lines(heading.textContent, "bold 26px " + sans, width - 48), below = lines(facts(), "14px " + sans, width - 48);
    return { top, below, at: 24 + top.length * 32, high: 24 + top.length * 32 + height + below.length * 19 + 24 };
  }
  function ready(then) {
    if (!div.painted && div.use) div.use();
    let tries = 0;
    (function look() {
      if (div.painted) then();
      else if (tries++ < 200) setTimeout(look, 50);
      else status.textContent = "The chart could not be drawn";
    })();
  }
  function svg() {
    ready(() => {
      const esc = t => t.replace(/[&<>"]/g, c => "&#" + c.charCodeAt(0) + ";"), L = layout();
      const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width - 48, height });
      chart.setOption(div.painted(width - 48, false));
      const inner = chart.renderToSVGString();
      chart.dispose();
      const line = (t, x, y, size, bold) => `<text x="${x}" y="${y}" font-family="${esc(sans)}" font-size="${size}"${bold ? ' font-weight="bold"' : ""} fill="#17202a">${esc(t)}</text>`;
      save(new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${L.high}" viewBox="0 0 ${width} ${L.high}" role="img"><title>${esc(heading.textContent)}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
        ...L.top.map((t, i) => line(t, 24, 48 + i * 32, 26, true)), `<g transform="translate(24 ${L.at + 8})">${inner}</g>`,
        ...L.below.map((t, i) => line(t, 24, L.at + height + 30 + i * 19, 14)), "</svg>\n"], { type: "image/svg+xml" }), "svg");
    });
  }
  function png() {
    ready(() => {
      const L = layout(), own = document.createElement("canvas"), out = el("canvas", { width: 2 * width, height: 2 * L.high }), pen = out.getContext("2d");
      const chart = echarts.init(own, null, { width: width - 48, height, devicePixelRatio: 2 });
      chart.setOption(div.painted(width - 48, false));
      pen.scale(2, 2);
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, width, L.high);
      pen.drawImage(chart.renderToCanvas({ pixelRatio: 2 }), 24, L.at + 8, width - 48, height);
      chart.dispose();
      pen.fillStyle = "#17202a";
      pen.font = "bold 26px " + sans;
      L.top.forEach((t, i) => pen.fillText(t, 24, 48 + i * 32));
      pen.font = "14px " + sans;
      L.below.forEach((t, i) => pen.fillText(t, 24, L.at + height + 30 + i * 19));
      out.toBlob(blob => save(blob, "png"), "image/png");
    });
  }

  addEventListener("popstate", () => { C.read(); show(false); });
  C.read();
  show(false);
})();
