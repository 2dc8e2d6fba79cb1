// Picking up a card by finger, pen or mouse. A sideways pull, a long press or a mouse's pull picks up; a vertical pull scrolls.

const PULL_PX = 10;
const LONG_PRESS_MS = 450; // long enough not to be met by a slow touch
const SIDEWAYS = 1.2; // how much more sideways than up or down a finger must go

/**
 * Watches the elements in `area` that have `data-drag`. `onPick(name, point)`; `onMove(point)`; `onDrop(point, {hasMoved})`;
 * `onCancel()`. A point is `{x, y, under}`; `under` is the element below it. The click that a browser makes of a drop is kept away.
 */
export function watchDrags(area, { onPick, onMove, onDrop, onCancel }) {
  let press = null; // {id, name, x, y, isTouch, isPicked, hasMoved, timer}

  const pointOf = (event) => ({ x: event.clientX, y: event.clientY, under: document.elementFromPoint(event.clientX, event.clientY) });

  area.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-drag]");
    if (!card || press || event.button !== 0) return;
    const isTouch = event.pointerType !== "mouse";
    press = { id: event.pointerId, name: card.dataset.drag, x: event.clientX, y: event.clientY, isTouch, isPicked: false, hasMoved: false };
    if (isTouch) press.timer = setTimeout(() => pick(event), LONG_PRESS_MS);
  });

  area.addEventListener("pointermove", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const [across, along] = [Math.abs(event.clientX - press.x), Math.abs(event.clientY - press.y)];
    const pulled = Math.hypot(across, along) > PULL_PX;
    if (!press.isPicked) {
      if (!pulled) return;
      if (press.isTouch && across < along * SIDEWAYS) return forget(); // the list scrolls
      pick(event);
    }
    press.hasMoved ||= pulled;
    onMove(pointOf(event));
  });

  area.addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const { isPicked, hasMoved } = press;
    forget();
    if (!isPicked) return;
    keepClickAway();
    onDrop(pointOf(event), { hasMoved });
  });

  area.addEventListener("pointercancel", (event) => {
    if (press && event.pointerId === press.id) cancel();
  });

  // once picked up, the finger pulls the card and no longer the list
  area.addEventListener("touchmove", (event) => press?.isPicked && event.cancelable && event.preventDefault(), { passive: false });
  area.addEventListener("contextmenu", (event) => press?.isTouch && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Escape" && press?.isPicked && cancel());

  function pick(event) {
    clearTimeout(press.timer);
    press.isPicked = true;
    area.setPointerCapture(press.id); // the card may be drawn anew under the finger
    onPick(press.name, pointOf(event));
  }

  function cancel() {
    const { isPicked } = press;
    forget();
    if (isPicked) onCancel();
  }

  function forget() {
    clearTimeout(press.timer);
    press = null;
  }

  function keepClickAway() {
    const stop = (event) => {
      event.stopPropagation();
      event.preventDefault();
    };
    area.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => area.removeEventListener("click", stop, { capture: true }), 50);
  }
}
