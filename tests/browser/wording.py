"""Words of another language that were left on a page: on a Greek one they show by their letters."""

import re

from playwright.sync_api import Page

_WORD = re.compile(r"[A-Za-z]{2,}")
# Nor are addresses words, nor the names of time zones, nor codes.
_NO_WORDS = re.compile(r"https?://\S*|\S+@\S+|\b[A-Z]\w+(?:/[A-Z]\w+)+|[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*")
# What Greek writes in Latin letters, too.
_OURS = """
Open Museums cookies CC BY BSD Clause e-mail CSV XLSX JSON Lines PDF JPEG PNG UTC manifest json
"""
# What is shown and read aloud. Not: what is said to be of another language, what people wrote into a field, and zones,
# whose names are those of the clocks.
_TEXTS = """(language) => {
  const texts = [];
  const of = (it) => it.closest("[lang]")?.lang === language;
  const named = ["aria-label", "alt", "title", "placeholder"];
  for (const it of document.querySelectorAll("head title, body *")) {
    if (!of(it) || it.closest("script, style, textarea, pre, code, select[name=time_zone]")) continue;
    for (const name of named) if (it.hasAttribute(name)) texts.push(it.getAttribute(name));
    for (const child of it.childNodes) if (child.nodeType === Node.TEXT_NODE) texts.push(child.data);
  }
  return texts.map((text) => text.trim()).filter(Boolean);
}"""


def left_over(page: Page, language: str, *, names: str = "") -> list[str]:
    """Return the texts of a Greek page with words in Latin letters that are no names; of other pages none.

    names: the names of people and things on it, whose words may stand there.
    """
    if language != "el":
        return []
    known = {word.casefold() for word in _WORD.findall(f"{_OURS} {names}")}
    texts: list[str] = page.evaluate(_TEXTS, language)
    return [text for text in texts if {word.casefold() for word in _WORD.findall(_NO_WORDS.sub("", text))} - known]
