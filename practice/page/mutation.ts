/**
 * Renames what a page is made of, by seed. Pure: the server (HTML, CSS, form fields) and the page's own script
 * (React, jQuery) compute the same names from the same spec, so a mutated page still works.
 *
 * - `none`      as the site is
 * - `locators`  every id, class, name and test id is another one; labels, roles and order stay
 * - `hard`      also: labels reworded, roles and ARIA dropped, fields reordered and wrapped
 */
import { synonyms } from "./synonyms.ts";

export const mutationLevels = ["none", "locators", "hard"] as const;
export type MutationLevel = (typeof mutationLevels)[number];

export interface MutationSpec {
  readonly level: MutationLevel;
  readonly seed: string;
  /** Facebook's classes differ on every deploy, mutated or not: this is the deploy. */
  readonly deploy?: string | undefined;
}

export interface Mutation {
  readonly level: MutationLevel;
  id(name: string): string;
  className(name: string): string;
  name(name: string): string;
  testId(name: string): string;
  /** A label, heading, placeholder or button text in this mutation's words. */
  text(text: string): string;
  /** One HTML attribute as it should be printed, or null when it is left out. */
  attribute(name: string, value: string): string | null;
  shuffle<T>(list: readonly T[], salt: string): T[];
}

/** FNV-1a, folded to base 36: short, stable, the same in Node and in a page. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

const idRefs = new Set([
  "for",
  "aria-controls",
  "aria-labelledby",
  "aria-describedby",
  "aria-owns",
  "aria-activedescendant",
  "list",
  "form",
]);
const words = new Set(["placeholder", "aria-label", "title", "alt"]);

export function mutationFrom(spec: MutationSpec): Mutation {
  const { level, seed } = spec;
  const on = level !== "none";
  const hard = level === "hard";
  const rename = (kind: string, value: string) => (on ? `${kind}${hash(`${seed}/${kind}/${value}`)}` : value);

  const mutation: Mutation = {
    level,
    id: (name) => rename("u", name),
    name: (name) => rename("n", name),
    testId: (name) => rename("t", name),
    className: (name) =>
      spec.deploy ? `x${hash(`${spec.deploy}/${on ? seed : ""}/${name}`).slice(0, 7)}` : rename("c", name),
    text(text) {
      const choices = hard ? synonyms[text] : undefined;
      if (!choices) return text;
      return choices[parseInt(hash(`${seed}/${text}`).slice(0, 4), 36) % choices.length] ?? text;
    },
    attribute(name, value) {
      if (!value) return value;
      if (hard && (name === "role" || (name.startsWith("aria-") && name !== "aria-label"))) return null;
      if (hard && name === "aria-label") return null;
      if (name === "class") return value.split(/\s+/).filter(Boolean).map(mutation.className).join(" ");
      if (!on) return value;
      if (name === "id") return mutation.id(value);
      if (name === "name") return mutation.name(value);
      if (name === "data-testid") return mutation.testId(value);
      if (idRefs.has(name)) return value.split(/\s+/).map(mutation.id).join(" ");
      return words.has(name) ? mutation.text(value) : value;
    },
    shuffle(list, salt) {
      if (!hard) return [...list];
      return list
        .map((value, index) => ({ value, key: hash(`${seed}/${salt}/${index}`) }))
        .sort((x, y) => (x.key < y.key ? -1 : 1))
        .map(({ value }) => value);
    },
  };
  return mutation;
}

/** Class selectors of a stylesheet under the mutation's names. The practice stylesheets use no id selectors. */
export const mutateCss = (css: string, mutation: Mutation): string =>
  css.replace(/\.(-?[A-Za-z_][\w-]*)(?=[^{}]*\{)/g, (_, name: string) => `.${mutation.className(name)}`);

/** Attributes and whole text nodes of server-rendered HTML under the mutation. Expects double-quoted attributes. */
export function mutateHtml(html: string, mutation: Mutation): string {
  if (mutation.level === "none" && mutation.className("a") === "a") return html;
  return html
    .split(/(<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>)/)
    .map((part, index) => (index % 2 ? part : mutateMarkup(part, mutation)))
    .join("");
}

const mutateMarkup = (markup: string, mutation: Mutation): string =>
  markup
    .replace(
      /<([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)(\s*\/?)>/g,
      (_, tag: string, attributes: string, end: string) => {
        const isButton = tag === "button" || /type="(submit|button)"/.test(attributes);
        const rest = attributes.replace(
          /\s+([\w:-]+)="([^"]*)"/g,
          (_all: string, name: string, value: string) => {
            if (name === "value" && isButton) return ` ${name}="${mutation.text(value)}"`;
            if (tag === "meta" || tag === "iframe") return ` ${name}="${value}"`;
            const next = mutation.attribute(name, value);
            return next === null ? "" : ` ${name}="${next}"`;
          },
        );
        return `<${tag}${rest}${end}>`;
      },
    )
    .replace(
      />([^<>]+)</g,
      (_, text: string) => `>${text.replace(text.trim(), () => mutation.text(text.trim()))}<`,
    );
