// Keeps the visitor's page true without reloading: news by the feed, or by asking again and again without one.
// The server draws; this script replaces the parts that changed, so that both ways show the same.
(function () {
  "use strict";

  var HEARD_NOTHING_MS = 20000; // four ticks of the feed: the line looks open but nothing comes through
  var SENT_JUST_NOW_MS = 5000;
  var BELL = "xinting_bell";

  var page = document.getElementById("page");
  var words = JSON.parse(page.getAttribute("data-words"));
  var address = page.getAttribute("data-address");
  var askAgainMs = Number(page.getAttribute("data-ask-again-seconds")) * 1000;
  var staleAfterMs = Number(page.getAttribute("data-stale-after-seconds")) * 1000;
  var known = standing(page); // how it stood when last drawn
  var socket = null;
  var heardAt = Date.now();
  var heardTime = fieldText("updated");
  var drawing = false;
  var drawAgain = false; // news came while a page was being fetched
  var failures = 0; // questions in a row without an answer
  var asking = null; // the timer of the next question
  var banner = null;
  var sound = null;

  start();

  function start() {
    document.documentElement.setAttribute("data-stale", "no");
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) ask();
    });
    window.addEventListener("online", ask);
    window.addEventListener("offline", judge);
    window.addEventListener("pageshow", allowSending);
    document.addEventListener("submit", sendOnce);
    document.addEventListener("click", pressed);
    document.addEventListener("touchend", wakeSound, { once: true });
    showBell();
    setInterval(judge, 1000);
    askLater();
    listen();
  }

  // --- hearing

  /** The feed's code is large for a phone, so it comes after the page is there and useful. */
  function listen() {
    if (!page.getAttribute("data-live") || over()) return;
    var script = document.createElement("script");
    script.src = page.getAttribute("data-live");
    script.onload = connect;
    document.head.appendChild(script);
  }

  function connect() {
    socket = window.io("/feed", {
      transports: ["websocket"],
      reconnectionDelay: 1000,
      reconnectionDelayMax: 20000,
      timeout: 5000,
      auth: { audience: "visitor", link: page.getAttribute("data-link") },
    });
    socket.on("hello", function (hello) {
      heard(hello.clock.now);
      if (hello.day !== page.getAttribute("data-day")) location.reload();
      else if (hello.seq !== Number(page.getAttribute("data-seq"))) ask();
    });
    socket.on("event", function () {
      heard();
      draw();
    });
    socket.on("waits", function (waits) {
      heard();
      fillNumbers(waits);
    });
    socket.on("tick", function (tick) {
      heard(tick.now);
    });
    socket.on("disconnect", comeBack);
    socket.on("connect_error", comeBack);
  }

  /** For the cases in which the feed's code gives up by itself: refused by the server, or closed by it. */
  function comeBack() {
    askLater();
    if (!socket.active) setTimeout(function () { socket.connect(); }, 2000 + Math.random() * 8000);
  }

  function isConnected() {
    return socket !== null && socket.connected;
  }

  function askLater() {
    clearTimeout(asking);
    asking = setTimeout(function () {
      if (isConnected() || document.hidden || over()) askLater();
      else ask();
    }, progressBoard.pauseAfter(failures, askAgainMs));
  }

  function ask() {
    fetchText(address + "/state", "application/json", function (status, text) {
      failures = status ? 0 : failures + 1;
      askLater();
      if (status === 404) return location.reload(); // the day is over: the page says so calmly
      if (status !== 200) return undefined;
      var state = JSON.parse(text);
      heard(state.clock.now);
      page.setAttribute("data-seq", state.seq);
      if (state.picture !== page.getAttribute("data-picture")) return draw();
      return fillNumbers(state);
    });
  }

  function fetchText(path, accept, then) {
    var request = new XMLHttpRequest();
    request.open("GET", path);
    request.setRequestHeader("Accept", accept);
    request.timeout = 10000;
    request.onloadend = function () {
      then(request.status, request.responseText); // status 0: nobody answered
    };
    request.send();
  }

  // --- drawing

  function draw() {
    drawAgain = drawing;
    if (drawing) return;
    drawing = true;
    fetchText(location.pathname + location.search, "text/html", function (status, text) {
      drawing = false;
      if (status === 200) replaceParts(new DOMParser().parseFromString(text, "text/html"));
      else askLater(); // the picture still differs, so the next question draws
      if (drawAgain) draw();
    });
  }

  /** Parts that are the same stay as they are, with what the visitor ticked or is writing. */
  function replaceParts(fresh) {
    var main = page.querySelector("main");
    var freshPage = fresh.getElementById("page");
    if (!freshPage) return;
    var parts = Array.prototype.map.call(freshPage.querySelector("main").children, function (part) {
      var old = document.getElementById(part.id);
      return old && isSame(old, part) ? old : document.importNode(part, true);
    });
    parts.forEach(function (part, place) {
      if (main.children[place] !== part) main.insertBefore(part, main.children[place] || null);
    });
    while (main.children.length > parts.length) main.removeChild(main.lastElementChild);
    ["data-picture", "data-seq", "data-stage", "data-calls", "data-near", "data-over"].forEach(function (name) {
      page.setAttribute(name, freshPage.getAttribute(name));
    });
    document.title = fresh.title;
    showBell();
    notice(standing(page));
  }

  /** What the visitor is writing stays; a form's own mark is new each time and says nothing. */
  function isSame(one, other) {
    if (one.id === "feedback" && one.querySelector("textarea") && other.querySelector("textarea")) return true;
    return withoutMarks(one).isEqualNode(withoutMarks(other));
  }

  function withoutMarks(part) {
    var copy = part.cloneNode(true);
    copy.removeAttribute("open");
    Array.prototype.forEach.call(copy.querySelectorAll("input[name=wish]"), function (mark) {
      mark.setAttribute("value", "");
    });
    Array.prototype.forEach.call(copy.querySelectorAll("[data-act]"), function (button) {
      button.parentNode.removeChild(button);
    });
    return copy;
  }

  function fillNumbers(state) {
    if (state.stage !== "waiting" || page.getAttribute("data-stage") !== "waiting") return;
    var wait = progressBoard.waitParts(state.wait);
    var near = progressBoard.isNear(state);
    fill("ahead", state.ahead === null ? "–" : state.ahead);
    fill("ahead_words", words[state.ahead === 0 ? "progress.ahead_none" : "progress.ahead"]);
    fill("wait_within", wait && wait.within ? words["common.wait_within"] : "");
    fill("wait", wait ? wait.minutes : "–");
    fill("wait_unit", wait ? words["common.minutes_short"] : "");
    fill("wait_words", words[wait ? (wait.rough ? "progress.wait_rough" : "progress.wait") : "common.wait_unknown"]);
    var total = field("total");
    if (total) {
      var all = progressBoard.waitParts(state.total);
      total.hidden = !all;
      total.textContent = all ? words["progress.total"].replace("{minutes}", all.minutes) : "";
    }
    var note = field("near");
    if (note) note.hidden = !near;
    page.setAttribute("data-near", near ? "yes" : "no");
    notice(standing(page));
  }

  function standing(drawn) {
    return {
      stage: drawn.getAttribute("data-stage"),
      calls: Number(drawn.getAttribute("data-calls")),
      near: drawn.getAttribute("data-near") === "yes",
    };
  }

  function over() {
    return page.getAttribute("data-over") === "yes";
  }

  function field(name) {
    return page.querySelector('[data-field="' + name + '"]');
  }

  function fieldText(name) {
    var place = field(name);
    return place ? place.textContent : "";
  }

  function fill(name, text) {
    var place = field(name);
    if (place && place.textContent !== String(text)) place.textContent = text;
  }

  // --- an old picture says so by itself

  function heard(now) {
    heardAt = Date.now();
    if (now) heardTime = hallTime(now);
    fill("updated", heardTime);
    judge();
  }

  function hallTime(now) {
    var zone = { timeZone: page.getAttribute("data-timezone"), hour: "2-digit", minute: "2-digit", hour12: false };
    return new Date(now).toLocaleTimeString("en-GB", zone);
  }

  function judge() {
    var silentMs = Date.now() - heardAt;
    if (isConnected() && silentMs > HEARD_NOTHING_MS) {
      socket.disconnect();
      socket.connect();
    }
    var stale = !over() && silentMs > staleAfterMs;
    document.documentElement.setAttribute("data-stale", stale ? "yes" : "no");
    if (navigator.onLine === false) say(words["progress.offline"]);
    else say(stale ? words["common.stale_since"].replace("{time}", heardTime) : "");
  }

  function say(text) {
    if (!banner) {
      if (!text) return;
      banner = document.createElement("p");
      banner.className = "stale-banner";
      banner.setAttribute("role", "status");
      document.body.appendChild(banner);
    }
    if (banner.textContent !== text) banner.textContent = text;
    banner.hidden = !text;
  }

  // --- sending

  /** A second tap sends nothing; without a network the visitor is told, and what was written stays. */
  function sendOnce(event) {
    var form = event.target;
    if (navigator.onLine === false) {
      event.preventDefault();
      window.alert(words["progress.sending_offline"]);
      return;
    }
    if (Date.now() - Number(form.getAttribute("data-sent") || 0) < SENT_JUST_NOW_MS) event.preventDefault();
    else form.setAttribute("data-sent", Date.now());
  }

  function allowSending() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-sent]"), function (form) {
      form.removeAttribute("data-sent");
    });
  }

  // --- sound and vibration

  function notice(now) {
    var what = progressBoard.whatHappened(known, now);
    known = now;
    if (!what) return;
    if (navigator.vibrate) navigator.vibrate(progressBoard.vibrationFor(what));
    if (bellIsOn()) ring(what === "called" ? 3 : 1);
  }

  function pressed(event) {
    var button = event.target.closest ? event.target.closest("[data-act]") : null;
    if (!button) return;
    if (button.getAttribute("data-act") === "push") return wantPush(button);
    keepBell(bellIsOn() ? "off" : "on");
    if (bellIsOn()) {
      wakeSound();
      ring(1);
    }
    showBell();
  }

  function wantPush(button) {
    button.disabled = true;
    progressPush.subscribe(document.getElementById("notices").getAttribute("data-push"), function (ok) {
      button.disabled = false;
      if (ok) draw();
      else button.textContent = words["progress.push_refused"];
    });
  }

  function showBell() {
    var push = page.querySelector("[data-act=push]");
    if (push) push.hidden = !progressPush.isPossible();
    var button = page.querySelector("[data-act=bell]");
    if (!button || !(window.AudioContext || window.webkitAudioContext)) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", bellIsOn() ? "true" : "false");
    button.textContent = words[bellIsOn() ? "progress.bell_on" : "progress.bell"];
  }

  function bellIsOn() {
    try {
      return localStorage.getItem(BELL) === "on";
    } catch (error) {
      return false; // storage is shut in some private windows
    }
  }

  function keepBell(value) {
    try {
      localStorage.setItem(BELL, value);
    } catch (error) {
      // then it holds for this press only
    }
  }

  /** Browsers let a page sound only after a finger has touched it. */
  function wakeSound() {
    if (!bellIsOn() || sound) return;
    sound = new (window.AudioContext || window.webkitAudioContext)();
    if (sound.resume) sound.resume();
  }

  function ring(times) {
    if (!sound) return;
    for (var n = 0; n < times; n += 1) strike(sound.currentTime + n * 0.6);
  }

  function strike(at) {
    var tone = sound.createOscillator();
    var volume = sound.createGain();
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.5, at);
    volume.gain.exponentialRampToValueAtTime(0.01, at + 0.5);
    tone.connect(volume);
    volume.connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.5);
  }
})();
