// What a hall or zone screen shows around its calls, by the name of the layout in the hall's file. Another layout is one
// more line here, its name in hall_file_model.py and its words in setup.json.
//
// `side`: something may stand beside the calls (below them, upright) while the digits leave room; `waits`: how many wait and
// who comes next stand there. Pictures stand there wherever a playlist names some.
export const LAYOUTS = {
  calls_and_zones: { side: true, waits: true },
  calls_and_pictures: { side: true, waits: false },
  calls_only: { side: false, waits: false },
};

/** The layout of this name; one that a newer hall's file knows and this page does not is the usual one. */
export function layoutOf({ layout }) {
  return LAYOUTS[layout] ?? LAYOUTS.calls_and_zones;
}
