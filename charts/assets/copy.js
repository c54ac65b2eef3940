// Copies texts. The site serves it at the head of the scripts that use it.
var clip = (function () {
  "use strict";
  // copy keeps a promise once a text is copied. Without a secure connection there is no clipboard.
  function copy(text) { return Promise.resolve(navigator.clipboard).then(function (c) { return c.writeText(text); }); }

  // by makes a button copy what text returns, and say so in its own words.
  function by(button, text) {
    button.addEventListener("click", function () {
      button.removeAttribute("aria-label"); // a reader's voice says what became of it
      copy(text()).then(
        function () { button.textContent = say("Copied"); },
        function () { button.textContent = say("Could not copy: select the text"); });
    });
  }
  return { copy: copy, by: by };
})();
