import type { Messages } from '../types.ts';

/** Diagrams of states in the console's help. */
export const machines = {
  title: 'The way of every thing',
  lead: 'The database allows only these steps. Each goes into the journal with who, when and why.',
  reading: 'A framed box is a state. A grey one is a step, with who may take it. Lines lead from a state into a step, the arrow to the state that follows. A double frame is an end.',
  jump: 'Choose one',
  open: (thing: string) => `See the way: ${thing}`,
  picture: (thing: string) => `Diagram of states: ${thing}`,
  pictureText: (states: number, steps: number, first: string) => `${states} states, ${steps} steps, beginning with “${first}”. The table right below lists every step.`,
  table: (thing: string) => `Steps: ${thing}`,
  action: 'Step',
  from: 'From',
  to: 'To',
  by: 'By whom',
  reason: 'Reason',
  reasons: { none: 'none', optional: 'optional', required: 'required' },
  what: {
    report: 'From arrival to answer, or stopped and then erased.',
    case: 'Verified, decided, acted on, closed; reopened when something new comes.',
    decision: 'One person drafts, a second one approves. What has run out ends by itself.',
    appeal: 'Filed by who is affected, a recipient or a reporter; decided by somebody who took no part before.',
    opinion: 'One agency answers; silence is recorded, never consent.',
    meeting: 'Invitation, attendance, minutes, conclusion.',
    transfer: 'To the competent agency, which accepts or says why not.',
    task: 'Who must do what, by which day.',
  },
} satisfies Messages['machines'];
