import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { DelayReason, NoticeEffect } from '#platform/schema.ts';
import type { Said } from '../types.ts';
import { lock } from './sending.ts';
import { prepareOne, told, toldOf } from './prepare.ts';

const EFFECTS: readonly string[] = ['done', 'partly', 'refused', 'none'];
const LONGEST_NOTE = 2000;
const LONGEST_NUMBER = 60;

/** What an officer enters of a recipient's answer. */
export interface EffectInput {
  readonly effect: string;
  readonly note: string;
  readonly number: string;
  /** YYYY-MM-DD */
  readonly on: string;
}

/**
 * Enters what a recipient did, from its written answer; "no answer" is entered too, never assumed.
 * @throws Invalid with the fields, Conflict when nothing was asked or sent, NotFound
 */
export async function recordEffect(tx: Tx, actor: OfficerActor, noticeId: string, input: EffectInput): Promise<void> {
  const notice = await lock(tx, noticeId);
  const note = normalise(input.note);
  const number = normalise(input.number);
  const fields = {
    ...(!EFFECTS.includes(input.effect) && { effect: 'missing' }), ...((note.length > LONGEST_NOTE || (note === '' && input.effect !== 'none')) && { note: 'length' }),
    ...(number.length > LONGEST_NUMBER && { effectNumber: 'length' }),
    ...((!/^\d{4}-\d{2}-\d{2}$/.test(input.on) || input.on > localDate(tx.now) || input.on < localDate(notice.created_at)) && { on: 'date' }),
  };
  if (Object.keys(fields).length > 0) throw new Invalid('effect', { fields });
  if (!notice.sent_at || !notice.effect_due) throw new Conflict('no effect is asked', { state: notice.state });
  await tx.updateTable('notice').set({ effect: input.effect as NoticeEffect, effect_on: input.on, effect_note: note, effect_number: number || null, effect_by: 'officer' }).where('id', '=', noticeId).execute();
  await writeJournal(tx, actor, [{ entity: 'notice', entityId: noticeId, action: 'effect', from: notice.effect, to: input.effect, detail: { by: 'officer', on: input.on, ...(number && { number }) } }]);
}

/** A recipient reports through its page what it did. @throws Invalid, NotFound when nothing is asked of it */
export async function reportEffect(desk: Desk, accessId: string, input: { effect: string; note: string }): Promise<void> {
  const note = normalise(input.note);
  const fields = { ...(!['done', 'partly', 'refused'].includes(input.effect) && { effect: 'missing' }), ...((note.length < 3 || note.length > LONGEST_NOTE) && { note: 'length' }) };
  if (Object.keys(fields).length > 0) throw new Invalid('effect', { fields });
  const actor = { kind: 'party', accessId } as const;
  await inTransaction(desk, actor, async (tx) => {
    const notice = await tx.selectFrom('notice').select(['id', 'effect']).where('access_id', '=', accessId).where('effect_due', 'is not', null).where('sent_at', 'is not', null)
      .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).forUpdate().executeTakeFirst();
    if (!notice) throw new NotFound('notice');
    await tx.updateTable('notice').set({ effect: input.effect as NoticeEffect, effect_on: localDate(tx.now), effect_note: note, effect_number: null, effect_by: 'recipient' }).where('id', '=', notice.id).execute();
    await writeJournal(tx, actor, [{ entity: 'notice', entityId: notice.id, action: 'effect', from: notice.effect, to: input.effect, detail: { by: 'recipient' } }]);
  });
}

/** Reminders made in one transaction. */
const MOST = 200;

/**
 * Reminds, once, every recipient whose effect is overdue while the measure binds, or whose withdrawal is unanswered.
 * @returns how many were reminded
 */
export async function remindOverdue(desk: Desk, tx: Tx): Promise<number> {
  const actor = system('remind-notices');
  const due = await told(tx).innerJoin('decision', 'decision.id', 'decision_id')
    .where('effect_due', '<', localDate(tx.now)).where('effect', 'is', null).where('sent_at', 'is not', null).where('reminded_at', 'is', null)
    .where((eb) => eb.or([eb('notice.kind', '=', 'withdrawal'), eb.and([eb('decision.state', '=', 'in_force'), eb('decision.stayed_at', 'is', null)])]))
    .orderBy('notice.id').limit(MOST).forUpdate('notice').skipLocked().execute();
  for (const row of due) {
    const one = toldOf(row);
    await prepareOne(desk, tx, actor, row.decision_id, one.says, one, { kind: 'reminder', phase: 'full', ending: null });
    await tx.updateTable('notice').set({ reminded_at: tx.now }).where('id', '=', row.id).execute();
    await writeJournal(tx, actor, [{ entity: 'notice', entityId: row.id, action: 'remind' }]);
  }
  return due.length;
}

/** Passes the page of the person affected on where a delay has ended. @returns how many letters were made */
export async function endDelays(desk: Desk, tx: Tx): Promise<number> {
  const actor = system('end-delays');
  const due = await told(tx).where((eb) => eb.exists(eb.selectFrom('decision_access as a').select('a.id').whereRef('a.id', '=', 'affected_id').where('a.delay_until', '<=', tx.now)))
    .where('notice.kind', 'in', ['notice', 'hand_over']).where('phase', 'in', ['full', 'interim']).where('sent_at', 'is not', null)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('notice as later').select('later.id').whereRef('later.affected_id', '=', 'notice.affected_id').where('later.phase', '=', 'affected'))))
    .orderBy('notice.id').limit(MOST).forUpdate('notice').skipLocked().execute();
  for (const row of due) await prepareOne(desk, tx, actor, row.decision_id, (row.says as unknown as Said), toldOf(row), { kind: 'notice', phase: 'affected', ending: null });
  return due.length;
}

const REASONS: readonly string[] = ['police_request', 'danger_to_person', 'fraud_under_way'];
const MOST_DAYS = 30;

/**
 * Delays telling the person affected, before the decision takes effect; null drops the delay.
 * @throws Invalid with the fields, NotFound, Conflict once it has taken effect
 */
export async function setDelay(tx: Tx, actor: OfficerActor, decisionId: string, delay: { reason: string; days: number; requestNumber: string } | null): Promise<void> {
  const decision = await tx.selectFrom('decision').select('state').where('id', '=', decisionId).forUpdate().executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  if (!['draft', 'returned', 'second_review'].includes(decision.state)) throw new Conflict('a delay is set before the decision takes effect', { state: decision.state });
  if (delay) {
    const request = normalise(delay.requestNumber);
    const fields = {
      ...(!REASONS.includes(delay.reason) && { reason: 'missing' }), ...(!(Number.isInteger(delay.days) && delay.days >= 1 && delay.days <= MOST_DAYS) && { days: 'range' }),
      ...((request.length > 100 || (request.length < 3 && (request !== '' || delay.reason === 'police_request'))) && { request: 'length' }),
    };
    if (Object.keys(fields).length > 0) throw new Invalid('delay', { fields });
    const values = { reason: delay.reason as DelayReason, days: delay.days, request_number: request || null, officer_id: actor.officerId, at: tx.now };
    await tx.insertInto('affected_delay').values({ decision_id: decisionId, ...values }).onConflict((conflict) => conflict.column('decision_id').doUpdateSet(values)).execute();
  } else await tx.deleteFrom('affected_delay').where('decision_id', '=', decisionId).execute();
  await writeJournal(tx, actor, [{ entity: 'decision', entityId: decisionId, action: delay ? 'delay_affected' : 'drop_delay', detail: delay ? { reason: delay.reason, days: delay.days } : {} }]);
}
