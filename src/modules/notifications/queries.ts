import { DEFAULT_NEWS_RULE, type NewsRule } from '#core/news.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { MAIL_RETRIES, OUTGOING } from './commands.ts';
import type { Item, MailTrouble, Trouble } from './types.ts';

/** Unread news is counted no further than this; more is shown as “99+”. */
export const COUNTED = 100;
/** Unread news on the page. */
export const SHOWN = 200;
/** Read news below it. */
const SHOWN_READ = 20;

/** What an officer was told: unread, the latest first; read, the latest few; and how much waits where they work for another agency. */
export async function newsOf(tx: Tx, { officerId, agencyId }: OfficerActor): Promise<{ unread: Item[]; more: boolean; read: Item[]; elsewhere: number }> {
  const own = tx.selectFrom('notification').select(['id', 'kind', 'code', 'href', 'urgent', 'at']).where('officer_id', '=', officerId).where('agency_id', '=', agencyId);
  const unread = await own.where('read_at', 'is', null).orderBy('id', 'desc').limit(SHOWN + 1).execute();
  const read = await own.where('read_at', 'is not', null).orderBy('id', 'desc').limit(SHOWN_READ).execute();
  const { n } = await tx.selectFrom('notification').select((eb) => eb.fn.countAll<number>().as('n')).where('officer_id', '=', officerId).where('agency_id', '<>', agencyId)
    .where('read_at', 'is', null).executeTakeFirstOrThrow();
  return { unread: unread.slice(0, SHOWN), more: unread.length > SHOWN, read, elsewhere: n };
}

const RULE = ['s.immediate', 's.digest', 's.digest_hour as digestHour', 's.quiet_from as quietFrom', 's.quiet_to as quietTo', 's.urgent_in_quiet as urgentInQuiet'] as const;

/** How an officer wants to be told, and the address mail goes to. */
export async function ruleOf(tx: Tx, officerId: string): Promise<{ rule: NewsRule; address: string }> {
  const rule = await tx.selectFrom('notification_setting as s').select(RULE).where('s.officer_id', '=', officerId).executeTakeFirst();
  const { email } = await tx.selectFrom('officer').select('email').where('id', '=', officerId).executeTakeFirstOrThrow();
  return { rule: rule ?? DEFAULT_NEWS_RULE, address: email };
}

/** An officer with news that no mail told yet. */
export interface Waiting {
  readonly officerId: string;
  readonly address: string;
  readonly lang: Lang;
  readonly rule: NewsRule;
}

/** Officers for whom something waits to be mailed, whether or not their hour has come; in the context `system`. */
export async function waitingOfficers(tx: Tx): Promise<Waiting[]> {
  const rows = await tx.selectFrom('officer as o').leftJoin('notification_setting as s', 's.officer_id', 'o.id').select(['o.id as officerId', 'o.email as address', 'o.language as lang', ...RULE])
    .where('o.disabled_at', 'is', null)
    .where((eb) => eb.exists(eb.selectFrom('notification as n').select('n.id').whereRef('n.officer_id', '=', 'o.id').where('n.read_at', 'is', null).where('n.mailed_at', 'is', null)
      .where('n.mail_attempts', '<=', MAIL_RETRIES.length).where((or) => or.or([or('n.mail_after', 'is', null), or('n.mail_after', '<=', tx.now)]))))
    .orderBy('o.id').execute();
  return rows.map(({ officerId, address, lang, ...rule }) => ({ officerId, address, lang, rule: rule.immediate === null ? DEFAULT_NEWS_RULE : rule as NewsRule }));
}

/** Mail to officers that keeps failing, for the page of channels; null when it goes out or nothing is known. */
export async function outgoingTrouble(tx: Tx): Promise<Trouble | null> {
  const row = await tx.selectFrom('channel_health').select(['since', 'reason']).where('channel', '=', 'email').where('endpoint', '=', OUTGOING).where('state', '=', 'failing').executeTakeFirst();
  if (!row) return null;
  const known = row.reason !== null && Object.hasOwn(messages('vi').news.trouble.reasons, row.reason);
  return { since: row.since, reason: known ? row.reason as MailTrouble : 'refused' };
}
