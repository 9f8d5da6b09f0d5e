import { sql } from 'kysely';
import { ALERT_CHECKS, ALERT_KINDS, type AlertCheck, type AlertWay } from '#catalogue/alerts.ts';
import { OFFICE } from '#catalogue/roles.ts';
import { publicCode } from '#core/codes.ts';
import { addMonths, DEADLINES, dueAt, localDate } from '#core/deadlines.ts';
import { listAgencies } from '#modules/directory/index.ts';
import { reserveDocument } from '#modules/documents/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { endTask, openTask } from '#modules/tasks/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { insertMany } from '#platform/bulk.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { endsTask, mayApprove, mayClose, mayRecall, mayRecord, mayReplace, mayWrite } from './policy.ts';
import { stateOf, type StateColumns } from './state.ts';
import type { AlertInput, AlertState, AnswerInput, Audience, NewFile } from './types.ts';

const ERASED = 'đã xóa';
/** Answers emptied in one transaction. */
const MOST_AT_ONCE = 200;
/** A PDF begins so within its first bytes (ISO 32000-1, 7.5.2); 10 MB at most. */
const PDF = Buffer.from('%PDF-');
const MOST_BYTES = 10 * 1024 * 1024;

/** Where a letter is in the console. */
export function alertHref(id: string): string {
  return `/can-bo/thu-canh-bao/${id}`;
}

// ── Drafting ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Begins a letter as a draft of the acting officer.
 * @param replaces the letter it corrects, of the same agency
 * @returns its id
 * @throws Invalid for a file that is no PDF, Conflict when the letter it corrects cannot be replaced (any more); the database refuses other agencies
 */
export async function draftAlert(desk: Desk, tx: Tx, actor: OfficerActor, input: AlertInput, file: NewFile | null, replaces: string | null): Promise<string> {
  if (replaces) {
    const before = await lockAlert(tx, replaces);
    if (!mayReplace(actor, before)) throw new Conflict('cannot be replaced', { state: before.state });
  }
  const today = localDate(tx.now);
  const { PROVINCE } = desk.config;
  const code = publicCode('CB', { province: PROVINCE, date: today, sequence: await takeNumbers(tx, `alert/${PROVINCE}/${today}`, 1) });
  const id = uuidv7(tx.now);
  await tx.insertInto('alert_letter').values({
    id, code, agency_id: actor.agencyId, ...columnsOf(input), ...await stored(desk, file), drafter_id: actor.officerId, drafted_at: tx.now, changed_at: tx.now, replaces,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'draft', to: 'draft', detail: { kind: input.kind, replaces } }]);
  return id;
}

/** Rewrites a draft; without a new file the old one stays, unless it is to go. */
export async function changeAlert(desk: Desk, tx: Tx, actor: OfficerActor, id: string, input: AlertInput, file: NewFile | 'keep' | null): Promise<void> {
  const letter = await lockAlert(tx, id);
  if (!mayWrite(actor, letter)) throw new Conflict('no draft of this officer', { state: letter.state });
  await tx.updateTable('alert_letter').set({ ...columnsOf(input), ...(file === 'keep' ? {} : await stored(desk, file)), changed_at: tx.now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'change' }]);
}

/** Throws a draft away. */
export async function dropAlert(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const letter = await lockAlert(tx, id);
  if (!mayWrite(actor, letter)) throw new Conflict('no draft of this officer', { state: letter.state });
  await tx.deleteFrom('alert_letter').where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'drop', from: 'draft' }]);
}

function columnsOf(input: AlertInput) {
  return {
    kind: input.kind, urgency: input.urgency, title: input.title, known: input.known, cves: [...input.cves], products: [...input.products], hashes: [...input.hashes], domains: [...input.domains],
    actions: [...input.actions], report_how: input.reportHow, days: input.days, aim: ALERT_KINDS.find(({ code }) => code === input.kind)!.aim, legal_basis: input.legalBasis,
    duty: input.legalBasis === null ? 'coordination' as const : null, ...audienceColumns(input.audience),
  };
}

function audienceColumns(audience: Audience) {
  return {
    audience: audience.to, audience_levels: audience.to === 'levels' ? [...audience.levels] : [], audience_agencies: audience.to === 'chosen' ? [...audience.agencyIds] : [],
  };
}

