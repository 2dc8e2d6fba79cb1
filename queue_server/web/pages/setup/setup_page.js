// The little that these pages do by script: signing out, and asking before something typed is left unkept.
import { api } from "/common/api.js";

const signOut = document.getElementById("sign-out");
signOut.hidden = false;
signOut.addEventListener("click", async () => {
  try {
    await api.delete("/session");
  } finally {
    location.assign("/sign-in");
  }
});

let isTouched = false;
const form = document.querySelector("form[data-keeps]");
form?.addEventListener("input", () => (isTouched = true));
form?.addEventListener("submit", () => (isTouched = false));
window.addEventListener("beforeunload", (event) => isTouched && event.preventDefault());
