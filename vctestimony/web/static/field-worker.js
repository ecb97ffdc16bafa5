/* Keeps the pages behind signed links, and what they are made of, so that they open with no network.
   The newest comes first; what was kept is for when nothing comes, or the server has nothing to say. */
"use strict";

var NAME = "field-1", PATIENCE = 8000;

self.addEventListener("install", function (event) { event.waitUntil(self.skipWaiting()); });

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return /^field-/.test(name) && name !== NAME; }).map(function (name) {
      return caches.delete(name);
    }));
  }).then(function () { return self.clients.claim(); }));
});

/* A page that has just been opened asks for itself and its files to be kept. */
self.addEventListener("message", function (event) {
  if (!event.data || !Array.isArray(event.data.keep)) { return; }
  event.waitUntil(caches.open(NAME).then(function (cache) { return cache.addAll(event.data.keep); }).then(function () {
    event.source.postMessage({ kept: true });
  }));
});

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) { return; }
  event.respondWith(newest(request));
});

async function newest(request) {
  var cache = await caches.open(NAME).catch(function () { return null; }), answer = null;
  if (!cache) { return fetch(request); }
  try { answer = await Promise.race([fetch(request), late()]); } catch (away) { return await kept(cache, request) || Response.error(); }
  await keep(cache, request, answer).catch(function () { /* No room: the answer is good all the same. */ });
  return answer.status >= 500 ? await kept(cache, request) || answer : answer;
}

async function keep(cache, request, answer) {
  if (answer.ok) { await cache.put(request, answer.clone()); }
  if (answer.status === 404 || answer.status === 410) { await cache.delete(request, { ignoreSearch: true, ignoreVary: true }); }
}

/* In the language asked for, else in whichever it was kept. */
async function kept(cache, request) {
  return await cache.match(request, { ignoreVary: true }) || cache.match(request, { ignoreSearch: true, ignoreVary: true });
}

function late() {
  return new Promise(function (resolve, reject) { setTimeout(function () { reject(new Error("late")); }, PATIENCE); });
}
