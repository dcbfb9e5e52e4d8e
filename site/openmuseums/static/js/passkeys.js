// Has a passkey answer the question of a form, and sends its answer with the form. Without this script the form says what
// to do instead.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.querySelector("[data-passkey-button]").hidden = false;
  form.querySelector("[data-passkey-without]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
}

async function answer(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const { publicKey } = await ask(form);
    const credential = publicKey.user
      ? await navigator.credentials.create({ publicKey: made(publicKey) })
      : await navigator.credentials.get({ publicKey: asked(publicKey) });
    form.elements.credential.value = JSON.stringify(written(credential));
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

async function ask(form) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const response = await fetch(form.dataset.passkey, { method: "POST", headers });
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function keys(list = []) {
  return list.map((key) => ({ ...key, id: toBytes(key.id) }));
}

function asked(question) {
  return { ...question, challenge: toBytes(question.challenge), allowCredentials: keys(question.allowCredentials) };
}

function made(question) {
  const user = { ...question.user, id: toBytes(question.user.id) };
  return { ...question, user, challenge: toBytes(question.challenge), excludeCredentials: keys(question.excludeCredentials) };
}

function written(credential) {
  const { id, rawId, type, response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answers = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return {
    id,
    type,
    rawId: toText(rawId),
    response: { ...Object.fromEntries(answers), transports: response.getTransports?.() },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
