// How a screen inside the film gets its pictures: from the film's page around it, never from the hall.

/** `show({hall, frame, now, speed, sought})` for each picture. */
export function hearFrames(show) {
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin && data?.frame) show(data);
  });
  parent.postMessage({ ready: true }, location.origin);
}

/** Hands a picture to the screen in `frame`, an iframe of ours. */
export function showFrame(screen, picture) {
  screen.contentWindow?.postMessage(picture, location.origin);
}

/** Calls `act` whenever a screen inside says that it is ready. */
export function whenReady(act) {
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin && data?.ready) act();
  });
}
