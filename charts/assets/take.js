// Makes elements, and the files that readers save. The site serves it at the head of the scripts that use it.
var take = (function () {
  "use strict";

  // make returns an element with properties and with what is in it.
  function make(name, properties) {
    var e = Object.assign(document.createElement(name), properties || {});
    for (var i = 2; i < arguments.length; i++) e.append(arguments[i]);
    return e;
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

  return { make: make, save: save, plain: plain };
})();
