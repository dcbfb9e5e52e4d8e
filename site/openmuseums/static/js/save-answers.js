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
  data.set("go", "stay");
  const changed = changedFields(form, data);
  const before = changed.map((field) => field.value);
  // Until the answer is there nobody knows what is saved. A mark that is no choice has these questions taken for changed
  // if the form is handed in meanwhile.
  changed.forEach((field) => { field.value = "unknown"; });
  let saved = false;
  try {
    // Nothing to show means saved. Whoever is sent elsewhere instead has no record any longer: nothing was saved.
    const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual", keepalive: true });
    saved = answer.status === 204;
  } catch {
    // The network is gone: the words below say so.
  }
  changed.forEach((field, index) => { field.value = saved ? chosen(field, data) : before[index]; });
  words.textContent = saved ? words.dataset.saved : words.dataset.notSaved;
}

// The fields that say what was chosen when the page was made, of questions whose answer is another one now.
function changedFields(form, data) {
  return [...form.querySelectorAll('input[name^="before-"]')].filter((field) => field.value !== chosen(field, data));
}

function chosen(field, data) {
  return data.getAll(field.name.replace("before-", "question-")).join(",");
}
