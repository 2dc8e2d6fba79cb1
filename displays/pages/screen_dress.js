// Puts a screen's settings on the page: digits, places and colours as attributes and variables that the style sheets read.
import { hallTime } from "/common/clock.js";
import { isEvening, leastDigitPx, settingsOf } from "./display_settings.js";
import { layoutOf } from "./layouts.js";
import { arrangeCounter, arrangeScreen } from "./screen_layout.js";

/** `kind`: hall | zone | counter; `corner`: pictures are to be shown. Returns {settings, places, side, waits} of this moment; call it before each drawing. */
export function dressScreen(kind, hall, id, now, corner = false) {
  const settings = settingsOf(hall.displays, id);
  const { innerWidth: width, innerHeight: height } = window;
  const leastPx = leastDigitPx(settings, height);
  const layout =
    kind === "counter" ? arrangeCounter({ width, height, leastPx }) : arrangeScreen({ width, height, kind, leastPx, settings, corner });
  const { style, dataset } = document.documentElement;
  style.setProperty("--digit", `${layout.fontPx}px`);
  style.setProperty("--call-places", String(layout.places ?? 1));
  put(dataset, "side", layout.side === false ? "no" : "yes");
  put(dataset, "stacked", layout.stacked ? "yes" : "no");
  put(dataset, "compact", layout.compact ? "yes" : "no");
  put(dataset, "digits", layout.enough ? "enough" : "too_small");
  put(dataset, "corner", corner ? "yes" : "no");
  put(dataset, "contrast", settings.contrast);
  put(dataset, "evening", isEvening(settings, hallTime(now)) ? "yes" : "no");
  put(dataset, "silent", settings.silent ? "yes" : "no");
  const { waits } = layoutOf(settings);
  put(dataset, "waits", waits ? "yes" : "no");
  return { settings, places: layout.places ?? 1, side: layout.side !== false, waits };
}

function put(dataset, name, value) {
  if (dataset[name] !== value) dataset[name] = value; // the same again would cost a layout
}
