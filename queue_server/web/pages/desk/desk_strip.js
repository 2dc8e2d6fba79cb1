// The desk as a narrow strip beside the business system: a window that stays on top where the browser has one, else a
// small window. The layout follows the width by itself, so that the same page serves all; nothing here is required.

const SIZE = { width: 360, height: 640 };

export const isStrip = () => window.innerWidth <= 480;

/**
 * Opens the strip. On top of all others by moving `root` into it (`onMoved(document)` then hears its keys too, and is
 * called again with the page's own when it closes); otherwise a second, small window of the same desk.
 */
export async function openStrip(root, onMoved) {
  const onTop = window.documentPictureInPicture;
  if (!onTop) return openSmallWindow();
  let strip;
  try {
    strip = await onTop.requestWindow(SIZE);
  } catch {
    return openSmallWindow(); // forbidden here, or not by a press
  }
  const home = root.parentNode;
  strip.document.documentElement.lang = document.documentElement.lang;
  strip.document.title = document.title;
  for (const style of document.querySelectorAll('link[rel="stylesheet"]')) {
    const copy = strip.document.createElement("link");
    copy.rel = "stylesheet";
    copy.href = style.href;
    strip.document.head.append(copy);
  }
  strip.document.body.append(root);
  onMoved(strip.document);
  strip.addEventListener("pagehide", () => {
    home.append(root);
    onMoved(document);
  });
}

function openSmallWindow() {
  window.open("/desk", "xinting-desk-strip", `popup,width=${SIZE.width},height=${SIZE.height}`);
}
