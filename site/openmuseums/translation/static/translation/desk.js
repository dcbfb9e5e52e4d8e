// Saves the texts of a desk one by one, without loading the page again, and lets the preview follow. Without this script
// the same buttons send the form.

const desk = document.querySelector("[data-desk]");
const form = document.getElementById("desk-form");
const progress = document.getElementById("progress");
const told = desk.querySelector("[data-told]");
const preview = desk.querySelector("[data-preview]");
const PATIENCE = 30_000;
const PAUSE = 800;
let anchor = "";
let leaving = false;
let reloading = 0;

const segments = () => [...desk.querySelectorAll("[data-segment]")];
const fieldOf = (segment) => segment.querySelector("textarea");

function isChanged(segment) {
  const field = fieldOf(segment);
  return segment.hasAttribute("data-typed") || field.value !== field.defaultValue;
}

/** Say something beside a text, and to who does not see it. */
function say(segment, message) {
  const place = segment?.querySelector("[data-said]");
  if (place) place.textContent = message;
  told.textContent = message;
}

/** Have the form know which versions are seen now. */
function noteVersions() {
  form.elements.versions.value = segments()
    .map((segment) => `${segment.dataset.segment}:${segment.dataset.version}`)
    .join(" ");
}

function fieldsOf(chosen, save) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("save", save);
  data.set("versions", chosen.map((one) => `${one.dataset.segment}:${one.dataset.version}`).join(" "));
  for (const one of chosen) data.set(`text-${one.dataset.segment}`, fieldOf(one).value);
  return data;
}

/** Send texts; return what the site says, or null where it does not answer. */
async function send(chosen, save) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fieldsOf(chosen, save),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Put the text as it stands now in the place of one that was sent; what was typed meanwhile stays. */
function replace(segment, html, sent) {
  const field = fieldOf(segment);
  const [typed, had] = [field.value, document.activeElement === field];
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-segment]");
  segment.replaceWith(fresh);
  prepare(fresh);
  if (typed !== sent) {
    fieldOf(fresh).value = typed;
  }
  if (had) fieldOf(fresh).focus();
  return fresh;
}

/** Save texts; return whether all of them are kept. */
async function save(chosen, name) {
  const sent = new Map(chosen.map((one) => [one.dataset.segment, fieldOf(one).value]));
  for (const one of chosen) say(one, desk.dataset.saving);
  const answer = await send(chosen, name);
  if (!answer) {
    for (const one of chosen) say(one, desk.dataset.failed);
    return false;
  }
  for (const one of chosen) {
    const html = answer.segments[one.dataset.segment];
    say(html ? replace(one, html, sent.get(one.dataset.segment)) : one, answer.message);
  }
  progress.innerHTML = answer.progress;
  noteVersions();
  if (answer.saved) reloadPreview();
  return answer.saved;
}

async function saveAndGoOn(segment) {
  const name = segment.dataset.segment;
  if (await save([segment], name)) {
    const all = segments();
    const next = all[all.findIndex((one) => one.dataset.segment === name) + 1];
    if (next) fieldOf(next).focus();
  }
}

/** Have the preview show the block that somebody works on. */
function follow() {
  const there = anchor ? preview?.contentDocument?.getElementById(anchor) : null;
  if (!there) return;
  // Scrolled within its frame alone: the desk stays where it is.
  const shown = preview.contentWindow;
  shown.scrollTo({ top: there.getBoundingClientRect().top + shown.scrollY - shown.innerHeight / 4 });
}

function reloadPreview() {
  if (!preview) return;
  clearTimeout(reloading);
  reloading = setTimeout(() => preview.contentWindow.location.reload(), PAUSE);
}

function prepare(segment) {
  for (const button of segment.querySelectorAll("[data-take]")) button.hidden = false;
}

desk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const segment = button?.closest("[data-segment]");
  if (segment && button.dataset.take !== undefined) {
    fieldOf(segment).value = button.dataset.take;
    fieldOf(segment).focus();
  } else if (button?.name === "save" && button.value === "all") {
    event.preventDefault();
    const changed = segments().filter(isChanged);
    if (changed.length) save(changed, "all");
  } else if (segment && button.name === "save") {
    event.preventDefault();
    save([segment], segment.dataset.segment);
  }
});

desk.addEventListener("keydown", (event) => {
  const segment = event.target.closest("[data-segment]");
  if (segment && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    saveAndGoOn(segment);
  }
});

desk.addEventListener("focusin", (event) => {
  const segment = event.target.closest("[data-segment]");
  if (segment && segment.dataset.anchor !== anchor) {
    anchor = segment.dataset.anchor;
    follow();
  }
});

form.addEventListener("submit", () => {
  leaving = true;
});

addEventListener("beforeunload", (event) => {
  if (!leaving && segments().some(isChanged)) event.preventDefault();
});

preview?.addEventListener("load", follow);
segments().forEach(prepare);
noteVersions();
