/* A checklist that works with no network. Ticks are kept here, each with an id and the time of this phone, until the
   court has answered for each of them. Without this file the page works as a plain form. */
(function () {
  "use strict";

  var main = document.getElementById("main"), words = main.dataset;
  var mine = "field " + location.pathname + " ", busy = false, cleared = false, answered = false;
  var MOST = 200, LARGEST = 15000, PATIENCE = 20000, AGAIN = 5000;

  function at(id) { return document.getElementById(id); }

  function show(id, is, text) {
    var place = at(id);
    if (!place) { return; }
    if (text !== undefined && place.textContent !== text) { place.textContent = text; }
    place.hidden = !is;
  }

  /* What is kept: one entry for each tick, so that two windows never overwrite each other. */
  function keeps() {
    try { localStorage.setItem("field test", "1"); localStorage.removeItem("field test"); return true; } catch (refused) { return false; }
  }

  function entries(all) {
    return Object.keys(localStorage).filter(function (name) { return name.indexOf(all ? "field /" : mine) === 0; });
  }

  function waiting() {
    return entries(false).map(function (name) { return JSON.parse(localStorage.getItem(name)); }).sort(function (one, other) {
      return one.at < other.at ? -1 : one.at > other.at ? 1 : one.number - other.number;
    });
  }

  function newId() {
    if (window.crypto.randomUUID) { return window.crypto.randomUUID(); }
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64; bytes[8] = bytes[8] & 63 | 128;
    return Array.prototype.map.call(bytes, function (byte, place) {
      return (/^(4|6|8|10)$/.test(String(place)) ? "-" : "") + ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  function keep(button) {
    var parts = button.value.split("."), note = document.querySelector("[name='note-" + parts[0] + "']");
    var tick = { id: newId(), step: parts[0], version: Number(parts[1]), at: new Date().toISOString(), note: note ? note.value : "", number: entries(false).length };
    localStorage.setItem(mine + tick.id, JSON.stringify(tick));
    if (note) { note.value = note.defaultValue; }
  }

  /* Drawing. */
  function said(step, text, tone) {
    var place = at("step-" + step), line = place && place.querySelector(".kept");
    if (!line) { return; }
    line.textContent = text; line.className = "note kept " + tone; line.hidden = false;
    place.classList.toggle("sent", tone !== "bad");
  }

  function draw() {
    var ticks = waiting();
    ticks.forEach(function (tick) {
      var time = new Date(tick.at).toTimeString().slice(0, 5);
      said(tick.step, words.unsent.replace("{time}", time) + (tick.note ? " " + tick.note : ""), "warn");
    });
    show("news-waiting", ticks.length > 0 || answered, ticks.length ? words.count + " " + ticks.length : words.sent);
    show("send-now", ticks.length > 0);
  }

  /* Sending: in order, as many as fit; only what is answered for is forgotten. With nothing to send it asks how things stand. */
  function batch() {
    var chosen = [], size = 0;
    waiting().every(function (tick) {
      size += JSON.stringify(tick).length;
      if (chosen.length && (size > LARGEST || chosen.length === MOST)) { return false; }
      return chosen.push({ id: tick.id, step: tick.step, version: tick.version, at: tick.at, note: tick.note });
    });
    return chosen;
  }

  function send(isAsked) {
    if (busy || cleared) { return; }
    var ticks = batch(), stop = new AbortController(), clock = setTimeout(function () { stop.abort(); }, PATIENCE);
    busy = true;
    fetch(words.post, {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "omit", signal: stop.signal,
      body: JSON.stringify({ sent: new Date().toISOString(), ticks: ticks })
    }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(function (answer) { take(answer, ticks.length); }, function () { away(isAsked); }).then(function () { clearTimeout(clock); });
  }

  function take(answer, sent) {
    busy = false;
    show("news-away", false);
    answer.answers.forEach(function (one) {
      var tick = JSON.parse(localStorage.getItem(mine + one.id) || "null");
      localStorage.removeItem(mine + one.id);
      if (tick) { said(tick.step, one.text, one.outcome === "taken" ? "ok" : "bad"); }
    });
    answered = answered || sent > 0;
    draw();
    if (sent && waiting().length) { send(false); return; }
    compare(answer);
  }

  /* What one is typing is never taken away by showing the page anew. */
  function compare(answer) {
    var isTyping = Array.prototype.some.call(document.querySelectorAll("textarea"), function (field) { return field.value !== field.defaultValue; });
    if (answer.closed || answer.mark === words.mark) { return; }
    if (answer.starts !== words.starts) { show("news-moved", true); return; }
    if (answered && !isTyping) { location.reload(); return; }
    show("news-changed", true);
  }

  function away(isAsked) {
    busy = false;
    show("news-away", true);
    draw();
    if (isAsked) { show("news-waiting", true, words.count + " " + waiting().length + ". " + words.failed); }
  }

  /* Keeping the page, and clearing the phone of it. */
  function register() {
    if (!navigator.serviceWorker) { return; }
    navigator.serviceWorker.addEventListener("message", function (event) {
      if (event.data && event.data.kept) { show("phone-ready", true, words.ready); }
    });
    navigator.serviceWorker.register(words.worker, { scope: "/field/" }).then(function () { return navigator.serviceWorker.ready; }).then(function (found) {
      var files = Array.prototype.map.call(document.querySelectorAll("link[href], script[src]"), function (one) { return one.href || one.src; });
      found.active.postMessage({ keep: [location.href.split("#")[0]].concat(files) });
    }, function () { return; });
  }

  function clear() {
    if (entries(true).length && !window.confirm(words.clear)) { return; }
    cleared = true;
    entries(true).forEach(function (name) { localStorage.removeItem(name); });
    var gone = navigator.serviceWorker ? navigator.serviceWorker.getRegistration("/field/").then(function (found) { return found && found.unregister(); }) : Promise.resolve();
    gone.then(function () { return window.caches ? caches.keys() : []; }).then(function (names) {
      return Promise.all(names.filter(function (name) { return /^field-/.test(name); }).map(function (name) { return caches.delete(name); }));
    }).then(function () {
      main.textContent = "";
      var line = main.appendChild(document.createElement("p"));
      line.className = "note ok"; line.textContent = words.cleared; line.setAttribute("role", "status");
      main.focus();
    });
  }

  /* The page before this one is not one step back away. */
  var exit = document.querySelector(".exit a");
  exit.addEventListener("click", function (event) { event.preventDefault(); location.replace(exit.href); });

  show("phone", true);
  if (!keeps()) { show("phone-ready", true, words.full); at("phone-clear").hidden = true; return; }

  document.querySelectorAll("button[name=step]").forEach(function (button) {
    button.addEventListener("click", function (event) {
      try { keep(button); } catch (full) { return; } /* then it is sent as a plain form */
      event.preventDefault(); draw(); send(false);
    });
  });
  at("phone-clear").addEventListener("click", clear);
  at("send-now").addEventListener("click", function () { send(true); });
  window.addEventListener("online", function () { send(false); });
  window.addEventListener("offline", function () { away(false); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { send(false); } });
  setInterval(function () { if (waiting().length && !document.hidden) { send(false); } }, AGAIN);

  draw(); register(); send(false);
})();
