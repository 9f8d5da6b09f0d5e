import { sql } from 'kysely';
import { parseCode, parseSecret, publicCode, secretFrom } from '#core/codes.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import type { DecisionState } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import { resumeDecision, reverseDecision, stayDecision, type Effects } from '#modules/decisions/index.ts';
import { hashSecret } from '#modules/intake/index.ts';
import { PUBLIC, system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { AppealOutcome } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { decideByOf } from './policy.ts';
import { tookPart } from './queries.ts';

/** Stands where the words of a denunciation stood. */
export const ERASED = '–';
/** Rows of one transaction of the clock. */
const MOST_AT_ONCE = 500;
/** Characters; the same as the checks in the database. */
export const LENGTHS = { wordsLeast: 20, words: 8000, reasonLeast: 5, reason: 1000, message: 5000 } as const;

/** Who files, about what; the actor of the same kind is what the database lets in. */
export type AppealParty =
  | { readonly party: 'affected' | 'recipient'; readonly accessId: string; readonly decisionId: string; readonly agencyId: string }
  // Found by its public page: nobody else can reach whoever it concerns.
  | { readonly party: 'affected'; readonly accessId: null; readonly decisionId: string; readonly agencyId: string }
  | { readonly party: 'reporter'; readonly reportId: string; readonly decisionId: string | null; readonly agencyId: string };

export interface NewAppeal {
  readonly by: AppealParty;
  readonly words: string;
  readonly asksStay: boolean;
  readonly language: 'vi' | 'en';
  /** Where the outcome should be told, if anywhere; sealed. */
  readonly email: string | null;
  /** Key of the form, so that sending it twice files once. */
  readonly formKey: string;
}

/** What the appellant is given, once; the secret follows from the form's key, so that sending again shows it again. */
export interface AppealReceipt {
  readonly code: string;
  readonly secret: string;
  /** YYYY-MM-DD */
  readonly acceptBy: string;
  readonly filedAt: Date;
}

/**
 * Files an appeal, free and without an account (S9). The same form sent again gives the same receipt.
 * @throws Invalid when the words are too short or long, Conflict when the form was sent before with other words
 */
export async function fileAppeal(desk: Desk, input: NewAppeal): Promise<AppealReceipt> {
  const words = normalise(input.words);
  if (words.length < LENGTHS.wordsLeast || words.length > LENGTHS.words) throw new Invalid('words length', { fields: { words: 'length' } });
  const secret = secretFrom(desk.keys.mac('secret', `appeal|${input.formKey}`));
  const formHash = desk.keys.mac('form', `appeal|${input.formKey}`);
  const before = await filedBefore(desk, formHash, words);
  if (before) return { ...before, secret };
  try {
    return { ...await insertAppeal(desk, input, words, { secret, formHash }), secret };
  } catch (error) {
    const same = isDuplicate(error) ? await filedBefore(desk, formHash, words) : null;
    if (!same) throw error;
    return { ...same, secret };
  }
}

/** What this very form filed. @throws Conflict when it said something else */
async function filedBefore(desk: Desk, formHash: Buffer, words: string): Promise<Omit<AppealReceipt, 'secret'> | null> {
  const row = await inTransaction(desk, system('file-appeal'), (tx) => tx.selectFrom('appeal').select(['code', 'words', 'accept_by', 'filed_at']).where('form_hash', '=', formHash).executeTakeFirst());
  if (!row) return null;
  if (row.words !== words) throw new Conflict('sent before with other words', { reason: 'sent_before' });
  return { code: row.code, acceptBy: row.accept_by, filedAt: row.filed_at };
}

/** Two sendings of one form at once: the second finds the first (PostgreSQL 23505, unique_violation). */
function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505';
}

async function insertAppeal(desk: Desk, input: NewAppeal, words: string, { secret, formHash }: { secret: string; formHash: Buffer }): Promise<Omit<AppealReceipt, 'secret'>> {
  const actor = filer(input.by);
  return inTransaction(desk, actor, async (tx) => {
    const today = localDate(tx.now);
    const { PROVINCE } = desk.config;
    const sequence = await takeNumbers(tx, `appeal/${PROVINCE}/${today}`, 1);
    const code = publicCode('XL', { province: PROVINCE, date: today, sequence });
    const acceptBy = localDate(dueAt('appealAccept', tx.now, await workingCalendar(tx)));
    const id = uuidv7(tx.now);
    await tx.insertInto('appeal').values({
      id, code, secret_hash: hashSecret(secret), party: input.by.party, agency_id: input.by.agencyId, decision_id: input.by.decisionId,
      report_id: input.by.party === 'reporter' ? input.by.reportId : null, words, asks_stay: input.asksStay, language: input.language,
      contact_sealed: input.email ? desk.keys.seal('identity', JSON.stringify({ email: input.email }), id) : null, form_hash: formHash, filed_at: tx.now, accept_by: acceptBy,
    }).execute();
    await writeJournal(tx, actor, [{ entity: 'appeal', entityId: id, action: 'file', to: 'filed', detail: { party: input.by.party, decision: input.by.decisionId, stay: input.asksStay } }]);
    return { code, acceptBy, filedAt: tx.now };
  });
}

