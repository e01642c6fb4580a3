
"use strict";
(() => {
  const form = document.getElementById("filters");
  const findings = [...document.querySelectorAll(".finding")];
  const marks = [...document.querySelectorAll(".mark")];
  const words = new Map(findings.map((each) => [each, each.textContent.toLowerCase()]));
  const number = (each) => each.id.slice(1);
  const numbers = (each) => each.dataset.f.split(" ");

  function fits(each, asked, severities, text) {
    const told = each.dataset;
    return severities.has(told.severity)
      && (!asked.get("file") || told.file === asked.get("file"))
      && (!asked.get("rule") || told.rule === asked.get("rule"))
      && (!asked.get("category") || told.category === asked.get("category"))
      && (!asked.get("packs") || told.packs.split(" ").includes(asked.get("packs")))
      && (!text || words.get(each).includes(text));
  }

  function apply() {
    const asked = new FormData(form);
    const severities = new Set(asked.getAll("severity"));
    const text = asked.get("words").trim().toLowerCase();
    const shown = new Set();
    for (const each of findings) {
      each.hidden = !fits(each, asked, severities, text);
      if (!each.hidden) shown.add(number(each));
    }
    for (const mark of marks) mark.classList.toggle("off", !numbers(mark).some((one) => shown.has(one)));
    for (const each of document.querySelectorAll(".passage")) each.hidden = !numbers(each).some((one) => shown.has(one));
    for (const each of document.querySelectorAll(".file")) each.hidden = !each.querySelector(".passage:not([hidden])");
    const all = findings.length;
    form.querySelector("output").textContent =
      shown.size === all ? `${all} finding${all === 1 ? "" : "s"}` : `${shown.size} of ${all} findings`;
  }

  function light(event, on) {
    const card = event.target.closest(".finding");
    if (!card) return;
    for (const mark of marks) mark.classList.toggle("on", on && numbers(mark).includes(number(card)));
  }

  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));
  document.addEventListener("focusin", (event) => light(event, true));
  document.addEventListener("focusout", (event) => light(event, false));
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (findings.length) {
    form.hidden = false;
    apply();
  }
})();
