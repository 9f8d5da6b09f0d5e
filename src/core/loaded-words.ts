import type { StopCode } from '#catalogue/gate.ts';
import type { Label } from '#catalogue/label.ts';
import { CRITICISM, LOADED_WORDS, SELF, type LoadedWord } from '#catalogue/loaded-words.ts';
import { distance, PhraseBook } from './indicators/phrases.ts';
import { searchKey } from './vietnamese.ts';

/** A phrase in a text that raises a question of the gate. It answers nothing, and nothing is kept of it. */
export interface RaisedQuestion {
  /** As it stands in the text. */
  readonly phrase: string;
  /** Where it begins, in code units. */
  readonly at: number;
  readonly question: StopCode;
  readonly why: Label;
}

/** How near the name of an agency stands to a word of criticism, in characters of the search key; about two lines of a letter. */
const NEAR = 100;
/** Shorter names ("TP") are everywhere. */
const SHORTEST_NAME = 4;
/** Text beyond this is not looked at; no field of a report or decision is longer. */
const LONGEST_TEXT = 20_000;

const BOOK = new PhraseBook<LoadedWord>(LOADED_WORDS.map((word) => [searchKey(word.phrase), word]));
const CRITICAL = new PhraseBook<string>(CRITICISM.map((word) => [searchKey(word), word]));

/**
 * The words of a text that should make an officer read a question of the gate twice: the source regulation's own vocabulary,
 * and names of agencies concerned near words of criticism. Whole words, with or without marks; a word written with other marks is
 * another word ("phần đông" is not "phản động"). Pure; time is linear in the text, of which 20,000 characters are read.
 * @param agencyNames the agencies that send, handle and decide, under every name they go by
 * @returns in the order of the text
 */
export function loadedWords(text: string, agencyNames: readonly string[]): RaisedQuestion[] {
  const part = text.slice(0, LONGEST_TEXT);
  // "xấu, độc" as the regulation writes it.
  const raised = BOOK.find(part.replaceAll(',', ' ')).filter(({ meaning, start, end }) => spelled(part.slice(start, end), meaning.phrase))
    .map(({ meaning: { question, why }, start, end }): RaisedQuestion => ({ phrase: part.slice(start, end), at: start, question, why }));
  return [...raised, ...selfPraise(part, agencyNames)].sort((a, b) => a.at - b.at);
}

function selfPraise(text: string, agencyNames: readonly string[]): RaisedQuestion[] {
  const names = agencyNames.map((name) => [searchKey(name), name] as const).filter(([key]) => key.length >= SHORTEST_NAME);
  if (names.length === 0) return [];
  const critical = CRITICAL.find(text).filter(({ meaning, start, end }) => spelled(text.slice(start, end), meaning));
  if (critical.length === 0) return [];
  return new PhraseBook(names).find(text).filter(({ meaning, start, end }) => spelled(text.slice(start, end), meaning) && critical.some((word) => isNear(text, { start, end }, word)))
    .map(({ start, end }) => ({ phrase: text.slice(start, end), at: start, question: 'self_interest', why: SELF }));
}

function isNear(text: string, name: { start: number; end: number }, word: { start: number; end: number }): boolean {
  if (word.start < name.end && name.start < word.end) return false;
  const [from, to] = word.end <= name.start ? [word.end, name.start] : [name.end, word.start];
  return to - from <= NEAR * 2 && distance(text, from, to) <= NEAR;
}

/** Whether each word is the phrase's own, with its marks or without any; old and new ways of placing a tone are one. */
function spelled(found: string, phrase: string): boolean {
  const wanted = words(phrase);
  return words(found).every((word, index) => word === searchKey(word) || marked(word) === marked(wanted[index] ?? ''));
}

const words = (text: string): string[] => text.toLowerCase().normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** A word's letters, then its marks in order. */
function marked(word: string): string {
  const decomposed = word.normalize('NFD');
  return decomposed.replace(/\p{M}/gu, '') + [...decomposed.matchAll(/\p{M}/gu)].map(([mark]) => mark).sort().join('');
}
