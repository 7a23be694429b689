/** The ways pages put a name to a control. Each renders one field of a form; ids are the field's number. */
export type FieldSpec = {
  label: string;
  truth: string;
  kind:
    | "text"
    | "number"
    | "area"
    | "select"
    | "radio"
    | "check"
    | "file"
    | "rich"
    | "combo"
    | "menu"
    | "password"
    | "email";
  options?: string[];
  placeholder?: string;
  name?: string;
  unit?: string;
};
export type Layout = (field: FieldSpec, id: string) => string;

const esc = (text: string) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** The control alone, with its answer on it. `extra` are attributes a layout adds. */
function controlOf(field: FieldSpec, id: string, extra = ""): string {
  const truth = `data-truth="${field.truth}"`;
  const name = field.name ? ` name="${field.name}"` : "";
  const hint = field.placeholder ? ` placeholder="${esc(field.placeholder)}"` : "";
  const all = `${truth}${name}${hint} ${extra}`;
  const unit = field.unit ? `<span>${field.unit}</span>` : "";
  const options = (field.options ?? []).map((text) => `<option>${esc(text)}</option>`).join("");
  switch (field.kind) {
    case "text":
      return `<input type="text" ${all}>${unit}`;
    case "email":
    case "password":
    case "number":
      return `<input type="${field.kind}" ${all}>${unit}`;
    case "area":
      return `<textarea ${all}></textarea>`;
    case "select":
      return `<select ${all}><option value="">Select…</option>${options}</select>`;
    case "file":
      return `<input type="file" accept="image/*" multiple ${all}>`;
    case "check":
      return `<input type="checkbox" ${all}>`;
    case "rich":
      return `<div contenteditable="true" style="min-height:40px;border:1px solid #999" ${all}></div>`;
    case "combo":
      return `<div><input role="combobox" aria-autocomplete="list" aria-expanded="false" ${all}><button type="button" tabindex="-1">▾</button></div>`;
    case "menu":
      return `<button type="button" aria-haspopup="listbox" aria-expanded="false" ${all}>Select…</button>`;
    case "radio":
      return `<div>${(field.options ?? []).map((text) => `<label><input type="radio" name="r${id}" ${truth}> ${esc(text)}</label>`).join(" ")}</div>`;
  }
}

const isGroup = (field: FieldSpec) => field.kind === "radio";

export const LAYOUTS: Record<string, Layout> = {
  labelFor: (f, id) =>
    isGroup(f)
      ? `<fieldset><legend>${esc(f.label)}</legend>${controlOf(f, id)}</fieldset>`
      : `<p><label for="${id}">${esc(f.label)}</label> ${controlOf(f, id, `id="${id}"`)}</p>`,
  labelAround: (f, id) =>
    isGroup(f)
      ? `<div><b>${esc(f.label)}</b>${controlOf(f, id)}</div>`
      : `<label style="display:block"><span>${esc(f.label)}</span> ${controlOf(f, id)}</label>`,
  danglingFor: (f, id) =>
    `<div class="form-group"><label for="nowhere-${id}">${esc(f.label)} *</label><div class="control">${controlOf(f, id, `id="x${id}"`)}</div></div>`,
  divs: (f, id) =>
    `<div class="css-1x2y"><div class="css-9z">${esc(f.label)}</div><div class="css-7q"><div>${controlOf(f, id)}</div></div></div>`,
  table: (f, id) => `<tr><td>${esc(f.label)}:</td><td>${controlOf(f, id)}</td></tr>`,
  siblings: (f, id) => `<span class="t">${esc(f.label)}</span>${controlOf(f, id)}<br>`,
  labelledby: (f, id) =>
    `<div><h5 id="l${id}">${esc(f.label)}</h5><div role="group" aria-labelledby="l${id}">${controlOf(f, id, `aria-labelledby="l${id}"`)}</div></div>`,
  ariaLabel: (f, id) =>
    isGroup(f)
      ? `<div role="radiogroup" aria-label="${esc(f.label)}">${controlOf(f, id)}</div>`
      : `<div>${controlOf(f, id, `aria-label="${esc(f.label)}"`)}</div>`,
  floating: (f, id) =>
    isGroup(f) || f.kind === "check"
      ? LAYOUTS["labelFor"]!(f, id)
      : `<div style="position:relative;margin:16px 0">${controlOf(f, id)}<label style="position:absolute;top:-10px;left:4px;font-size:11px">${esc(f.label)}</label></div>`,
  withHelp: (f, id) =>
    `<div class="field"><div class="head"><strong>${esc(f.label)}</strong><small>Optional</small></div>${controlOf(f, id)}<p class="help">Buyers see this on your listing.</p></div>`,
};

export function renderForm(
  title: string,
  sections: { heading: string; fields: FieldSpec[] }[],
  layoutName: string,
): string {
  const layout = LAYOUTS[layoutName];
  if (!layout) throw new Error(`No layout ${layoutName}.`);
  let number = 0;
  const body = sections.map(({ heading, fields }) => {
    const rows = fields.map((field) => layout(field, `f${number++}`)).join("\n");
    return `<section><h2>${esc(heading)}</h2>${layoutName === "table" ? `<table>${rows}</table>` : rows}</section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${esc(title)}</title><main><h1>${esc(title)}</h1><form>${body.join("\n")}<button>Save</button></form></main></html>`;
}