/** Keeps a file, sealed; null for none. A box without a row is harmless when the transaction fails. @throws Invalid */
async function stored(desk: Desk, file: NewFile | null) {
  if (!file) return { file_ref: null, file_name: null, file_sha256: null, file_bytes: null };
  if (file.bytes.length > MOST_BYTES) throw new Invalid('file too large', { fields: { file: 'too_large' } });
  if (!file.bytes.subarray(0, 1024).includes(PDF)) throw new Invalid('no PDF', { fields: { file: 'not_pdf' } });
  const { ref, sha256 } = await desk.files.put(file.bytes);
  return { file_ref: ref, file_name: fileName(file.name), file_sha256: sha256, file_bytes: file.bytes.length };
}

/** The last part of a path, without what a header or a page could not carry. */
function fileName(name: string): string {
  const plain = name.replace(/^.*[/\\]/, '').replace(/[\p{C}"]/gu, '').trim().slice(0, 150);
  return /\.pdf$/i.test(plain) ? plain : `${plain || 'tep'}.pdf`;
}

/** The four sentences that must all hold; what is not answered counts as no. */
export type CheckAnswers = Readonly<Record<AlertCheck, boolean>>;

async function answerChecks(tx: Tx, actor: OfficerActor, id: string, stage: 'submit' | 'approve', answers: CheckAnswers): Promise<void> {
  const open = ALERT_CHECKS.filter(({ code }) => !answers[code]);
  if (open.length > 0) throw new Invalid('the four sentences must hold', { fields: { check: 'open' } });
  await tx.insertInto('alert_check').values({ alert_id: id, officer_id: actor.officerId, stage, technical: true, no_person: true, no_opinion: true, no_reputation: true, at: tx.now }).execute();
}

/** Gives a draft to another officer to approve. @throws Invalid unless all four sentences hold */
export async function submitAlert(tx: Tx, actor: OfficerActor, id: string, answers: CheckAnswers): Promise<void> {
  const letter = await lockAlert(tx, id);
  if (!mayWrite(actor, letter)) throw new Conflict('no draft of this officer', { state: letter.state });
  await answerChecks(tx, actor, id, 'submit', answers);
  await tx.updateTable('alert_letter').set({ submitted_at: tx.now, return_reason: null }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'submit', from: 'draft', to: 'submitted' }]);
}

/** Gives it back to its drafter: by another officer with a reason, or by the drafter, who then needs none. */
export async function returnAlert(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  const letter = await lockAlert(tx, id);
  const isOwn = letter.drafterId === actor.officerId;
  if (letter.state !== 'submitted') throw new Conflict('not submitted', { state: letter.state });
  if (!isOwn && !mayApprove(actor, letter)) throw new Forbidden('returned by another officer');
  if (!isOwn) needReason(reason);
  await tx.updateTable('alert_letter').set({ submitted_at: null, return_reason: isOwn ? null : reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: isOwn ? 'take_back' : 'return', from: 'submitted', to: 'draft', reason: isOwn ? null : reason }]);
}

// ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The agencies a letter would go to on a day: those that act then, without the sender. */
export async function receiversOf(tx: Tx, senderId: string, audience: Audience, on: string): Promise<{ id: string; name: string }[]> {
  const acting = (await listAgencies(tx, { on })).filter(({ id }) => id !== senderId);
  if (audience.to === 'all') return acting;
  return acting.filter(({ id, level }) => (audience.to === 'levels' ? audience.levels.includes(level) : audience.agencyIds.includes(id)));
}

/**
 * Approves a letter as another officer than its drafter and sends it: a row, a task and news for each agency, a place in the register of
 * outgoing documents. What it replaces takes no answers any more.
 * @returns how many agencies it went to
 * @throws Invalid unless all four sentences hold again, Conflict when nobody is left to send to
 */
export async function approveAlert(tx: Tx, actor: OfficerActor, id: string, answers: CheckAnswers): Promise<number> {
  const letter = await lockAlert(tx, id);
  if (letter.state === 'submitted' && letter.drafterId === actor.officerId) throw new Forbidden('own draft', { reason: 'own_draft' });
  if (!mayApprove(actor, letter)) throw new Conflict('not to be approved', { state: letter.state });
  await answerChecks(tx, actor, id, 'approve', answers);
  const today = localDate(tx.now);
  const receivers = await receiversOf(tx, actor.agencyId, letter.audience, today);
  if (receivers.length === 0) throw new Conflict('sent to nobody', { reason: 'nobody' });
  const dueOn = localDate(dueAt('alertAnswer', tx.now, await workingCalendar(tx), letter.days));
  await tx.updateTable('alert_letter').set({ approver_id: actor.officerId, approved_at: tx.now, due_on: dueOn }).where('id', '=', id).execute();
  const rows = receivers.map(({ id: agencyId }) => ({ id: uuidv7(tx.now), alert_id: id, agency_id: agencyId, sent_to: agencyId, sent_at: tx.now }));
  await insertMany(tx, 'alert_receipt', rows);
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'approve', from: 'submitted', to: 'open', detail: { due: dueOn, agencies: rows.length } }]);
  if (letter.replaces) await replaceBefore(tx, actor, letter.replaces, id);
  const href = alertHref(id);
  const isUrgent = letter.urgency !== null;
  for (const row of rows) {
    await openTask(tx, actor, { kind: 'letter', agencyId: row.agency_id, sourceId: row.id, code: letter.code, title: `${letter.title.charAt(0).toUpperCase()}${letter.title.slice(1)}`, href, dueOn, urgent: isUrgent });
    await notify(tx, { agencyId: row.agency_id, roles: OFFICE, kind: 'alert_new', code: letter.code, href, urgent: isUrgent });
  }
  await reserveDocument(tx, actor, {
    kind: 'cong_van', title: letter.title, urgency: letter.urgency ?? undefined, addressees: receivers.map(({ name }) => name), source: { entity: 'alert', id, href },
  });
  return rows.length;
}

