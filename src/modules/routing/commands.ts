import { sql } from 'kysely';
import { OWN_POWERS, type OwnPower } from '#catalogue/own-powers.ts';
import { publicCode } from '#core/codes.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { notify, type NewsKind } from '#modules/notifications/index.ts';
import { endTask, openTask } from '#modules/tasks/index.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { HandedThing } from '#platform/schema.ts';
import { actedHref, handOverHref, ROUTING, takeOverHref, transferHref } from './addresses.ts';
import { officersToHandOver, type Leaver } from './queries.ts';
import { BARS, type WorkItem } from './types.ts';

/** Characters; the same as the checks in the database. */
export const LENGTHS = { reasonLeast: 5, reason: 1000, number: 60 } as const;
type Machine = Extract<Actor, { kind: 'system' }>;
/** Who hears of what comes from outside. */
const OFFICE = ['case_officer', 'focal', 'leader'] as const;
/** Rows of one transaction of a clock. */
const MOST_AT_ONCE = 200;

function wordsOf(text: string, field: string): string {
  const words = normalise(text);
  if (words.length < LENGTHS.reasonLeast || words.length > LENGTHS.reason) throw new Invalid(`${field} length`, { fields: { [field]: 'length' } });
  return words;
}

/**
 * What the database refused, as a Conflict that says what to do: a bar of routing travels in the `detail` of a check violation
 * (23514), a second open proposal of the same thing is a unique violation (23505).
 */
async function barring<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, detail, constraint } = error as { code?: string; detail?: string; constraint?: string };
    const bar = code === '23505' && constraint?.startsWith('transfer_open') ? 'open_transfer' : code === '23514' ? BARS.find((one) => one === detail) : undefined;
    if (!bar) throw error;
    throw new Conflict('this cannot change hands', { reason: bar });
  }
}

/** A proposal to transfer a case, or a report that lies in no case yet. */
export interface NewTransfer {
  readonly thing: { readonly kind: 'case' | 'report'; readonly id: string };
  readonly toAgencyId: string;
  readonly reason: string;
  /** The acting agency agrees that the coordinating agency takes the case over at once. */
  readonly openToCoordinator: boolean;
}

/**
 * Proposes a transfer to a competent agency, which has 5 working days (NĐ 20/2008/NĐ-CP); the law of its competence is kept with
 * it. Nothing moves before it is accepted.
 * @returns code and id
 * @throws Invalid without a reason; Conflict with details.reason, a {@link Bar}
 */
export async function proposeTransfer(desk: Desk, tx: Tx, actor: OfficerActor, { thing, toAgencyId, reason, openToCoordinator }: NewTransfer): Promise<{ id: string; code: string }> {
  const words = wordsOf(reason, 'reason');
  const today = localDate(tx.now);
  const { PROVINCE } = desk.config;
  const dueOn = localDate(dueAt('transfer', tx.now, await workingCalendar(tx)));
  const code = publicCode('CX', { province: PROVINCE, date: today, sequence: await takeNumbers(tx, `transfer/${PROVINCE}/${today}`, 1) });
  const caseId = thing.kind === 'case' ? thing.id : null;
  const { id, urgent } = await barring(() => tx.insertInto('transfer').values({
    code, case_id: caseId, report_id: thing.kind === 'report' ? thing.id : null, from_agency: actor.agencyId, to_agency: toAgencyId, reason: words, open_to_coordinator: openToCoordinator,
    proposed_by: actor.officerId, proposed_at: tx.now, due_on: dueOn,
  }).returning(['id', 'urgent']).executeTakeFirstOrThrow());
  await writeJournal(tx, actor, [
    { entity: 'transfer', entityId: id, action: 'propose', to: 'proposed', detail: { thing: thing.id, to: toAgencyId, due: dueOn, urgent } },
    { entity: thing.kind, entityId: thing.id, action: 'propose_transfer', detail: { transfer: code, to: toAgencyId } },
  ]);
  await openTask(tx, actor, {
    kind: 'transfer', agencyId: toAgencyId, caseId: caseId ?? undefined, sourceId: id, code, title: `Trả lời đề nghị chuyển xử lý ${code}`, href: transferHref(code), dueOn, urgent,
  });
  if (caseId && openToCoordinator) await tellCoordinator(tx, caseId, 'transfer_proposed', urgent);
  return { id, code };
}

