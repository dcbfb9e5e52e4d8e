// Counts down the time that an attempt has left, says so aloud twice, and sends what was answered when it is up. The
// server's clock decides; without this script the page tells until when.

const ALOUD = [5, 1];

for (const place of document.querySelectorAll("[data-seconds-left]")) {
  const [words, aloud] = place.children;
  const form = document.querySelector("form[data-save]");
  const minutes = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
  const end = performance.now() + Number(place.dataset.secondsLeft) * 1000;
  const inWords = (left) => place.dataset.words.replace("{time}", minutes.format(left));
  let shown = Math.ceil(Number(place.dataset.secondsLeft) / 60);

  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 60000);
    if (left <= 0) {
      clearInterval(timer);
      words.textContent = "";
      aloud.textContent = place.dataset.over;
      if (form) form.requestSubmit(form.querySelector('[value="review"]'));
      else location.reload();
    } else if (left !== shown) {
      shown = left;
      words.textContent = ALOUD.includes(left) ? "" : inWords(left);
      aloud.textContent = ALOUD.includes(left) ? inWords(left) : "";
    }
  };
  const timer = setInterval(tick, 1000);
}
