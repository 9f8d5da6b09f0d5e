import { sql } from 'kysely';
import { publicCode } from '#core/codes.ts';
import { extendedUntil, REQUEST_RULES, REQUEST_TRANSITIONS, requestClocks, type RequestKind, type RequestPart, type RequestState } from '#core/data-requests.ts';
import { localDate } from '#core/deadlines.ts';
import { decide } from '#core/transitions.ts';
import { normalise } from '#core/vietnamese.ts';
import { certify } from '#modules/intake/index.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { performersOf, writeJournal } from '#platform/journal.ts';
import { messages } from '#web/i18n/index.ts';
import { addCounts } from '../counts.ts';

/** Acts for a person in what is done at once. */
const AT_ONCE = system('data-request');
const SHORTEST_WORDS = 5;
const LONGEST_WORDS = 2000;
const SHORTEST_REASON = 10;
const LONGEST_REASON = 1000;

/** A request as it was taken. */
export interface Filed {
  readonly id: string;
  readonly code: string;
  readonly state: RequestState;
}

/**
 * A person asks something about the data of their report; the clocks of the decree start. The same kind asked again while the first
 * is open is the first. A correction is also part of the conversation, where whoever works on the report reads it.
 * @throws Invalid without the words a kind needs
 */
export async function fileRequest(desk: Desk, reportId: string, kind: RequestKind, typed: string): Promise<Filed> {
  const words = normalise(typed);
  if (words.length > LONGEST_WORDS || (words.length < SHORTEST_WORDS && (words !== '' || REQUEST_RULES[kind].words === 'required'))) {
    throw new Invalid('words of a request', { fields: { words: 'length' } });
  }
  const actor = { kind: 'reporter', reportId } as const;
  return inTransaction(desk, actor, async (tx) => {
    const { filed, isNew } = await take(desk, tx, actor, reportId, kind, words || null);
    if (isNew && kind === 'correct' && await takesMessages(tx, reportId)) {
      const { language } = await tx.selectFrom('report').select('language').where('id', '=', reportId).executeTakeFirstOrThrow();
      const body = messages(language).retention.letters.correction(filed.code, words);
      await tx.insertInto('message').values({ report_id: reportId, sent_by: 'reporter', officer_id: null, body, at: tx.now, read_at: null }).execute();
      await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'reporter_message' }]);
    }
    return filed;
  });
}

async function take(desk: Desk, tx: Tx, actor: Actor, reportId: string, kind: RequestKind, words: string | null): Promise<{ filed: Filed; isNew: boolean }> {
  const open = tx.selectFrom('data_request').select(['id', 'code', 'state']).where('report_id', '=', reportId).where('kind', '=', kind).where('state', 'in', ['filed', 'acknowledged']);
  const before = await open.executeTakeFirst();
  if (before) return { filed: before, isNew: false };
  const date = localDate(tx.now);
  const province = desk.config.PROVINCE;
  const code = publicCode('DL', { province, date, sequence: await takeNumbers(tx, `data/${province}/${date}`, 1) });
  const { answerBy, doBy } = requestClocks(kind, tx.now, await workingCalendar(tx));
  // The number's row is locked until the commit, so that two sendings at once come here one after the other.
  const again = await open.executeTakeFirst();
  if (again) return { filed: again, isNew: false };
  const filed = await tx.insertInto('data_request').values({
    code, report_id: reportId, kind, words, filed_at: tx.now, answer_by: answerBy, do_by: doBy, acknowledged_at: null, extended_until: null, extension_reason: null, outcome: null, officer_id: null, done_at: null,
  }).returning(['id', 'code', 'state']).executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'data_request', entityId: filed.id, action: 'file', to: 'filed', detail: { report: reportId, kind, code } }]);
  return { filed, isNew: true };
}

/** Nothing is added to a case whose contents are gone. */
async function takesMessages(tx: Tx, reportId: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`select minimised_at is not null as gone from report where id = ${reportId}::uuid`.execute(tx);
  return rows[0]?.gone === false;
}

/** A person took a copy of what is kept: noted once a day, done in the same breath. */
export async function noteAccess(desk: Desk, reportId: string): Promise<void> {
  await inTransaction(desk, AT_ONCE, async (tx) => {
    const today = new Date(`${localDate(tx.now)}T00:00:00+07:00`);
    const before = await tx.selectFrom('data_request').select('id').where('report_id', '=', reportId).where('kind', '=', 'access').where('filed_at', '>=', today).executeTakeFirst();
    if (before) return;
    const { filed } = await take(desk, tx, AT_ONCE, reportId, 'access', null);
    await move(tx, AT_ONCE, filed.id, 'do_at_once', {});
  });
}

/**
 * A person no longer wants to be contacted: the sealed contact and the letters that name them go at once, for good; the page with the
 * two codes stays the only way.
 */
export async function withdrawContact(desk: Desk, reportId: string): Promise<Filed> {
  return inTransaction(desk, AT_ONCE, async (tx) => {
    const { filed } = await take(desk, tx, AT_ONCE, reportId, 'withdraw', null);
    await erase(desk, tx, AT_ONCE, filed.id, ['contact']);
    await move(tx, AT_ONCE, filed.id, 'do_at_once', {});
    await writeJournal(tx, AT_ONCE, [{ entity: 'report', entityId: reportId, action: 'purge_contact' }]);
    return { ...filed, state: 'done' };
  });
}

/** An officer confirms that a request came, within two working days. */
export async function acknowledgeRequest(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  await move(tx, actor, id, 'acknowledge', { acknowledged_at: tx.now });
}

/**
 * More time, once, with the reason, as the decree allows; the person is told.
 * @throws Invalid without a reason, Conflict when it was extended before, is decided, or its day has passed
 */
