// Asks what kind of change is being published or submitted, before Wagtail's form is sent. The server settles it in any
// case: where this script fails, the form goes its way and the change counts as one of meaning.

const form = document.getElementById("page-edit-form");
const PATIENCE = 10_000;
let passing = null;
let asking = false;

/** Return the question about the form as it stands: HTML, "" where nothing is asked, null where nobody answers. */
async function questionAbout(address) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 204) return "";
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** Press a button of the form again, with the kind that was chosen, or with none. */
function press(button, name, kind) {
  form.querySelector(`input[name="${name}"]`)?.remove();
  if (kind) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value: kind });
    form.append(field);
  }
  passing = button;
  button.click();
  passing = null;
}

async function ask(button, dialog, asked) {
  const html = await questionAbout(asked.dataset.address);
  if (html === "") {
    press(button, asked.dataset.field, "");
    return;
  }
  // Without an answer the dialog asks what it holds already, without saying what changed.
  if (html !== null) asked.querySelector("[data-question]").innerHTML = html;
  const confirm = asked.querySelector("[data-confirm]");
  confirm.textContent = (button.querySelector("em") ?? button).textContent.trim();
  confirm.onclick = () => {
    const kind = asked.querySelector("input[name=kind]:checked")?.value ?? "";
    dialog.dispatchEvent(new CustomEvent("w-dialog:hide"));
    press(button, asked.dataset.field, kind);
  };
  dialog.dispatchEvent(new CustomEvent("w-dialog:show"));
}

// Before Wagtail's own listeners, which begin to send the form or ask something else.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("button[name]");
    const dialog = document.getElementById("kind-of-change");
    const asked = document.getElementById("kind-of-change-form");
    if (!button || !asked || button.form !== form || button === passing) return;
    if (!asked.dataset.actions.split(" ").includes(button.name)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return;
    asking = true;
    ask(button, dialog, asked).finally(() => {
      asking = false;
    });
  },
  { capture: true },
);
