/** The end of the form: what is left to do, the text of the file, and the ways on. */

import { saveFile } from "../kept/files.js";
import { button, make } from "./elements.js";
import { told } from "./messages.js";
import { editAddress, mailAddress, newFileAddress, uploadAddress } from "./sending.js";
import { yamlOf } from "./yaml.js";

/**
 * Check everything and show the file.
 * @param {any} form the form (`CaseForm` in main.js)
 */
export function finish(form) {
  const { texts } = form;
  form.everything = true;
  const faults = form.check();
  const text = yamlOf(form.record(), form.data.fields);
  const id = form.draft.id || "case";
  const area = make("textarea", { id: "form-yaml", readonly: true, rows: 16, spellcheck: "false", wrap: "off" });
  area.value = text;
  const sources = Object.entries(form.sources());
  const references = sources.length ? sourcesText(form, sources) : [];
  const heading = make(
    "h3",
    { tabindex: "-1" },
    faults.length ? texts.count("faults", faults.length) : texts.say("noFaults"),
  );
  const left = faults.map((fault) => faultLink(form, fault));
  form.root.querySelector(".form-out").replaceChildren(
    heading,
    ...(left.length
      ? [make("p", {}, texts.say("faultsHelp")), make("ul", { class: "form-summary" }, ...left)]
      : []),
    make("label", { for: "form-yaml" }, texts.say("yaml", { file: `cases/${id}.yml` })),
    area,
    ...references,
    make(
      "div",
      { class: "form-ways" },
      button(texts.say("copy"), () => copy(form, area)),
      button(texts.say("download"), () => saveFile(`${id}.yml`, "application/yaml;charset=utf-8", text)),
      ...waysOut(form, id, text, area),
    ),
    make("p", { class: "details" }, texts.say("nothingSent")),
  );
  heading.focus();
}

/** The text of the new sources, which goes into the list of references. */
function sourcesText(form, sources) {
  const fields = sources.map(([id]) => ({ name: id, form: "group", fields: form.data.source_fields }));
  const area = make("textarea", { id: "form-sources", readonly: true, rows: 8, spellcheck: "false", wrap: "off" });
  area.value = yamlOf(Object.fromEntries(sources), fields);
  return [
    make("label", { for: area.id }, form.texts.say("sourcesYaml")),
    area,
    make("p", {}, button(form.texts.say("copy"), () => copy(form, area))),
  ];
}

/** A line that leads to the field it is about, through whatever is folded around it. */
function faultLink(form, fault) {
  const { message, hint } = told(fault, form.data.rules);
  const show = () => {
    const holder = form.holderOf(fault.path);
    for (let around = holder; around; around = around.parentElement) {
      if (around.localName === "details") around.open = true;
    }
    const own = holder.matches(".form-item") ? holder.querySelector("details") : null;
    if (own) own.open = true;
    (holder.querySelector("input, select, textarea") ?? holder).focus();
    holder.scrollIntoView({ block: "center" });
  };
  return make("li", {}, button(message, show, { class: "link-button" }), ` ${hint}`);
}

/** Links to where the record can be sent from; none where the site names no place. */
function waysOut(form, id, text, area) {
  const { texts, places } = form;
  const away = (label, address, alsoCopy) =>
    make(
      "a",
      {
        class: "button",
        href: address,
        target: "_blank",
        rel: "noopener noreferrer",
        on: { click: () => alsoCopy && copy(form, area) },
      },
      label,
    );
  const ways = [];
  const prefilled = places.repository && newFileAddress(places, id, text);
  if (places.repository && form.draft.existing) {
    ways.push(away(texts.say("toEdit"), editAddress(places, id), true));
  } else if (prefilled) {
    ways.push(away(texts.say("toRepository"), prefilled, false));
  } else if (places.repository) {
    ways.push(away(texts.say("toUpload"), uploadAddress(places), true));
  }
  if (places.email) {
    const [subject, attach] = [texts.say("mailSubject", { id }), texts.say("mailAttach", { file: `${id}.yml` })];
    const href = mailAddress(places.email, subject, text, attach);
    ways.push(make("a", { class: "button", href }, texts.say("toMail")));
  }
  return ways;
}

/** Copy the file's text, and say so. */
async function copy(form, area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    document.execCommand("copy"); // where the page may not use the clipboard by itself
  }
  form.announce(form.texts.say("copied"));
}
