/* The form of an entry in a dialog over the run sheet: the page behind the button, fetched or as it was kept. What is typed
   stays when the dialog is closed. Without this file, and where the form cannot be had, the button leads to its page. */
(function () {
  "use strict";

  var sheet = window.runSheet, box = document.getElementById("live-form"), main = document.getElementById("main");
  if (!sheet || !box || !box.showModal || !sheet.keeps()) { return; }
  var title = document.getElementById("live-title"), place = box.querySelector("div"), drafts = {}, opened = {}, from = null;

  function open(link, kept) {
    var kind = sheet.kindOf(link);
    if (drafts[kind] && !kept) { show(kind); return; }
    var began = Date.now();
    fetch(link, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), form = page.querySelector("main form[action*='/day/log/']");
      drafts[kind] = { heading: page.querySelector("h1").textContent, form: document.importNode(form, true) };
      opened[kind] = kept ? Date.parse(kept.at) : began;
      fill(drafts[kind].form, kept);
      show(kind);
    }).catch(function () { missing(link); });
  }

  /* Empty means: when the form was opened. */
  function fill(form, kept) {
    if (form.elements.at) { form.elements.at.value = kept ? kept.clock : ""; }
    Object.keys(kept ? kept.answers : {}).forEach(function (name) { if (form.elements[name]) { form.elements[name].value = kept.answers[name]; } });
    if (kept && form.elements.note) { form.elements.note.value = kept.note; }
  }

  /* With a network, the form's own page; without one, it is said. */
  function missing(link) {
    if (!sheet.isAway()) { location.href = link; return; }
    sheet.tell(sheet.words.unkept);
    document.getElementById("live-state").textContent = sheet.words.unkept;
  }

  function show(kind) {
    title.textContent = drafts[kind].heading;
    place.textContent = "";
    place.appendChild(drafts[kind].form);
    box.showModal();
    var first = place.querySelector("input:not([type=hidden]), textarea, select");
    (first || title).focus();
  }

  main.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || !sheet.kindOf(link.href) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    event.preventDefault();
    from = link;
    open(link.href, null);
  });

  box.addEventListener("click", function (event) {
    if (event.target.closest("a[href]")) { event.preventDefault(); box.close(); }
  });

  box.addEventListener("submit", function (event) {
    var form = event.target, kind = sheet.kindOf(form.action);
    event.preventDefault();
    event.stopPropagation();
    if (!form.checkValidity()) { form.reportValidity(); return; }
    try { sheet.keep(form, title.textContent, opened[kind]); } catch (full) {
      if (!sheet.isAway()) { form.submit(); return; } /* its own page says what is wrong, with what was typed */
      title.textContent = sheet.words.nothing;
      title.focus();
      return;
    }
    delete drafts[kind];
    box.close();
  });

  box.addEventListener("close", function () {
    place.textContent = "";
    if (from) { from.focus(); }
  });

  sheet.isTyping = function () { return box.open || Object.keys(drafts).length > 0; };
  sheet.fill = open;
})();
