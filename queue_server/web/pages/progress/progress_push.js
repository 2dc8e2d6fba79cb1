// Web Push, where the browser has it: a notice also when the page is closed. Asked for by the visitor's own finger.
var progressPush = (function () {
  "use strict";

  function isPossible() {
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  }

  /** `then(ok)` is called once the server knows this browser, or when the visitor or the browser said no. */
  function subscribe(address, then) {
    function no(error) {
      console.warn("no push", error);
      then(false);
    }
    ask("GET", address.replace(/push$/, "push-key"), null, function (answer) {
      navigator.serviceWorker
        .register("/p/worker.js")
        .then(function (worker) {
          return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(answer.key) });
        })
        .then(function (subscription) {
          ask("POST", address, JSON.stringify(subscription), function () { then(true); }, no);
        })
        .then(null, no);
    }, no);
  }

  function ask(method, path, body, then, no) {
    var request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader("Accept", "application/json");
    if (body) request.setRequestHeader("Content-Type", "application/json");
    request.onloadend = function () {
      if (request.status >= 200 && request.status < 300) then(JSON.parse(request.responseText));
      else no(request.status);
    };
    request.send(body);
  }

  /** A key in base64url as the bytes that browsers want. */
  function bytesOf(text) {
    var letters = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    var bytes = new Uint8Array(letters.length);
    for (var n = 0; n < letters.length; n += 1) bytes[n] = letters.charCodeAt(n);
    return bytes;
  }

  return { isPossible: isPossible, subscribe: subscribe };
})();
