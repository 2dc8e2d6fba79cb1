// The little that every server-drawn staff page does by script: signing out.
import { api } from "/common/api.js";

const signOut = document.getElementById("sign-out");
if (signOut) {
  signOut.hidden = false;
  signOut.addEventListener("click", async () => {
    try {
      await api.delete("/session");
    } finally {
      location.assign(`/sign-in?lang=${document.documentElement.lang === "en" ? "en" : "zh"}`);
    }
  });
}