export async function extendRequest(desk: Desk, tx: Tx, actor: OfficerActor, id: string, typed: string): Promise<void> {
  const reason = reasonOf(typed);
  const request = await locked(tx, id);
  if (request.state !== 'acknowledged' || request.extended_until !== null || request.do_by < localDate(tx.now)) throw new Conflict('no extension', { reason: 'extension' });
  const until = extendedUntil(request.kind, request.do_by, await workingCalendar(tx));
  await tx.updateTable('data_request').set({ extended_until: until, extension_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'data_request', entityId: id, action: 'extend', detail: { until } }]);
  await tell(desk, tx, actor, request.report_id, (letters) => letters.extended(request.code, until, reason));
}

/** What an officer decides about a request. */
export interface Decision {
  readonly done: boolean;
  /** What is removed; only kinds that allow it, and only when it is carried out. */
  readonly parts: readonly RequestPart[];
  /** Told to the person. */
  readonly reason: string;
}

/**
 * Carries a request out or refuses it, with the reason, in one transaction: what is removed is gone, certified, journaled and told.
 * @throws Invalid without a reason or, of a request to erase, with nothing chosen; Conflict in another state or when a decision rests on the words
 */
export async function decideRequest(desk: Desk, tx: Tx, actor: OfficerActor, id: string, { done, parts, reason: typed }: Decision): Promise<void> {
  const reason = reasonOf(typed);
  const request = await locked(tx, id);
  const allowed = REQUEST_RULES[request.kind].parts;
  if (parts.some((part) => !allowed.includes(part))) throw new Forbidden('part of a request', { parts });
  if (done && request.kind === 'erase' && parts.length === 0) throw new Invalid('nothing chosen', { fields: { parts: 'missing' } });
  if (request.state !== 'acknowledged') throw new Conflict('not acknowledged', { state: request.state });
  if (done && parts.length > 0) {
    if (parts.includes('words') && await wordsStand(tx, request.report_id)) throw new Conflict('a decision rests on the words', { reason: 'words_stand' });
    await erase(desk, tx, actor, id, parts);
    await writeJournal(tx, actor, [{ entity: 'report', entityId: request.report_id, action: 'erase_on_request', detail: { request: request.code, parts } }]);
  }
  await move(tx, actor, id, done ? 'do' : 'refuse', { outcome: reason, done_at: tx.now }, reason);
  await tell(desk, tx, actor, request.report_id, (letters) => (done ? letters.done : letters.refused)(request.code, reason));
}

async function wordsStand(tx: Tx, reportId: string): Promise<boolean> {
  const { rows } = await sql<{ stand: boolean }>`select state = 'stopped' or decision_rests_on(id) as stand from report where id = ${reportId}::uuid`.execute(tx);
  return rows[0]?.stand ?? true;
}

/** Removes the parts, with a certificate of what went; files before the commit, as everywhere. */
async function erase(desk: Desk, tx: Tx, actor: Actor, id: string, parts: readonly RequestPart[]): Promise<void> {
  const { rows } = await sql<{ done: { counts: Record<string, number>; files: string[] } }>`select erase_for_request(${id}::uuid, ${[...parts]}::text[]) as done`.execute(tx);
  const { counts, files } = rows[0]!.done;
  const gone = addCounts([counts]);
  if (Object.keys(gone).length > 0 || files.length > 0) {
    await certify(desk, tx, actor, { kind: 'data_subject', counts: { ...gone, file: files.length }, places: { database: true, files: files.length > 0, search: parts.includes('words') } });
  }
  for (const file of files) await desk.files.remove(file);
}

async function locked(tx: Tx, id: string) {
  const row = await tx.selectFrom('data_request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('data request');
  return row;
}

/** Takes one step of the table, with its journal entry. */
async function move(
  tx: Tx, actor: Actor, id: string, action: string, set: { acknowledged_at?: Date; outcome?: string; done_at?: Date }, reason?: string,
): Promise<void> {
  const { state: from } = await locked(tx, id);
  const verdict = decide(REQUEST_TRANSITIONS, from, action, performersOf(actor), reason);
  if (!verdict.ok) {
    if (verdict.why === 'wrong_state') throw new Conflict(`data request is ${from}`, { state: from, action });
    throw new Forbidden(`${action} on data request`, { why: verdict.why });
  }
  const { to } = verdict.transition;
  const officer_id = actor.kind === 'officer' ? actor.officerId : null;
  await tx.updateTable('data_request').set({ state: to, officer_id, ...(to === 'done' && { done_at: tx.now }), ...set }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'data_request', entityId: id, action, from, to, detail: {} }]);
}

function reasonOf(typed: string): string {
  const reason = normalise(typed);
  if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON) throw new Invalid('reason', { fields: { reason: 'length' } });
  return reason;
}

/** Says it in the conversation of the report, in its language, and lets the person know where a letter can go. */
async function tell(desk: Desk, tx: Tx, actor: OfficerActor, reportId: string, say: (letters: ReturnType<typeof messages>['retention']['letters']) => string): Promise<void> {
  const report = await tx.selectFrom('report').leftJoin('case_file', 'case_file.id', 'case_id').select(['report.language', 'case_file.minimised_at as gone']).where('report.id', '=', reportId).executeTakeFirst();
  if (!report || report.gone) return;
  await tx.insertInto('message').values({ report_id: reportId, sent_by: 'desk', officer_id: actor.officerId, body: say(messages(report.language).retention.letters), at: tx.now, read_at: null }).execute();
  await writeJournal(tx, actor, [{ entity: 'report', entityId: reportId, action: 'desk_message' }]);
  await desk.jobs.enqueue(tx, 'tell-reporter', { reportId, letter: 'news' });
}
