// Asks before something typed is left unkept.
let isTouched = false;
const form = document.querySelector("form[data-keeps]");
form?.addEventListener("input", () => (isTouched = true));
form?.addEventListener("submit", () => (isTouched = false));
window.addEventListener("beforeunload", (event) => isTouched && event.preventDefault());
