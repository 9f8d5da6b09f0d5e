import type { Label } from '#catalogue/label.ts';
import {
  APPEAL_STATES, APPEAL_TRANSITIONS, CASE_STATES, CASE_TRANSITIONS, DECISION_STATES, DECISION_TRANSITIONS, MEETING_STATES, MEETING_TRANSITIONS, OPINION_STATES, OPINION_TRANSITIONS,
  REPORT_STATES, REPORT_TRANSITIONS, TASK_STATES, TASK_TRANSITIONS, TRANSFER_STATES, TRANSFER_TRANSITIONS, type Transition,
} from './transitions.ts';

/** A thing with states: what may become of it, and by whom. Diagrams and tables in docs/ and in the console's help derive from it. */
export interface Machine {
  readonly entity: string;
  readonly label: Label;
  /** In the order people think of them; the first is where the thing begins. */
  readonly states: readonly string[];
  readonly transitions: readonly Transition<string>[];
}

/** All state machines of the desk. The words of their states: `src/web/machine-words.ts`. */
export const MACHINES = [
  { entity: 'report', label: { vi: 'Phản ánh', en: 'Report' }, states: REPORT_STATES, transitions: REPORT_TRANSITIONS },
  { entity: 'case', label: { vi: 'Vụ việc', en: 'Case' }, states: CASE_STATES, transitions: CASE_TRANSITIONS },
  { entity: 'decision', label: { vi: 'Quyết định', en: 'Decision' }, states: DECISION_STATES, transitions: DECISION_TRANSITIONS },
  { entity: 'appeal', label: { vi: 'Đề nghị xem xét lại', en: 'Appeal' }, states: APPEAL_STATES, transitions: APPEAL_TRANSITIONS },
  { entity: 'opinion', label: { vi: 'Ý kiến của một cơ quan', en: 'Opinion of an agency' }, states: OPINION_STATES, transitions: OPINION_TRANSITIONS },
  { entity: 'meeting', label: { vi: 'Cuộc họp', en: 'Meeting' }, states: MEETING_STATES, transitions: MEETING_TRANSITIONS },
  { entity: 'transfer', label: { vi: 'Chuyển xử lý', en: 'Transfer' }, states: TRANSFER_STATES, transitions: TRANSFER_TRANSITIONS },
  { entity: 'task', label: { vi: 'Việc phải làm', en: 'Task' }, states: TASK_STATES, transitions: TASK_TRANSITIONS },
] as const satisfies readonly Machine[];

export type MachineName = (typeof MACHINES)[number]['entity'];

/** The states of one machine. */
export type StateOf<Name extends MachineName> = Extract<(typeof MACHINES)[number], { readonly entity: Name }>['states'][number];

/** The states that nothing leaves. */
export function finalStates({ states, transitions }: Machine): string[] {
  const left = new Set(transitions.flatMap(({ from }) => from));
  return states.filter((state) => !left.has(state));
}
