/** Reads a piece of text by the vocabulary: which classes it speaks of, and how surely (0..1). */
import { normalise } from "../page/text.ts";
import { SMALL_WORDS, VOCABULARY, type MeaningClass } from "./vocabulary.ts";

export type Reading = Map<MeaningClass, number>;

const singular = (word: string) => (word.length > 3 && word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word);

export class Reader {
  readonly #phrases = new Map<string, MeaningClass>();
  readonly #small: Set<string>;
  readonly #memory = new Map<string, Reading>();
  #longest = 1;

  constructor() {
    this.#small = new Set(SMALL_WORDS.split(","));
    for (const [meaning, phrases] of Object.entries(VOCABULARY) as [MeaningClass, string][]) {
      for (const phrase of phrases.split(",")) {
        const whole = phrase.startsWith("=");
        const words = this.words(phrase.replace("=", ""));
        const key = `${whole ? "=" : ""}${words.join(" ")}`;
        if (words.length > 0 && !this.#phrases.has(key)) this.#phrases.set(key, meaning);
        this.#longest = Math.max(this.#longest, words.length);
      }
    }
  }

  words(text: string): string[] {
    const all = normalise(text)
      .replace(/\b(e\.g\.?|eg\.|for example|such as|ex:|i\.e\.).*$/, "")
      .replace(/'s\b/g, "")
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map(singular);
    const telling = all.filter((word) => !this.#small.has(word) && !/^\d+$/.test(word));
    return telling.length > 0 ? telling : all;
  }

  read(text: string): Reading {
    const kept = this.#memory.get(text);
    if (kept) return kept;
    // "Describe your item: brand, fit, flaws": what comes first says it, the rest explains.
    const first = /^(.{4,}?)[:.;,!?]\s/.exec(text)?.[1];
    const head = first ? this.#readNew(first) : null;
    const reading = head && head.size > 0 ? head : this.#readNew(text);
    this.#memory.set(text, reading);
    return reading;
  }

  #readNew(text: string): Reading {
    const words = this.words(text).slice(0, 16);
    const taken = new Array<boolean>(words.length).fill(false);
    const spans = new Map<MeaningClass, number>();
    for (let length = Math.min(this.#longest, words.length); length > 0; length--) {
      for (let start = 0; start + length <= words.length; start++) {
        if (taken.slice(start, start + length).some(Boolean)) continue;
        const key = words.slice(start, start + length).join(" ");
        const meaning = this.#phrases.get(key) ?? (length === words.length ? this.#phrases.get(`=${key}`) : undefined);
        if (!meaning) continue;
        taken.fill(true, start, start + length);
        spans.set(meaning, (spans.get(meaning) ?? 0) + length);
      }
    }
    const unknown = taken.filter((one) => !one).length;
    const reading: Reading = new Map();
    for (const [meaning, length] of spans) {
      const others = words.length - unknown - length;
      const whole = unknown === 0 && others === 0;
      reading.set(meaning, whole ? 1 : Math.max(0.1, 0.85 - 0.17 * unknown - 0.25 * others));
    }
    return reading;
  }
}
