import type { DecisionState } from '#core/transitions.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound } from '#platform/errors.ts';
import { NOTICE_LISTS, type Delay, type NoticeDetail, type NoticeFile, type NoticeList, type NoticeRow, type PartyView, type Said } from './types.ts';

/** Rows on a page of a list. */
export const PAGE = 30;
/** Days after a reminder from which a notice is shown as not answered; its effect is never assumed. */
export const SILENT_AFTER = 10;

function rows(tx: Tx) {
  return tx.selectFrom('notice').innerJoin('recipient', 'recipient.id', 'recipient_id').innerJoin('decision', 'decision.id', 'decision_id')
    .select(['notice.id', 'notice.decision_id as decisionId', 'notice.kind', 'phase', 'recipient.name as recipient', 'measure', 'notice.state', 'effect_due as effectDue', 'effect', 'reminded_at as remindedAt', 'notice.created_at as createdAt']);
}

type Rows = ReturnType<typeof rows>;

/** What each list holds: what must be sent, whose effect is awaited, whose is overdue, and the rest. */
function listed(query: Rows, list: NoticeList, today: string): Rows {
  switch (list) {
    case 'can-gui': return query.where('notice.state', 'in', ['prepared', 'failed']);
    case 'cho-ket-qua': return query.where('notice.state', 'in', ['sent', 'dispatched']).where('effect', 'is', null).where('effect_due', '>=', today);
    case 'qua-han': return query.where('notice.state', 'in', ['sent', 'dispatched']).where('effect', 'is', null).where('effect_due', '<', today);
    case 'xong': return query.where((eb) => eb.or([eb('notice.state', '=', 'dropped'), eb.and([eb('notice.state', 'in', ['sent', 'dispatched']), eb.or([eb('effect', 'is not', null), eb('effect_due', 'is', null)])])]));
  }
}

