// What readers take away: texts that are copied and files that are saved. The site serves it at the head of
// the scripts that use it. It does nothing until it is called.
var take = (function () {
  "use strict";

  // make returns an element with properties and with what is in it.
  function make(name, properties) {
    var e = Object.assign(document.createElement(name), properties || {});
    for (var i = 2; i < arguments.length; i++) e.append(arguments[i]);
    return e;
  }

  // copy keeps a promise once a text is copied. Without a secure connection there is no clipboard.
  function copy(text) { return Promise.resolve(navigator.clipboard).then(function (c) { return c.writeText(text); }); }

  // copier makes a button copy what text returns, and say so in its own words.
  function copier(button, text) {
    button.addEventListener("click", function () {
      button.removeAttribute("aria-label"); // a reader's voice says what became of it
      copy(text()).then(
        function () { button.textContent = "Copied"; },
        function () { button.textContent = "Could not copy: select the text"; });
    });
  }

  // save gives the reader a file.
  function save(blob, name) {
    var a = make("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 5000);
  }

  // plain keeps a text from being run as a formula by a spreadsheet, with an apostrophe.
  function plain(text) { return /^[=+@\t\r-]/.test(text) ? "'" + text : text; }

  return { make: make, copy: copy, copier: copier, save: save, plain: plain };
})();