/** Tells the agency that coordinates for a case, unless it is one of the two already. */
async function tellCoordinator(tx: Tx, caseId: string, kind: NewsKind, urgent: boolean): Promise<void> {
  const { rows } = await sql<{ agency: string | null; number: string }>`select coordinator_of_case(c.id) as agency, c.number from case_file c where c.id = ${caseId}`.execute(tx);
  const [found] = rows;
  if (found?.agency) await notify(tx, { agencyId: found.agency, roles: OFFICE, kind, code: found.number, href: takeOverHref(found.number), urgent });
}

/** What a step needs to know of a transfer that the acting agency sends or receives. @throws NotFound */
async function lockTransfer(tx: Tx, code: string) {
  const found = await tx.selectFrom('transfer').select(['id', 'code', 'from_agency', 'to_agency', 'urgent', 'case_id']).where('code', '=', code).forUpdate().executeTakeFirst();
  if (!found) throw new NotFound('transfer');
  return found;
}

/**
 * Accepts a transfer: in the same transaction the case, its reports and the tasks its lead had set itself change hands, after
 * everything was judged again. Of two who accept at once the second is told that it is done.
 * @throws NotFound for others than the receiver, Conflict (answered before; a {@link Bar})
 */
export async function acceptTransfer(tx: Tx, actor: OfficerActor, code: string): Promise<void> {
  const found = await lockTransfer(tx, code);
  if (found.to_agency !== actor.agencyId) throw new NotFound('transfer');
  await changeState(tx, actor, 'transfer', found.id, 'accept', { set: { answered_at: tx.now, answered_by: actor.officerId }, detail: { case: found.case_id } });
  await barring(() => sql`select carry_out_transfer(${found.id}::uuid)`.execute(tx));
  await endTask(tx, actor, 'transfer', found.id, { done: true });
  await notify(tx, { agencyId: found.from_agency, roles: OFFICE, kind: 'transfer_accepted', code, href: transferHref(code) });
}

/** Refuses a transfer with a reason: everything stays, and the sender may propose another agency. */
export async function refuseTransfer(tx: Tx, actor: OfficerActor, code: string, reason: string): Promise<void> {
  const words = wordsOf(reason, 'reason');
  const found = await lockTransfer(tx, code);
  if (found.to_agency !== actor.agencyId) throw new NotFound('transfer');
  // The words stand in the transfer, which ends one day; the journal never does.
  await changeState(tx, actor, 'transfer', found.id, 'refuse', { reason: 'refused', set: { answered_at: tx.now, answered_by: actor.officerId, answer_reason: words } });
  await endTask(tx, actor, 'transfer', found.id, { done: true });
  await notify(tx, { agencyId: found.from_agency, roles: OFFICE, kind: 'transfer_refused', code, href: transferHref(code), urgent: found.urgent });
}

/** The sender takes a proposal back, with a reason. */
export async function withdrawTransfer(tx: Tx, actor: OfficerActor, code: string, reason: string): Promise<void> {
  const words = wordsOf(reason, 'reason');
  const found = await lockTransfer(tx, code);
  if (found.from_agency !== actor.agencyId) throw new NotFound('transfer');
  await changeState(tx, actor, 'transfer', found.id, 'withdraw', { reason: 'withdrawn', set: { answered_at: tx.now, answered_by: actor.officerId, answer_reason: words } });
  await endTask(tx, actor, 'transfer', found.id, { cancelled: 'withdrawn' });
  await notify(tx, { agencyId: found.to_agency, roles: OFFICE, kind: 'transfer_withdrawn', code, href: transferHref(code) });
}

/**
 * Takes a case over: the coordinating agency, or one that leads by competence, when a transfer was not answered in time, when the lead
 * ended, or when the lead agreed. Both that had it in hand are told.
 * @throws Invalid without a reason, NotFound when there is nothing to take over, Conflict with a {@link Bar}
 */
export async function takeOverCase(tx: Tx, actor: OfficerActor, number: string, reason: string): Promise<void> {
  const words = wordsOf(reason, 'reason');
  const { rows } = await sql<{ id: string; from: string }>`select id, lead_agency_id as "from" from takeable_cases(${number})`.execute(tx);
  const [found] = rows;
  if (!found) throw new NotFound('case');
  // Whom the lead had asked meanwhile; row-level security shows it to its two sides alone, so the function gives it.
  const { rows: asked } = await sql<{ agency: string; code: string }>`select agency_id as agency, code from asked_for_case(${found.id}::uuid)`.execute(tx);
  await barring(() => sql`select take_over_case(${found.id}::uuid, ${words})`.execute(tx));
  await notify(tx, { agencyId: found.from, roles: OFFICE, kind: 'taken_over', code: number, href: ROUTING });
  for (const { agency, code } of asked) if (agency !== actor.agencyId) await notify(tx, { agencyId: agency, roles: OFFICE, kind: 'taken_over', code, href: transferHref(code) });
}

