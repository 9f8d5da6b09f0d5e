import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import type { NewsRule, Told } from '#core/news.ts';
import { isQuietHour } from '#core/news.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Invalid } from '#platform/errors.ts';
import type { NewsKind, MailTrouble } from './types.ts';

/** What there is to know, never what it says: a kind with words of its own in the catalogue of messages, a code, a page of the console. */
export interface News {
  readonly agencyId: string;
  /** Officers of the agency that hold one of these roles today; left out where one officer is named. */
  readonly roles?: readonly Role[];
  readonly officerId?: string;
  /** A kind without words does not compile. */
  readonly kind: NewsKind;
  /** Code or number people know the thing by; at most 40 characters, no contents. */
  readonly code: string;
  /** Page of the console, `/can-bo/…`. */
  readonly href: string;
  /** Mailed at once, on days off as well; in quiet hours to those who said so. */
  readonly urgent?: boolean;
}

/**
 * Tells the officers of an agency that something is there for them, in the same transaction as the thing. Never tells who acts;
 * a kind and code that somebody has not read yet is not told twice. Any context may tell, since it gives nothing to read.
 * @returns how many officers were told
 */
export async function notify(tx: Tx, { agencyId, roles = [], officerId, kind, code, href, urgent = false }: News): Promise<number> {
  const { rows } = await sql<{ told: number }>`select notify_agency(${agencyId}, ${[...roles]}::text[], ${officerId ?? null}::uuid, ${kind}, ${code}, ${href}, ${urgent}) as told`.execute(tx);
  return rows[0]!.told;
}

/**
 * Marks one's own news of the agency one acts for as read: all of it, or what is about one code; never what came after the page was shown.
 * @param until id of the latest news on that page
 * @returns how many were marked
 */
export async function markRead(tx: Tx, actor: OfficerActor, until: string, code: string | null): Promise<number> {
  let query = tx.updateTable('notification').set({ read_at: tx.now }).where('officer_id', '=', actor.officerId).where('agency_id', '=', actor.agencyId)
    .where('read_at', 'is', null).where('id', '<=', until);
  if (code !== null) query = query.where('code', '=', code);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Keeps how an officer wants to be told. @throws Invalid (`details.fields.hour = 'hourInQuiet'`) when the digest would come in the quiet hours */
export async function saveRule(tx: Tx, actor: OfficerActor, rule: NewsRule): Promise<void> {
  if (rule.digest !== 'none' && isQuietHour(rule, rule.digestHour)) throw new Invalid('digest in quiet hours', { fields: { hour: 'hourInQuiet' } });
  const row = {
    immediate: rule.immediate, digest: rule.digest, digest_hour: rule.digestHour, quiet_from: rule.quietFrom, quiet_to: rule.quietTo, urgent_in_quiet: rule.urgentInQuiet,
    changed_at: tx.now,
  };
  await tx.insertInto('notification_setting').values({ officer_id: actor.officerId, ...row }).onConflict((conflict) => conflict.column('officer_id').doUpdateSet(row)).execute();
}

// ── Mail ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The actor of mails. */
export const MAILER = system('mail-news');

const MINUTE = 60_000;
/** Waits after the first, second … failed attempt, in milliseconds; after the last one the page alone tells. */
export const MAIL_RETRIES = [1, 5, 15, 60, 2 * 60, 4 * 60, 8 * 60, 24 * 60].map((minutes) => minutes * MINUTE);
/** Whoever claimed news has this long to send it, longer than a mail server may take (nodemailer's times together); then it is due again. */
const LEASE = 15 * MINUTE;
/** News of one officer in one mail. */
export const MOST_IN_MAIL = 200;

/** The officer of a notification is there and still holds a role in its agency; asked at every step, since people leave. */
const STANDS = sql<boolean>`exists (select 1 from officer_role r join officer o on o.id = r.officer_id where o.id = n.officer_id and o.disabled_at is null
  and r.agency_id = n.agency_id and r.valid_from <= desk_today() and (r.valid_to is null or r.valid_to >= desk_today()))`;
/** In the words of the index `notification_unmailed`. */
const WAITS = sql<boolean>`n.mailed_at is null and n.read_at is null`;

/** Drops what nobody was told by mail and nobody may read any more: of disabled officers, and of agencies they left. @returns how many */
export async function dropOrphaned(tx: Tx): Promise<number> {
  return Number((await sql`delete from notification n where ${WAITS} and not ${STANDS}`.execute(tx)).numAffectedRows ?? 0);
}

/** News that somebody claimed in order to mail it. */
export interface Claimed extends Told {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly href: string;
  /** This attempt included. */
  readonly attempts: number;
}

/**
 * Claims what is due of one officer, urgent and old first, none twice: what another worker holds is left to it.
 * @param isDue by the officer's rule and the clock
 */
export async function claimMail(tx: Tx, officerId: string, isDue: (told: Told) => boolean): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`select n.id, n.kind, n.code, n.href, n.urgent, n.at, n.mail_attempts + 1 as attempts from notification n
    where n.officer_id = ${officerId} and ${WAITS} and ${STANDS} and (n.mail_after is null or n.mail_after <= ${tx.now}) and n.mail_attempts <= ${MAIL_RETRIES.length}
    order by n.urgent desc, n.id limit ${MOST_IN_MAIL} for update of n skip locked`.execute(tx);
  const due = rows.filter(isDue);
  if (due.length > 0) {
    await tx.updateTable('notification').set({ mail_attempts: sql`mail_attempts + 1`, mail_after: new Date(tx.now.getTime() + LEASE) }).where('id', 'in', due.map(({ id }) => id)).execute();
  }
  return due;
}

