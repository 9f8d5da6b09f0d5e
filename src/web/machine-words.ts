import { ROLES } from '#catalogue/roles.ts';
import type { Machine, MachineName, StateOf } from '#core/machines.ts';
import type { Performer, Transition } from '#core/transitions.ts';
import { messages, type Lang } from './i18n/index.ts';
import type { DiagramInput } from './state-diagram-layout.ts';

/** What the screens call the states of each machine: state → word. A machine or state without a word is a compile error. */
export function stateWords(lang: Lang): { readonly [Name in MachineName]: Readonly<Record<StateOf<Name>, string>> } {
  const { console, appeals, coordination, decisions } = messages(lang);
  return { report: console.reportState, case: console.caseState, decision: decisions.states, appeal: appeals.states, ...coordination.states };
}

/** The word of one state. */
export function stateWord(lang: Lang, entity: MachineName, state: string): string {
  return (stateWords(lang)[entity] as Readonly<Record<string, string>>)[state] ?? state;
}

/** Who takes a step, in a word: a role, the reporter, the system. */
export function performerWord(lang: Lang, performer: Performer): string {
  if (performer === 'reporter' || performer === 'system') return messages(lang).console.actors[performer];
  if (performer === 'agency') return messages(lang).coordination.agencySystem;
  if (performer === 'appellant') return messages(lang).appeals.appellant;
  return ROLES.find(({ code }) => code === performer)?.label[lang] ?? performer;
}

/** The performers of a step as one text: “Tiếp nhận, người xử lý”. */
export function performersText(lang: Lang, { by }: Pick<Transition<string>, 'by'>): string {
  const words = by.map((performer) => performerWord(lang, performer));
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toLocaleLowerCase(lang) + word.slice(1))).join(', ');
}

/** A machine in words, ready to be drawn. */
export function diagramOf(lang: Lang, machine: Machine & { readonly entity: MachineName }): DiagramInput {
  return {
    states: machine.states.map((code) => ({ code, label: stateWord(lang, machine.entity, code) })),
    steps: machine.transitions.map((one) => ({ action: one.action, label: one.label[lang], who: performersText(lang, one), from: one.from, to: one.to })),
  };
}
