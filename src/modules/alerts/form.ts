import { ALERT_ANSWERS, ALERT_CHECKS, ALERT_KINDS, ALERT_WAYS, type AlertWay } from '#catalogue/alerts.ts';
import { DEADLINES } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody } from '#platform/body.ts';
import type { AgencyLevel } from '#platform/schema.ts';
import { isUuid } from '#platform/uuid.ts';
import type { Urgency } from '#web/docx/letter.ts';
import { parseDate } from '#web/format.ts';
import type { CheckAnswers } from './commands.ts';
import type { AlertInput, AlertLetter, AnswerInput, Audience } from './types.ts';

/** What was typed, by field; lists are one item a line, ticks are joined by spaces. */
export type Typed = Readonly<Record<string, string>>;
/** Fields with something wrong and the reason, a key of `alerts.errors`. */
export type Wrong = Readonly<Record<string, string>>;

export const URGENCIES: readonly Urgency[] = ['khan', 'thuong_khan', 'hoa_toc'];
/** Most entries of a list, the same as the checks in the database. */
const MOST = { cves: 20, products: 20, hashes: 50, domains: 50, actions: 15 } as const;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/;

/** Several lines of words, with their line breaks. */
function paragraph(text: string): string {
  return text.split(/\r?\n/).map(normalise).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** Lines that say something, without the numbers or dashes people put before them. */
function lines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => normalise(line).replace(/^(?:[-–•*+]|\d{1,2}[.)])\s+/, '')).filter(Boolean);
}

