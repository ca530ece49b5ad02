"use strict";
// Searches in the reader's own browser. Each word in Latin letters is found from its beginning on, Hangul, Han and kana
// inside of words, as docs/formats/html.md says. Whatever comes from a digest is only ever set as text.

const PAGE = 20;
const BUDGET = 2_000_000;
const TITLE = 0;
const AUTHOR = 1;
const form = document.getElementById("search");
const progress = document.getElementById("progress");
const list = document.getElementById("found");
const more = document.getElementById("more");
const older = document.getElementById("older");
const FIELDS = ["q", "author", "year", "month"];
const loaded = new Map();
let run = 0;
let bytes = 0;

function begin() {
  const mine = ++run;
  const value = (name) => form.elements[name].value.trim();
  const query = { words: parts(value("q")), authors: parts(value("author")), month: value("month") };
  list.replaceChildren();
  more.hidden = older.hidden = true;
  progress.textContent = "";
  bytes = 0;
  watched(mine, async () => {
    const { years } = await load("search/index.json");
    await inYears(value("year") ? years.filter((year) => year === value("year")) : years, query, mine, []);
  });
}

async function watched(mine, work) {
  list.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch {
    if (mine === run) progress.textContent = form.dataset.failed;
  }
  if (mine === run) list.removeAttribute("aria-busy");
}

// Searches year after year, the newest first, until enough is found or enough was loaded; a button goes on from there.
async function inYears(years, query, mine, found) {
  let at = 0;
  while (at < years.length && (at === 0 || (found.length < PAGE && bytes < BUDGET))) {
    const index = await load(`search/${years[at]}.json`);
    if (mine !== run) return;
    found.push(...hits(index, query));
    at += 1;
  }
  found.sort((one, other) => one.rank - other.rank || other.day.localeCompare(one.day) || one.place - other.place);
  report(found.length);
  list.replaceChildren();
  await show(found, query, mine, 0);
  older.hidden = at === years.length;
  older.onclick = () => watched(mine, () => inYears(years.slice(at), query, mine, found));
}

function report(count) {
  const { found, foundOne, nothing } = form.dataset;
  progress.textContent = count ? (count === 1 ? foundOne : found).replace("{}", count.toLocaleString()) : nothing;
}

async function show(found, query, mine, from) {
  const now = found.slice(from, from + PAGE);
  // At once: twenty papers may be of twenty months, and one after the other they take twenty times as long to come.
  const names = [...new Set(now.map((hit) => hit.day.slice(0, 7)))];
  const files = await Promise.all(names.map((month) => load(`search/${month}.json`)));
  const months = new Map(names.map((month, at) => [month, files[at]]));
  if (mine !== run) return;
  for (const hit of now) {
    const papers = months.get(hit.day.slice(0, 7)).filter((paper) => paper.day === hit.day);
    if (papers[hit.place]) list.append(entry(papers[hit.place], query));
  }
  more.hidden = from + PAGE >= found.length;
  more.onclick = () => watched(mine, () => show(found, query, mine, from + PAGE));
}

async function load(name) {
  if (!loaded.has(name)) {
    const answer = await fetch(name);
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    bytes += text.length;
    loaded.set(name, JSON.parse(text));
  }
  return loaded.get(name);
}

// The papers of a year that have all words. A paper ranks by the worst place of a word, title, then authors, then text,
// and of equals by all of them.
function hits(index, query) {
  index.list ??= unpacked(index.words);
  index.lines ??= index.places.split("\n");
  index.papers ??= index.days.flatMap(([day, count]) => Array.from({ length: count }, (_, place) => ({ day, place })));
  let best = null;
  for (const word of query.words) best = both(best, places(index, word, false));
  for (const word of query.authors) best = both(best, places(index, word, true));
  const ranks = best ?? new Map(index.papers.map((_, paper) => [paper, TITLE]));
  const wanted = ([paper]) => !query.month || index.papers[paper].day.slice(5, 7) === query.month;
  return [...ranks].filter(wanted).map(([paper, rank]) => ({ ...index.papers[paper], rank }));
}

function both(one, other) {
  if (!one) return other;
  return new Map([...other].filter(([paper]) => one.has(paper)).map(([paper, rank]) => [paper, joined(rank, one.get(paper))]));
}

// A rank is one number, to sort by: the worst place of a word times STEP, and the places of all words added up. A
// search has far fewer than STEP / 2 words, so that the sum never reaches the next worst place.
const STEP = 1000;

function joined(one, other) {
  const worst = Math.max(Math.floor(one / STEP), Math.floor(other / STEP));
  return worst * STEP + (one % STEP) + (other % STEP);
}