async function replaceBefore(tx: Tx, actor: OfficerActor, before: string, id: string): Promise<void> {
  const old = await lockAlert(tx, before);
  if (old.state !== 'open' && old.state !== 'recalled') throw new Conflict('cannot be replaced', { state: old.state });
  await tx.updateTable('alert_letter').set({ replaced_by: id }).where('id', '=', before).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: before, action: 'replace', from: old.state, to: 'replaced', detail: { by: id } }]);
  await cancelTasks(tx, actor, before, 'Có thư thay thế');
}

async function cancelTasks(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  const open = await tx.selectFrom('alert_receipt as r').innerJoin('task as t', 't.source_id', 'r.id').select('r.id').where('r.alert_id', '=', id).where('t.kind', '=', 'letter')
    .where('t.state', '=', 'open').execute();
  for (const receipt of open) await endTask(tx, actor, 'letter', receipt.id, { cancelled: reason });
}

/** Recalls a letter that was sent; its tasks end. */
export async function recallAlert(tx: Tx, actor: OfficerActor, id: string, reason: string): Promise<void> {
  const letter = await lockAlert(tx, id);
  if (!mayRecall(actor, letter)) throw new Conflict('cannot be recalled', { state: letter.state });
  needReason(reason);
  await tx.updateTable('alert_letter').set({ recalled_at: tx.now, recalled_by: actor.officerId, recall_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'recall', from: letter.state, to: 'recalled', reason }]);
  await cancelTasks(tx, actor, id, reason);
  const told = await tx.selectFrom('alert_receipt').select('agency_id').where('alert_id', '=', id).where('ended_at', 'is', null).execute();
  for (const { agency_id } of told) await notify(tx, { agencyId: agency_id, roles: OFFICE, kind: 'alert_new', code: letter.code, href: alertHref(id), urgent: letter.urgency !== null });
}

/** Closes the summary: no answer is taken any more, open tasks end, and the report gets its place in the register. */
export async function closeAlert(tx: Tx, actor: OfficerActor, id: string, reportTitle: string): Promise<void> {
  const letter = await lockAlert(tx, id);
  if (!mayClose(actor, letter)) throw new Conflict('cannot be closed', { state: letter.state });
  await tx.updateTable('alert_letter').set({ closed_at: tx.now, closed_by: actor.officerId }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: id, action: 'close', from: 'open', to: 'closed' }]);
  await cancelTasks(tx, actor, id, 'Đã chốt tổng hợp');
  await reserveDocument(tx, actor, { kind: 'bao_cao', title: reportTitle, addressees: [], source: { entity: 'alert', id, href: `${alertHref(id)}/tong-hop` } });
}

// ── Reading and answering ────────────────────────────────────────────────────────────────────────────────────────────

async function ownReceipt(tx: Tx, actor: OfficerActor, alertId: string) {
  const receipt = await tx.selectFrom('alert_receipt').select(['id', 'read_at']).where('alert_id', '=', alertId).where('agency_id', '=', actor.agencyId).where('ended_at', 'is', null).forUpdate().executeTakeFirst();
  if (!receipt) throw new NotFound('alert');
  return receipt;
}

/** Confirms for the agency that a letter was read; whoever was first stays. */
export async function readAlert(tx: Tx, actor: OfficerActor, alertId: string): Promise<void> {
  const receipt = await ownReceipt(tx, actor, alertId);
  if (receipt.read_at) return;
  await tx.updateTable('alert_receipt').set({ read_at: tx.now, read_by: actor.officerId }).where('id', '=', receipt.id).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: alertId, action: 'read', detail: { receipt: receipt.id } }]);
}

