// A device's page that did not come whole (a cable, a network that changed, a hall just starting) is loaded again:
// nobody stands there to do it. An ordinary script, so that it runs before what may fail; `data-whole` says all is well.
(function () {
  const AGAIN_AFTER_MS = 2000;
  const WHOLE_WITHIN_MS = 30000;
  const page = document.documentElement;
  let isInPart = false; // seen to be so: a page without its style may draw itself all the same

  /** Only once the hall answers: a reload without it would leave the browser's page of error, or the one of a web server
   * in front of a hall that is still starting. */
  function loadAgain() {
    if (page.dataset.whole && !isInPart) return;
    fetch(location.href, { method: "HEAD" }).then(
      (answer) => (answer.ok ? location.reload() : setTimeout(loadAgain, AGAIN_AFTER_MS)),
      () => setTimeout(loadAgain, AGAIN_AFTER_MS),
    );
  }

  function onError(event) {
    if (isInPart || !event.target.matches?.("script, link[rel=stylesheet]")) return;
    isInPart = true;
    setTimeout(loadAgain, AGAIN_AFTER_MS);
  }

  addEventListener("error", onError, true);
  setTimeout(loadAgain, WHOLE_WITHIN_MS);
})();
