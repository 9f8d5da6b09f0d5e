import type { Letterhead } from '#modules/directory/index.ts';
import { letterTop, type IssuedNumber } from '#modules/documents/index.ts';
import { paragraphs, type Letter, type Run } from '#web/docx/letter.ts';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { tallyOf, type Tally } from './tally.ts';
import type { AnswerView, ConsultationView, OpinionView } from './types.ts';

/** What a paper needs beside the request: who writes, under what number, and the address agencies answer at. */
export interface PaperSetting {
  readonly head: Letterhead;
  readonly number: IssuedNumber | null;
  /** The desk's public address with the page to answer on. */
  readonly answerAt: string;
}

function sheet(kind: 'cong_van' | 'bao_cao', { head, number }: PaperSetting) {
  return {
    ...letterTop(kind, head, number), urgency: null, recipients: [], signature: { authority: [], title: messages('vi').opinions.paper.signTitle, name: null },
  } as const;
}

/** A title inside a sentence; names and abbreviations keep their capitals ("VNeID"). */
function inSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLocaleLowerCase('vi') + title.slice(1) : title;
}

/** The letter that asks (công văn lấy ý kiến), to all agencies that are still asked; the draft is its annex. */
export function requestLetter(asked: ConsultationView, setting: PaperSetting): Letter {
  const t = messages('vi').opinions.paper;
  const to = asked.opinions.filter(({ state }) => state !== 'withdrawn').map(({ agency }) => agency);
  return {
    ...sheet('cong_van', setting), subject: t.requestSubject(inSentence(asked.title)), to,
    body: [
      { type: 'paragraph', text: t.requestOpening(setting.head.name, asked.caseNumber, asked.round > 1 ? t.round(String(asked.round)) : '') }, ...paragraphs(asked.question),
      ...(asked.points.length > 0 ? [{ type: 'paragraph', text: t.pointsIntro } as const, { type: 'list', marks: 'number', items: asked.points } as const] : []),
      { type: 'paragraph', text: [{ text: t.dueBefore }, { text: t.dueDay(formatDate(asked.dueOn)), bold: true }, { text: t.dueAfter }] },
      { type: 'paragraph', text: t.how(asked.code) }, { type: 'link', text: setting.answerAt, href: setting.answerAt }, { type: 'paragraph', text: t.silence }, { type: 'paragraph', text: t.thanks },
    ],
    annexes: asked.draftText === '' ? [] : [{ title: t.draftTitle, body: paragraphs(asked.draftText) }],
  };
}

/** The sentences of a synthesis: of all that were asked, how many answered what, who did not answer. */
export function tallySentences(asked: Pick<ConsultationView, 'opinions'>, lang: Lang): string[] {
  const t = messages(lang).opinions;
  const { asked: all, answers, silent, late }: Tally = tallyOf(asked.opinions);
  const of = (count: number) => `${count}/${all}`;
  const counted = ([['agree', answers.agree], ['agree_with_changes', answers.agree_with_changes], ['disagree', answers.disagree], ['not_competent', answers.not_competent], ['to_read', answers.to_read]] as const)
    .filter(([answer, count]) => count > 0 || answer === 'agree');
  return [...counted.map(([answer, count]) => t.tally[answer](of(count))), ...(silent > 0 ? [t.tally.silent(of(silent))] : []), ...(late > 0 ? [t.tally.late(String(late))] : [])];
}

/** The newest answer as one line: its name, whether it was late, number and date of its document. */
export function answerLine({ state, versions: [answer] }: OpinionView, lang: Lang): string {
  const t = messages(lang).opinions;
  if (!answer) return t.states[state];
  const document = answer.documentNumber === '' ? '' : t.documentOf(answer.documentNumber, answer.documentOn === null ? '' : formatDate(answer.documentOn));
  return [t.answers[answer.answer], answer.late ? t.lateWord : '', document].filter(Boolean).join('; ');
}

/** Reasons, remarks on points and who is competent instead, one to a line. */
export function answerWords(answer: AnswerView | undefined, lang: Lang): string {
  const t = messages(lang).opinions;
  if (!answer) return '';
  const remarks = answer.onPoints.map((remark, index) => (remark === '' ? '' : t.onPoint(String(index + 1), remark)));
  return [answer.reasons, ...remarks, answer.instead === '' ? '' : t.insteadOf(answer.instead)].filter(Boolean).join('\n');
}

/** The synthesis as a report with a broad annex: agency, answer, reasons, and what is said on each point. */
export function synthesisLetter(asked: ConsultationView, setting: PaperSetting): Letter {
  const t = messages('vi').opinions;
  const { paper: p } = t;
  const rows = asked.opinions.map((one, index): (string | readonly Run[])[] => [String(index + 1), one.agency, answerLine(one, 'vi'), answerWords(one.versions[0], 'vi') || '–']);
  return {
    ...sheet('bao_cao', setting), subject: p.synthesisSubject(inSentence(asked.title)), to: [],
    body: [
      { type: 'paragraph', text: p.synthesisOpening(formatDate(asked.sentAt), setting.head.name, String(asked.opinions.length), asked.code, asked.caseNumber, formatDate(asked.dueOn)) },
      { type: 'heading', level: 1, text: p.results }, { type: 'list', marks: 'dash', items: tallySentences(asked, 'vi') }, { type: 'paragraph', text: p.silenceNote },
      ...(asked.summary === '' ? [] : [{ type: 'heading', level: 1, text: p.summary } as const, ...paragraphs(asked.summary)]),
      ...(asked.points.length > 0 ? [{ type: 'heading', level: 1, text: p.pointsAsked } as const, { type: 'list', marks: 'number', items: asked.points } as const] : []),
    ],
    annexes: [{
      title: p.tableTitle, isLandscape: true,
      body: [{ type: 'table', columns: [{ head: p.columns.place, width: 1, isNumeric: true }, { head: p.columns.agency, width: 5 }, { head: p.columns.answer, width: 4 }, { head: p.columns.reasons, width: 12 }], rows }],
    }],
  };
}