/** One list of the notices of the own agency with the counts of all. @param page from 1 */
export async function noticeList(tx: Tx, list: NoticeList, page: number): Promise<{ rows: NoticeRow[]; counts: Record<NoticeList, number>; pages: number }> {
  const today = localDate(tx.now);
  const counts = {} as Record<NoticeList, number>;
  for (const name of NOTICE_LISTS) counts[name] = (await listed(rows(tx), name, today).clearSelect().select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
  const found = await listed(rows(tx), list, today).orderBy('notice.created_at', list === 'xong' ? 'desc' : 'asc').orderBy('notice.id').limit(PAGE).offset((page - 1) * PAGE).execute();
  return { rows: found, counts, pages: Math.max(1, Math.ceil(counts[list] / PAGE)) };
}

/** Every notice of one decision, in the order they were made. */
export function noticesOf(tx: Tx, decisionId: string): Promise<NoticeRow[]> {
  return rows(tx).where('notice.decision_id', '=', decisionId).orderBy('notice.created_at').orderBy('notice.id').execute();
}

/** One notice; null when the acting officer does not see it. */
export async function noticeDetail(tx: Tx, id: string): Promise<NoticeDetail | null> {
  const row = await rows(tx).leftJoin('decision_access as a', 'a.id', 'affected_id').select([
    'ending', 'recipient.email', 'says', 'number_text as number', 'numbered_on as numberedOn', 'rendered_at as renderedAt', 'sent_at as sentAt', 'failure', 'effect_on as effectOn', 'effect_note as effectNote',
    'effect_number as effectNumber', 'effect_by as effectBy', 'a.code as affectedCode', 'a.delay_until as delayUntil',
  ]).where('notice.id', '=', id).executeTakeFirst();
  if (!row) return null;
  const steps = await tx.selectFrom('journal').leftJoin('officer', 'officer.id', 'officer_id').select(['at', 'action', 'full_name as by']).where('entity', '=', 'notice').where('entity_id', '=', id).orderBy('seq').execute();
  const { says, affectedCode, delayUntil, ...rest } = row;
  return { ...rest, says: says as unknown as Said, affected: affectedCode ? { code: affectedCode, delayUntil } : null, files: await filesOf(tx, id), steps };
}

async function filesOf(tx: Tx, id: string): Promise<NoticeFile[]> {
  const found = await tx.selectFrom('notice_file').select(['place', 'name', 'media_type', 'file_ref', 'sha256', 'bytes']).where('notice_id', '=', id).orderBy('place').execute();
  return found.map(({ media_type: mediaType, file_ref: ref, sha256, ...file }) => ({ ...file, mediaType, ref, sha256: sha256.toString('hex') }));
}

/** What the page about who is told shows of a decision. @throws NotFound */
export async function decisionNotices(tx: Tx, decisionId: string): Promise<{ state: DecisionState; delay: Delay | null; delayUntil: Date | null; rows: NoticeRow[] }> {
  const decision = await tx.selectFrom('decision').select('state').where('id', '=', decisionId).executeTakeFirst();
  if (!decision) throw new NotFound('decision');
  const delay = await tx.selectFrom('affected_delay').select(['reason', 'days', 'request_number as requestNumber']).where('decision_id', '=', decisionId).executeTakeFirst();
  const until = await tx.selectFrom('decision_access').select('delay_until').where('decision_id', '=', decisionId).where('delay_until', 'is not', null).orderBy('delay_until', 'desc').executeTakeFirst();
  return { state: decision.state, delay: delay ?? null, delayUntil: until?.delay_until ?? null, rows: await noticesOf(tx, decisionId) };
}

/** What a party reads: the text it was told, and where the decision stands today. @throws NotFound */
export function partyView(desk: Desk, accessId: string): Promise<PartyView> {
  return inTransaction(desk, { kind: 'party', accessId }, async (tx) => {
    const access = await tx.selectFrom('decision_access').select(['party', 'code', 'decision_id']).where('id', '=', accessId).executeTakeFirst();
    const decision = access && await tx.selectFrom('decision').select(['state', 'stayed_at', 'ends_on', 'interim_until']).where('id', '=', access.decision_id).executeTakeFirst();
    const told = access && await tx.selectFrom('notice').select('says').where((eb) => eb.or([eb('access_id', '=', accessId), eb('affected_id', '=', accessId)])).where('kind', 'in', ['notice', 'hand_over'])
      .orderBy('created_at', 'desc').orderBy('id', 'desc').executeTakeFirst();
    if (!access || !decision || !told) throw new NotFound('decision');
    const asked = access.party === 'affected' ? undefined : await tx.selectFrom('notice').select(['id', 'effect_due', 'effect', 'effect_on']).where('access_id', '=', accessId)
      .where('effect_due', 'is not', null).where('sent_at', 'is not', null).orderBy('created_at', 'desc').orderBy('id', 'desc').executeTakeFirst();
    return {
      party: access.party, code: access.code, says: told.says as unknown as Said, state: stateNow(decision, tx.now),
      asked: asked ? { noticeId: asked.id, due: asked.effect_due!, effect: asked.effect, on: asked.effect_on } : null,
    };
  });
}

/** By the clock, whether or not the job that ends things has run. */
function stateNow(decision: { state: DecisionState; stayed_at: Date | null; ends_on: string | null; interim_until: Date | null }, now: Date): PartyView['state'] {
  if (decision.state === 'interim') return decision.interim_until! <= now ? 'expired' : 'interim';
  if (decision.state !== 'in_force') return decision.state;
  if (decision.ends_on !== null && decision.ends_on < localDate(now)) return 'expired';
  return decision.stayed_at ? 'stayed' : 'in_force';
}

/** Whether a reminder has gone unanswered for long; only ever shown. */
export function isSilent({ effect, remindedAt }: Pick<NoticeRow, 'effect' | 'remindedAt'>, now: Date): boolean {
  return effect === null && remindedAt !== null && addDays(localDate(remindedAt), SILENT_AFTER) < localDate(now);
}
