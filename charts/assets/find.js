// Finds entries of the site's list by words: whatever the ending, with words that mean the same, and
// with a typing error or two. It knows of no page: search.js shows what this finds, and a test runs it
// without a browser.
var find = (function () {
  "use strict";
  var KINDS = { question: 1.5, topic: 1.25, chart: 1.1, series: 1, table: 0.8, sentence: 0.6, revision: 1.3 };
  var IDLE = "a an and are as at be by can did do does for from has have how in is it its me many much number numbers of on or show that the their there they this to was were what when which who with you".split(" ");

  function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, ""); }
  function split(text) { return plain(text).split(/[^a-z0-9]+/).filter(Boolean); }

  // stem cuts the endings of plurals.
  function stem(word) {
    if (word.length > 4 && /ies$/.test(word)) return word.slice(0, -3) + "y";
    if (word.length > 3 && /[^su]s$/.test(word)) return word.slice(0, -1);
    return word;
  }

  // near returns whether two words differ by no more than some letters: one added, left out, changed or
  // swapped with its neighbour.
  function near(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return false;
    var before, last = [], row = [], i, j;
    for (j = 0; j <= b.length; j++) row[j] = j;
    for (i = 1; i <= a.length; i++) {
      before = last; last = row; row = [i];
      for (j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return row[b.length] <= most;
  }
  function slips(word) { return word.length < 5 ? 0 : word.length < 9 ? 1 : 2; }

  // prepare makes the list ready: the stems of every entry, and how many entries have each.
  function prepare(list) {
    var out = { entries: [], counts: Object.create(null), same: Object.create(null), phrases: list.phrases, years: list.years };
    list.same.forEach(function (group) {
      var stems = group.map(function (w) { return stem(plain(w)); });
      stems.forEach(function (s) { out.same[s] = stems; });
    });
    list.entries.forEach(function (e) {
      var words = Object.create(null);
      split(e.w || "").forEach(function (w) { words[stem(w)] = 1; });
      split(e.t).forEach(function (w) { words[stem(w)] = 2; });
      Object.keys(words).forEach(function (s) { out.counts[s] = (out.counts[s] || 0) + 1; });
      out.entries.push({ entry: e, words: words });
    });
    out.stems = Object.keys(out.counts);
    return out;
  }

  // readings returns the stems that a word may stand for, and how much each is worth.
  function readings(list, word, last) {
    var own = stem(word), out = Object.create(null), group;
    function add(s, worth) { if (list.counts[s]) out[s] = Math.max(out[s] || 0, worth); }
    function means(s, worth) { if (list.same[s]) list.same[s].forEach(function (o) { add(o, worth); }); }
    add(own, 1);
    means(own, 0.8);
    if (last && word.length > 2) list.stems.forEach(function (s) { if (s.indexOf(word) === 0) add(s, 0.8); });
    if (!Object.keys(out).length && slips(own)) {
      list.stems.concat(Object.keys(list.same)).forEach(function (s) { if (s.length > 3 && near(own, s, slips(own))) { add(s, 0.6); means(s, 0.5); } });
    }
    group = Object.keys(out).map(function (s) { return { stem: s, worth: out[s] }; });
    return group;
  }

  // terms returns the words of a query that say something.
  function terms(list, query) {
    var text = " " + plain(query).replace(/[^a-z0-9]+/g, " ").trim() + " ";
    Object.keys(list.phrases).forEach(function (p) { text = text.replace(" " + plain(p).replace(/[^a-z0-9]+/g, " ") + " ", " " + list.phrases[p] + " "); });
    var all = text.trim().split(" ").filter(Boolean), some = all.filter(function (w) { return IDLE.indexOf(w) < 0; });
    return some.length ? some : all;
  }

  // years returns the chart by years with those that a query names, or null if it names fewer than two.
  function years(list, query) {
    var x = list.years, named = x ? (query.match(/\b\d{4}\b/g) || []).filter(function (y, i, all) { return x.y.indexOf(y) >= 0 && all.indexOf(y) === i; }).sort() : [];
    if (named.length < 2) return null;
    return { k: "chart", t: x.t + ": " + named.slice(0, -1).join(", ") + " and " + named[named.length - 1], p: x.p + "?years=" + named.join(",") };
  }

  // asked returns what readers ask most, in the order of the list.
  function asked(list, most) {
    return list.entries.map(function (e) { return e.entry; }).filter(function (e) { return e.k === "question"; }).slice(0, most);
  }

  // search returns the entries that fit a query, the best first. An entry has at least half of the words.
  function search(list, query, most) {
    var wanted = terms(list, query), found = [], total = list.entries.length;
    if (!wanted.length) return [];
    wanted = wanted.map(function (w, i) { return readings(list, w, i === wanted.length - 1); });
    list.entries.forEach(function (e, place) {
      var score = 0, hits = 0;
      wanted.forEach(function (group) {
        var best = 0;
        group.forEach(function (r) { if (e.words[r.stem]) best = Math.max(best, r.worth * e.words[r.stem] * Math.log(1 + total / list.counts[r.stem])); });
        if (best) { hits++; score += best; }
      });
      if (hits && hits * 2 >= wanted.length) found.push({ entry: e.entry, score: score * Math.pow(hits / wanted.length, 2) * (KINDS[e.entry.k] || 1), place: place });
    });
    var chosen = years(list, query);
    if (chosen) found.push({ entry: chosen, score: Infinity, place: -1 });
    found.sort(function (a, b) { return b.score - a.score || a.place - b.place; });
    // A page is found once. Revisions are many, and a reader who does not ask for them sees two.
    var pages = Object.create(null), out = [], revisions = 0, all = wanted.some(function (group) { return group.some(function (r) { return r.stem === "revision"; }); });
    found.forEach(function (f) {
      if (out.length >= (most || 8) || pages[f.entry.p] || f.entry.k === "revision" && !all && ++revisions > 2) return;
      pages[f.entry.p] = true;
      out.push(f.entry);
    });
    return out;
  }

  return { prepare: prepare, search: search, asked: asked, stem: stem, split: split };
})();
