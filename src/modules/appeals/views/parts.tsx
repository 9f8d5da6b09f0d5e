import type { VNode } from 'preact';
import { measureOf } from '#catalogue/measures.ts';
import type { AppealState } from '#core/transitions.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { links } from '#web/links.ts';
import type { Subject } from '../types.ts';

/** Where an appellant follows an appeal by code and secret. */
export const FOLLOW_PATH = `${links.appeal}/theo-doi`;
/** The receipt of an appeal. */
export const RECEIPT_PATH = `${links.appeal}/phieu`;
/** Where denunciations go instead. */
export const DENOUNCE_PATH = `${links.appeal}/to-cao`;
/** The list of appeals in the console. */
export const OFFICE_PATH = '/can-bo/xem-xet-lai';

/** Address of an appeal's page in the console, or of what lies below it. */
export function appealPath(id: string, below = ''): string {
  return `${OFFICE_PATH}/${id}${below}`;
}

const TONES: Readonly<Record<AppealState, Tone>> = { filed: 'amber', accepted: 'sky', not_accepted: 'plain', routed: 'plain', decided: 'moss', taken_back: 'plain' };

/** The state as a word on a tint. */
export function StateBadge({ lang, state }: { lang: Lang; state: AppealState }): VNode {
  return <Badge tone={TONES[state]}>{messages(lang).appeals.states[state]}</Badge>;
}

/** What is appealed, in one line. */
export function subjectLine(lang: Lang, { measure, title, reportCode }: Pick<Subject, 'measure' | 'title' | 'reportCode'>): string {
  const { form } = messages(lang).appeals;
  if (reportCode) return form.aboutReport(reportCode);
  if (measure === 'PUBLIC_WARNING') return form.aboutWarning(title);
  return form.aboutDecision(measure ? measureOf(measure).label[lang] : '', title);
}
