// Answers claims with the engine, which the script above starts. It runs in a worker, so that the page stays
// usable. It fetches the engine, the index and the files of the sources that a sentence may mean from the site's
// own host, each once. Nothing that a reader types is sent anywhere.
(function () {
  "use strict";
  var base, ready, files = {};

  function fetched(name) {
    return fetch(base + name).then(function (r) {
      if (!r.ok) throw new Error(name + ": status " + r.status);
      return r;
    });
  }

  // Tells how much of the engine has come, as a part of one.
  function bytes(response, size) {
    if (!response.body || !size) return response.arrayBuffer();
    var reader = response.body.getReader(), parts = [], got = 0;
    return reader.read().then(function next(r) {
      if (r.done) return new Blob(parts).arrayBuffer();
      parts.push(r.value);
      got += r.value.length;
      postMessage({ loaded: Math.min(1, got / size) });
      return reader.read().then(next);
    });
  }

  function result(text) {
    var value = JSON.parse(text);
    if (value && value.error) throw new Error(value.error);
    return value;
  }

  function start(m) {
    base = m.base;
    var go = new Go();
    var engine = fetched(m.engine).then(function (r) { return bytes(r, m.size); }).then(function (data) {
      return WebAssembly.instantiate(data, go.importObject);
    });
    var index = fetched("index.json").then(function (r) { return r.text(); });
    return Promise.all([engine, index]).then(function (all) {
      go.run(all[0].instance);
      return result(crossings.open(all[1]));
    });
  }

  function file(name) {
    files[name] = files[name] || fetched(name).then(function (r) { return r.text(); }).then(function (text) {
      return result(crossings.add(name, text));
    });
    return files[name].catch(function (e) { delete files[name]; throw e; });
  }

  onmessage = function (event) {
    var m = event.data;
    ready = ready || start(m).then(function () { postMessage({ loaded: 1, ready: true }); });
    ready.then(function () {
      if (m.text === undefined) return;
      return Promise.all(result(crossings.wants(m.text, m.on)).map(file)).then(function () {
        postMessage({ id: m.id, answer: result(crossings.answer(m.text, m.on)) });
      });
    }).catch(function (e) { postMessage({ id: m.id, error: String(e.message || e) }); });
  };
})();
