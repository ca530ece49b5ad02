"use strict";
// What pages do beyond their links and lists, which work without this: copying, opening a feed reader, searching.
// Whatever comes from a digest is only ever set as text.

const status = document.getElementById("status");

function say(button, text) {
  status.textContent = text;
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = before; status.textContent = ""; }, 2000);
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Pages that are not served over https have no clipboard of their own.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("refused");
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const file = button.dataset.copy;
    const text = file ? new URL(file, location.href).href : button.closest("details").querySelector("code").textContent;
    try {
      await copy(text);
      say(button, status.dataset.copied);
    } catch {
      say(button, status.dataset.cannot);
    }
  });
}

const served = location.protocol === "http:" || location.protocol === "https:";

// Readers on phones and desktops register for feed:, which only works with an absolute address.
for (const link of document.querySelectorAll("a[data-open]")) {
  if (served) {
    link.href = "feed:" + link.href;
    link.hidden = false;
  }
}

// Browsers do not let pages opened from a disk read the files beside them.
if (served) for (const part of document.querySelectorAll("[data-search]")) part.hidden = false;

const ENOUGH = 30;
const AROUND = 80;
const form = document.querySelector("form[role=search]");
if (form && served) {
  const progress = document.getElementById("progress");
  const found = document.getElementById("found");
  const older = document.getElementById("older");
  let run = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = form.elements.q.value.trim();
    history.replaceState(null, "", `?q=${encodeURIComponent(query)}#search`);
    search(query);
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    form.elements.q.value = asked;
    search(asked.trim());
  }

  async function search(query) {
    const mine = ++run;
    const words = folded(query).split(/\s+/).filter(Boolean);
    found.replaceChildren();
    older.hidden = true;
    progress.textContent = "";
    if (!words.length) return;
    await watched(mine, async () => {
      const { months } = await load("search/index.json");
      await inMonths(months, words, mine, 0, 0);
    });
  }

  async function watched(mine, work) {
    found.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch {
      if (mine === run) progress.textContent = form.dataset.failed;
    }
    if (mine === run) found.removeAttribute("aria-busy");
  }

  // Loads months newest first until there is enough to show; the button goes on from there.
  async function inMonths(months, words, mine, done, count) {
    const goal = count + ENOUGH;
    while (done < months.length && count < goal) {
      const papers = await load(`search/${months[done]}.json`);
      if (mine !== run) return;
      const hits = papers.filter((paper) => matches(paper, words)).reverse();
      found.append(...hits.map((paper) => entry(paper, words)));
      count += hits.length;
      done += 1;
      tell(count, done, months.length);
    }
    older.hidden = done === months.length;
    older.onclick = () => {
      older.hidden = true;
      watched(mine, () => inMonths(months, words, mine, done, count));
    };
  }

  function tell(count, done, all) {
    const text = count || done < all ? form.dataset.progress : form.dataset.nothing;
    progress.textContent = text.replace("{found}", count).replace("{done}", done).replace("{all}", all);
  }
}

async function load(name) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

// Hangul may be written in syllables or in letters (NFC, NFD); to a reader they are the same.
function folded(text) {
  return text.normalize("NFC").toLowerCase();
}

function matches(paper, words) {
  const text = folded(`${paper.title}\n${paper.authors}\n${paper.text}`);
  return words.every((word) => text.includes(word));
}

function entry(paper, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `issues/${paper.day}.html#${encodeURIComponent(paper.id)}`;
  link.append(...marked(paper.title.normalize("NFC"), words));
  const day = document.createElement("time");
  day.dateTime = day.textContent = paper.day;
  item.append(link, " ", day);
  const authors = part(paper.authors, words);
  const text = part(paper.text, words);
  for (const shown of [authors, text]) {
    if (!shown) continue;
    const line = document.createElement("p");
    line.append(...marked(shown, words));
    item.append(line);
  }
  return item;
}

// The part of a text around the first word that is in it, "" where none is.
function part(text, words) {
  const whole = text.normalize("NFC");
  const lower = folded(text);
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  if (!places.length) return "";
  const start = Math.max(0, Math.min(...places) - AROUND);
  const end = start + 3 * AROUND;
  return (start ? "…" : "") + whole.slice(start, end) + (end < whole.length ? "…" : "");
}

function* marked(text, words) {
  const lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = words
      .map((word) => [lower.indexOf(word, at), word.length])
      .filter(([place]) => place >= 0)
      .sort((one, other) => one[0] - other[0])[0];
    if (!next) break;
    yield text.slice(at, next[0]);
    const mark = document.createElement("mark");
    mark.textContent = text.slice(next[0], next[0] + next[1]);
    yield mark;
    at = next[0] + next[1];
  }
  yield text.slice(at);
}