function filer(by: AppealParty): Actor {
  if (by.party === 'reporter') return { kind: 'reporter', reportId: by.reportId };
  return by.accessId === null ? PUBLIC : { kind: 'party', accessId: by.accessId };
}

/** The appeal that code and secret, as typed, open together; null for every pair that opens none. */
export async function openAppeal(desk: Desk, code: string, secret: string): Promise<string | null> {
  const [read, key] = [parseCode('XL', code), parseSecret(secret)];
  if (!read || !key) return null;
  return inTransaction(desk, PUBLIC, async (tx) => {
    const { rows } = await sql<{ id: string | null }>`select appeal_by_secret(${read.code}, ${hashSecret(key)}) as id`.execute(tx);
    return rows[0]?.id ?? null;
  });
}

/** The appellant writes more: new information, an answer. */
export async function addAppealMessage(desk: Desk, appealId: string, body: string): Promise<void> {
  const actor = { kind: 'appellant', appealId } as const;
  await inTransaction(desk, actor, async (tx) => {
    const { state } = await tx.selectFrom('appeal').select('state').where('id', '=', appealId).executeTakeFirstOrThrow();
    if (state !== 'filed' && state !== 'accepted') throw new Conflict('the appeal has ended', { state });
    await insertMessage(tx, actor, appealId, body);
  });
}

/** The reviewer asks or tells the appellant something. */
export async function askAppellant(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string, body: string): Promise<void> {
  const { state } = await lockAppeal(tx, actor, appealId);
  if (state !== 'filed' && state !== 'accepted') throw new Conflict('the appeal has ended', { state });
  await insertMessage(tx, actor, appealId, body);
  await tellAppellant(desk, tx, appealId, 'news');
}

async function insertMessage(tx: Tx, actor: Actor, appealId: string, body: string): Promise<void> {
  const text = normalise(body);
  if (text.length < 1 || text.length > LENGTHS.message) throw new Invalid('message length', { fields: { body: 'length' } });
  const officerId = actor.kind === 'officer' ? actor.officerId : null;
  await tx.insertInto('appeal_message').values({ appeal_id: appealId, sent_by: officerId ? 'desk' : 'appellant', officer_id: officerId, body: text, at: tx.now }).execute();
  await writeJournal(tx, actor, [{ entity: 'appeal', entityId: appealId, action: officerId ? 'desk_message' : 'appellant_message' }]);
}

/** The appellant takes the appeal back. A stay that no other appeal needs ends with it. */
export async function takeBackAppeal(desk: Desk, appealId: string): Promise<void> {
  const actor = { kind: 'appellant', appealId } as const;
  await inTransaction(desk, actor, async (tx) => {
    await changeState(tx, actor, 'appeal', appealId, 'take_back');
    await desk.jobs.enqueue(tx, 'end-stays', {});
  });
}

// ── The office ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** An appeal of the own agency, locked, for somebody who took no part before (S9). */
async function lockAppeal(tx: Tx, actor: OfficerActor, appealId: string) {
  const appeal = await tx.selectFrom('appeal').select(['state', 'reviewer_id', 'decision_id', 'report_id']).where('id', '=', appealId).forUpdate().executeTakeFirst();
  if (!appeal) throw new NotFound('appeal');
  if (await tookPart(tx, appealId, actor.officerId)) throw new Forbidden('took part before', { reason: 'took_part' });
  return appeal;
}

/** The same for the officer who accepted it. */
async function lockOwn(tx: Tx, actor: OfficerActor, appealId: string) {
  const appeal = await lockAppeal(tx, actor, appealId);
  if (appeal.state !== 'accepted') throw new Conflict('not accepted', { state: appeal.state });
  if (appeal.reviewer_id !== actor.officerId) throw new Forbidden('not the reviewer', { reason: 'not_reviewer' });
  return appeal;
}

