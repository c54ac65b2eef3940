// Checks a claim in the reader's browser. The engine runs in a worker, which fetches it when the reader first turns
// to the box. The sentence is kept in the part of the address that is not sent to the server. All texts become text
// nodes: nothing in a sentence or an answer is ever markup.
(function () {
  "use strict";
  var form = document.getElementById("ask"), box = form.elements.text, day = form.elements.on;
  var state = document.getElementById("state"), bar = document.getElementById("loading"), out = document.getElementById("answer");
  var worker, asked = 0, ready = false, waiting = false;

  function el(tag, name, text) {
    var e = document.createElement(tag);
    if (name) e.className = name;
    if (text !== undefined) e.textContent = text;
    return e;
  }

  function say(text, urgent) {
    state.textContent = text;
    state.hidden = !text;
    state.classList.toggle("urgent", !!urgent);
  }

  function progress(loaded) {
    bar.value = loaded;
    bar.hidden = ready || !waiting;
    if (waiting && !ready) say("Fetching the program and the figures, once: " + Math.round(100 * loaded) + " %");
  }

  function failed(why) {
    waiting = false;
    bar.hidden = true;
    if (worker) worker.terminate();
    worker = null;
    ready = false;
    say("The search did not start (" + why + "). You may be offline, or this page is older than the site: load it again, or press Check it.", true);
  }

  // The name of the engine and the way to the files are on the form.
  function start() {
    if (worker) return;
    worker = new Worker(form.dataset.worker);
    worker.onerror = function (e) { e.preventDefault(); failed(e.message || "the program could not be fetched"); };
    worker.onmessage = function (event) {
      var m = event.data;
      if (m.ready) ready = true;
      if (m.loaded !== undefined) return progress(m.loaded);
      if (m.error) return failed(m.error);
      if (m.id === asked) show(m.answer);
    };
    send({});
  }

  function send(more) {
    var base = new URL(form.dataset.worker, location.href);
    worker.postMessage(Object.assign({ base: new URL(".", base).href, engine: form.dataset.engine, size: Number(form.dataset.size) }, more));
  }

  // The sentence with its numbers marked by the letters of the cards.
  function said(text, cards) {
    var quote = el("blockquote"), p = el("p"), from = 0;
    cards.forEach(function (c, i) {
      var at = text.indexOf(c.number, from);
      if (at < 0) return;
      p.append(text.slice(from, at));
      var mark = el("mark", c.state, c.number);
      mark.append(el("sup", "", letter(i)));
      p.append(mark);
      from = at + c.number.length;
    });
    p.append(text.slice(from));
    quote.append(p);
    return quote;
  }

  function letter(i) { return i < 26 ? String.fromCharCode(65 + i) : String(i + 1); }

  function copier(label, text) {
    var button = el("button", "copy", label);
    button.type = "button";
    clip.by(button, text);
    return button;
  }

  var signs = { holds: "✓ ", later: "◷ ", nearest: "≈ ", nothing: "– " };

  function card(c, i) {
    var box = el("article", "found " + c.state), head = el("h3");
    head.append(el("span", "letter", letter(i)), " ", el("q", "", c.number));
    box.append(head, el("p", "verdict", signs[c.state] + c.verdict));
    if (c.facts.length) {
      var facts = el("ul", "words");
      c.facts.forEach(function (f) { facts.append(el("li", f.holds ? "" : "breaks", (f.holds ? "✓ " : "✗ ") + f.fact + ": " + f.words)); });
      box.append(facts);
    }
    if (!c.figure) return box;
    if (c.state === "nearest") box.append(el("p", "kicker", "The nearest"));
    box.append(el("p", "value", c.figure), el("p", "", c.what), el("p", "fair", c.fair), copier("Copy the fair form", function () { return c.fair; }));
    c.notes.forEach(function (n) { box.append(el("p", "facts", n)); });
    if (c.href) {
      var ways = el("p", "facts"), page = el("a", "", c.series), rows = el("a", "", "its rows");
      page.href = c.href;
      rows.href = c.rows;
      ways.append("Series: ", page, ", ", rows);
      box.append(ways);
    }
    if (c.others.length) {
      var more = el("details"), list = el("ul");
      more.append(el("summary", "", c.state === "nearest" ? "Other near ones" : "Others give it too"));
      c.others.forEach(function (o) { list.append(el("li", "", o)); });
      more.append(list);
      box.append(more);
    }
    return box;
  }

  function show(a) {
    waiting = false;
    bar.hidden = true;
    out.textContent = "";
    if (!a.cards.length) {
      say("There is no number in it that could be looked for. Dates, years, ranks and lengths of time do not count. Write counts as “11,638”, “more than 30,000” or “down 37%”.");
      out.hidden = true;
      return;
    }
    say("");
    var cards = el("div", "answers");
    a.cards.forEach(function (c, i) { cards.append(card(c, i)); });
    out.append(el("h2", "", a.summary), said(box.value, a.cards), el("p", "facts", a.known), cards);
    out.append(copier("Copy link to this answer", function () { return location.href; }));
    out.hidden = false;
    out.focus({ preventScroll: true });
    out.scrollIntoView({ block: "nearest" });
  }

  function check() {
    if (!form.reportValidity()) return;
    asked++;
    waiting = true;
    out.hidden = true;
    if (ready) say("Looking …"); else progress(bar.value);
    history.replaceState(null, "", "#" + new URLSearchParams({ text: box.value, on: day.value }));
    try {
      start();
      send({ id: asked, text: box.value, on: day.value });
    } catch (e) {
      failed(String(e.message || e));
    }
  }

  // An address with a sentence is an answer.
  function open() {
    var given = new URLSearchParams(location.hash.slice(1)), text = (given.get("text") || "").slice(0, box.maxLength);
    if (!text) return;
    box.value = text;
    if (/^\d{4}-\d\d-\d\d$/.test(given.get("on") || "")) day.value = given.get("on");
    check();
  }

  var now = new Date();
  day.value = now.getFullYear() + "-" + String(now.getMonth() + 1).padStart(2, "0") + "-" + String(now.getDate()).padStart(2, "0");
  form.hidden = document.getElementById("tries").hidden = false;
  box.addEventListener("focus", start);
  form.addEventListener("submit", function (event) { event.preventDefault(); check(); });
  document.querySelectorAll("#tries button").forEach(function (button) {
    button.addEventListener("click", function () {
      box.value = button.textContent;
      day.value = button.dataset.on;
      check();
    });
  });
  addEventListener("hashchange", open);
  open();
})();
