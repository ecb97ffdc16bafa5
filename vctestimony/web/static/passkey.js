/* Passkeys: asks the browser for one when the form's button is pressed, and sends the answer with it,
   or with the form that `data-into` names. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) { return; }
  var told = document.getElementById("passkey-told");
  var sent = document.getElementById(form.dataset.into) || form;
  var given = sent.elements[form.dataset.into ? "proof_passkey" : "answer"];
  form.hidden = false;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function named(list) {
    return (list || []).map(function (one) { return { type: one.type, id: bytes(one.id), transports: one.transports }; });
  }
  function asked() {
    var options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "make") {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = named(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: options });
    }
    options.allowCredentials = named(options.allowCredentials);
    return navigator.credentials.get({ publicKey: options });
  }
  function answer(found) {
    var said = { clientDataJSON: text(found.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (found.response[part]) { said[part] = text(found.response[part]); }
    });
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response: said });
  }
  form.addEventListener("submit", function (event) {
    if (given.value) { return; }
    event.preventDefault();
    asked().then(function (found) {
      given.value = answer(found);
      HTMLFormElement.prototype.submit.call(sent);
    }).catch(function () { told.hidden = false; });
  });
})();
