/* Computes the SHA-256 or SHA-512 of a file, a slice at a time, so that a recording of hours needs a few megabytes.
   The browser's own hashing wants the whole file in memory at once (FIPS 180-4 says how it is done). */
"use strict";

var SLICE = 4 * 1024 * 1024;

/* The first bits of the fractions of the cube roots (round constants) and square roots (initial values) of the primes,
   as pairs of 32-bit words; SHA-256 uses the first word of each. */
function primes(count) {
  var found = [];
  for (var n = 2; found.length < count; n += 1) {
    if (found.every(function (p) { return n % p; })) { found.push(n); }
  }
  return found;
}

/* floor(root * 2^64) mod 2^64, exactly, by bisection over big integers. */
function fraction(prime, power) {
  var wanted = BigInt(prime) << BigInt(64 * power), low = 0n, high = 1n << 70n;
  while (high - low > 1n) {
    var middle = (low + high) >> 1n;
    if (middle ** BigInt(power) <= wanted) { low = middle; } else { high = middle; }
  }
  return [Number((low >> 32n) & 0xffffffffn) | 0, Number(low & 0xffffffffn) | 0];
}

var CUBES = primes(80).map(function (p) { return fraction(p, 3); }), SQUARES = primes(8).map(function (p) { return fraction(p, 2); });
var HIGH = Int32Array.from(CUBES, function (pair) { return pair[0]; }), LOW = Int32Array.from(CUBES, function (pair) { return pair[1]; });

/* Takes bytes in any portions and gives them on in whole blocks; the end is padded as both algorithms want it. */
function Hash(block, rounds, words) {
  this.block = block; this.compress = rounds; this.state = words;
  this.rest = new Uint8Array(block); this.filled = 0; this.length = 0;
}

Hash.prototype.update = function (bytes) {
  var at = 0;
  this.length += bytes.length;
  if (this.filled) {
    at = Math.min(this.block - this.filled, bytes.length);
    this.rest.set(bytes.subarray(0, at), this.filled);
    this.filled += at;
    if (this.filled < this.block) { return this; }
    this.compress(this.state, this.rest, 0);
    this.filled = 0;
  }
  for (; at + this.block <= bytes.length; at += this.block) { this.compress(this.state, bytes, at); }
  this.rest.set(bytes.subarray(at));
  this.filled = bytes.length - at;
  return this;
};

Hash.prototype.hex = function () {
  var bits = BigInt(this.length) * 8n, size = this.block / 8;
  var end = new Uint8Array((this.filled + 1 + size <= this.block ? this.block : 2 * this.block) - this.filled);
  end[0] = 0x80;
  for (var place = end.length - 1; bits; place -= 1) { end[place] = Number(bits & 255n); bits >>= 8n; }
  this.update(end);
  return Array.from(this.state, function (word) { return (word >>> 0).toString(16).padStart(8, "0"); }).join("");
};

var W = new Int32Array(64);

function rounds256(state, bytes, at) {
  var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7], x, y, i;
  for (i = 0; i < 16; i += 1, at += 4) { W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]; }
  for (; i < 64; i += 1) {
    x = W[i - 15]; y = W[i - 2];
    W[i] = (W[i - 16] + W[i - 7] + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) +
      (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
  }
  for (i = 0; i < 64; i += 1) {
    x = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + HIGH[i] + W[i]) | 0;
    y = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + x) | 0; d = c; c = b; b = a; a = (x + y) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

/* 64-bit words as two halves: adds what is in the parts, carries over, leaves the sum in hi and lo. */
var WH = new Int32Array(80), WL = new Int32Array(80), hi = 0, lo = 0;

function sum(highs, lows) {
  hi = (highs + Math.floor(lows / 4294967296)) | 0;
  lo = lows | 0;
}

function rounds512(state, bytes, at) {
  var s = Int32Array.from(state), i, x, y, p, q, th, tl, uh, ul;
  for (i = 0; i < 16; i += 1, at += 8) {
    WH[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    WL[i] = (bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7];
  }
  for (; i < 80; i += 1) {
    x = WH[i - 15]; y = WL[i - 15]; p = WH[i - 2]; q = WL[i - 2];
    th = ((x >>> 1) | (y << 31)) ^ ((x >>> 8) | (y << 24)) ^ (x >>> 7);
    tl = ((y >>> 1) | (x << 31)) ^ ((y >>> 8) | (x << 24)) ^ ((y >>> 7) | (x << 25));
    uh = ((p >>> 19) | (q << 13)) ^ ((q >>> 29) | (p << 3)) ^ (p >>> 6);
    ul = ((q >>> 19) | (p << 13)) ^ ((p >>> 29) | (q << 3)) ^ ((q >>> 6) | (p << 26));
    sum(WH[i - 16] + WH[i - 7] + th + uh, (WL[i - 16] >>> 0) + (WL[i - 7] >>> 0) + (tl >>> 0) + (ul >>> 0));
    WH[i] = hi; WL[i] = lo;
  }
  for (i = 0; i < 80; i += 1) {
    x = s[8]; y = s[9];
    th = ((x >>> 14) | (y << 18)) ^ ((x >>> 18) | (y << 14)) ^ ((y >>> 9) | (x << 23));
    tl = ((y >>> 14) | (x << 18)) ^ ((y >>> 18) | (x << 14)) ^ ((x >>> 9) | (y << 23));
    sum(s[14] + th + ((x & s[10]) ^ (~x & s[12])) + HIGH[i] + WH[i],
      (s[15] >>> 0) + (tl >>> 0) + (((y & s[11]) ^ (~y & s[13])) >>> 0) + (LOW[i] >>> 0) + (WL[i] >>> 0));
    th = hi; tl = lo; p = s[0]; q = s[1];
    uh = ((p >>> 28) | (q << 4)) ^ ((q >>> 2) | (p << 30)) ^ ((q >>> 7) | (p << 25));
    ul = ((q >>> 28) | (p << 4)) ^ ((p >>> 2) | (q << 30)) ^ ((p >>> 7) | (q << 25));
    sum(uh + ((p & s[2]) ^ (p & s[4]) ^ (s[2] & s[4])), (ul >>> 0) + (((q & s[3]) ^ (q & s[5]) ^ (s[3] & s[5])) >>> 0));
    uh = hi; ul = lo; sum(s[6] + th, (s[7] >>> 0) + (tl >>> 0));
    s.copyWithin(2, 0, 14);
    s[8] = hi; s[9] = lo; sum(th + uh, (tl >>> 0) + (ul >>> 0)); s[0] = hi; s[1] = lo;
  }
  for (i = 0; i < 16; i += 2) { sum(state[i] + s[i], (state[i + 1] >>> 0) + (s[i + 1] >>> 0)); state[i] = hi; state[i + 1] = lo; }
}

function hashOf(algorithm) {
  return algorithm === "sha512" ?
    new Hash(128, rounds512, Int32Array.from(SQUARES.flat())) :
    new Hash(64, rounds256, Int32Array.from(SQUARES, function (pair) { return pair[0]; }));
}

async function read(file, hash) {
  for (var at = 0; at < file.size; at += SLICE) {
    hash.update(new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer()));
    self.postMessage({ read: Math.min(at + SLICE, file.size) });
  }
  self.postMessage({ digest: hash.hex() });
}

self.onmessage = function (event) {
  read(event.data.file, hashOf(event.data.algorithm)).catch(function () { self.postMessage({ failed: true }); });
};
