"use strict";
// What pages do beyond their links and lists, which work without this: copying, sharing, opening a feed reader, keys.
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

// What a button copies: the text of an element of this page, the address of a file, or else the code beside it.
function copied(button) {
  const from = button.dataset.copy;
  if (from.startsWith("#")) return document.getElementById(from.slice(1)).textContent;
  if (from) return new URL(from, location.href).href;
  return button.closest("details").querySelector("code").textContent;
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(copied(button));
      say(button, status.dataset.copied);
    } catch {
      say(button, status.dataset.cannot);
    }
  });
}

if (navigator.share) {
  for (const button of document.querySelectorAll("button[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      try {
        await navigator.share({ title: document.querySelector("h1").textContent, url });
      } catch {
        // Whoever closes the dialog has changed their mind.
      }
    });
  }
}

const served = location.protocol === "http:" || location.protocol === "https:";

// Version 0.1 had search on the index: its addresses, index.html?q=diffusion, lead to where it is now.
const search = document.querySelector("header.site form");
if (served && search && new URLSearchParams(location.search).get("q")) location.replace(search.action + location.search);

// Readers on phones and desktops register for feed:, which only works with an absolute address.
for (const link of document.querySelectorAll("a[data-open]")) {
  if (served) {
    link.href = "feed:" + link.href;
    link.hidden = false;
  }
}

// Browsers do not let pages opened from a disk read the files beside them: there is no search there, and no room for it.
for (const part of document.querySelectorAll("[data-served]")) served ? part.hidden = false : part.remove();
if (!served) for (const part of document.querySelectorAll("[data-disk]")) part.hidden = false;

// A picture that cannot be had leaves nothing, not even its frame.
for (const picture of document.querySelectorAll("a.picture img, .papers img")) {
  const drop = () => (picture.closest("a.picture") ?? picture).remove();
  if (picture.complete && picture.src && !picture.naturalWidth) drop();
  else picture.addEventListener("error", drop);
}

// A link into the panel opens it, in browsers that do not do so themselves.
function openPanel() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) target.closest("details")?.setAttribute("open", "");
}
addEventListener("hashchange", openPanel);
openPanel();

// J and K go from paper to paper. Keys of one letter can be turned off (WCAG 2.2, 2.1.4).
const toggle = document.querySelector("[data-keys] button");
if (toggle) {
  const stored = (value) => {
    try {
      if (value) localStorage.setItem("keys", value);
      return localStorage.getItem("keys");
    } catch {
      return value; // no storage: it holds for this page
    }
  };
  let on = stored() !== "off";
  const show = () => toggle.setAttribute("aria-pressed", String(on));
  toggle.parentElement.hidden = false;
  toggle.addEventListener("click", () => {
    on = !on;
    stored(on ? "on" : "off");
    show();
  });
  show();
  const papers = [...document.querySelectorAll("article.paper")];
  addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return;
    // The paper at the top of the window is the current one.
    const tops = papers.map((paper) => paper.getBoundingClientRect().top);
    const next = step > 0 ? tops.findIndex((top) => top > 40) : tops.findLastIndex((top) => top < -10);
    const paper = papers[next];
    if (!paper) return;
    paper.tabIndex = -1;
    paper.focus({ preventScroll: true });
    paper.scrollIntoView({ behavior: "instant" }); // the next key may come before a smooth one has ended
  });
}
