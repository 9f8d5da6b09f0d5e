import { sql } from 'kysely';
import { ALERT_ANSWERS, type AlertAnswer } from '#catalogue/alerts.ts';
import { localDate } from '#core/deadlines.ts';
import { citation } from '#core/law.ts';
import { agencyNames, listAgencies, type AgencyListRow, type AgencyNames } from '#modules/directory/index.ts';
import { basisByCode } from '#modules/law/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { AgencyLevel } from '#platform/schema.ts';
import { stateOf } from './state.ts';
import type { AlertLetter, AlertLink, AlertRow, AnswerLine, Audience, FileLine, ReceiverPart, SenderPart, SummaryRow, Tally } from './types.ts';

const NOBODY: AgencyNames = { name: '', shortName: '', nameEn: '' };
/** Letters of one list. */
const MOST = 200;

/** Whether an agency coordinates today, so that it may write letters. */
export async function coordinates(tx: Tx, agencyId: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select coordinates_today(${agencyId}::uuid) as yes`.execute(tx);
  return rows[0]!.yes;
}

function fileOf(row: { file_name: string | null; file_bytes: number | null }): FileLine | null {
  return row.file_name === null ? null : { name: row.file_name, bytes: row.file_bytes ?? 0 };
}

/** One letter as the acting officer may read it, as sender or receiver; null when it is not there for them. */
export async function alertLetter(tx: Tx, id: string): Promise<AlertLetter | null> {
  const row = await tx.selectFrom('alert_letter').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const basis = row.legal_basis ? await basisByCode(tx, row.legal_basis) : null;
  const linked = [row.replaces, row.replaced_by].flatMap((one) => one ?? []);
  const links = linked.length === 0 ? [] : await tx.selectFrom('alert_letter').select(['id', 'code']).where('id', 'in', linked).execute();
  const link = (wanted: string | null): AlertLink | null => links.find((one) => one.id === wanted) ?? null;
  const audience: Audience = row.audience === 'all' ? { to: 'all' }
    : row.audience === 'levels' ? { to: 'levels', levels: row.audience_levels as AgencyLevel[] } : { to: 'chosen', agencyIds: row.audience_agencies };
  return {
    id: row.id, code: row.code, state: stateOf(row), kind: row.kind, urgency: row.urgency, title: row.title, known: row.known, cves: row.cves, products: row.products, hashes: row.hashes,
    domains: row.domains, actions: row.actions, reportHow: row.report_how, days: row.days, aim: row.aim, legalBasis: row.legal_basis, duty: row.duty,
    basisWords: basis && { vi: citation(basis, 'vi'), en: citation(basis, 'en') }, audience, agencyId: row.agency_id,
    agency: (await agencyNames(tx, [row.agency_id], localDate(row.approved_at ?? tx.now))).get(row.agency_id) ?? NOBODY, file: fileOf(row), draftedAt: row.drafted_at, submittedAt: row.submitted_at,
    approvedAt: row.approved_at, dueOn: row.due_on, recalledAt: row.recalled_at, recallReason: row.recall_reason, closedAt: row.closed_at, replaces: link(row.replaces), replacedBy: link(row.replaced_by),
  };
}

/** Who wrote and approved a letter of the own agency, and how far it is. @param receivers names of those it would go to, while it has not been sent */
export async function senderPart(tx: Tx, id: string, receivers: readonly string[]): Promise<SenderPart> {
  const row = await tx.selectFrom('alert_letter as l').innerJoin('officer as d', 'd.id', 'l.drafter_id').leftJoin('officer as a', 'a.id', 'l.approver_id')
    .select(['l.drafter_id as drafterId', 'd.full_name as drafter', 'a.full_name as approver', 'l.return_reason as returnReason']).where('l.id', '=', id).executeTakeFirstOrThrow();
  return { ...row, receivers, tally: tallyOf(await summaryRows(tx, id)) };
}

/** What the acting officer's agency has of a letter; null when it was not sent there. */
export async function receiverPart(tx: Tx, actor: OfficerActor, id: string): Promise<ReceiverPart | null> {
  const row = await tx.selectFrom('alert_receipt as r').leftJoin('officer as o', 'o.id', 'r.read_by').select(['r.id', 'r.sent_at', 'r.read_at', 'o.full_name']).where('r.alert_id', '=', id)
    .where('r.agency_id', '=', actor.agencyId).where('r.ended_at', 'is', null).executeTakeFirst();
  if (!row) return null;
  return { receiptId: row.id, sentAt: row.sent_at, readAt: row.read_at, reader: row.full_name, answers: (await answersOf(tx, [row.id])).get(row.id) ?? [] };
}

async function answersOf(tx: Tx, receiptIds: readonly string[]): Promise<Map<string, AnswerLine[]>> {
  if (receiptIds.length === 0) return new Map();
  const rows = await tx.selectFrom('alert_answer as a').innerJoin('officer as o', 'o.id', 'a.officer_id').select([
    'a.id', 'a.receipt_id', 'a.version', 'a.answer', 'a.words', 'a.machines_checked as machinesChecked', 'a.machines_affected as machinesAffected', 'a.until_on as untilOn', 'a.way', 'a.informant',
    'a.file_name', 'a.file_bytes', 'o.full_name as officer', 'a.at',
  ]).where('a.receipt_id', 'in', [...receiptIds]).orderBy('a.version', 'desc').execute();
  const lines = rows.map(({ receipt_id, file_name, file_bytes, ...line }) => ({ receipt_id, line: { ...line, file: fileOf({ file_name, file_bytes }) } }));
  return new Map([...Map.groupBy(lines, ({ receipt_id }) => receipt_id)].map(([id, of]) => [id, of.map(({ line }) => line)]));
}

/** Every agency of a letter, side by side: those that said nothing first, then by name. */
export async function summaryRows(tx: Tx, id: string): Promise<SummaryRow[]> {
  const today = localDate(tx.now);
  const receipts = await tx.selectFrom('alert_receipt as r').leftJoin('officer as o', 'o.id', 'r.read_by').select(['r.id', 'r.agency_id', 'r.sent_to', 'r.read_at', 'o.full_name as reader'])
    .where('r.alert_id', '=', id).where('r.ended_at', 'is', null).execute();
  const names = await agencyNames(tx, receipts.flatMap((row) => [row.agency_id, row.sent_to]), today);
  const answers = await answersOf(tx, receipts.map((row) => row.id));
  const phones = Map.groupBy(await phonesOf(tx, receipts.map((row) => row.agency_id), today), (row) => row.agency_id);
  const rows = receipts.map((row): SummaryRow => {
    const said = answers.get(row.id) ?? [];
    return {
      receiptId: row.id, agencyId: row.agency_id, ...names.get(row.agency_id) ?? NOBODY, formerly: row.sent_to === row.agency_id ? null : names.get(row.sent_to)?.name ?? null, readAt: row.read_at,
      reader: row.reader, phones: (phones.get(row.agency_id) ?? []).map(({ value }) => value), last: said[0] ?? null, versions: said.length,
    };
  });
  const rank = (row: SummaryRow): number => (row.last ? 2 : row.readAt ? 1 : 0);
  return rows.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
}

async function phonesOf(tx: Tx, agencyIds: readonly string[], today: string): Promise<{ agency_id: string; value: string }[]> {
  if (agencyIds.length === 0) return [];
  return tx.selectFrom('agency_contact').select(['agency_id', 'value']).where('kind', '=', 'phone').where('agency_id', 'in', [...agencyIds]).where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])).orderBy('value').execute();
}

/** Counts over the agencies of a letter. Whoever answered, also by telephone, has read. */
export function tallyOf(rows: readonly SummaryRow[]): Tally {
  const byAnswer = Object.fromEntries(ALERT_ANSWERS.map(({ code }) => [code, rows.filter(({ last }) => last?.answer === code).length])) as Record<AlertAnswer, number>;
  const sum = (pick: (line: AnswerLine) => number | null): number => rows.reduce((total, { last }) => total + (last ? pick(last) ?? 0 : 0), 0);
  return {
    sent: rows.length, read: rows.filter(({ readAt, last }) => readAt !== null || last !== null).length, answered: rows.filter(({ last }) => last !== null).length, byAnswer,
    machinesChecked: sum((line) => line.machinesChecked), machinesAffected: sum((line) => line.machinesAffected),
  };
}

const LAST_ANSWER = sql<AlertAnswer | null>`(select a.answer from alert_answer a where a.receipt_id = r.id order by a.version desc limit 1)`;

/** Letters the agency got, unread first, the newest first. */
export async function receivedAlerts(tx: Tx, actor: OfficerActor): Promise<AlertRow[]> {
  const rows = await tx.selectFrom('alert_receipt as r').innerJoin('alert_letter as l', 'l.id', 'r.alert_id').selectAll('l').select(['r.read_at', 'r.sent_at', LAST_ANSWER.as('answer')])
    .where('r.agency_id', '=', actor.agencyId).where('r.ended_at', 'is', null).orderBy(sql`r.read_at is null and l.recalled_at is null and l.closed_at is null`, 'desc').orderBy('r.sent_at', 'desc').limit(MOST).execute();
  const names = await agencyNames(tx, [...new Set(rows.map((row) => row.agency_id))], localDate(tx.now));
  return rows.map((row) => ({
    id: row.id, code: row.code, kind: row.kind, title: row.title, state: stateOf(row), urgency: row.urgency, at: row.sent_at, dueOn: row.due_on, sender: names.get(row.agency_id)?.name ?? '',
    tally: null, mine: { readAt: row.read_at, answer: row.answer },
  }));
}

/** Letters of the agency itself, what waits for somebody first. */
export async function ownAlerts(tx: Tx, actor: OfficerActor): Promise<AlertRow[]> {
  const count = (what: string) => sql<number>`(select count(*)::int from alert_receipt r where r.alert_id = l.id and r.ended_at is null and ${sql.raw(what)})`;
  const said = 'exists (select 1 from alert_answer a where a.receipt_id = r.id)';
  const rows = await tx.selectFrom('alert_letter as l').selectAll('l').select([count('true').as('sent'), count(`(r.read_at is not null or ${said})`).as('read'), count(said).as('answered')])
    .where('l.agency_id', '=', actor.agencyId).orderBy(sql`l.submitted_at is not null and l.approved_at is null`, 'desc').orderBy('l.drafted_at', 'desc').limit(MOST).execute();
  return rows.map((row) => ({
    id: row.id, code: row.code, kind: row.kind, title: row.title, state: stateOf(row), urgency: row.urgency, at: row.approved_at ?? row.drafted_at, dueOn: row.due_on, sender: '',
    tally: row.approved_at ? { sent: row.sent, read: row.read, answered: row.answered } : null, mine: null,
  }));
}

/** The agencies that can be chosen today: all that act, without the own. */
export async function choosable(tx: Tx, actor: OfficerActor): Promise<AgencyListRow[]> {
  return (await listAgencies(tx, { on: localDate(tx.now) })).filter(({ id }) => id !== actor.agencyId);
}

/** Reference of the file of a letter, or of one answer to it, that the acting officer may open; null when there is none. */
export async function storedFile(tx: Tx, alertId: string, answerId: string | null): Promise<{ ref: string; name: string } | null> {
  const row = answerId === null
    ? await tx.selectFrom('alert_letter').select(['file_ref', 'file_name']).where('id', '=', alertId).executeTakeFirst()
    : await tx.selectFrom('alert_answer as a').innerJoin('alert_receipt as r', 'r.id', 'a.receipt_id').select(['a.file_ref', 'a.file_name']).where('a.id', '=', answerId).where('r.alert_id', '=', alertId).executeTakeFirst();
  return row?.file_ref && row.file_name ? { ref: row.file_ref, name: row.file_name } : null;
}