/** Accepts an appeal: the acting officer reviews it, and the days to decide run from now. */
export async function acceptAppeal(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string, isComplex: boolean, isRemote: boolean): Promise<void> {
  await lockAppeal(tx, actor, appealId);
  const decideBy = decideByOf(tx.now, isComplex, isRemote, await workingCalendar(tx));
  await changeState(tx, actor, 'appeal', appealId, 'accept', {
    set: { reviewer_id: actor.officerId, accepted_at: tx.now, is_complex: isComplex, is_remote: isRemote, decide_by: decideBy }, detail: { decideBy },
  });
  await tellAppellant(desk, tx, appealId, 'news');
}

/** Another eligible officer takes an accepted appeal over, with the reason: reviewers fall ill, move, or come to take part in the case. */
export async function takeOverAppeal(tx: Tx, actor: OfficerActor, appealId: string, reason: string): Promise<void> {
  const appeal = await lockAppeal(tx, actor, appealId);
  if (appeal.state !== 'accepted' || appeal.reviewer_id === actor.officerId) throw new Conflict('nothing to take over', { state: appeal.state });
  await tx.updateTable('appeal').set({ reviewer_id: actor.officerId }).where('id', '=', appealId).execute();
  await writeJournal(tx, actor, [{ entity: 'appeal', entityId: appealId, action: 'take_over', reason }]);
}

/** Does not accept an appeal, with the reason that the appellant reads. */
export async function refuseAppeal(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string, reason: string): Promise<void> {
  await lockAppeal(tx, actor, appealId);
  await changeState(tx, actor, 'appeal', appealId, 'not_accept', { reason, set: { reviewer_id: actor.officerId, reasons: normalise(reason) } });
  await tellAppellant(desk, tx, appealId, 'outcome');
}

/** What turned out to be a denunciation against an official is not stored here: all its words go, and the page says where to turn. */
export async function routeAppeal(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string): Promise<void> {
  const appeal = await lockAppeal(tx, actor, appealId);
  if (appeal.state === 'accepted' && appeal.reviewer_id !== actor.officerId) throw new Forbidden('not the reviewer', { reason: 'not_reviewer' });
  await changeState(tx, actor, 'appeal', appealId, 'route', { set: { words: ERASED, reviewer_id: actor.officerId } });
  await tx.deleteFrom('appeal_message').where('appeal_id', '=', appealId).execute();
  await desk.jobs.enqueue(tx, 'end-stays', {});
  await tellAppellant(desk, tx, appealId, 'outcome');
}

/** Stays the measure until the appeal is decided (Luật Khiếu nại 2011 Điều 35); only the reviewer who accepted it. */
export async function stayForAppeal(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string, reason: string, effects: Effects): Promise<void> {
  const appeal = await lockOwn(tx, actor, appealId);
  const live = await liveDecision(tx, appeal.decision_id);
  if (live?.state !== 'in_force') throw new Conflict('nothing in force', { reason: 'nothing_in_force' });
  await stayDecision(desk, tx, actor, live.id, reason, effects);
  await tellAppellant(desk, tx, appealId, 'news');
}

/** What of the measure binds today: the decision appealed, or the one that renewed it meanwhile. */
async function liveDecision(tx: Tx, decisionId: string | null): Promise<{ id: string; state: DecisionState } | undefined> {
  if (!decisionId) return undefined;
  return tx.selectFrom('decision').select(['id', 'state']).where('id', 'in', sql<string>`(select renewals_of(${decisionId}::uuid))`).where('state', 'in', ['in_force', 'interim'])
    .forUpdate().executeTakeFirst();
}

/**
 * Decides an appeal with reasons. Anything but `upheld` ends the measure in this transaction, with a withdrawal to everybody who was
 * told of it; `changed` and `remitted` then need a new decision, which begins as a draft like any other. A stay ends either way.
 */
export async function decideAppeal(desk: Desk, tx: Tx, actor: OfficerActor, appealId: string, outcome: AppealOutcome, reasons: string, effects: Effects): Promise<void> {
  const appeal = await lockOwn(tx, actor, appealId);
  const text = normalise(reasons);
  if (text.length < LENGTHS.wordsLeast || text.length > LENGTHS.words) throw new Invalid('reasons length', { fields: { reasons: 'length' } });
  // The words stand in the appeal, which ends one day; the journal never does.
  await changeState(tx, actor, 'appeal', appealId, 'decide', { reason: outcome, set: { outcome, reasons: text, decided_at: tx.now }, detail: { outcome } });
  const live = await liveDecision(tx, appeal.decision_id);
  if (outcome === 'upheld') {
    if (live) await resumeIfLast(desk, tx, actor, live.id, effects);
  } else {
    // What ended meanwhile has been withdrawn already.
    if (live) await reverseDecision(desk, tx, actor, live.id, text, effects);
    await desk.jobs.enqueue(tx, 'reopen-for-appeal', { appealId });
  }
  await tellAppellant(desk, tx, appealId, 'outcome');
}