// ── Acted at once (R5) ───────────────────────────────────────────────────────────────────

export interface NewOwnAct {
  /** `yyyy-mm-dd`, today or before. */
  readonly doneOn: string;
  readonly what: string;
  /** A basis of the catalogue in force on that day, or one of the agency's own powers: exactly one. */
  readonly legalBasis: string | null;
  readonly ownPower: OwnPower | null;
  readonly result: string;
  readonly documentNumber: string;
}

/**
 * Records what the acting agency did at once within its own powers. A record, never a measure: it sends nothing and changes nothing of the case.
 * @throws Invalid with the fields, NotFound when the agency has no part in the case
 */
export async function recordOwnAct(tx: Tx, actor: OfficerActor, number: string, act: NewOwnAct): Promise<string> {
  const { rows } = await sql<{ id: string; category: string }>`select id, category from case_of_act(${number})`.execute(tx);
  const [found] = rows;
  if (!found) throw new NotFound('case');
  const what = wordsOf(act.what, 'what');
  const result = normalise(act.result);
  const documentNumber = normalise(act.documentNumber);
  if (result.length > LENGTHS.reason) throw new Invalid('result length', { fields: { result: 'length' } });
  if (documentNumber.length > LENGTHS.number) throw new Invalid('number length', { fields: { documentNumber: 'length' } });
  const today = localDate(tx.now);
  if (act.doneOn > today || act.doneOn < localDate(new Date(tx.now.getTime() - 366 * 86_400_000))) throw new Invalid('day', { fields: { doneOn: 'day' } });
  if ((act.legalBasis === null) === (act.ownPower === null) || (act.ownPower && !OWN_POWERS.some(({ code }) => code === act.ownPower))) throw new Invalid('basis', { fields: { basis: 'missing' } });
  if (act.legalBasis) {
    const { rows: holds } = await sql`select 1 from legal_basis b where b.code = ${act.legalBasis} and b.category = ${found.category} and basis_in_force(b.code, ${act.doneOn}::date)`.execute(tx);
    if (holds.length === 0) throw new Invalid('basis', { fields: { basis: 'not_in_force' } });
  }
  const { id } = await barring(() => tx.insertInto('own_act').values({
    case_id: found.id, agency_id: actor.agencyId, officer_id: actor.officerId, done_on: act.doneOn, what, legal_basis: act.legalBasis, own_power: act.ownPower, result, document_number: documentNumber, at: tx.now,
  }).returning('id').executeTakeFirstOrThrow());
  await writeJournal(tx, actor, [{ entity: 'case', entityId: found.id, action: 'own_act', detail: { act: id, basis: act.legalBasis ?? act.ownPower } }]);
  await tellLead(tx, actor, found.id, number);
  return id;
}

async function tellLead(tx: Tx, actor: OfficerActor, caseId: string, number: string): Promise<void> {
  const { rows } = await sql<{ agency: string | null }>`select lead_of_case(${caseId}::uuid) as agency`.execute(tx);
  const agency = rows[0]?.agency;
  if (agency && agency !== actor.agencyId) await notify(tx, { agencyId: agency, roles: OFFICE, kind: 'own_act', code: number, href: actedHref(number) });
}

// ── Hand-over between officers (R3) ─────────────────────────────────────────────────────────────

/**
 * Hands chosen open work of an officer to another of the same agency, all of it or none; both are told, and a task to hand over that
 * has nothing left is done.
 * @returns how many things
 */
