(() => {
  "use strict";
  const { head, rows } = JSON.parse(document.getElementById("data").textContent);
  const { rules, remedies, files, words } = head;
  const RULE = 0, SEVERITY = 1, KEY = 2, FILE = 3, PLACE = 4, VALUE = 5, MESSAGE = 6, REMEDY = 7, NOTES = 8;
  const severities = ["", "info", "warning", "error"];
  const page = 200, printed = 5000;
  const form = document.getElementById("filters");
  const body = document.querySelector("#list tbody");
  const more = document.getElementById("more");
  const say = (word, values) => words[word].replace(/\{(\w)\}/g, (_, name) => values[name].toLocaleString());
  const fill = (select, entries) => {
    select.append(new Option(words.all, ""));
    for (const [value, text] of entries) select.append(new Option(text, value));
  };
  fill(form.rule, rules.map((r) => [r.id, r.id + " " + r.title]).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  const causes = new Map();
  for (const button of document.querySelectorAll("[data-cause]")) causes.set(button.dataset.cause, button.querySelector(".name").textContent);
  fill(form.cause, [...causes].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  const all = rows.map((r) => (r[MESSAGE] + "\n" + r[PLACE] + "\n" + r[VALUE] + "\n" + r[NOTES].join("\n") + "\n" + rules[r[RULE]].id + "\n" + rules[r[RULE]].title + "\n" + r[KEY]).toLowerCase());

  let matching = [], shown = 0;
  const element = (name, text, attributes) => Object.assign(document.createElement(name), { textContent: text }, attributes);
  const line = (r) => {
    const rule = rules[r[RULE]], severity = severities[r[SEVERITY]];
    const tr = element("tr", "", { className: severity });
    const key = element("td", "");
    if (r[KEY]) {
      const button = element("button", r[KEY], { type: "button", className: "link" });
      button.dataset.key = r[KEY];
      key.append(button);
    }
    const place = element("td", r[PLACE]);
    if (files.length > 1 && files[r[FILE]]) place.append(element("small", files[r[FILE]]));
    const name = element("td", "");
    const explain = element("button", (rule.star ? "★" : "") + rule.id, { type: "button", className: "link explain", title: rule.title });
    explain.setAttribute("aria-expanded", "false");
    name.append(explain);
    const problem = element("td", r[MESSAGE]);
    if (r[VALUE] && !r[MESSAGE].includes(r[VALUE])) problem.append(element("small", words.value + r[VALUE]));
    for (const note of r[NOTES]) problem.append(element("small", note));
    tr.append(element("td", words[severity]), key, place, name, problem, element("td", remedies[r[REMEDY]]));
    return tr;
  };
  const show = (upTo) => {
    const part = document.createDocumentFragment();
    const end = Math.min(upTo, matching.length);
    for (; shown < end; shown++) part.append(line(rows[matching[shown]]));
    body.append(part);
    document.getElementById("shown").textContent = matching.length ? say("shown", { n: shown, m: matching.length }) : words.none;
    more.hidden = shown >= matching.length;
    if (!more.hidden) more.textContent = say("more", { n: Math.min(page, matching.length - shown) });
  };
  const state = () => {
    const s = new URLSearchParams();
    for (const name of ["rule", "cause", "key", "text"]) if (form[name].value.trim()) s.set(name, form[name].value.trim());
    const on = ["error", "warning", "info"].filter((name) => form[name].checked).join(",");
    if (on !== "error,warning") s.set("severity", on);
    return s;
  };
  const filter = () => {
    const rule = form.rule.value, cause = form.cause.value, key = form.key.value.trim().toLowerCase();
    const texts = form.text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    matching = [];
    rows.forEach((r, i) => {
      if (!form[severities[r[SEVERITY]]].checked || (rule && rules[r[RULE]].id !== rule) || (cause && rules[r[RULE]].cause !== cause)) return;
      if (key && !r[KEY].toLowerCase().includes(key)) return;
      if (texts.every((t) => all[i].includes(t))) matching.push(i);
    });
    for (const button of document.querySelectorAll("[data-cause]")) button.setAttribute("aria-pressed", String(button.dataset.cause === cause));
    body.replaceChildren();
    shown = 0;
    show(page);
    const hash = state().toString();
    try {
      history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    } catch { /* some viewers forbid it */ }
  };
  const restore = () => {
    const s = new URLSearchParams(location.hash.slice(1));
    for (const name of ["rule", "cause", "key", "text"]) form[name].value = s.get(name) || "";
    const on = (s.has("severity") ? s.get("severity") : "error,warning").split(",");
    for (const name of ["error", "warning", "info"]) form[name].checked = on.includes(name);
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  more.addEventListener("click", () => show(shown + page));
  document.addEventListener("click", (e) => {
    const button = e.target.closest("button");
    if (!button) return;
    if (button.dataset.cause !== undefined) {
      form.cause.value = form.cause.value === button.dataset.cause ? "" : button.dataset.cause;
      form.info.checked = form.cause.value !== "";
      filter();
    } else if (button.dataset.key !== undefined) {
      form.key.value = button.dataset.key;
      filter();
      form.scrollIntoView();
    } else if (button.classList.contains("explain")) {
      const cell = button.parentElement, open = cell.querySelector("small");
      button.setAttribute("aria-expanded", String(!open));
      if (open) {
        cell.querySelectorAll("small").forEach((s) => s.remove());
        cell.style.whiteSpace = "";
        return;
      }
      const rule = rules.find((r) => r.id === button.textContent.replace("★", ""));
      cell.style.whiteSpace = "normal";
      cell.append(element("small", rule.title), element("small", words.condition + rule.doc));
      if (rule.basis.length) cell.append(element("small", words.basis + rule.basis.join("; ")));
    }
  });
  addEventListener("hashchange", () => {
    restore();
    filter();
  });
  addEventListener("beforeprint", () => {
    show(printed);
    const cut = document.getElementById("cut");
    cut.hidden = matching.length <= shown;
    cut.textContent = say("cut", { n: shown });
  });
  restore();
  filter();
})();