/** A stay ends with the last appeal that is accepted and open. */
async function resumeIfLast(desk: Desk, tx: Tx, actor: Actor, decisionId: string, effects: Effects): Promise<void> {
  const { rows } = await sql<{ open: boolean }>`select stay_needed(${decisionId}::uuid) as open`.execute(tx);
  if (!rows[0]?.open) await resumeDecision(desk, tx, actor, decisionId, 'no_appeal_left', effects);
}

/** What letter the appellant gets: that there is news, or that it has ended. */
export type AppealLetter = 'news' | 'outcome';

async function tellAppellant(desk: Desk, tx: Tx, appealId: string, letter: AppealLetter): Promise<void> {
  await desk.jobs.enqueue(tx, 'tell-appellant', { appealId, letter });
}

// ── The clock ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Resumes measures whose appeals were all taken back or routed out. @returns how many */
export async function endStays(desk: Desk, tx: Tx, effects: Effects): Promise<number> {
  const stayed = await tx.selectFrom('decision').select('id').where('state', '=', 'in_force').where('stayed_at', 'is not', null)
    .where(sql<boolean>`not stay_needed(decision.id)`).orderBy('id').limit(MOST_AT_ONCE).forUpdate().skipLocked().execute();
  for (const { id } of stayed) await resumeDecision(desk, tx, system('end-stays'), id, 'no_appeal_left', effects);
  return stayed.length;
}

/** Opens the case again for what must be decided anew after an appeal that succeeded; an open case goes on as it is. */
export async function reopenForAppeal(tx: Tx, appealId: string): Promise<void> {
  const actor = system('reopen-for-appeal');
  const appeal = await tx.selectFrom('appeal').leftJoin('decision', 'decision.id', 'decision_id').leftJoin('report', 'report.id', 'report_id')
    .select((eb) => eb.fn.coalesce('decision.case_id', 'report.case_id').as('caseId')).where('appeal.id', '=', appealId).executeTakeFirst();
  if (!appeal?.caseId) return;
  const found = await tx.selectFrom('case_file').select('state').where('id', '=', appeal.caseId).where('merged_into', 'is', null).forUpdate().executeTakeFirst();
  if (found?.state === 'closed') await changeState(tx, actor, 'case', appeal.caseId, 'reopen', { reason: 'appeal', set: { closed_at: null } });
}

/**
 * Notes in the journal, once, each appeal whose day to accept or to decide has passed; lists and pages do not wait for it, they ask the
 * clock. @returns how many were noted
 */
export async function noteOverdue(tx: Tx): Promise<number> {
  const today = localDate(tx.now);
  const late = await tx.selectFrom('appeal').select(['id', 'state']).where((eb) => eb.or([
    eb.and([eb('state', '=', 'filed'), eb('accept_by', '<', today)]), eb.and([eb('state', '=', 'accepted'), eb('decide_by', '<', today)]),
  ])).where((eb) => eb.not(eb.exists(eb.selectFrom('journal as j').select('j.seq').whereRef('j.entity_id', '=', 'appeal.id')
    .where('j.action', '=', sql<string>`case appeal.state when 'filed' then 'late_accept' else 'late_decide' end`)))).orderBy('id').limit(MOST_AT_ONCE).execute();
  await writeJournal(tx, system('appeal-clocks'), late.map(({ id, state }) => ({ entity: 'appeal', entityId: id, action: state === 'filed' ? 'late_accept' : 'late_decide' })));
  return late.length;
}

/** Where an appellant wants to be told, opened for one letter (S12); null when nowhere. */
export async function openAppellant(desk: Desk, tx: Tx, appealId: string): Promise<string | null> {
  const { rows } = await sql<{ sealed: Buffer | null }>`select open_appellant(${appealId}::uuid) as sealed`.execute(tx);
  const plain = rows[0]?.sealed && desk.keys.unseal('identity', rows[0].sealed, appealId);
  return plain ? (JSON.parse(plain.toString()) as { email: string }).email : null;
}
