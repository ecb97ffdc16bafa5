/* Comforts on top of pages that work without this file. No requests, no markup of its own, nothing kept after a log-out. */
(function () {
  "use strict";

  /* A form is sent once: the second press of its button within ten seconds does nothing. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (event.defaultPrevented || form.method !== "post") { return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { release(form); }, 10000);
    quietly(function () { mark(form); });
  });

  function release(form) { delete form.dataset.sent; }

  /* Coming back with the Back button finds the form ready again. */
  window.addEventListener("pageshow", function () { document.querySelectorAll("form").forEach(release); });

  /* Forms with data-keep: unsent text survives a closed session in this tab only; passwords and marked fields never. */
  function place(form) { return "unsent " + location.pathname + " " + form.getAttribute("action"); }

  function keepable(field) {
    return field.name && !/^(password|hidden|file|submit|button|radio|checkbox)$/.test(field.type) && !field.closest("[data-private]");
  }

  function mark(form) {
    if (form.hasAttribute("data-keep") && stored(form)) { sessionStorage.setItem("sent " + place(form), "1"); }
  }

  function stored(form) { return sessionStorage.getItem(place(form)); }

  /* What was sent is forgotten on the next page, unless that page says it was not taken (sign-in, refusal). */
  function forgetSent() {
    if (document.querySelector("[data-unsent], input[type=password]")) { return; }
    Object.keys(sessionStorage).forEach(function (name) {
      if (name.indexOf("sent ") === 0) { sessionStorage.removeItem(name); sessionStorage.removeItem(name.slice(5)); }
    });
  }

  function keep(form) {
    var typed = {};
    Array.prototype.filter.call(form.elements, keepable).forEach(function (field) {
      if (field.value !== field.defaultValue) { typed[field.name] = field.value; }
    });
    sessionStorage.setItem(place(form), JSON.stringify(typed));
  }

  function recall(form) {
    var typed = JSON.parse(stored(form) || "{}");
    Array.prototype.filter.call(form.elements, keepable).forEach(function (field) {
      if (field.name in typed && !form.querySelector(".wrong")) { field.value = typed[field.name]; }
    });
    form.addEventListener("input", function () { quietly(function () { keep(form); }); });
  }

  /* Storage may be switched off or full; then nothing is kept. */
  function quietly(act) { try { act(); } catch (refused) { return; } }

  /* "Exit this page": nothing typed stays, and whoever comes back in this tab by the Back button is led away again. */
  var exit = document.querySelector(".exit a");
  function away() {
    quietly(function () { sessionStorage.clear(); sessionStorage.setItem("left", "1"); });
    document.documentElement.hidden = true;
    location.replace(exit.href);
  }
  function lookBack(isKept) {
    var way = performance.getEntriesByType("navigation")[0];
    var isBack = isKept || (way && way.type === "back_forward");
    quietly(function () { if (!isBack) { sessionStorage.removeItem("left"); } else if (sessionStorage.getItem("left")) { away(); } });
  }
  if (exit) {
    exit.addEventListener("click", function (event) { event.preventDefault(); away(); });
    lookBack(false);
    window.addEventListener("pageshow", function (event) { if (event.persisted) { lookBack(true); } });
  }

  quietly(forgetSent);
  quietly(function () { document.querySelectorAll("form[data-keep]").forEach(recall); });

  /* Leaving the service leaves nothing behind, not even ticks (field.js), entries (day.js) or what is typed into a
     deposition (deposition.js): then one is asked first. */
  function keepsUnsent() { return Object.keys(localStorage).some(function (name) { return /^(field \/|day |typing )/.test(name); }); }

  function forget() {
    sessionStorage.clear();
    Object.keys(localStorage).forEach(function (name) { if (/^(day|daily|typing) /.test(name)) { localStorage.removeItem(name); } });
    forgetSheets();
    document.dispatchEvent(new Event("forgotten"));
  }

  /* Run sheets that were kept (day-worker.js) are gone for whoever signs in next; entries wait for their own account. */
  function forgetSheets() {
    if (window.caches) { caches.keys().then(function (names) { names.forEach(function (name) { if (/^day-/.test(name)) { caches.delete(name); } }); }); }
  }

  if (document.querySelector("input[type=password]")) { quietly(forgetSheets); }

  document.querySelectorAll("form[action$='sign-out']").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      quietly(function () {
        if (keepsUnsent() && !window.confirm(form.dataset.ticks)) { event.preventDefault(); return; }
        forget();
      });
    });
  });

  /* On the run sheet, Alt and the letter in data-key press that control (the page prints the letter beside it). */
  document.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.key.length !== 1) { return; }
    var wanted = event.key.toLowerCase();
    var found = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (control) {
      return control.dataset.key.toLowerCase() === wanted;
    });
    if (!found) { return; }
    event.preventDefault();
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(found.tagName)) { found.focus(); } else { found.click(); }
  });

  /* Errors are the first thing to be read. */
  var summary = document.getElementById("summary");
  if (summary) { summary.focus(); }

  /* Print is a button only where the browser can print. */
  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
