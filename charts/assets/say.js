// Says the texts of scripts in the language of the page. A page in English has no words of its own, and
// the texts are as they are in the scripts. The site serves it at the head of a script that
// every page has.
var say = (function () {
  "use strict";
  var at = document.getElementById("words"), words = at ? JSON.parse(at.textContent) : null;

  // say returns a text, with a number in the place of {n}.
  function say(text, number) { return (words && words.texts[text] || text).replace("{n}", number); }

  // plain returns a number as English writes it, without separators, for sorting.
  say.plain = function (text) { return words ? text.split(words.group).join("").replace(words.decimal, ".") : text; };
  say.words = words;
  return say;
})();
