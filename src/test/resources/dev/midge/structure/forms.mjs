// Usage: node forms.mjs DIRECTORY FILE...   prints what is wrong with issue forms and Dependabot's file, a line each.
// DIRECTORY is that of npm's yaml. The rules are those of GitHub's documentation of both.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const [directory, ...files] = process.argv.slice(2);
const { parseDocument } = await import(pathToFileURL(`${directory}/dist/index.js`).href);

const FORM = new Set(["name", "description", "title", "labels", "projects", "assignees", "type", "body"]);
const FIELD = new Set(["type", "id", "attributes", "validations"]);
const ATTRIBUTES = {
  markdown: ["value"],
  textarea: ["label", "description", "placeholder", "value", "render"],
  input: ["label", "description", "placeholder", "value"],
  dropdown: ["label", "description", "multiple", "options", "default"],
  checkboxes: ["label", "description", "options"],
};
const INTERVALS = ["daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "cron"];

function form(content, say) {
  for (const key of Object.keys(content)) FORM.has(key) || say(`unknown key ${key}`);
  for (const key of ["name", "description"]) content[key] || say(`no ${key}`);
  const ids = new Set();
  for (const field of content.body ?? []) {
    for (const key of Object.keys(field)) FIELD.has(key) || say(`unknown key ${key}`);
    const known = ATTRIBUTES[field.type];
    if (!known) {
      say(`unknown type ${field.type}`);
      continue;
    }
    const attributes = field.attributes ?? {};
    for (const key of Object.keys(attributes)) known.includes(key) || say(`unknown attribute ${key}`);
    if (field.type !== "markdown") {
      attributes.label || say(`${field.id ?? field.type} has no label`);
      /^[\w-]+$/.test(field.id ?? "") || say(`id ${field.id}`);
      ids.has(field.id) && say(`id ${field.id} twice`);
      ids.add(field.id);
    }
    if (known.includes("options") && !(attributes.options?.length > 0)) say(`${field.id} has no options`);
    const required = field.validations?.required;
    required === undefined || typeof required === "boolean" || say(`required: ${required}`);
  }
  ids.size > 0 || say("no field to fill in");
}

function dependabot(content, say) {
  content.version === 2 || say(`version ${content.version}`);
  for (const update of content.updates ?? []) {
    update["package-ecosystem"] || say("no package-ecosystem");
    update.directory?.startsWith("/") || say(`directory ${update.directory}`);
    INTERVALS.includes(update.schedule?.interval) || say(`interval ${update.schedule?.interval}`);
    for (const [name, group] of Object.entries(update.groups ?? {})) {
      group.patterns?.length > 0 || say(`group ${name} has no patterns`);
    }
  }
}

for (const file of files) {
  const say = (message) => console.log(`${file}: ${message}`);
  const document = parseDocument(readFileSync(file, "utf8"), { uniqueKeys: true });
  document.errors.forEach((error) => say(error.message));
  const content = document.toJS();
  if (basename(file) === "dependabot.yml") {
    dependabot(content, say);
  } else if (basename(file) === "config.yml") {
    typeof content.blank_issues_enabled === "boolean" || say("blank_issues_enabled");
  } else {
    form(content, say);
  }
}
