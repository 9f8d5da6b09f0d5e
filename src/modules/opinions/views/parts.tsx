import type { VNode } from 'preact';
import type { OpinionState } from '#core/transitions.ts';
import { SafeText } from '#modules/cases/index.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import type { FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { consultationPath } from '../paths.ts';
import type { AnswerView, KeptFile } from '../types.ts';

/** A form that came back: what was typed, and what is wrong in words, by field. */
export interface Returned {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly all: (name: string) => readonly string[];
  readonly errors: FieldErrors;
}

const TONES = { sent: 'sky', overdue: 'rose', answered: 'moss', withdrawn: 'plain' } as const satisfies Record<OpinionState, Tone>;

/** Where a request to one agency stands; an answer after the day is marked. */
export function StateBadge({ lang, state, late = false }: { lang: Lang; state: OpinionState; late?: boolean }): VNode {
  const t = messages(lang).opinions;
  return <><Badge tone={TONES[state]}>{t.states[state]}</Badge>{late && <> <Badge tone="amber">{t.lateWord}</Badge></>}</>;
}

/** Files to keep, one a line; never opened in the page. */
export function FileList({ lang, code, files }: { lang: Lang; code: string; files: readonly KeptFile[] }): VNode | null {
  if (files.length === 0) return null;
  return <ul class="files">{files.map(({ id, name, bytes }) => <li><a href={consultationPath(code, `/tep/${id}`)} download>{name}</a> <small>({formatBytes(bytes, lang)})</small></li>)}</ul>;
}

/** One answer in full: reasons, remarks on the points, who is competent instead, document and files. */
export function AnswerWords({ lang, code, answer, points }: { lang: Lang; code: string; answer: AnswerView; points: readonly string[] }): VNode {
  const t = messages(lang).opinions;
  const remarks = answer.onPoints.map((words, index) => ({ words, place: String(index + 1), point: points[index] ?? '' })).filter(({ words }) => words !== '');
  return (
    <>
      {answer.reasons !== '' && <Words text={answer.reasons} />}
      {remarks.map(({ words, place, point }) => <p><b>{t.give.onPoint(place, point)}</b><br /><SafeText text={words} /></p>)}
      {answer.instead !== '' && <p>{t.insteadOf(answer.instead)}</p>}
      <FileList lang={lang} code={code} files={answer.files} />
      <p class="hint">{t.one.version(String(answer.version), formatDateTime(answer.at, lang), t.ways[answer.way])}</p>
    </>
  );
}

/** Text of others with its lines; addresses in it are made harmless. */
export function Words({ text }: { text: string }): VNode {
  return <p class="say"><SafeText text={text} /></p>;
}
