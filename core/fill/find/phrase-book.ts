/** Phrases by their words: what a text means when all of it is one known phrase. */
import { normalise } from "../page/text.ts";
import { FIELD_WORDS, SMALL_WORDS, type FieldClass } from "./field-words.ts";

const SMALL = new Set(SMALL_WORDS.split(","));

const singular = (word: string) =>
  word.length > 3 && word.endsWith("ies")
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && /[^su]s$/.test(word)
      ? word.slice(0, -1)
      : word;

/** The telling words of a text, in order, singular, small words and examples left out. */
export function wordsOf(text: string): string[] {
  const all = normalise(text)
    .replace(/\b(e\.g\.?|eg\.|for example|such as|ex:|i\.e\.).*$/, "")
    .replace(/'s\b/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(singular);
  const telling = all.filter((word) => !SMALL.has(word) && !/^\d+$/.test(word));
  return telling.length > 0 ? telling : all;
}

/** Key of each phrase -> class; phrases that only count as a whole carry "=". */
export type PhraseBook = Map<string, string>;

export function phraseBook(vocabulary: Readonly<Record<string, string>>): PhraseBook {
  const book: PhraseBook = new Map();
  for (const [meaning, phrases] of Object.entries(vocabulary)) {
    for (const phrase of phrases.split(",")) {
      const key = (phrase.startsWith("=") ? "=" : "") + wordsOf(phrase.replace("=", "")).join(" ");
      if (!book.has(key)) book.set(key, meaning);
    }
  }
  return book;
}

export const wholeMeaning = (book: PhraseBook, text: string): string | undefined => {
  const key = wordsOf(text).join(" ");
  return key ? (book.get(key) ?? book.get(`=${key}`)) : undefined;
};

export const fieldBook = (): PhraseBook => phraseBook(FIELD_WORDS);
export type { FieldClass };
