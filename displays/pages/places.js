// How many large calls the layout has room for: the style sheet decides (`--call-places`), by the screen's shape.

export function places() {
  const said = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue("--call-places"), 10);
  return said > 0 ? said : 3;
}
