// The words people read, by key. "desk.call_next" is the key `call_next` of words/<lang>/desk.json.

const tables = { zh: new Map(), en: new Map() };
const loading = new Map();
let current = "zh";

/** The language the page was made in. */
export function pageLanguage() {
  return document.documentElement.lang.toLowerCase().startsWith("en") ? "en" : "zh";
}

export function currentLanguage() {
  return current;
}

/** Makes `lang` the language of `t` at once; its words must have been loaded before. */
export function useLanguage(lang) {
  current = lang;
}

/** Loads the surfaces' words and makes `lang` the language of `t` (unless `{current: false}`). Loads each file once. */
export async function loadWords(surfaces, lang = pageLanguage(), options = {}) {
  await Promise.all(surfaces.map((surface) => loadOnce(surface, lang)));
  if (options.current !== false) current = lang;
}

function loadOnce(surface, lang) {
  const path = `/common/words/${lang}/${surface}.json`;
  if (!loading.has(path)) {
    loading.set(
      path,
      fetchWords(path).then(
        (words) => addWords(surface, lang, words),
        (error) => {
          loading.delete(path); // the next call tries again
          throw error;
        },
      ),
    );
  }
  return loading.get(path);
}

/** Reads again what was loaded: the hall may say something otherwise now. What cannot be read stays as it is. */
export function reloadWords() {
  const again = [...loading.keys()].map(async (path) => {
    const [lang, file] = path.split("/").slice(-2);
    addWords(file.replace(/\.json$/, ""), lang, await fetchWords(path));
  });
  return Promise.allSettled(again);
}

async function fetchWords(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Adds words without fetching; keys with and without the surface in front mean the same. */
export function addWords(surface, lang, words) {
  for (const [key, text] of Object.entries(words)) {
    tables[lang].set(key.startsWith(`${surface}.`) ? key : `${surface}.${key}`, text);
  }
}

/** The word in the page's language, with {n}-like places filled. */
export function t(key, values = {}) {
  return tIn(current, key, values);
}

/** The word in a named language; Chinese where that language lacks it; the key itself where nobody has it. */
export function tIn(lang, key, values = {}) {
  const text = tables[lang]?.get(key) ?? tables.zh.get(key);
  if (text === undefined) {
    console.warn(`no word for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Picks from {"zh": …, "en": …} data, Chinese where the other is missing. */
export function pick(both, lang = current) {
  if (both === null || both === undefined || typeof both === "string") return both ?? "";
  return both[lang] || both.zh || "";
}
