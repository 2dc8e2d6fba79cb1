// Lets people see what they type: most wrong passwords are typing errors. Without script the box does not show.
const show = document.querySelector("#show");
if (show) {
  show.closest("label").hidden = false;
  show.addEventListener("change", () => {
    for (const field of document.querySelectorAll("[autocomplete$=password]")) field.type = show.checked ? "text" : "password";
  });
}