/** Writes down that a mail server took the letter about this news. */
export async function settleMailed(tx: Tx, claimed: readonly Claimed[]): Promise<void> {
  await tx.updateTable('notification').set({ mailed_at: tx.now, mail_after: null }).where('id', 'in', claimed.map(({ id }) => id)).where('mailed_at', 'is', null).execute();
}

/** Puts news back whose letter was not taken, until its next attempt. */
export async function settleFailed(tx: Tx, claimed: readonly Claimed[]): Promise<void> {
  for (const [attempts, some] of Map.groupBy(claimed, (one) => one.attempts)) {
    const wait = MAIL_RETRIES[attempts - 1] ?? MAIL_RETRIES.at(-1)!;
    await tx.updateTable('notification').set({ mail_after: new Date(tx.now.getTime() + wait) }).where('id', 'in', some.map(({ id }) => id)).where('mailed_at', 'is', null).execute();
  }
}

/** Where outgoing mail stands among the channels' health: no door of its own, so the mailbox beside it is left alone. */
export const OUTGOING = 'outgoing';
/** A letter that fails this often in a row is a trouble somebody must look at. */
export const TROUBLE_AFTER = 3;

/** Notes that outgoing mail fails and why, or that it works again. */
export async function noteOutgoing(tx: Tx, trouble: MailTrouble | null): Promise<void> {
  if (trouble === null) {
    await tx.updateTable('channel_health').set({ state: 'ok', since: tx.now, reason: null, detail: null, last_ok_at: tx.now }).where('channel', '=', 'email')
      .where('endpoint', '=', OUTGOING).where('state', '=', 'failing').execute();
    return;
  }
  await tx.insertInto('channel_health').values({ channel: 'email', endpoint: OUTGOING, state: 'failing', since: tx.now, reason: trouble, detail: null, last_ok_at: null, last_arrival_at: null })
    .onConflict((conflict) => conflict.columns(['channel', 'endpoint']).doUpdateSet({
      state: 'failing', reason: trouble, since: sql`case when channel_health.state = 'failing' then channel_health.since else excluded.since end`,
    })).execute();
}

/** Days news is kept (src/catalogue/retention.ts). */
const KEPT_DAYS = 90;

/** Deletes news that is older than its term, read or not. @returns how many */
export async function purgeNews(tx: Tx): Promise<number> {
  return Number((await tx.deleteFrom('notification').where('at', '<=', new Date(tx.now.getTime() - KEPT_DAYS * 24 * 60 * MINUTE)).executeTakeFirst()).numDeletedRows);
}
