import { publicCode } from '#core/codes.ts';
import { dueAt, localDate } from '#core/deadlines.ts';
import type { Actor } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { writeJournal } from '#platform/journal.ts';
import type { NoticeEnding, NoticeKind, NoticePhase, NoticeState } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { accessSecret, hashAccessSecret } from '../access.ts';
import { sharedContent, type Shared } from '../content.ts';
import type { Earlier, Said } from '../types.ts';

const DAY = 86_400_000;
/** XARF says only that something is wrong at an address; whatever undoes it is a letter (RFC 5965 knows no withdrawal either). */
const MACHINE_KINDS: readonly NoticeKind[] = ['notice'];

/** A notice that was made before, as later letters speak of it. */
export interface Told {
  readonly id: string;
  readonly recipientId: string;
  readonly accessId: string;
  readonly affectedId: string | null;
  readonly says: Said;
  readonly number: string | null;
  readonly effectDue: string | null;
  readonly state: NoticeState;
  readonly hasLeft: boolean;
  /** It was handed to the mail server, or may have been when the desk went down. */
  readonly mayHaveLeft: boolean;
  /** Withdrawn already. */
  readonly isOver: boolean;
}

/** Which letter follows. */
export interface Following {
  readonly kind: NoticeKind;
  readonly phase: NoticePhase;
  readonly ending: NoticeEnding | null;
}

/** Notices of a decision taking effect: one for each recipient, each with a page of its own and one for the person affected. */
export async function prepareFirst(desk: Desk, tx: Tx, actor: Actor, decisionId: string): Promise<void> {
  const shared = await sharedContent(desk, tx, decisionId);
  const { state, renews } = await tx.selectFrom('decision').select(['state', 'renews']).where('id', '=', decisionId).executeTakeFirstOrThrow();
  const recipients = await tx.selectFrom('decision_recipient').select('recipient_id').where('decision_id', '=', decisionId).orderBy('recipient_id').execute();
  const delay = await tx.selectFrom('affected_delay').select(['reason', 'days']).where('decision_id', '=', decisionId).executeTakeFirst();
  const before = renews ? await lastTold(tx, renews) : [];
  if (recipients.length === 0) return;
  const first = await takeNumbers(tx, `notice|${desk.config.PROVINCE}|${localDate(tx.now)}`, recipients.length * 2);
  for (const [index, { recipient_id: recipientId }] of recipients.entries()) {
    const own = await giveAccess(desk, tx, { decisionId, recipientId, sequence: first + index * 2, delay: null });
    const affected = await giveAccess(desk, tx, { decisionId, recipientId: null, sequence: first + index * 2 + 1, delay: delay ? { reason: delay.reason, until: new Date(tx.now.getTime() + delay.days * DAY) } : null });
    const replaced = before.find((one) => one.recipientId === recipientId);
    await insertNotice(desk, tx, actor, shared, {
      decisionId, recipientId, kind: shared.measure === 'REFERRAL_POLICE' ? 'hand_over' : 'notice', phase: state === 'interim' ? 'interim' : 'full', ending: null,
      access: own, affected: { ...affected, code: delay ? null : affected.code }, follows: null, replaces: replaced ? earlierOf(replaced) : null, earlier: null, asksEffect: true,
    });
  }
}

/**
 * A letter that follows one sent before, to everybody who was told: confirmation, stay, resumption or withdrawal. A notice that has not
 * left yet does not leave any more when its measure ends, and is made anew when an interim measure is confirmed.
 */
export async function prepareFollowing(desk: Desk, tx: Tx, actor: Actor, decisionId: string, letter: Following, only: (one: Told) => boolean = () => true): Promise<void> {
  const all = (await lastTold(tx, decisionId)).filter((one) => !one.isOver && only(one));
  if (all.length === 0) return;
  const shared = await sharedContent(desk, tx, decisionId);
  for (const one of all) {
    const isTold = one.hasLeft || (one.mayHaveLeft && desk.mail.available);
    const isUnsent = !one.hasLeft && (letter.kind === 'withdrawal' || letter.phase === 'confirmation');
    if (isUnsent) await dropNotice(tx, actor, one);
    if (isTold) await prepareOne(desk, tx, actor, decisionId, shared, one, letter);
    else if (letter.phase === 'confirmation') await prepareOne(desk, tx, actor, decisionId, shared, one, { kind: 'notice', phase: 'full', ending: null });
    else if (letter.kind === 'resumption') await desk.jobs.enqueue(tx, 'send-notice', { noticeId: one.id });
  }
}

async function dropNotice(tx: Tx, actor: Actor, { id, state }: Told): Promise<void> {
  await tx.updateTable('notice').set({ state: 'dropped', failure: null }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'notice', entityId: id, action: 'drop', from: state, to: 'dropped' }]);
}

/** One letter after one notice. */
export async function prepareOne(
  desk: Desk, tx: Tx, actor: Actor, decisionId: string, shared: Shared, one: Told, letter: Following,
): Promise<string> {
  const affectedCode = letter.phase === 'affected' && one.affectedId
    ? (await tx.selectFrom('decision_access').select('code').where('id', '=', one.affectedId).executeTakeFirstOrThrow()).code : one.says.affectedCode;
  const isFirst = letter.kind === 'notice' && letter.phase === 'full';
  // What was sent is what is withdrawn or passed on: a draft that was returned is another text already.
  const said = isFirst || letter.phase === 'confirmation' ? shared : { ...one.says, endsOn: letter.kind === 'resumption' ? shared.endsOn : one.says.endsOn };
  return insertNotice(desk, tx, actor, said, {
    decisionId, recipientId: one.recipientId, ...letter, access: { id: one.accessId, code: one.says.code }, affected: one.affectedId ? { id: one.affectedId, code: affectedCode } : null,
    follows: one.id, replaces: isFirst || letter.phase === 'confirmation' ? one.says.replaces : null, earlier: isFirst ? null : { ...earlierOf(one), effectDue: one.effectDue }, asksEffect: isFirst || letter.kind === 'withdrawal',
  });
}

