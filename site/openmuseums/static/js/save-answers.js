// Saves the answers of an attempt while one goes, so that nothing is lost when the page is left or the connection is
// gone. Without this script they are saved by the buttons of the form, to the same address.

const PAUSE = { change: 400, input: 1500 };
const RETRY = [2, 4, 8, 15, 30, 60];
// Stands for an answer on its way: no form sends a part of this name, so its question is taken for changed.
const SENDING = "sending=1";

for (const form of document.querySelectorAll("form[data-save]")) {
  const words = form.querySelector("[data-save-words]");
  let timer;
  let tries = 0;
  let isLost = false;
  let isLeaving = false;
  let sending = Promise.resolve();

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };
  const flush = () => {
    clearTimeout(timer);
    sending = sending.then(send);
  };
  const send = async () => {
    const changed = changedFields(form);
    if (isLeaving || !changed.length) return;
    let outcome = await save(form, changed);
    // One answer that cannot be kept must not hold up the others.
    if (outcome === "refused" && changed.length > 1) {
      for (const field of changed) await save(form, [field]);
    }
    isLost = outcome === "lost";
    if (isLost) later(RETRY[Math.min(tries++, RETRY.length - 1)] * 1000);
    else tries = 0;
    if (outcome === "saved" && changedFields(form).length) return;
    words.textContent = { saved: words.dataset.saved, refused: words.dataset.notSaved, lost: words.dataset.lost }[outcome];
  };

  for (const kind of Object.keys(PAUSE)) form.addEventListener(kind, () => later(PAUSE[kind]));
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  // Whoever comes back by the browser's history goes on here.
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("beforeunload", (event) => {
    if (isLeaving || !changedFields(form).length) return;
    flush();
    if (isLost) event.preventDefault();
  });
}

// Sends the answers of some questions; returns whether they were saved, refused, or never got there.
async function save(form, changed) {
  const data = new FormData(form);
  const ids = new Set(changed.map(idOf));
  for (const name of [...data.keys()]) {
    const found = name.match(/^(?:question|before)-([^:]*)/);
    if (found && !ids.has(found[1])) data.delete(name);
  }
  data.set("go", "stay");
  const before = changed.map((field) => field.value);
  const now = changed.map((field) => answerOf(field, data));
  // Until the answer of the server is there nobody knows what is saved.
  changed.forEach((field) => { field.value = SENDING; });
  let outcome = "lost";
  try {
    // Nothing to show means saved. Whoever is sent elsewhere has no record any longer: nothing was saved.
    const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual", keepalive: true });
    outcome = answer.status === 204 ? "saved" : answer.status >= 500 ? "lost" : "refused";
  } catch {
    // The network is gone.
  }
  changed.forEach((field, index) => { field.value = outcome === "saved" ? now[index] : before[index]; });
  return outcome;
}

// The fields that say what was answered when the page was made, of questions whose answer is another one now.
function changedFields(form) {
  const data = new FormData(form);
  return [...form.querySelectorAll('input[name^="before-"]')].filter(
    (field) => inOrder(new URLSearchParams(field.value)) !== answerOf(field, data),
  );
}

// The answer to a question, written as the server writes it: parts and values.
function answerOf(field, data) {
  const whole = `question-${idOf(field)}`;
  const pairs = [...data].filter(([name, value]) => (name === whole || name.startsWith(`${whole}:`)) && plain(value));
  return inOrder(pairs.map(([name, value]) => [name.slice(whole.length + 1), plain(value)]));
}

function inOrder(pairs) {
  const listed = [...pairs].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return new URLSearchParams(listed).toString();
}

function plain(value) {
  return value.replaceAll("\r\n", "\n").trim();
}

function idOf(field) {
  return field.name.replace("before-", "");
}