/** Technical marks, one a line or separated by commas or spaces. */
function marks(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

/** A host name as people paste it, defanged or with scheme and path, in ASCII; null when there is none in it. */
export function hostTyped(text: string): string | null {
  const live = text.trim().toLowerCase().replaceAll('[.]', '.').replaceAll('(.)', '.').replace(/^(?:hxxps?|https?):\/\//, '');
  const url = `http://${live}`;
  if (live.includes('@') || !URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/\.$/, '');
  return host.length <= 253 && DOMAIN.test(host) ? host : null;
}

/**
 * What a letter's form says, or what is wrong by field.
 * @param levels those of the directory
 */
export function readAlert(form: FormBody, levels: readonly AgencyLevel[]): { input: AlertInput } | { wrong: Wrong } {
  const wrong: Record<string, string> = {};
  const kind = ALERT_KINDS.find(({ code }) => code === form.get('kind'))?.code;
  const [title, known, reportHow] = [normalise(form.get('title')), paragraph(form.get('known')), paragraph(form.get('report_how'))];
  const cves = marks(form.get('cves')).map((text) => text.toUpperCase());
  const [products, actions] = [lines(form.get('products')), lines(form.get('actions'))];
  const hashes = marks(form.get('hashes')).map((text) => text.toLowerCase());
  const hosts = marks(form.get('domains')).map(hostTyped);
  const days = /^\d{1,2}$/.test(form.get('days').trim()) ? Number(form.get('days')) : 0;
  const audience = readAudience(form, levels);
  if (!kind) wrong['kind'] = 'missing';
  if (title.length < 5 || title.length > 200) wrong['title'] = 'title';
  if (known.length < 20 || known.length > 4000) wrong['known'] = 'known';
  if (cves.length > MOST.cves || !cves.every((text) => /^CVE-\d{4}-\d{4,7}$/.test(text))) wrong['cves'] = 'cves';
  if (products.length > MOST.products || products.some((text) => text.length < 2 || text.length > 200)) wrong['products'] = 'products';
  if (hashes.length > MOST.hashes || !hashes.every((text) => /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text))) wrong['hashes'] = 'hashes';
  if (hosts.length > MOST.domains || hosts.includes(null)) wrong['domains'] = 'domains';
  if (kind && kind !== 'holiday_risk' && cves.length + products.length + hashes.length + hosts.length === 0) wrong['cves'] ??= 'technical';
  if (actions.length < 1 || actions.length > MOST.actions || actions.some((text) => text.length < 5 || text.length > 500)) wrong['actions'] = 'actions';
  if (reportHow.length < 5 || reportHow.length > 1000) wrong['report_how'] = 'reportHow';
  if (days < 1 || days > DEADLINES.alertAnswer.amount) wrong['days'] = 'days';
  if (audience === null) wrong[form.get('audience') === 'levels' ? 'levels' : form.get('audience') === 'chosen' ? 'agencies' : 'audience'] = 'audience';
  if (Object.keys(wrong).length > 0 || !kind || audience === null) return { wrong };
  return { input: {
    kind, urgency: URGENCIES.find((code) => code === form.get('urgency')) ?? null, title, known, cves, products, hashes, domains: [...new Set(hosts.flatMap((host) => host ?? []))], actions, reportHow, days,
    legalBasis: form.get('basis') === '' || form.get('basis') === 'duty' ? null : form.get('basis').slice(0, 100), audience,
  } };
}

function readAudience(form: FormBody, levels: readonly AgencyLevel[]): Audience | null {
  if (form.get('audience') === 'all') return { to: 'all' };
  if (form.get('audience') === 'levels') {
    const chosen = levels.filter((level) => form.all('levels').includes(level));
    return chosen.length > 0 ? { to: 'levels', levels: chosen } : null;
  }
  const agencyIds = [...new Set(form.all('agencies').filter((id) => isUuid(id)))];
  return form.get('audience') === 'chosen' && agencyIds.length > 0 && agencyIds.length <= 500 ? { to: 'chosen', agencyIds } : null;
}

/** A form as it was sent, with every tick of a list. */
export function typedOf(form: FormBody): Typed {
  return { ...form.fields, levels: form.all('levels').join(' '), agencies: form.all('agencies').join(' ') };
}

/** A letter as its form shows it. */
export function typedFrom(letter: AlertLetter): Typed {
  const { audience } = letter;
  return {
    kind: letter.kind, urgency: letter.urgency ?? '', title: letter.title, known: letter.known, cves: letter.cves.join('\n'), products: letter.products.join('\n'), hashes: letter.hashes.join('\n'),
    domains: letter.domains.map((host) => host.replaceAll('.', '[.]')).join('\n'), actions: letter.actions.join('\n'), report_how: letter.reportHow, days: String(letter.days),
    basis: letter.legalBasis ?? 'duty', audience: audience.to, levels: audience.to === 'levels' ? audience.levels.join(' ') : '', agencies: audience.to === 'chosen' ? audience.agencyIds.join(' ') : '',
  };
}

/** Which of the four sentences were ticked. */
export function readChecks(form: FormBody): CheckAnswers {
  const ticked = form.all('check');
  return Object.fromEntries(ALERT_CHECKS.map(({ code }) => [code, ticked.includes(code)])) as unknown as CheckAnswers;
}

/** How many machines, as people write it; null when left open, undefined when it is no number. */
function machines(text: string): number | null | undefined {
  const typed = text.replace(/[\s.,]/g, '');
  if (typed === '') return null;
  const count = Number(typed);
  return /^\d{1,7}$/.test(typed) && count <= 1_000_000 ? count : undefined;
}

/** What an agency says it did, or what is wrong by field. @param today `yyyy-mm-dd` */
export function readAnswer(form: FormBody, today: string): { input: AnswerInput } | { wrong: Wrong } {
  const wrong: Record<string, string> = {};
  const answer = ALERT_ANSWERS.find(({ code }) => code === form.get('answer'))?.code;
  const words = paragraph(form.get('words'));
  const [checked, affected] = [machines(form.get('checked')), machines(form.get('affected'))];
  const until = answer === 'not_finished' ? parseDate(form.get('until')) ?? null : null;
  const found = answer === 'handled' || answer === 'needs_help' || answer === 'not_finished';
  if (!answer) wrong['answer'] = 'answer';
  if (words.length > 2000) wrong['words'] = 'words';
  if (answer === 'needs_help' && words.length < 5) wrong['words'] = 'help';
  if (checked === undefined) wrong['checked'] = 'machines';
  if (affected === undefined) wrong['affected'] = 'machines';
  if (typeof checked === 'number' && typeof affected === 'number' && affected > checked) wrong['affected'] = 'more';
  if (typeof affected === 'number' && affected > 0 && checked === null) wrong['checked'] = 'checked';
  if (answer && !found && typeof affected === 'number' && affected > 0) wrong['affected'] = 'none';
  if (answer === 'not_finished' && (until === null || until < today)) wrong['until'] = 'until';
  if (Object.keys(wrong).length > 0 || !answer) return { wrong };
  return { input: { answer, words, machinesChecked: checked ?? null, machinesAffected: affected ?? null, untilOn: until } };
}

/** How and by whom the sender's officer was told. */
export function readTold(form: FormBody): { way: Exclude<AlertWay, 'desk'>; informant: string } | { wrong: Wrong } {
  const way = (Object.keys(ALERT_WAYS) as AlertWay[]).find((code) => code === form.get('way') && code !== 'desk') as Exclude<AlertWay, 'desk'> | undefined;
  const informant = normalise(form.get('informant'));
  const wrong = { ...(!way && { way: 'way' }), ...((informant.length < 3 || informant.length > 200) && { informant: 'informant' }) };
  return way && Object.keys(wrong).length === 0 ? { way, informant } : { wrong };
}