function earlierOf({ says, number }: Told): Earlier {
  return { code: says.code, on: says.on, number };
}

/** For each recipient the notice that told them last of what a decision asks; locked, so that one on its way is waited for. */
export async function lastTold(tx: Tx, decisionId: string): Promise<Told[]> {
  const rows = await told(tx).where('decision_id', '=', decisionId).where('notice.kind', 'in', ['notice', 'hand_over']).where('phase', '<>', 'affected').where('notice.state', '<>', 'dropped')
    .orderBy('notice.created_at').orderBy('notice.id').forUpdate('notice').execute();
  return [...new Map(rows.map((row) => [row.recipient_id, toldOf(row)])).values()];
}

/** Notices as later letters speak of them. */
export function told(tx: Tx) {
  return tx.selectFrom('notice').innerJoin('recipient', 'recipient.id', 'recipient_id')
    .select(['notice.id', 'decision_id', 'recipient_id', 'access_id', 'affected_id', 'says', 'number_text', 'effect_due', 'notice.state', 'sent_at', 'rendered_at', 'failure', 'recipient.email'])
    .select((eb) => eb.exists(eb.selectFrom('notice as w').select('w.id').whereRef('w.follows', '=', 'notice.id').where('w.kind', '=', 'withdrawal')).as('over'));
}

/** A row of {@link told}. */
export function toldOf(row: Awaited<ReturnType<ReturnType<typeof told>['executeTakeFirstOrThrow']>>): Told {
  return {
    id: row.id, recipientId: row.recipient_id, accessId: row.access_id, affectedId: row.affected_id, says: row.says as unknown as Said, number: row.number_text, effectDue: row.effect_due,
    state: row.state, hasLeft: row.sent_at !== null, mayHaveLeft: row.email !== null && row.rendered_at !== null && row.failure !== 'refused', isOver: Boolean(row.over),
  };
}

async function giveAccess(
  desk: Desk, tx: Tx, { decisionId, recipientId, sequence, delay }: { decisionId: string; recipientId: string | null; sequence: number; delay: { reason: 'police_request' | 'danger_to_person' | 'fraud_under_way'; until: Date } | null },
): Promise<{ id: string; code: string }> {
  const id = uuidv7(tx.now);
  const code = publicCode('TB', { province: desk.config.PROVINCE, date: localDate(tx.now), sequence });
  await tx.insertInto('decision_access').values({
    id, decision_id: decisionId, party: recipientId ? 'recipient' : 'affected', recipient_id: recipientId, code, secret_hash: hashAccessSecret(accessSecret(desk, id)), created_at: tx.now,
    delay_reason: delay?.reason ?? null, delay_until: delay?.until ?? null,
  }).execute();
  return { id, code };
}

interface NewNotice {
  readonly decisionId: string;
  readonly recipientId: string;
  readonly kind: NoticeKind;
  readonly phase: NoticePhase;
  readonly ending: NoticeEnding | null;
  readonly access: { readonly id: string; readonly code: string };
  readonly affected: { readonly id: string; readonly code: string | null } | null;
  readonly follows: string | null;
  readonly replaces: Earlier | null;
  readonly earlier: Said['earlier'];
  readonly asksEffect: boolean;
}

async function insertNotice(desk: Desk, tx: Tx, actor: Actor, shared: Shared, made: NewNotice): Promise<string> {
  const to = await tx.selectFrom('recipient').select(['name', 'name_en', 'kind', 'address', 'language', 'format']).where('id', '=', made.recipientId).executeTakeFirstOrThrow();
  const today = localDate(tx.now);
  const effectDue = made.asksEffect ? localDate(dueAt('effectReport', tx.now, await workingCalendar(tx))) : null;
  const says: Said = {
    ...shared, code: made.access.code, affectedCode: made.affected?.code ?? null, on: today, effectDue, replaces: made.replaces, earlier: made.earlier,
    recipient: { name: to.name, nameEn: to.name_en, kind: to.kind, address: to.address },
  };
  const id = uuidv7(tx.now);
  await tx.insertInto('notice').values({
    id, decision_id: made.decisionId, recipient_id: made.recipientId, kind: made.kind, phase: made.phase, ending: made.ending, format: MACHINE_KINDS.includes(made.kind) && made.phase !== 'affected' ? to.format : 'letter',
    language: to.language, access_id: made.access.id, affected_id: made.affected?.id ?? null, follows: made.follows, says: says as unknown as Record<string, unknown>, number_text: null, numbered_on: null,
    rendered_at: null, sent_at: null, failure: null, effect_due: effectDue, effect: null, effect_on: null, effect_number: null, effect_by: null, reminded_at: null, created_at: tx.now,
  }).execute();
  await writeJournal(tx, actor, [{ entity: 'notice', entityId: id, action: 'prepare', to: 'prepared', detail: { decision: made.decisionId, kind: made.kind, phase: made.phase, ...(made.ending && { ending: made.ending }) } }]);
  await desk.jobs.enqueue(tx, 'render-notice', { noticeId: id });
  return id;
}
