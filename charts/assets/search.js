// The search of every page, and that of the list of all series. The site's list and find.js are loaded
// when a reader first uses the search. Without this script the form leads to the list of all series.
// Texts of the list become text nodes and nothing else.
(function () {
  "use strict";
  var assets = document.currentScript.src.replace(/[^/]*$/, ""), root = assets.replace(/assets\/$/, "");
  var KINDS = { question: "Answer", topic: "Topic", chart: "Chart", series: "Series", table: "Table", sentence: "Finding", revision: "Revision" };
  var ready;

  // load returns the list, once it is there.
  function load() {
    ready = ready || Promise.all([
      fetch(assets + "search.json").then(function (r) { if (!r.ok) throw new Error(r.status); return r.json(); }),
      new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = assets + "find.js"; script.onload = done; script.onerror = failed;
        document.head.append(script);
      })
    ]).then(function (both) {
      both[0].entries = both[0].entries.filter(function (e) { return !e.l || e.l === document.documentElement.lang; });
      return find.prepare(both[0]);
    });
    ready.catch(function () { ready = null; });
    return ready;
  }

  function item(entry, kind) {
    var e = document.createElement(kind), text = document.createElement("span"), what = document.createElement("span");
    text.textContent = entry.t; what.textContent = say(KINDS[entry.k] || "") + (say.words && !entry.l ? " (" + say("in English") + ")" : "");
    what.className = "kind";
    e.append(text, " ", what);
    return e;
  }

  // A combobox: the options are links that the arrow keys choose and Enter follows.
  function combobox(form, number) {
    var input = form.querySelector("input"), box = document.createElement("div"), said = document.createElement("p"), list = null, found = [], at = -1;
    box.id = "found-" + number; box.className = "found"; box.hidden = true;
    box.setAttribute("role", "listbox"); box.setAttribute("aria-label", say("Found"));
    said.className = "visually-hidden"; said.setAttribute("role", "status");
    input.setAttribute("role", "combobox"); input.setAttribute("aria-autocomplete", "list"); input.setAttribute("aria-controls", box.id); input.setAttribute("aria-expanded", "false");
    form.append(box, said);

    function close() { box.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function choose(i) {
      at = i;
      Array.from(box.children).forEach(function (o, n) { o.setAttribute("aria-selected", String(n === at)); });
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else { input.setAttribute("aria-activedescendant", box.children[at].id); box.children[at].scrollIntoView({ block: "nearest" }); }
    }
    function show() {
      if (!list) return;
      var words = input.value.trim();
      found = words ? find.search(list, words, 8) : find.asked(list, 8);
      box.setAttribute("aria-label", say(words ? "Found" : "Often asked"));
      box.replaceChildren.apply(box, found.map(function (e, i) {
        var o = item(e, "a");
        o.href = root + e.p; o.id = box.id + "-" + i; o.tabIndex = -1;
        o.setAttribute("role", "option"); o.setAttribute("aria-selected", "false");
        return o;
      }));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      box.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      said.textContent = !words ? "" : found.length ? say("{n} found", found.length) : say("Nothing found");
    }
    input.addEventListener("focus", function () { load().then(function (l) { list = l; if (document.activeElement === input) show(); }, function () {}); });
    input.addEventListener("input", function () { if (list) show(); else load().then(function (l) { list = l; show(); }, function () {}); });
    input.addEventListener("keydown", function (e) {
      if (e.key === "Escape" && !box.hidden) { close(); e.preventDefault(); return; }
      if (e.key === "Enter" && at >= 0) { e.preventDefault(); location.href = box.children[at].href; return; }
      if (e.key !== "ArrowDown" && e.key !== "ArrowUp" || !found.length) return;
      e.preventDefault();
      box.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(e.key === "ArrowDown" ? (at + 1) % found.length : (at <= 0 ? found.length : at) - 1);
    });
    form.addEventListener("focusout", function (e) { if (!form.contains(e.relatedTarget)) close(); });
    box.addEventListener("mousedown", function (e) { e.preventDefault(); }); // the focus stays in the box
    return input;
  }

  var inputs = Array.from(document.querySelectorAll("form.find"), combobox);
  addEventListener("keydown", function (e) {
    var in_ = e.target.closest && e.target.closest("input, textarea, select, [contenteditable]");
    if (e.key !== "/" || in_ || e.ctrlKey || e.metaKey || e.altKey) return;
    if (!inputs.length) return;
    e.preventDefault();
    inputs[0].focus();
    inputs[0].select();
  });

  // The list of all series: what is found in the whole site above it, and only the rows that fit.
  document.querySelectorAll("form.search").forEach(function (form) {
    var rows = Array.from(document.querySelectorAll("#" + form.dataset.list + " tbody tr")), results = document.getElementById("results");
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var input = form.querySelector("input"), status = form.querySelector("[role=status]"), turn = 0;

    function narrow() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0, mine = ++turn;
      rows.forEach(function (row, i) {
        var fits = words.every(function (word) { return texts[i].includes(word); });
        row.hidden = !fits;
        if (fits) shown++;
      });
      status.textContent = words.length ? shown + " of " + rows.length + " series have these words" : "";
      if (!words.length) { results.replaceChildren(); results.hidden = true; return; }
      load().then(function (list) {
        if (mine !== turn) return;
        var found = find.search(list, input.value, 12);
        results.replaceChildren.apply(results, found.map(function (e) {
          var li = document.createElement("li"), a = item(e, "a");
          a.href = root + e.p;
          li.append(a);
          return li;
        }));
        results.hidden = !found.length;
        if (!found.length && !shown) status.textContent = "Nothing found";
      }, function () {});
    }
    form.hidden = false;
    input.addEventListener("input", narrow);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var asked = new URLSearchParams(location.search).get("q");
    if (asked) input.value = asked;
    narrow(); // a browser may have kept the words
  });
})();
