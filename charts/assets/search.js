// Narrows a table to the rows that have every word of a search. Without this script
// the whole table stands there.
(function () {
  "use strict";
  document.querySelectorAll("form.search").forEach(function (form) {
    var rows = Array.from(document.querySelectorAll("#" + form.dataset.list + " tbody tr"));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var input = form.querySelector("input"), status = form.querySelector("[role=status]");

    function narrow() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row, i) {
        var fits = words.every(function (word) { return texts[i].includes(word); });
        row.hidden = !fits;
        if (fits) shown++;
      });
      status.textContent = words.length ? shown + " of " + rows.length + " shown" : "";
    }
    form.hidden = false;
    input.addEventListener("input", narrow);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var asked = new URLSearchParams(location.search).get("q");
    if (asked) input.value = asked;
    narrow(); // a browser may have kept the words
  });
})();
