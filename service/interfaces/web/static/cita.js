// Enhancements; every page works without them. Nothing but questions is sent from here, to where
// the page comes from, as its form sends them.
"use strict";

const RECENT = "cita-recent";
const N_RECENT = 6;
const showsInPlace = "NavigationPrecommitController" in window;

/** Return the questions kept in this browser, newest first. */
function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) || "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

/** Keep the questions, or do without where the browser keeps nothing. */
function keep(questions) {
  try {
    if (questions.length) localStorage.setItem(RECENT, JSON.stringify(questions.slice(0, N_RECENT)));
    else localStorage.removeItem(RECENT);
  } catch {
    // Storage may be switched off.
  }
}

function showRecent(section) {
  const questions = recent();
  if (!questions.length) return;
  const list = section.querySelector("ul");
  for (const text of questions) {
    const link = document.createElement("a");
    link.href = `/ask?${new URLSearchParams({ q: text })}`;
    link.textContent = text;
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  section.querySelector("button").addEventListener("click", () => {
    keep([]);
    section.hidden = true;
    document.getElementById("q").focus();
  });
  section.hidden = false;
}

/**
 * Copy a text. Where it has a link, what takes links gets that with words in place of the address,
 * and plain text the address; where only text may be copied, it is that.
 */
async function copy(held) {
  const text = held.value ?? held.textContent;
  if (!held.dataset.linked || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const rich = held.cloneNode(true);
  rich.querySelector("a").textContent = held.dataset.linked;
  const kinds = { "text/plain": text, "text/html": rich.innerHTML };
  const blobs = Object.entries(kinds).map(([type, part]) => [type, new Blob([part], { type })]);
  try {
    return await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    return navigator.clipboard.writeText(text);
  }
}

function offerCopy(button) {
  if (!navigator.clipboard) return button.remove(); // so it is on http, beyond this machine
  const held = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = document.getElementById("told");
    await copy(held);
    told.textContent = "";
    button.firstChild.data = button.dataset.copied;
    told.textContent = button.dataset.copied;
  });
}

/** Do something that takes its time when the page is painted, or left before that. */
function afterPaint(task) {
  let isDone = false;
  const once = () => {
    if (!isDone) task();
    isDone = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  window.addEventListener("pagehide", once, { once: true });
}

/** Say what has come, once the page stands: what is there from the start is not read out. */
function tell(line) {
  setTimeout(() => (line.textContent ||= line.dataset.tell), 300);
}

/** Say that it is working, and ask no second time while the answer to the first is on its way. */
function askOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    const button = buttonOf(form);
    form.dataset.busy = button.textContent;
    button.textContent = statusOf(form).textContent = button.dataset.working;
    // Enter asks at once: the browser would draw the button first. A click may want another tab.
    if (showsInPlace && !event.submitter) {
      event.preventDefault();
      navigation.navigate(addressOf(form)).committed.catch(() => {});
    }
  });
  form.addEventListener("input", () => waitAgain(form));
}

const buttonOf = (form) => form.querySelector("button[type=submit]");
const statusOf = (form) => form.querySelector("[role=status]");

/** Return the address that a form asks, as browsers write it. */
function addressOf(form) {
  const fields = [...new FormData(form)];
  const sent = fields.map(([name, value]) => [name, value.replace(/\r?\n|\r/g, "\r\n")]);
  return `${form.action}?${new URLSearchParams(sent)}`;
}

/** Let it be asked again. */
function waitAgain(form) {
  if (!form.dataset.busy) return;
  buttonOf(form).textContent = form.dataset.busy;
  statusOf(form).textContent = "";
  delete form.dataset.busy;
}

function waitAgainEverywhere() {
  for (const form of document.querySelectorAll("form[data-busy]")) waitAgain(form);
}

/** Let a long question wrap, which a field of one line cuts off; Enter asks as it does there. */
function wrapQuestion(line) {
  const area = document.createElement("textarea");
  for (const { name, value } of line.attributes) {
    if (name !== "type" && name !== "value") area.setAttribute(name, value);
  }
  area.rows = 1;
  area.value = line.value;
  const fit = () => (area.parentNode.dataset.words = area.value); // the style sheet makes room for it
  area.addEventListener("input", fit);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    area.form.requestSubmit();
  });
  const focused = document.activeElement === line;
  line.replaceWith(area);
  fit();
  if (focused) area.focus();
}

