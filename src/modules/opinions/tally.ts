import type { OpinionAnswer } from '#platform/schema.ts';
import type { OpinionView } from './types.ts';

/** How the agencies answered: of `asked`, how many gave each answer, and how many nothing; silence is never consent (R7). */
export interface Tally {
  readonly asked: number;
  readonly silent: number;
  readonly late: number;
  readonly answers: Readonly<Record<OpinionAnswer, number>>;
}

/** Counts the newest answer of each agency; requests that were withdrawn without an answer do not count. */
export function tallyOf(opinions: readonly Pick<OpinionView, 'state' | 'versions'>[]): Tally {
  const counted = opinions.filter(({ state }) => state !== 'withdrawn');
  const newest = counted.flatMap(({ versions: [first] }) => first ?? []);
  const of = (answer: OpinionAnswer) => newest.filter((one) => one.answer === answer).length;
  return {
    asked: counted.length, silent: counted.length - newest.length, late: newest.filter(({ late }) => late).length,
    answers: { agree: of('agree'), agree_with_changes: of('agree_with_changes'), disagree: of('disagree'), not_competent: of('not_competent'), to_read: of('to_read') },
  };
}
