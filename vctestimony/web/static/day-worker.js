/* Keeps a run sheet on a device: its buttons and the forms of its entries, without the log. What the page asked to be kept
   is kept and nothing else; it is for when nothing comes, or the server has nothing to say. */
"use strict";

var NAME = "day-2", MARK = "X-Kept-Mark", PATIENCE = 8000, SHELL = self.registration.scope + "/kept";

self.addEventListener("install", function (event) { event.waitUntil(self.skipWaiting()); });

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return /^day-/.test(name) && name !== NAME; }).map(function (name) {
      return caches.delete(name);
    }));
  }).then(function () { return self.clients.claim(); }));
});

/* One after the other: the server has others to see to. A form that is kept with the mark it would have now is not fetched. */
self.addEventListener("message", function (event) {
  if (!event.data || !Array.isArray(event.data.keep)) { return; }
  event.waitUntil(caches.open(NAME).then(async function (cache) {
    await self.clients.claim();
    for (var [address, mark] of event.data.keep) {
      var there = mark && await cache.match(address, { ignoreVary: true });
      if (there && there.headers.get(MARK) === mark) { continue; }
      var answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
      if (answer.ok) { await cache.put(address, mark ? await marked(answer, mark) : answer); }
    }
    event.source.postMessage({ kept: true });
  }).catch(function () { /* No room, or no network: then it opens with a network only. */ }));
});

self.addEventListener("fetch", function (event) {
  var request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin || /\/day\/news$/.test(address.pathname)) { return; }
  event.respondWith(newest(request));
});

async function marked(answer, mark) {
  var headers = new Headers(answer.headers);
  headers.set(MARK, mark);
  return new Response(await answer.blob(), { status: answer.status, headers: headers });
}

async function newest(request) {
  var answer = null;
  try { answer = await Promise.race([fetch(request), late()]); } catch (away) { return await kept(request) || Response.error(); }
  return answer.status >= 500 ? await kept(request) || answer : answer;
}

/* A page is answered with the sheet's buttons; its files and forms as they are. */
async function kept(request) {
  var cache = await caches.open(NAME).catch(function () { return null; });
  return cache && cache.match(request.mode === "navigate" ? SHELL : request, { ignoreVary: true });
}

function late() {
  return new Promise(function (resolve, reject) { setTimeout(function () { reject(new Error("late")); }, PATIENCE); });
}
