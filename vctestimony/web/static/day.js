/* The run sheet: shows what others write within seconds, and keeps what is written here until the court has answered for
   it. Entries made with no network wait here, each with an id and the time of this device. Without this file every button
   is a plain form and a link shows what is new. The dialog with the form of an entry is in day-form.js. */
(function () {
  "use strict";

  var live = document.getElementById("live"), main = document.getElementById("main");
  if (!live || !window.fetch || !window.Promise) { return; }
  var words = live.dataset, zones = JSON.parse(words.zones), cities = JSON.parse(words.cities);
  var mine = "day " + words.account + " " + words.reference + " ", refusals = "daily refused " + mine, isShell = main.hasAttribute("data-shell");
  var EVERY = 3000, SLOWER = 12000, SLOWEST = 30000, PATIENCE = 20000, MOST = 50, LARGEST = 100000, TWICE = 2000;
  var mark = "", token = isShell ? "" : words.token, last = -1, failures = 0, since = 0, trouble = "", isAway = false, isLeaving = false;
  var busy = false, again = false, timer, own = {}, pressed = {}, held = {}, skew = Number(remembered("skew")) || 0;

  function at(id) { return document.getElementById(id); }

  function say(id, text) { if (at(id).textContent !== text) { at(id).textContent = text; } }

  function made(name, text, parent) {
    var one = document.createElement(name);
    one.textContent = text;
    return parent.appendChild(one);
  }

  /* An instant of this device on both clocks of the hearing, its own clock put right. */
  function clocks(instant) {
    return zones.map(function (zone, place) {
      var shown = new Date(instant + skew).toLocaleTimeString("en-GB", { timeZone: zone[0], hour: "2-digit", minute: "2-digit" });
      return shown + " " + cities[place];
    }).join(" / ");
  }

  /* What is kept: one item for each entry, so that two windows never overwrite each other. */
  function remembered(name) { try { return localStorage.getItem("daily " + name); } catch (refused) { return null; } }

  function keeps() {
    try { localStorage.setItem("daily test", "1"); localStorage.removeItem("daily test"); return true; } catch (refused) { return false; }
  }

  function waiting() {
    if (!keeps()) { return []; }
    return Object.keys(localStorage).filter(function (name) { return name.indexOf(mine) === 0; }).map(function (name) {
      return JSON.parse(localStorage.getItem(name));
    }).sort(function (one, other) { return one.at < other.at ? -1 : one.at > other.at ? 1 : one.place - other.place; });
  }

  function newId() {
    if (window.crypto.randomUUID) { return window.crypto.randomUUID(); }
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 15 | 64; bytes[8] = bytes[8] & 63 | 128;
    return Array.prototype.map.call(bytes, function (byte, place) {
      return (/^(4|6|8|10)$/.test(String(place)) ? "-" : "") + ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  function kindOf(address) { var found = /\/day\/log\/([a-z_]+)$/.exec(String(address).split(/[?#]/)[0]); return found && found[1]; }

  /* Keep what a form holds; `opened` is when it was opened. The same button pressed twice is one entry. */
  function keep(form, label, opened) {
    var kind = kindOf(form.action), now = Date.now(), data = new FormData(form);
    if (now - (pressed[kind] || 0) < TWICE) { return; }
    var entry = { id: newId(), kind: kind, label: label, at: new Date(opened || now).toISOString(), place: waiting().length,
      clock: data.get("at") || "", note: data.get("note") || "", answers: {} };
    data.forEach(function (value, name) { if (!/^(csrf_token|once|at|note)$/.test(name)) { entry.answers[name] = String(value); } });
    var whole = JSON.stringify(entry);
    if (whole.length > LARGEST) { throw new Error("too large"); } /* it would hold up all others */
    localStorage.setItem(mine + entry.id, whole);
    pressed[kind] = pressed.last = now; trouble = "";
    draw(); turn();
  }

  /* Drawing: what is connected and since when not, and what waits. */
  function draw() {
    var entries = waiting(), list = at("live-waiting");
    var state = isAway ? (keeps() ? words.away : words.plain).replace("{time}", clocks(since)) : words.connected;
    say("live-state", mark === "" && !isAway && !trouble ? at("live-state").textContent : trouble || state);
    say("live-count", entries.length ? words.waits.replace("{count}", entries.length) : "");
    live.classList.toggle("away", isAway || trouble !== "");
    live.classList.toggle("on", mark !== "" && !isAway && !trouble);
    list.textContent = "";
    entries.forEach(function (one) {
      var line = made("li", "", list);
      made("strong", one.label, line);
      made("span", " " + (one.clock || clocks(Date.parse(one.at))) + ", " + words.waiting, line);
    });
    at("live-details").hidden = entries.length === 0;
  }

  function tell(text) { say("live-news", text); }

  /* Asking and sending. Nothing is forgotten before it is answered for. */
  function ask(address, options) {
    var stop = new AbortController(), clock = setTimeout(function () { stop.abort(); }, PATIENCE);
    return fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal }, options)).then(function (answer) {
      clearTimeout(clock);
      if (answer.status >= 500) { throw new Error(String(answer.status)); }
      return answer;
    });
  }

  function turn() {
    clearTimeout(timer);
    if (isLeaving) { return; }
    if (busy) { again = true; return; }
    busy = true;
    (waiting().length && token && !trouble ? send() : Promise.resolve()).then(poll).then(function () { failures = 0; }, lost).then(function () {
      busy = false;
      timer = setTimeout(turn, again ? 0 : pace());
      again = false;
    });
  }

  /* Every three seconds; more slowly where nobody looks or nobody answers, and never all pages in step. */
  function pace() {
    var every = document.hidden ? SLOWEST : Math.min(SLOWER, EVERY * Math.pow(2, Math.min(failures, 4)));
    return every * (0.9 + Math.random() / 5);
  }

  function lost() {
    failures += 1;
    if (!isAway) { isAway = true; since = Date.now(); }
    draw();
  }

  function batch() {
    var chosen = [], size = 0;
    waiting().every(function (one) {
      size += JSON.stringify(one).length;
      if (chosen.length && (size > LARGEST || chosen.length === MOST)) { return false; }
      return chosen.push({ id: one.id, kind: one.kind, at: one.at, clock: one.clock, note: one.note, answers: one.answers });
    });
    return chosen;
  }

  function send() {
    return ask(words.send, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ sent: new Date().toISOString(), entries: batch() })
    }).then(function (answer) {
      if (answer.type === "opaqueredirect") { return; }
      if (answer.status === 400) { token = ""; mark = ""; return; } /* another session: the next news bring its token */
      if (answer.status === 422 || answer.status === 413) { return answer.json().then(function (told) { trouble = told.sentence; draw(); }); }
      if (!answer.ok) { return; }
      return answer.json().then(function (told) { told.answers.forEach(settle); draw(); if (waiting().length) { again = true; } });
    });
  }

  function settle(answer) {
    var kept = JSON.parse(localStorage.getItem(mine + answer.id) || "null");
    localStorage.removeItem(mine + answer.id);
    if (!kept) { return; }
    if (answer.outcome !== "refused") { own[answer.number] = true; tell(words.wrote.replace("{entry}", line(kept))); return; }
    kept.sentence = answer.text;
    localStorage.setItem(refusals + kept.id, JSON.stringify(kept));
    drawRefused();
  }

  function line(kept) { return kept.label + ", " + (kept.clock || clocks(Date.parse(kept.at))); }

  /* What was refused stays in sight until it is written again or seen. */
  function drawRefused() {
    var list = at("live-refused"), names = Object.keys(localStorage).filter(function (name) { return name.indexOf(refusals) === 0; });
    list.textContent = "";
    list.hidden = names.length === 0;
    names.forEach(function (name) {
      var kept = JSON.parse(localStorage.getItem(name)), item = made("li", "", list);
      item.className = "note bad";
      made("strong", words.refused.replace("{entry}", line(kept)), item);
      made("p", kept.sentence, item);
      var actions = made("div", "", item);
      actions.className = "actions";
      dismissing(words.again, name, actions, function () { runSheet.fill(words.sheet + "/log/" + kept.kind, kept); });
      dismissing(words.seen, name, actions, function () { return; });
    });
  }

  function dismissing(text, name, actions, then) {
    var button = made("button", text, actions);
    button.className = "btn small"; button.type = "button";
    button.addEventListener("click", function () { localStorage.removeItem(name); drawRefused(); then(); });
  }

  function poll() {
    return ask(words.news + "?since=" + mark + (mark ? "" : "&have=" + words.mark)).then(function (answer) {
      if (answer.type === "opaqueredirect") { stopped(words.out); at("live-sign-in").hidden = false; return; }
      if (answer.status === 403 || answer.status === 404) { stopped(words.barred); return; }
      if (answer.status === 204) { connected(); return; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json().then(function (news) { connected(); apply(news); });
    });
  }

  function stopped(sentence) { trouble = sentence; mark = ""; isAway = false; failures = 3; draw(); }

  function connected() {
    if (trouble === words.out || trouble === words.barred) { trouble = ""; }
    isAway = false; at("live-sign-in").hidden = true;
    draw();
  }

  function apply(news) {
    if (isLeaving) { return; }
    mark = news.mark; token = news.token; skew = Date.parse(news.now) - Date.now();
    try { localStorage.setItem("daily skew", String(skew)); } catch (full) { /* then times are shown by this device's clock */ }
    if (isShell || news.state !== words.state) { moved(); draw(); return; }
    var fresh = news.lines.filter(function (line) { return last >= 0 && line.number > last && !own[line.number]; });
    if (fresh.length) { tell(fresh.map(function (line) { return line.text; }).join(". ")); }
    last = news.lines.length ? news.lines[news.lines.length - 1].number : Math.max(last, 0);
    var holder = document.createElement("template");
    holder.innerHTML = news.parts;
    Array.prototype.slice.call(holder.content.children).forEach(function (part) { held[part.id] = part; });
    show(); count(news.times); draw();
  }

  /* Shown anew, the focus stays on the same button or link. A field, or what is gone, is renewed only when one has left
     it; but who has just pressed what is gone finds the part that it stood in. */
  function show() {
    Object.keys(held).forEach(function (id) {
      var old = at(id), active = document.activeElement, isIn = old && old.contains(active), twin = isIn && twinOf(active, held[id]);
      var hasPressed = Date.now() - (pressed.last || 0) < 5 * TWICE && !/^(INPUT|TEXTAREA|SELECT)$/.test(isIn ? active.tagName : "");
      if (isIn && !twin && !hasPressed) { return; }
      if (old) { unfold(old.querySelectorAll("details"), held[id].querySelectorAll("details")); }
      if (old) { old.parentNode.replaceChild(held[id], old); }
      if (isIn) { held[id].tabIndex = -1; (twin || held[id]).focus({ preventScroll: true }); }
      delete held[id];
    });
  }

  /* What was unfolded stays so. */
  function unfold(were, are) {
    Array.prototype.forEach.call(are, function (one, place) { one.open = one.open || !!(were[place] && were[place].open); });
  }

  function twinOf(control, part) {
    if (!/^(A|BUTTON)$/.test(control.tagName)) { return null; }
    if (control.hasAttribute("data-key")) { return part.querySelector("[data-key='" + control.getAttribute("data-key") + "']"); }
    return Array.prototype.find.call(part.querySelectorAll(control.tagName), function (one) {
      return one.getAttribute("href") === control.getAttribute("href") && one.getAttribute("form") === control.getAttribute("form");
    });
  }

  /* How often each button was pressed, by whomever. */
  function count(times) {
    Object.keys(times).forEach(function (key) {
      var place = main.querySelector("[data-key='" + key + "'] .tools");
      if (place) { (place.querySelector("b") || made("b", "", place)).textContent = times[key] ? " " + times[key] + " ×" : ""; }
    });
  }

  /* Another page is due. It comes by itself only where nothing is typed and nothing waits; the focus stays on its button. */
  function moved() {
    var focused = document.activeElement || document.body, isField = /^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName);
    if (waiting().length) { again = true; return; }
    if (!isField && !runSheet.isTyping()) {
      try { sessionStorage.setItem("sheet key", focused.getAttribute("data-key") || ""); } catch (refused) { /* then it begins at its top */ }
      location.replace(words.sheet);
      return;
    }
    at("live-show").hidden = false;
    at("live-show").textContent = words.show;
    if (!isShell) { tell(words.moved); }
  }

  /* Keeping the sheet and the forms of its entries on this device. */
  function register() {
    if (!navigator.serviceWorker || !/^(confirmed|in_session)$/.test(words.state)) { return; }
    navigator.serviceWorker.addEventListener("message", function (event) { if (event.data && event.data.kept) { say("live-ready", words.ready); } });
    navigator.serviceWorker.register(words.worker, { scope: words.sheet }).then(function () { return navigator.serviceWorker.ready; }).then(function (found) {
      var files = Array.prototype.map.call(document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon], script[src]"), function (one) { return one.href || one.src; });
      var forms = Array.prototype.filter.call(main.querySelectorAll("a[href]"), function (one) { return kindOf(one.href); }).map(function (one) { return one.href; });
      var marks = JSON.parse(words.marks || "{}"), wanted = Array.from(new Set([new URL(words.kept, location.href).href].concat(files, forms)));
      found.active.postMessage({ keep: wanted.map(function (one) { return [one, marks[kindOf(one)] || ""]; }) });
    }).catch(function () { return; });
  }

  var runSheet = window.runSheet = { keep: keep, keeps: keeps, kindOf: kindOf, tell: tell, words: words, isAway: function () { return isAway; }, isTyping: function () { return false; }, fill: function () { return; } };

  main.addEventListener("submit", function (event) {
    var button = event.target.querySelector("button[data-key] span");
    if (!kindOf(event.target.action) || !button || !keeps()) { return; }
    event.preventDefault();
    try { keep(event.target, button.textContent, 0); } catch (full) { tell(words.nothing); say("live-state", words.nothing); }
  });
  document.addEventListener("submit", function (event) { /* who signs out leaves nothing here (site.js) */
    isLeaving = isLeaving || (!event.defaultPrevented && /sign-out$/.test(event.target.action));
  });
  document.addEventListener("focusout", function () { setTimeout(show, 0); });
  window.addEventListener("online", turn);
  window.addEventListener("offline", lost);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { turn(); } });

  /* The page that came by itself begins where the one before it stood. */
  function refocus() {
    var key = sessionStorage.getItem("sheet key"), button = key && main.querySelector("[data-key='" + key + "']");
    sessionStorage.removeItem("sheet key");
    if (button) { button.focus(); }
  }

  try { refocus(); drawRefused(); } catch (refused) { /* no storage */ }
  at("live-show").hidden = true;
  draw(); register(); turn();
})();