/** Let a long list of a filter be searched by typing; what is ticked stays in sight. */
function searchList(field) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const options = [...field.parentNode.querySelectorAll(".option")];
  const names = new Map(options.map((option) => [option, plain(option.querySelector("span").textContent)]));
  field.hidden = false;
  field.addEventListener("input", () => {
    const typed = plain(field.value);
    for (const [option, name] of names) {
      option.hidden = !name.includes(typed) && !option.querySelector("input").checked;
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

/** Enhance the page that stands there now. */
function enhance() {
  for (const line of document.querySelectorAll(".grows input")) wrapQuestion(line);
  for (const line of document.querySelectorAll("[data-tell]")) tell(line);
  for (const button of document.querySelectorAll("[data-working]")) askOnce(button.form);
  for (const section of document.querySelectorAll("[data-recent]")) showRecent(section);
  for (const field of document.querySelectorAll(".narrows")) searchList(field);
  for (const button of document.querySelectorAll("[data-copies]")) offerCopy(button);
  for (const item of document.querySelectorAll("[data-print]")) {
    item.hidden = false;
    item.firstElementChild.addEventListener("click", () => window.print());
  }
  // What is left empty is no filter, and has no place in an address that is shared.
  for (const form of document.querySelectorAll("form.ask")) {
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (!value && name !== "q") formData.delete(name);
    });
  }
  const asked = document.getElementById("answer-title");
  if (asked) {
    const question = asked.textContent;
    afterPaint(() => keep([question, ...recent().filter((each) => each !== question)]));
  }
}

enhance();

document.addEventListener("keydown", (event) => {
  const field = document.getElementById("q");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// An answer takes the place of the page that it was asked from: that is quicker than opening a page,
// as style and script are there. The browser's Navigation API sees to the address, the history,
// scrolling and focus, as when a page is opened. Whatever goes wrong, the page is opened.

const N_LEFT = 10;
const TROUBLES = [429, 503]; // whose pages are shown: to open them is to ask again at once
const leftPages = new Map(); // as they were left, by address, to go back to
let address = withoutFragment(location.href); // of the page that is shown
let rest = null; // controls what is still to come of that page
const release = releaseOf(document); // the script may leave with the page that it stands in
let isOpening = false; // a page that cannot be shown in place

function withoutFragment(href) {
  return href.split("#")[0];
}

function isAnswer(href) {
  return new URL(href).pathname === "/ask";
}

/** Show a page in place of this one, which is kept. */
function show(page, href) {
  const { title, body, documentElement } = document;
  leftPages.delete(address);
  if (rest) rest.abort(); // it is opened again when gone back to
  else leftPages.set(address, { title, body, language: documentElement.lang, rest: null });
  if (leftPages.size > N_LEFT) leftPages.delete(leftPages.keys().next().value);
  rest = page.rest;
  address = href;
  document.title = page.title;
  documentElement.lang = page.language;
  body.replaceWith(page.body);
  waitAgainEverywhere();
  announce(page.title);
}

/** Say the title, as a screen reader does when a page is opened. */
function announce(title) {
  const line = document.createElement("p");
  line.className = "visually-hidden";
  line.role = "status";
  document.querySelector("header").append(line);
  setTimeout(() => (line.textContent = title), 300);
  setTimeout(() => line.remove(), 5000);
}

/** Fetch a page as far as it can be shown; `complete` adds what comes later. */
async function fetchPage(href, signal) {
  const headers = { Accept: "text/html" };
  const controller = new AbortController();
  const signals = AbortSignal.any([signal, controller.signal]);
  const response = await fetch(href, { headers, mode: "same-origin", signal: signals });
  const isShown = response.ok || TROUBLES.includes(response.status);
  if (!isShown || !isAnswer(response.url)) throw new Error("It must be opened.");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let html = "";
  const readTo = async (end) => {
    while (!end.test(html)) {
      const { done, value } = await reader.read();
      if (done) throw new Error("It was cut off.");
      html += value;
    }
    return new DOMParser().parseFromString(html, "text/html");
  };
  // A refusal is sent up to its script first, and its suggestions later.
  const page = await readTo(/<main[^]*<\/script>|<\/html>/);
  if (releaseOf(page) !== release) throw new Error("It is of another release.");
  const { title, body, documentElement } = page;
  return {
    title,
    body,
    language: documentElement.lang,
    href: response.url,
    rest: html.includes("</html>") ? null : controller,
    complete: async () => complete(body, (await readTo(/<\/html>/)).body),
  };
}

/** Return the addresses of the style and the script that a page is made for. */
function releaseOf(page) {
  const style = page.querySelector("link[rel=stylesheet]").getAttribute("href");
  return `${style} ${page.querySelector("script[src]")?.getAttribute("src")}`;
}

/** Add what `whole` has more to the end of the main part, and after it: others may add to the body. */
function complete(body, whole) {
  const [part, main] = [body, whole].map((each) => each.querySelector("main"));
  const nodes = [...whole.childNodes];
  extend(part, main);
  part.after(...nodes.slice(nodes.indexOf(main) + 1));
}

/** Add what `whole` has more to the end of `part`. */
function extend(part, whole) {
  const n = part.childNodes.length;
  const last = part.lastChild;
  if (last?.nodeType === Node.TEXT_NODE) last.data = whole.childNodes[n - 1].data;
  else if (last) extend(last, whole.childNodes[n - 1]);
  part.append(...[...whole.childNodes].slice(n));
}

function showAnswer(event, href) {
  let page;
  event.intercept({
    async precommitHandler(controller) {
      try {
        page = await fetchPage(href, event.signal);
      } catch (error) {
        if (!event.signal.aborted) {
          isOpening = true;
          location.assign(event.destination.url); // ends this navigation
          isOpening = false;
        }
        throw error;
      }
      if (page.href !== href) controller.redirect(page.href);
    },
    async handler() {
      show(page, page.href);
      enhance();
      if (rest) finish(page);
    },
  });
}

/** Add what is still to come of a page; where it is left or cut off, it ends there. */
async function finish(page) {
  try {
    await page.complete();
    rest = null;
  } catch {
    // As when it is opened.
  }
}

function goBack(event, href) {
  const page = leftPages.get(href);
  event.intercept({ handler: async () => (page ? show(page, href) : location.reload()) });
}

if (showsInPlace) {
  navigation.addEventListener("navigate", (event) => {
    const href = withoutFragment(event.destination.url);
    const { canIntercept, downloadRequest, formData, hashChange, navigationType } = event;
    if (isOpening || !canIntercept || hashChange || formData || downloadRequest !== null) return;
    if (navigationType === "traverse" && href !== address) goBack(event, href);
    else if (["push", "replace"].includes(navigationType) && isAnswer(href)) showAnswer(event, href);
  });
  // Stopped by the reader, it may be asked again; not where another question took over.
  navigation.addEventListener("navigateerror", () => {
    if (!isOpening) setTimeout(() => navigation.transition || waitAgainEverywhere());
  });
}
// Back from another page, this one is as it was left.
window.addEventListener("pageshow", waitAgainEverywhere);
