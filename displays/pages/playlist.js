// Which pictures and videos a screen's corner shows, and which comes next. Pure.

/** The files of the playlist that are there, in its order. `wanted`: "", "*" or names parted by commas. */
export function clipsOf(wanted, files) {
  if (wanted === "*") return files;
  const names = wanted.split(/[,，]/).map((name) => name.trim().toLowerCase());
  return names.flatMap((name) => files.find((file) => file.name === name) ?? []);
}

/** What follows `name`; the first one after something that is gone, null where there is nothing to show. */
export function clipAfter(name, clips) {
  if (clips.length === 0) return null;
  return clips[(clips.findIndex((clip) => clip.name === name) + 1) % clips.length];
}
