/* Keeps what is typed into the deposition: on the server every three seconds while it changes, in this browser while the
   server cannot be reached. Tells who else types. Without this file the form works all the same. */
(function () {
  "use strict";
  var box = document.querySelector("[data-typing]");
  if (!box) { return; }
  var form = box.closest("form"), told = box.querySelector(".kept"), writers = box.querySelector(".writers");
  var here = "typing " + box.dataset.account + " " + box.dataset.typing, window_ = name_of_window(), EVERY = 3000, LOOK = 5000, LEAVING = 10000;
  var changed = false, sending = false, stopped = false, unsafe = false, left = 0, seen = Number(box.dataset.change), looked = Date.now();

  function name_of_window() {
    var numbers = new Uint32Array(3), known = quietly(function () { return sessionStorage.getItem("window"); });
    if (known) { return known; }
    window.crypto.getRandomValues(numbers);
    known = Array.prototype.join.call(numbers, "-");
    quietly(function () { sessionStorage.setItem("window", known); });
    return known;
  }

  function fields() {
    var data = new FormData(form);
    data.delete("what");
    return data;
  }

  function quietly(act) { try { return act(); } catch (refused) { return null; } }

  /* Only what the server has not got lies in this browser, under this account; nothing of a text that was refused
     because the witness's name stands in it, until the server has taken it. */
  function keep_here() {
    var typed = {};
    if (unsafe) { return; }
    fields().forEach(function (value, name) { if (["csrf_token", "once", "version"].indexOf(name) < 0) { typed[name] = value; } });
    quietly(function () { localStorage.setItem(here, JSON.stringify(typed)); });
  }

  function forget_here() { quietly(function () { localStorage.removeItem(here); }); }

  function bring_back() {
    var typed = quietly(function () { return JSON.parse(localStorage.getItem(here)); });
    if (!typed || document.querySelector(".summary, #both")) { return; }
    Object.keys(typed).forEach(function (name) {
      var field = form.elements[name];
      if (field && "value" in field) { field.value = typed[name]; }
    });
    say(box.dataset.back, false);
    changed = true;
  }

  /* The page that is being fetched may have been made before this text was kept: then it finds the text here. */
  function leaving() { return Date.now() - left < LEAVING; }

  function length() {
    var whole = 0;
    fields().forEach(function (value) { whole += String(value).length; });
    return whole;
  }

  /* Far more than a deposition holds stays in the form: sent, it would be refused unread. */
  function too_long() {
    var whole = length(), most = Number(box.dataset.limit);
    if (whole > most) { say(box.dataset.long.replace("{length}", whole).replace("{limit}", most), true); }
    return whole > most;
  }

  function say(sentence, alone) {
    told.textContent = sentence;
    box.classList.toggle("alone", Boolean(alone));
  }

  function tell(answer) {
    var sentences = (answer.others || []).slice();
    if (seen && answer.change > seen) { sentences.push(box.dataset.more); }
    if (answer.fixed) { sentences.push(answer.fixed); }
    writers.replaceChildren.apply(writers, sentences.map(function (sentence) {
      var item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }));
  }

  /* A page instead of an answer is the sign-in. */
  function read(response) {
    if (!/json/.test(response.headers.get("Content-Type") || "")) { throw new Error("signed out"); }
    return response.json();
  }

  function send() {
    if (!changed || sending || stopped || leaving() || too_long()) { return; }
    var data = fields();
    data.set("window", window_);
    data.set("version", box.dataset.version);
    changed = false;
    sending = true;
    keep_here();
    window.fetch(box.dataset.typing, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" }).then(function (response) {
      if (response.type === "opaqueredirect") { throw new Error("signed out"); }
      return read(response);
    }).then(function (answer) {
      sending = false;
      if (answer.named) { unsafe = true; forget_here(); }
      if (answer.refused) { changed = changed || answer.again; say(answer.refused, true); return; }
      unsafe = false;
      changed = changed || leaving();
      if (!changed) { forget_here(); }
      say(answer.kept, false);
      tell(answer);
    }).catch(function (error) {
      sending = false;
      changed = true;
      say(error.message === "signed out" ? box.dataset.out : box.dataset.here, true);
    });
  }

  function look() {
    if (document.hidden || sending || stopped || Date.now() - looked < LOOK) { return; }
    looked = Date.now();
    window.fetch(box.dataset.others, { credentials: "same-origin", redirect: "manual" }).then(read).then(tell).catch(function () { return; });
  }

  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("submit", function (event) {
    if (too_long()) { event.preventDefault(); return; }
    keep_here();
    stopped = true;
    quietly(function () { sessionStorage.setItem("sent " + here, "1"); });
  });
  /* Signing out asks first where anything is kept here (site.js), and then nothing is kept any more. */
  document.addEventListener("submit", function (event) {
    if (changed && /sign-out$/.test(event.target.action)) { keep_here(); }
  }, true);
  document.addEventListener("forgotten", function () { stopped = true; });
  window.addEventListener("beforeunload", function () { left = Date.now(); });
  window.addEventListener("pagehide", function () { if (changed && !stopped) { keep_here(); } });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { send(); } });
  window.addEventListener("pageshow", function () { stopped = false; left = 0; });

  /* What was sent and taken is forgotten; a refusal shows the form with everything in it. */
  if (quietly(function () { return sessionStorage.getItem("sent " + here); })) {
    quietly(function () { sessionStorage.removeItem("sent " + here); });
    if (document.querySelector(".summary")) {
      forget_here();
      unsafe = true;
      changed = !document.getElementById("both");
    } else if (!told.textContent.trim()) { forget_here(); }
  }
  bring_back();
  window.setInterval(function () { send(); look(); }, EVERY);
})();
