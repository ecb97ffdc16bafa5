/* Compares a file that somebody chooses with the hash kept of a recording. The file is read here and sent nowhere; without
   this script the page tells the command that does the same. */
"use strict";

function checkFiles(box) {
  var words = box.dataset, input = box.querySelector("input"), bar = box.querySelector("progress"), running = bar.parentNode.parentNode;
  var said = box.querySelector("[role=status]"), hash = box.querySelector(".hash"), worker = null, told = -1;

  function say(text, tone, digest) {
    said.textContent = text;
    said.className = tone ? "note " + tone : "";
    hash.textContent = digest || "";
    hash.hidden = !digest;
  }

  function end() {
    if (worker) { worker.terminate(); worker = null; }
    running.hidden = true;
  }

  /* A voice that reads the page says every tenth only. */
  function progress(read, size) {
    var percent = size ? Math.floor(100 * read / size) : 100;
    bar.value = percent;
    if (Math.floor(percent / 10) > told) { told = Math.floor(percent / 10); say(words.reading.replace("{percent}", percent), "", ""); }
  }

  function judge(digest) {
    end();
    if (digest === words.digest) { say(words.same, "ok", ""); } else { say(words.other, "bad", digest); }
  }

  function compare(file) {
    end();
    told = -1;
    if (String(file.size) !== words.size) {
      say(words.sized.replace("{size}", file.size).replace("{kept}", words.size), "bad", "");
      return;
    }
    running.hidden = false;
    progress(0, file.size);
    worker = new Worker(words.worker);
    worker.onmessage = function (event) {
      if (event.data.digest) { judge(event.data.digest); }
      else if (event.data.failed) { end(); say(words.failed, "bad", ""); }
      else { progress(event.data.read, file.size); }
    };
    worker.onerror = function () { end(); say(words.failed, "bad", ""); };
    worker.postMessage({ file: file, algorithm: words.algorithm });
  }

  /* The same file chosen again is compared again. */
  input.addEventListener("click", function () { input.value = ""; });
  input.addEventListener("change", function () { if (input.files.length) { compare(input.files[0]); } });
  box.querySelector("button").addEventListener("click", function () { end(); say(words.stopped, "", ""); input.value = ""; input.focus(); });
  box.hidden = false;
}

document.querySelectorAll("[data-check]").forEach(checkFiles);
