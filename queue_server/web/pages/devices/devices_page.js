// Keeps the list as it is now, without disturbing who is typing or about to press something in it.
const EVERY_MS = 4000;
const PAGE = `/supervisor/devices${location.search}`; // after letting a device in, the address here is another
const list = document.getElementById("devices");

async function lookAgain() {
  if (document.hidden) return;
  const answer = await fetch(PAGE, { headers: { Accept: "text/html" } });
  if (answer.redirected) return location.assign(PAGE); // signed out meanwhile
  if (!answer.ok) throw new Error(`the list was answered with ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("devices");
  if (!fresh || list.contains(document.activeElement)) return;
  list.dataset.troubles = fresh.dataset.troubles;
  list.replaceChildren(...fresh.childNodes);
}

async function goOn() {
  try {
    await lookAgain();
    list.removeAttribute("data-old");
  } catch {
    list.dataset.old = "yes"; // the server is away: what stands here is of before
  }
  setTimeout(goOn, EVERY_MS);
}

setTimeout(goOn, EVERY_MS);
