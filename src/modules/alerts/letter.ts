import { ALERT_AIMS, ALERT_ANSWERS, ALERT_DUTIES, ALERT_KINDS, ALERT_WAYS } from '#catalogue/alerts.ts';
import type { Letterhead } from '#modules/directory/index.ts';
import { letterTop, type IssuedNumber } from '#modules/documents/index.ts';
import { paragraphs, type Block, type Letter } from '#web/docx/letter.ts';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { tallyRows } from './tally.ts';
import type { AlertLetter, SummaryRow, Tally } from './types.ts';

/** What both papers take beside the letter. */
export interface PaperSetting {
  readonly lang: Lang;
  readonly head: Letterhead;
  /** As the clerk gave it; null leaves it open. */
  readonly number: IssuedNumber | null;
  /** `yyyy-mm-dd`, printed while there is no number. */
  readonly on: string;
  /** Who it is for, as printed: one line for many. */
  readonly to: readonly string[];
}

/** Aim and basis of a letter in one sentence, from closed lists. */
export function aimAndBasis(letter: AlertLetter, lang: Lang): string {
  const t = messages(lang).alerts.paper;
  const basis = letter.duty ? ALERT_DUTIES[letter.duty][lang] : letter.basisWords?.[lang] ?? letter.legalBasis ?? '';
  return t.aimAndBasis(ALERT_AIMS[letter.aim][lang], basis);
}

/** The letter itself: a công văn to many; domains are defanged by the layout and here. */
export function alertPaper(letter: AlertLetter, setting: PaperSetting): Letter {
  const { lang } = setting;
  const t = messages(lang).alerts.paper;
  const body: Block[] = [
    { type: 'paragraph', text: aimAndBasis(letter, lang) },
    ...(letter.replaces ? [{ type: 'paragraph', text: t.replaces(letter.replaces.code) } as const] : []),
    { type: 'heading', level: 2, text: t.known }, ...paragraphs(letter.known),
    ...marksOf(letter, lang),
    { type: 'heading', level: 2, text: t.actions }, { type: 'list', marks: 'letter', items: [...letter.actions] },
    { type: 'heading', level: 2, text: t.report }, ...paragraphs(letter.reportHow),
    ...(letter.dueOn ? [{ type: 'paragraph', text: t.due(formatDate(letter.dueOn)) } as const] : []),
    { type: 'paragraph', text: t.code(letter.code) }, { type: 'paragraph', text: t.thanks },
  ];
  return { ...sheet(setting, 'cong_van'), urgency: letter.urgency, subject: t.subjectOf(ALERT_KINDS.find(({ code }) => code === letter.kind)!.label[lang], letter.title), to: setting.to, body, annexes: [] };
}

/** CVE numbers, products, hashes and domains as a list of facts; nothing when there are none. */
function marksOf(letter: AlertLetter, lang: Lang): Block[] {
  const t = messages(lang).alerts.marks;
  const rows = [
    { label: t.cves, value: letter.cves.join(', ') }, { label: t.products, value: letter.products.join('; ') },
    { label: t.domains, value: letter.domains.map((host) => host.replaceAll('.', '[.]')).join(', ') }, { label: t.hashes, value: letter.hashes.map((hash) => hash.match(/.{8}/g)!.join(' ')).join('; ') },
  ].filter(({ value }) => value !== '');
  return rows.length === 0 ? [] : [{ type: 'facts', rows }];
}

/** The summary as a report with every agency in an annex. */
export function summaryPaper(letter: AlertLetter, rows: readonly SummaryRow[], tally: Tally, setting: PaperSetting): Letter {
  const { lang } = setting;
  const t = messages(lang).alerts.paper;
  const count = (value: number): string => formatNumber(value, lang);
  const machines = (value: number | null | undefined): string => (typeof value === 'number' ? count(value) : '–');
  const silent = rows.filter((row) => !row.last);
  const body: Block[] = [
    { type: 'paragraph', text: t.summaryOpening(letter.code, letter.title, letter.approvedAt ? formatDate(letter.approvedAt) : '', letter.dueOn ? formatDate(letter.dueOn) : '') },
    { type: 'heading', level: 1, text: t.result },
    { type: 'paragraph', text: t.counts(count(tally.sent), count(tally.read), count(tally.answered)) },
    { type: 'table', columns: [{ head: t.columns.answer, width: 5 }, { head: t.columns.agencies, width: 2, isNumeric: true }], rows: tallyRows(tally, lang).map(([label, n]) => [label, count(n)]),
      total: [t.total, count(tally.sent)] },
    { type: 'paragraph', text: t.machines(count(tally.machinesChecked), count(tally.machinesAffected)) },
    { type: 'heading', level: 1, text: t.silent },
    silent.length === 0 ? { type: 'paragraph', text: t.noneSilent } : { type: 'list', marks: 'number', items: silent.map((row) => `${row.name}${row.readAt ? ` ${t.readOnly}` : ''}`) },
  ];
  const columns = [
    { head: t.columns.place, width: 1, isNumeric: true }, { head: t.columns.agency, width: 6 }, { head: t.columns.read, width: 2 }, { head: t.columns.answer, width: 4 },
    { head: t.columns.checked, width: 1.8, isNumeric: true }, { head: t.columns.affected, width: 1.8, isNumeric: true }, { head: t.columns.words, width: 6 },
  ];
  return {
    ...sheet(setting, 'bao_cao'), urgency: null, subject: t.summarySubject(letter.title), to: [], body,
    annexes: [{ title: t.annex, isLandscape: true, body: [{ type: 'table', columns, rows: rows.map((row, index) => [
      String(index + 1), row.name, row.readAt ? formatDate(row.readAt) : row.last ? ALERT_WAYS[row.last.way][lang] : '–', row.last ? ALERT_ANSWERS.find(({ code }) => code === row.last!.answer)!.short[lang] : t.nothing,
      machines(row.last?.machinesChecked), machines(row.last?.machinesAffected),
      row.last ? [row.last.untilOn && t.until(formatDate(row.last.untilOn)), row.last.words].filter(Boolean).join(' ') : '',
    ]), total: ['', t.total, count(tally.read), count(tally.answered), count(tally.machinesChecked), count(tally.machinesAffected), ''] }] }],
  };
}

function sheet({ lang, head, number, on }: PaperSetting, kind: 'cong_van' | 'bao_cao') {
  const top = letterTop(kind, head, number, lang);
  return { ...top, date: top.date ?? on, signature: { authority: [], title: messages(lang).alerts.paper.signTitle, name: null }, recipients: [] } as const;
}
