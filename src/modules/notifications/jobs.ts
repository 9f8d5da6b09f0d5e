import { isDueAtOnce, isDueInDigest } from '#core/news.ts';
import { system } from '#platform/actor.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { publicAddress } from '#platform/public-address.ts';
import { claimMail, dropOrphaned, MAILER, noteOutgoing, purgeNews, settleFailed, settleMailed, TROUBLE_AFTER, type Claimed } from './commands.ts';
import { newsMail } from './mail.ts';
import { waitingOfficers, type Waiting } from './queries.ts';
import type { MailTrouble } from './types.ts';

type IsDue = typeof isDueAtOnce;

/**
 * Mails what is due, one letter for each officer; no transaction is open while the mail server is asked. Without a mail server nothing is
 * mailed; a server that cannot be reached ends the round, since the next letter would wait as long.
 * @returns letters sent
 */
export async function mailNews(desk: Desk, isDue: IsDue): Promise<number> {
  await inTransaction(desk, MAILER, dropOrphaned);
  if (!desk.mail.available) return 0;
  const waiting = await inTransaction(desk, MAILER, waitingOfficers);
  let sent = 0;
  for (const officer of waiting) {
    const outcome = await mailOfficer(desk, officer, isDue);
    if (outcome === 'sent') sent += 1;
    if (outcome === 'unreachable' || outcome === 'sign_in') break;
  }
  return sent;
}

async function mailOfficer(desk: Desk, { officerId, address, lang, rule }: Waiting, isDue: IsDue): Promise<'sent' | 'nothing' | MailTrouble> {
  const claimed = await inTransaction(desk, MAILER, async (tx) => {
    const calendar = await workingCalendar(tx);
    return claimMail(tx, officerId, (told) => isDue(rule, told, tx.now, calendar));
  });
  if (claimed.length === 0) return 'nothing';
  try {
    await desk.mail.send(newsMail(address, lang, claimed, publicAddress(desk), desk.mail.address.split('@').at(-1)!));
  } catch (error) {
    return failed(desk, claimed, error);
  }
  await inTransaction(desk, MAILER, async (tx) => {
    await settleMailed(tx, claimed);
    await noteOutgoing(tx, null);
  });
  return 'sent';
}

async function failed(desk: Desk, claimed: readonly Claimed[], error: unknown): Promise<MailTrouble> {
  const trouble = troubleOf(error);
  desk.log.warn({ err: error, trouble }, 'mail about news not sent');
  await inTransaction(desk, MAILER, async (tx) => {
    await settleFailed(tx, claimed);
    if (claimed.some(({ attempts }) => attempts >= TROUBLE_AFTER)) await noteOutgoing(tx, trouble);
  });
  return trouble;
}

/** Nodemailer's codes: an answer of the server has a response code, everything before that is the way there. */
function troubleOf(error: unknown): MailTrouble {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'sign_in';
  return responseCode === undefined ? 'unreachable' : 'refused';
}

/** Background work of notifications. */
export const notificationJobs = [
  { name: 'mail-news', cron: '* * * * *', run: async (desk) => void await mailNews(desk, isDueAtOnce) },
  { name: 'digest-news', cron: '*/15 * * * *', run: async (desk) => void await mailNews(desk, isDueInDigest) },
  { name: 'purge-notifications', cron: '35 1 * * *', run: async (desk) => void await inTransaction(desk, system('purge-notifications'), purgeNews) },
] as const satisfies readonly JobKind<object, Desk>[] as readonly JobKind<never, Desk>[];
