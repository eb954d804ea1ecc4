// Enhancements; every page works without them. Nothing is sent anywhere from here.
"use strict";

const RECENT = "cita-recent";
const N_RECENT = 6;

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

function offerCopy(button) {
  const held = document.getElementById(button.dataset.copies);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const told = document.getElementById("told");
    await navigator.clipboard.writeText(held.value ?? held.textContent);
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
  window.addEventListener("pagehide", once);
}

/** Say what has come, once the page stands: what is there from the start is not read out. */
function tell(line) {
  setTimeout(() => (line.textContent ||= line.dataset.tell), 300);
}

/** Say that it is working, and ask no second time while the answer to the first is on its way. */
function askOnce(form) {
  const button = form.querySelector("button[type=submit]");
  const words = button.textContent;
  const spoken = form.querySelector("[role=status]");
  const waitAgain = () => {
    delete form.dataset.busy;
    button.textContent = words;
    spoken.textContent = "";
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "true";
    button.textContent = spoken.textContent = button.dataset.working;
  });
  form.addEventListener("input", waitAgain);
  window.addEventListener("pageshow", waitAgain); // back from the answer, the page is as it was left
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

for (const line of document.querySelectorAll(".grows input")) wrapQuestion(line);
for (const line of document.querySelectorAll("[data-tell]")) tell(line);
for (const button of document.querySelectorAll("[data-working]")) askOnce(button.form);
for (const section of document.querySelectorAll("[data-recent]")) showRecent(section);
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

document.addEventListener("keydown", (event) => {
  const field = document.getElementById("q");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
