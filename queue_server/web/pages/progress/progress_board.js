// What the phone's page does with news: plain values, no page, no socket; tested with node.
// A plain script in the JavaScript of 2009, as progress_page.js: phones of 2016 and WeChat read it.
var progressBoard = (function () {
  "use strict";

  var NEAR_AHEAD = 3; // these two as progress_view.py
  var NEAR_MINUTES = 15;
  var VIBRATE = { called: [400, 150, 400, 150, 400], near: [200] };
  var ASK_AT_MOST_EVERY = 6; // times as long, when asking fails again and again

  /** Few are left ahead, and not because nobody is serving: only then "nearly your turn" is true. */
  function isNear(state) {
    return (
      state.stage === "waiting" && state.ahead !== null && state.ahead <= NEAR_AHEAD && !!state.wait && state.wait.low <= NEAR_MINUTES
    );
  }

  /**
   * What has just happened to the visitor, compared with the last state known: "called" for every call and recall,
   * "near" once when few are left ahead, null for nothing worth a sound. States are {stage, calls, near}.
   */
  function whatHappened(before, after) {
    if (!before) return null;
    if (after.stage === "called" && (before.stage !== "called" || after.calls > before.calls)) return "called";
    return after.stage === "waiting" && after.near && before.stage === "waiting" && !before.near ? "near" : null;
  }

  function vibrationFor(what) {
    return VIBRATE[what] || null;
  }

  /** The range as its words need it, as waits.js says it. Null: nobody can say. */
  function waitParts(wait) {
    if (!wait) return null;
    var high = Math.max(wait.low, wait.high);
    if (wait.low < 1) return { within: true, minutes: String(Math.max(1, high)), rough: wait.rough };
    return { within: false, minutes: wait.low === high ? String(high) : wait.low + "–" + high, rough: wait.rough };
  }

  /** How long to leave the server alone after so many questions in vain. */
  function pauseAfter(failures, usualMs) {
    return usualMs * Math.min(ASK_AT_MOST_EVERY, Math.pow(2, failures));
  }

  return { isNear: isNear, whatHappened: whatHappened, vibrationFor: vibrationFor, waitParts: waitParts, pauseAfter: pauseAfter };
})();
