// What a screen says when it is read aloud: its parts in reading order, each with the thing on the screen it belongs to.

const BLOCKS = new Set(["H1", "H2", "H3", "P", "LI", "DT", "DD", "FIGCAPTION", "LABEL"]);
const TOUCHED = "button, input, a[href], summary";
const LONGEST = 180; // characters of one part: a breath, and a sound that is made quickly

/** [{text, element}] of the panel that lies over the screen, or of the screen. What belongs to every screen is left out. */
export function partsOf(root) {
  const top = root.querySelector(".over .panel") ?? root.querySelector(".page main");
  return top ? partsIn(top) : [];
}

export function partsIn(top) {
  const found = [];
  collect(top, found);
  return found.flatMap(({ text, element }) => inBreaths(text).map((breath) => ({ text: breath, element })));
}

/** What one thing says when the focus comes to it; `wordFor` gives the words for its kind. */
export function textOf(element) {
  const own = element.getAttribute("data-say") ?? element.getAttribute("aria-label");
  const text = own ?? (element.matches("input") ? element.placeholder || element.labels?.[0]?.textContent : pieces(element));
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function collect(element, found) {
  if (isSilent(element)) return;
  if (!isOne(element)) {
    for (const child of element.children) collect(child, found);
    return;
  }
  const text = textOf(element);
  if (text && !element.dataset.letter) found.push({ text, element });
}

/** Said in one go: what is touched, what brings its own words, a picture with a name, and a block or a piece of text. */
function isOne(element) {
  if (element.matches(`${TOUCHED}, [data-say], svg`)) return true;
  return (BLOCKS.has(element.tagName) || hasOwnText(element)) && !holdsBlocks(element);
}

function hasOwnText(element) {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
}

function holdsBlocks(element) {
  return [...element.querySelectorAll("*")].some((child) => BLOCKS.has(child.tagName) || child.matches(TOUCHED));
}

/** A label that only readers of the page see belongs to its field, which says it. */
function isSilent(element) {
  const isNameless = element.tagName === "svg" && !element.hasAttribute("aria-label");
  return element.hidden || element.getAttribute("aria-hidden") === "true" || isNameless || element.matches("label .only-read");
}

/** Text with a breath between its pieces, so that a name and its hint are not run together. */
function pieces(element) {
  const texts = [];
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) texts.push(child.textContent.trim());
    else if (child.nodeType === Node.ELEMENT_NODE && !isSilent(child)) texts.push(isInline(child) ? child.textContent.trim() : pieces(child));
  }
  return texts.filter(Boolean).join(element.querySelector("small, .choice__hint, .way__name, .soft, span + span") ? "，" : " ");
}

function isInline(element) {
  return element.children.length === 0;
}

function inBreaths(text) {
  if (text.length <= LONGEST) return [text];
  const sentences = text.match(/[^。！？；.!?;]+[。！？；.!?;]*/g) ?? [text];
  return sentences.flatMap((one) => (one.length <= LONGEST ? [one.trim()] : one.match(new RegExp(`.{1,${LONGEST}}`, "gu")))).filter(Boolean);
}