export async function handOverWork(tx: Tx, actor: OfficerActor, fromOfficer: string, toOfficer: string, items: readonly Pick<WorkItem, 'what' | 'id'>[], reason: string): Promise<number> {
  const words = wordsOf(reason, 'reason');
  if (items.length === 0) throw new Invalid('nothing chosen', { fields: { items: 'missing' } });
  const of = (what: HandedThing) => items.filter((item) => item.what === what).map(({ id }) => id);
  const { rows } = await barring(() => sql<{ moved: number }>`select hand_over_work(${fromOfficer}::uuid, ${toOfficer}::uuid, ${of('case')}::uuid[], ${of('task')}::uuid[], ${of('decision')}::uuid[],
    ${of('meeting')}::uuid[], ${words}) as moved`.execute(tx));
  const { moved } = rows[0]!;
  await writeJournal(tx, actor, [{ entity: 'officer', entityId: fromOfficer, action: 'hand_over', detail: { to: toOfficer, things: moved } }]);
  const { code } = await tx.selectFrom('hand_over').select('code').where('to_officer', '=', toOfficer).where('at', '=', tx.now).orderBy('id').executeTakeFirstOrThrow();
  for (const officerId of [fromOfficer, toOfficer]) await notify(tx, { agencyId: actor.agencyId, officerId, kind: 'handed_over', code: `${code.slice(0, 32)}${moved > 1 ? ` +${moved - 1}` : ''}`, href: ROUTING });
  return moved;
}

/** Opens a task for the leader where an officer left with open work, and ends those that have nothing left. @returns how many were opened or ended */
export async function watchLeavers(tx: Tx): Promise<number> {
  const actor: Machine = { kind: 'system', job: 'hand-over' };
  const leavers = await officersToHandOver(tx, MOST_AT_ONCE);
  for (const leaver of leavers) await askLeader(tx, actor, leaver);
  const { rows: over } = await sql<{ source: string }>`select t.source_id as source from task t where t.kind = 'hand_over' and t.state = 'open'
    and not exists (select 1 from case_file c where c.lead_agency_id = t.agency_id and c.officer_id = t.source_id and c.state <> 'closed')
    and not exists (select 1 from task o where o.agency_id = t.agency_id and o.officer_id = t.source_id and o.state = 'open' and o.id <> t.id)
    and not exists (select 1 from decision d where d.agency_id = t.agency_id and d.drafter_id = t.source_id and d.state in ('draft', 'returned') and d.interim_at is null)
    and not exists (select 1 from officer_meetings(t.agency_id, t.source_id)) limit ${MOST_AT_ONCE}`.execute(tx);
  for (const { source } of over) await endTask(tx, actor, 'hand_over', source, { done: true });
  return leavers.length + over.length;
}

async function askLeader(tx: Tx, actor: Machine, { agencyId, officerId, name, leaderId }: Leaver): Promise<void> {
  const dueOn = localDate(dueAt('handOver', tx.now, await workingCalendar(tx)));
  await openTask(tx, actor, {
    kind: 'hand_over', agencyId, officerId: leaderId ?? undefined, sourceId: officerId, code: 'Bàn giao', title: `Bàn giao việc của ${name}`.slice(0, 300), href: handOverHref(officerId), dueOn,
  });
}

// ── Clocks ─────────────────────────────────────────────────────────────────────────

/**
 * Marks transfers whose day to answer has passed, once, tells both sides and the coordinating agency, which may take over. Lists and
 * pages do not wait for it, they ask the clock. @returns how many were marked
 */
export async function markLate(tx: Tx): Promise<number> {
  const today = localDate(tx.now);
  const late = await tx.selectFrom('transfer').select(['id', 'code', 'case_id', 'from_agency', 'to_agency', 'urgent']).where('state', '=', 'proposed').where('late_on', 'is', null)
    .where('due_on', '<', today).orderBy('id').limit(MOST_AT_ONCE).forUpdate().skipLocked().execute();
  for (const one of late) {
    await tx.updateTable('transfer').set({ late_on: today }).where('id', '=', one.id).execute();
    for (const agencyId of [one.to_agency, one.from_agency]) await notify(tx, { agencyId, roles: OFFICE, kind: 'task_overdue', code: one.code, href: transferHref(one.code), urgent: one.urgent });
    if (one.case_id) await tellCoordinator(tx, one.case_id, 'task_escalated', true);
  }
  await writeJournal(tx, system('transfer-clocks'), late.map(({ id }) => ({ entity: 'transfer', entityId: id, action: 'late' })));
  return late.length;
}

/** Moves a part of what ended agencies hold to their heirs and tells them. @returns how many things; 0 when all is done */
export async function moveEndedWork(tx: Tx): Promise<number> {
  const { rows } = await sql<{ agency: string; what: HandedThing; code: string }>`select agency_id as agency, what, code from move_ended_work(${MOST_AT_ONCE})`.execute(tx);
  for (const { agency, what, code } of rows) {
    if (what === 'case' || what === 'report' || what === 'transfer') await notify(tx, { agencyId: agency, roles: OFFICE, kind: 'handed_over', code, href: what === 'transfer' ? transferHref(code) : ROUTING });
  }
  return rows.length;
}
