/** Reads a piece of text by all words known: which classes it speaks of, and how surely (0..1). */
import { FIELD_WORDS } from "../find/field-words.ts";
import { phraseBook, wordsOf } from "../find/phrase-book.ts";
import { DECOY_WORDS, type MeaningClass } from "./decoy-words.ts";

export type Reading = Map<MeaningClass, number>;

const LONGEST = 5;
/** Words that go before any field's name and change nothing: "product price", "weight (kg)", "up to 3 tags". */
const MODIFIERS = new Set(
  "what,which,how,did,does,have,want,your,you,my,item,product,listing,ad,posting,article,piece,thing,up,kg,g,gram,lb,lbs,pound,oz,cm,mm,inch,usd,eur,no,per,each,more,comma,separated,optional".split(
    ",",
  ),
);

export class Reader {
  readonly #book = phraseBook({ ...FIELD_WORDS, ...DECOY_WORDS });
  readonly #memory = new Map<string, Reading>();

  read(text: string): Reading {
    const kept = this.#memory.get(text);
    if (kept) return kept;
    // "Describe your item: brand, fit, flaws": what comes first says it, the rest explains.
    const first = /^(.{4,}?)[:.;,!?]\s/.exec(text)?.[1];
    const head = first ? this.#readNew(first) : null;
    const aside = /^(.+?)\s*\((.+)\)\s*$/.exec(text);
    const reading =
      aside?.[1] && aside[2]
        ? this.#readWithAside(aside[1], aside[2], text)
        : head && head.size > 0
          ? head
          : this.#readNew(text);
    this.#memory.set(text, reading);
    return reading;
  }

  /** "SKU (stock keeping unit)": the aside is left out when it says nothing else; in "Title (SEO)" it says it all. */
  #readWithAside(main: string, aside: string, text: string): Reading {
    const own = this.#readNew(main);
    const whole = [...own.values()].includes(1);
    const foreign = [...this.#readNew(aside)].some(([meaning]) => !own.has(meaning));
    return whole && !foreign ? own : this.#readNew(text);
  }

  /** Longer phrases take their words first; every unknown word, and every other class, makes the reading weaker. */
  #readNew(text: string): Reading {
    const all = wordsOf(text).slice(0, 16);
    const whole = this.#readWords(all);
    if (whole.size > 0 && [...whole.values()].some((strength) => strength === 1)) return whole;
    const bare = all.filter((word) => !MODIFIERS.has(word));
    if (bare.length === 0 || bare.length === all.length) return whole;
    const reading = this.#readWords(bare);
    // "What is your name?": what the words together are not stays heard.
    for (const [meaning, strength] of whole)
      if (meaning.startsWith("~") && !reading.has(meaning)) reading.set(meaning, Math.max(strength, 0.9));
    return reading;
  }

  #readWords(words: readonly string[]): Reading {
    const taken = new Array<boolean>(words.length).fill(false);
    const spans = new Map<MeaningClass, number>();
    for (let length = Math.min(LONGEST, words.length); length > 0; length--) {
      for (let start = 0; start + length <= words.length; start++) {
        if (taken.slice(start, start + length).some(Boolean)) continue;
        const key = words.slice(start, start + length).join(" ");
        const meaning = (this.#book.get(key) ??
          (length === words.length ? this.#book.get(`=${key}`) : undefined)) as MeaningClass | undefined;
        if (!meaning) continue;
        taken.fill(true, start, start + length);
        spans.set(meaning, (spans.get(meaning) ?? 0) + length);
      }
    }
    const unknown = taken.filter((one, at) => !one && !MODIFIERS.has(words[at] ?? "")).length;
    const reading: Reading = new Map();
    for (const [meaning, length] of spans) {
      const others = taken.filter(Boolean).length - length;
      reading.set(
        meaning,
        unknown === 0 && others === 0 ? 1 : Math.max(0.1, 0.6 - 0.15 * unknown - 0.25 * others),
      );
    }
    return reading;
  }
}
