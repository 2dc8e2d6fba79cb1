// Measures one kiosk screen as it stands: what is too small, too pale, too high, cut off or lying over something else.
// The kiosk is drawn for 1080 × 1920 (1920 × 1080 wide), one CSS pixel to one dp.

const TOUCHED = "button, input, a[href], summary";
const LEAST_TOUCH_DP = 60;
const LEAST_CONTRAST = 7;
const LARGE_TEXT_DP = 30;

function shown(element) {
  if (!element.getClientRects().length || element.closest("[hidden], .demo-badge, .only-read, .slowly")) return false;
  const { visibility, opacity } = getComputedStyle(element);
  return visibility !== "hidden" && Number(opacity) > 0;
}

/** As it is drawn: the text of a picture is as large as the picture makes it. */
function pixelsOf(element) {
  const size = parseFloat(getComputedStyle(element).fontSize);
  return element instanceof SVGElement ? size * element.getScreenCTM().a : size;
}

function name(element) {
  const text = (element.getAttribute("aria-label") || element.textContent || element.placeholder || "").trim().slice(0, 18);
  return `<${element.tagName.toLowerCase()} ${element.getAttribute("class") ?? ""}> “${text}”`;
}

function channels(colour) {
  const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [r, g, b], a };
}

function over(top, below) {
  return top.rgb.map((value, at) => value * top.a + below[at] * (1 - top.a));
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => value / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** What is really painted behind it, veils included. */
function behind(element) {
  const layers = [];
  for (let each = element; each; each = each.parentElement) {
    const colour = channels(getComputedStyle(each).backgroundColor);
    if (colour.a > 0) layers.push(colour);
    if (colour.a === 1) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
}

function contrast(element, colour) {
  const ground = behind(element);
  const [light, dark] = [luminance(over(channels(colour), ground)), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Elements that hold words themselves. */
function texts(root) {
  return [...root.querySelectorAll("*")].filter(
    (element) => shown(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()),
  );
}

function onTop(root) {
  return [root.querySelector(".over .panel") ?? root.querySelector(".page"), root.querySelector(".bar")];
}

function scrolls(element) {
  return element.closest(".scroller__inside") !== null;
}

window.measureKiosk = () => {
  const root = document.getElementById("kiosk");
  const page = document.documentElement;
  const faults = [];
  const parts = onTop(root);
  const touched = parts.flatMap((part) => [...part.querySelectorAll(TOUCHED)]).filter(shown);
  const reach = page.classList.contains("is-low") ? innerHeight * (1 - Number(page.style.getPropertyValue("--low-share"))) : 0;
  for (const element of touched) {
    const { width, height, top } = element.getBoundingClientRect();
    const field = element.matches("input") ? element.closest("label").getBoundingClientRect() : { width, height };
    if (Math.min(field.width, field.height) < LEAST_TOUCH_DP - 0.5) faults.push(`${Math.round(field.width)} × ${Math.round(field.height)} is small: ${name(element)}`);
    if (top < reach - 1 && !scrolls(element)) faults.push(`${Math.round(reach - top)} px too high for a seated hand: ${name(element)}`);
    if (element.scrollWidth > element.clientWidth + 2 && !element.matches("input")) faults.push(`cut off: ${name(element)}`);
  }
  for (const [at, one] of touched.entries()) {
    for (const other of touched.slice(at + 1)) if (!scrolls(one) && !scrolls(other) && meet(one, other)) faults.push(`${name(one)} lies over ${name(other)}`);
  }
  for (const element of parts.flatMap(texts)) {
    const style = getComputedStyle(element);
    const isOff = element.closest(":disabled") !== null;
    const ratio = contrast(element, style.color);
    if (ratio < LEAST_CONTRAST && !isOff) faults.push(`contrast ${ratio.toFixed(1)}: ${name(element)}`);
    if (page.classList.contains("is-large") && pixelsOf(element) < LARGE_TEXT_DP - 0.1) faults.push(`${pixelsOf(element).toFixed(1)} px in large print: ${name(element)}`);
    if (!scrolls(element) && isOutside(element)) faults.push(`runs out of its place: ${name(element)}`);
  }
  return [...new Set(faults)];
};

/** What somebody who listens would not hear: things to touch and words that no part of the spoken screen holds. */
window.unsaidAtKiosk = async () => {
  const { partsOf } = await import("/kiosk/pages/speech_text.js");
  const root = document.getElementById("kiosk");
  const top = root.querySelector(".over .panel") ?? root.querySelector(".page main");
  const said = partsOf(root).map(({ element }) => element);
  const isSaid = (element) => said.some((part) => part.contains(element));
  // letters are typed, and a table's head is said with each figure
  const isOther = (element) => element.closest('[data-letter], [aria-hidden=true], [data-say=""]') !== null;
  const meant = [...new Set([...top.querySelectorAll(TOUCHED), ...texts(top)])].filter((element) => shown(element) && !isOther(element));
  return meant.filter((element) => !isSaid(element)).map((element) => `not said aloud: ${name(element)}`);
};

function meet(one, other) {
  if (one.contains(other) || other.contains(one)) return false;
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 2 && high > 2;
}

/** Words outside of the button, the panel, the middle or the bar that holds them. */
function isOutside(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const words = range.getBoundingClientRect();
  const style = getComputedStyle(element);
  if (style.textOverflow === "ellipsis") return false;
  return [element.closest("button"), element.closest(".panel, .bar, .keyboard, main"), document.body].some((holder) => {
    if (!holder) return false;
    const box = holder.getBoundingClientRect();
    const air = 0.3 * parseFloat(style.fontSize); // a line's own height is more than its letters'
    return words.left < box.left - 3 || words.right > box.right + 3 || words.top < box.top - air || words.bottom > box.bottom + air;
  });
}
