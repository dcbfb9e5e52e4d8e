// Takes a reader who changes the language to the same place of the page, and remembers the choice: in a cookie that only
// the site's first address reads, and in the record of who is signed in. Without this script the links lead to the page.

const YEAR = 365 * 24 * 60 * 60;

for (const choices of document.querySelectorAll("[data-languages]")) {
  choices.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-language]");
    if (!link) return;
    link.hash = location.hash;
    remember(choices.dataset, link.dataset.language);
  });
  choices.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !choices.open) return;
    choices.open = false;
    choices.querySelector("summary").focus();
  });
}

function remember({ cookie, keep }, language) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${language}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!keep || !token) return;
  const body = new URLSearchParams({ language, csrfmiddlewaretoken: token.value });
  // The page is left at once: the record is written meanwhile. Where it is not, the cookie remembers all the same.
  fetch(keep, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
}