/**
 * Says what the acting officer's agency did, or corrects what it said: a further version, until the summary is closed. Who answers has read.
 * “Needs help” is told to the sender as urgent.
 */
export async function answerAlert(desk: Desk, tx: Tx, actor: OfficerActor, alertId: string, input: AnswerInput, file: NewFile | null): Promise<void> {
  await readAlert(tx, actor, alertId);
  const receipt = await ownReceipt(tx, actor, alertId);
  await addAnswer(desk, tx, actor, { alertId, receiptId: receipt.id, way: 'desk', informant: '' }, input, file);
}

/** What an agency told the sender's officer on paper or by telephone, with who told it. */
export async function recordAnswer(
  desk: Desk, tx: Tx, actor: OfficerActor, alertId: string, agencyId: string, told: { way: Exclude<AlertWay, 'desk'>; informant: string }, input: AnswerInput,
): Promise<void> {
  const letter = await lockAlert(tx, alertId);
  if (!mayRecord(actor, letter)) throw new Conflict('takes no answers', { state: letter.state });
  if (told.informant.length < 3) throw new Invalid('informant', { fields: { informant: 'missing' } });
  const receipt = await tx.selectFrom('alert_receipt').select('id').where('alert_id', '=', alertId).where('agency_id', '=', agencyId).where('ended_at', 'is', null).executeTakeFirst();
  if (!receipt) throw new NotFound('receipt');
  await addAnswer(desk, tx, actor, { alertId, receiptId: receipt.id, ...told }, input, null);
}

interface Place { readonly alertId: string; readonly receiptId: string; readonly way: AlertWay; readonly informant: string }

async function addAnswer(desk: Desk, tx: Tx, actor: OfficerActor, place: Place, input: AnswerInput, file: NewFile | null): Promise<void> {
  const letter = await tx.selectFrom('alert_letter').select([...STATE_COLUMNS, 'code', 'agency_id', 'drafter_id']).where('id', '=', place.alertId).executeTakeFirst();
  if (!letter) throw new NotFound('alert');
  if (stateOf(letter) !== 'open') throw new Conflict('takes no answers any more', { state: stateOf(letter) });
  const { last } = await tx.selectFrom('alert_answer').select((eb) => eb.fn.max('version').as('last')).where('receipt_id', '=', place.receiptId).executeTakeFirstOrThrow();
  const version = (last ?? 0) + 1;
  await tx.insertInto('alert_answer').values({
    receipt_id: place.receiptId, version, answer: input.answer, words: input.words, machines_checked: input.machinesChecked, machines_affected: input.machinesAffected, until_on: input.untilOn,
    way: place.way, informant: place.informant, ...await stored(desk, file), officer_id: actor.officerId, at: tx.now,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'alert', entityId: place.alertId, action: 'answer', detail: { receipt: place.receiptId, version, answer: input.answer, way: place.way } }]);
  if (endsTask(input.answer)) await endTask(tx, actor, 'letter', place.receiptId, { done: true });
  if (place.way !== 'desk') return;
  const isUrgent = input.answer === 'needs_help';
  await notify(tx, { agencyId: letter.agency_id, ...(isUrgent ? { roles: ['case_officer', 'leader', 'focal'] as const } : { officerId: letter.drafter_id }), kind: 'alert_answered', code: letter.code,
    href: `${alertHref(place.alertId)}/tong-hop`, urgent: isUrgent });
}

// ── What runs by itself ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Gives open letters of agencies that have ended to the successor that acts first in the directory's order, with their tasks.
 * @param heirs ended agency → the agency that holds its duties today
 * @returns how many letters changed hands
 */
