// Saves the answers of an attempt while one goes, so that nothing is lost when the page is left. Without this script they
// are saved by the buttons of the form, to the same address.

const WAIT = 400;

for (const form of document.querySelectorAll("form[data-save]")) {
  const words = form.querySelector("[data-save-words]");
  let timer;
  let sending = Promise.resolve();

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      sending = sending.then(() => save(form, words));
    }, WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

async function save(form, words) {
  const data = new FormData(form);
  let saved = false;
  try {
    // The server answers a saved form by sending the reader on; anything else means that it was not saved.
    const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual", keepalive: true });
    saved = answer.type === "opaqueredirect";
  } catch {
    // The network is gone: the words below say so.
  }
  if (saved) {
    rememberSaved(form, data);
  }
  words.textContent = saved ? words.dataset.saved : words.dataset.notSaved;
}

// What is saved is the new state from which the next change is told.
function rememberSaved(form, data) {
  for (const field of form.querySelectorAll('input[name^="before-"]')) {
    field.value = data.getAll(field.name.replace("before-", "question-")).join(",");
  }
}
