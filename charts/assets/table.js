// Tables that sort: a head becomes a button, and aria-sort says the order. Rows beyond the first
// twenty wait behind a button. Without this script all rows are there in their order.
var sortable = (function () {
  "use strict";
  var OPEN = 20;

  // value returns what a cell is sorted by: its number, else its text, or null if it says nothing.
  function value(cell) {
    var text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim().replace(/\s*\[[a-z]+\]/g, "");
    if (text === "" || text === "–") return null;
    var plain = say.plain(text).replace(/[,+\s%\u00a0]/g, "").replace(/^−/, "-");
    return plain !== "" && !isNaN(plain) ? Number(plain) : text.toLowerCase();
  }

  // order compares two values. What is not known stays last, whatever the direction.
  function order(a, b, up) {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return (a < b ? -1 : a > b ? 1 : 0) * (up ? 1 : -1);
  }

  function sort(table, head, index) {
    var up = head.getAttribute("aria-sort") === "descending" || !head.hasAttribute("aria-sort") && index === 0, body = table.tBodies[0];
    table.querySelectorAll("thead th").forEach(function (h) { h.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    var rows = Array.from(body.rows, function (row, i) { return { row: row, at: value(row.cells[index]), i: i }; });
    rows.sort(function (a, b) { return order(a.at, b.at, up) || a.i - b.i; });
    body.append.apply(body, rows.map(function (r) { return r.row; }));
    if (table.dataset.short) fold(table, true);
  }

  function fold(table, short) { Array.from(table.tBodies[0].rows).forEach(function (row, i) { row.classList.toggle("rest", short && i >= OPEN); }); }

  // limit puts a button after a long table.
  function limit(table) {
    var box = table.closest(".scroll") || table, count = table.tBodies[0].rows.length, next = box.nextElementSibling;
    if (next && next.classList.contains("more-rows")) next.remove();
    if (count <= OPEN + 5) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "more-rows";
    function show(short) {
      table.dataset.short = short ? "1" : "";
      fold(table, short);
      button.textContent = short ? say("Show all {n} rows", count) : say("Show the first {n} rows", OPEN);
      button.setAttribute("aria-expanded", String(!short));
    }
    button.addEventListener("click", function () { show(!table.dataset.short); });
    show(true);
    box.after(button);
  }

  // A row that the address names must be seen.
  function named(table) { return location.hash.length > 1 && table.contains(document.getElementById(decodeURIComponent(location.hash.slice(1)))); }

  function enhance(table) {
    if (!table.tHead || table.tHead.rows.length !== 1 || !table.tBodies[0] || table.querySelector("tbody [rowspan], tbody [colspan]")) return;
    Array.from(table.tHead.rows[0].cells).forEach(function (head, i) {
      if (!head.textContent.trim()) return;
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () { sort(table, head, i); });
    });
    table.classList.add("sorts");
    if (table.id !== "catalogue" && !named(table)) limit(table); // the catalogue has a search of its own
  }

  // A link on the page may lead to a row that waits.
  addEventListener("hashchange", function () {
    var row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))), table = row && row.closest("table");
    if (table && table.dataset.short && row.classList.contains("rest")) {
      (table.closest(".scroll") || table).nextElementSibling.click();
      row.scrollIntoView();
    }
  });

  document.querySelectorAll("main table.figures, main table#catalogue").forEach(function (table) { if (table.id !== "x-table" && table.tBodies[0] && table.tBodies[0].rows.length > 2) enhance(table); });
  return enhance;
})();