export async function moveReceipts(tx: Tx, heirs: readonly { readonly from: string; readonly to: string }[]): Promise<number> {
  const actor = system('alert-heirs');
  let moved = 0;
  for (const { from, to } of heirs) {
    const before = await tx.selectFrom('alert_receipt as r').innerJoin('alert_letter as l', 'l.id', 'r.alert_id').select(['r.id', 'r.alert_id', 'l.code']).where('r.agency_id', '=', from).where('r.ended_at', 'is', null)
      .where(sql<boolean>`alert_open(l.id)`).execute();
    const { rows } = await sql<{ moved: number }>`select move_alert_receipts(${from}::uuid, ${to}::uuid) as moved`.execute(tx);
    moved += rows[0]?.moved ?? 0;
    for (const receipt of before) {
      const now = await tx.selectFrom('alert_receipt').select(['agency_id', 'ended_at']).where('id', '=', receipt.id).executeTakeFirstOrThrow();
      if (now.ended_at) await endTask(tx, actor, 'letter', receipt.id, { cancelled: 'Cơ quan kế thừa đã có thư riêng' });
      else {
        const tasks = await tx.updateTable('task').set({ agency_id: to, officer_id: null }).where('kind', '=', 'letter').where('source_id', '=', receipt.id).where('state', '=', 'open').returning('id').execute();
        await writeJournal(tx, actor, tasks.map(({ id }) => ({ entity: 'task', entityId: id, action: 'agency_ended', detail: { from, to } })));
        await notify(tx, { agencyId: to, roles: OFFICE, kind: 'alert_new', code: receipt.code, href: alertHref(receipt.alert_id) });
      }
      await writeJournal(tx, actor, [{ entity: 'alert', entityId: receipt.alert_id, action: now.ended_at ? 'end_receipt' : 'move_receipt', detail: { receipt: receipt.id, from, to } }]);
    }
  }
  return moved;
}

/** Empties words, informants and files of answers to letters sent longer ago than they are kept. @returns the files to be removed, with how many answers were emptied */
export async function emptyAnswers(tx: Tx): Promise<{ files: string[]; emptied: number }> {
  const { rows } = await sql<{ id: string; file_ref: string | null }>`select a.id, a.file_ref from alert_answer a join alert_receipt r on r.id = a.receipt_id
    where (r.sent_at at time zone 'Asia/Ho_Chi_Minh')::date < ${addMonths(localDate(tx.now), -DEADLINES.keepAlertWords.amount)}::date
      and (a.words not in ('', ${ERASED}) or a.informant not in ('', ${ERASED}) or a.file_ref is not null) limit ${MOST_AT_ONCE}`.execute(tx);
  for (const { id } of rows) {
    await tx.updateTable('alert_answer').set((eb) => ({
      words: eb.case().when('words', '=', '').then('').else(ERASED).end(), informant: eb.case().when('informant', '=', '').then('').else(ERASED).end(), file_ref: null, file_name: null,
    })).where('id', '=', id).execute();
  }
  return { files: rows.flatMap(({ file_ref }) => file_ref ?? []), emptied: rows.length };
}

/**
 * Reminds a leader of the coordinating agency, once a holiday, that a letter should go out before it.
 * @param holiday first day `yyyy-mm-dd` and the last day to have it done
 * @returns whether a task was set
 */
export async function remindOfHoliday(tx: Tx, agencyId: string, leaderId: string | null, holiday: { from: string; title: string; dueOn: string }): Promise<boolean> {
  const code = `nghi-${holiday.from}`;
  const before = await tx.selectFrom('task').select('id').where('kind', '=', 'other').where('agency_id', '=', agencyId).where('code', '=', code).executeTakeFirst();
  if (before) return false;
  await openTask(tx, { kind: 'system', job: 'holiday-letters' }, {
    kind: 'other', agencyId, officerId: leaderId ?? undefined, code, title: holiday.title, href: '/can-bo/thu-canh-bao/moi?loai=holiday_risk', dueOn: holiday.dueOn,
  });
  return true;
}

// ── Shared ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const STATE_COLUMNS = ['submitted_at', 'approved_at', 'recalled_at', 'replaced_by', 'closed_at'] as const satisfies readonly (keyof StateColumns)[];

interface Locked {
  readonly code: string; readonly state: AlertState; readonly agencyId: string; readonly drafterId: string; readonly days: number; readonly title: string; readonly urgency: AlertInput['urgency'];
  readonly replaces: string | null; readonly audience: Audience;
}

/** A letter of the own agency, locked. @throws NotFound */
async function lockAlert(tx: Tx, id: string): Promise<Locked> {
  const row = await tx.selectFrom('alert_letter').select([...STATE_COLUMNS, 'code', 'agency_id', 'drafter_id', 'days', 'title', 'urgency', 'replaces', 'audience', 'audience_levels', 'audience_agencies'])
    .where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('alert');
  const audience = row.audience === 'all' ? { to: 'all' } as const
    : row.audience === 'levels' ? { to: 'levels', levels: row.audience_levels as never } as const : { to: 'chosen', agencyIds: row.audience_agencies } as const;
  return { code: row.code, state: stateOf(row), agencyId: row.agency_id, drafterId: row.drafter_id, days: row.days, title: row.title, urgency: row.urgency, replaces: row.replaces, audience };
}

function needReason(reason: string): void {
  if (reason.length < 5 || reason.length > 1000) throw new Invalid('reason length', { fields: { reason: 'length' } });
}