// The papers that have what is looked for, with the best place of it.
function places(index, word, byAuthor) {
  const found = new Map();
  index.list.forEach((each, line) => {
    if (!word.test(each)) return;
    let at = 0;
    for (const sign of index.lines[line]) {
      const code = sign.codePointAt(0);
      at += (code < 0xe000 ? code : code - 0x800) - 0x20;
      const [paper, field] = [Math.floor(at / 3), at % 3];
      if ((!byAuthor || field === AUTHOR) && !(found.get(paper) <= field * (STEP + 1))) found.set(paper, field * (STEP + 1));
    }
  });
  return found;
}

// Each line begins with the number, in base 36, of letters that it shares with the line before.
function unpacked(words) {
  let before = "";
  return words.split("\n").map((line) => (before = before.slice(0, parseInt(line[0], 36)) + line.slice(1)));
}

const HANGUL = "\\u1100-\\u11ff\\u3130-\\u318f\\uac00-\\ud7ff";
const HAN = "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff";
const RUNS = new RegExp(`[${HANGUL}]+|[${HAN}]+|[^${HANGUL}${HAN}]+`, "gu");
const INSIDE = new RegExp(`^[${HANGUL}${HAN}]`, "u");
const PAIRED = new RegExp(`^[${HAN}]{2}`, "u");
const NOT_BEHIND_LETTER = `(?<![\\p{L}\\p{N}])|(?<=[${HANGUL}${HAN}])`;

// What to look for: words from their beginning on, Hangul inside, and Han and kana in pairs, as the index has them.
function parts(text) {
  const words = folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => word.match(RUNS)).flatMap(pairs).map(finder);
}

// The index has Han and kana in pairs of letters, for no space parts their words. Three letters are looked for by both
// of their pairs, which a paper may also have apart from each other: rare, and better than to miss one.
function pairs(run) {
  return PAIRED.test(run) ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)) : [run];
}

function finder(run) {
  return new RegExp(INSIDE.test(run) ? run : `(?:${NOT_BEHIND_LETTER})${run}`, "u");
}

// One form for all spellings, as selections have it: case, width, accents and Hangul's letters make no difference.
function folded(text) {
  const LETTERS = { æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ß: "ss" };
  const apart = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return apart.normalize("NFC").replace(/[æœøłđðþħıß]/g, (letter) => LETTERS[letter]);
}

// Where all of a paper stands; ids from before 2007 have a slash.
function pageOf(paper) {
  if (!loaded.get("search/index.json").pages) return `issues/${paper.day}.html#${encodeURIComponent(paper.id)}`;
  return `papers/${paper.day}/${paper.id.replaceAll("/", ".")}.html`;
}

function entry(paper, query) {
  const item = document.createElement("li");
  const box = document.createElement("div");
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = pageOf(paper);
  link.append(...marked(paper.title, query.words));
  heading.append(link);
  const facts = document.createElement("p");
  facts.className = "facts";
  const day = document.createElement("time");
  day.dateTime = day.textContent = paper.day;
  facts.append(day);
  if (paper.votes !== null) facts.append(" ", span((paper.votes === 1 ? form.dataset.vote : form.dataset.votes).replace("{}", paper.votes)));
  const authors = document.createElement("p");
  authors.className = "authors";
  authors.append(...marked(paper.authors, [...query.words, ...query.authors]));
  box.append(heading, facts, authors);
  item.append(box);
  return item;
}

function span(text) {
  const found = document.createElement("span");
  found.textContent = text;
  return found;
}

// A text with what was found marked; accents may make the folded text longer, which then marks nothing.
function marked(text, words) {
  const whole = text.normalize("NFC");
  const plain = folded(whole);
  if (plain.length !== whole.length || !words.length) return [whole];
  const found = [];
  let at = 0;
  for (const match of plain.matchAll(new RegExp(words.map((word) => word.source).join("|"), "gu"))) {
    found.push(whole.slice(at, match.index));
    const mark = document.createElement("mark");
    at = match.index + match[0].length;
    mark.textContent = whole.slice(match.index, at);
    found.push(mark);
  }
  return [...found, whole.slice(at)];
}

// Last, when all above is there.
if (form && (location.protocol === "http:" || location.protocol === "https:")) {
  const asked = new URLSearchParams(location.search);
  for (const name of FIELDS) form.elements[name].value = asked.get(name) ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams(FIELDS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value));
    history.pushState(null, "", `?${query}`);
    begin();
  });
  addEventListener("popstate", () => location.reload());
  if (FIELDS.some((name) => asked.get(name))) begin();
}
