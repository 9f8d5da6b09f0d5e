import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow, type FetchMessageObject, type ImapFlowError, type ImapFlowOptions, type MailboxObject } from 'imapflow';
import type { Logger } from 'pino';

/** What the server says of a mail. */
export interface MailMeta {
  /** Unique in this mailbox while `uidValidity` stays (RFC 3501 section 2.3.1.1). */
  readonly uid: number;
  readonly uidValidity: string;
  readonly internalDate: Date;
  readonly flags: readonly string[];
  /** Of the whole mail, in bytes. */
  readonly size: number;
  /** Only the first 256 kB were fetched: it is larger than `mostBytes`. */
  readonly truncated: boolean;
}

export type MailboxTrouble = 'unreachable' | 'refused' | 'sign_in' | 'protocol';
/** `detail` is for IT staff; it holds no password and no mail. */
export type MailboxHealth = { readonly ok: true } | { readonly ok: false; readonly reason: MailboxTrouble; readonly detail: string };

export interface MailboxOptions {
  /**
   * `imaps://user:password@host:port/INBOX`, name and password percent-encoded. `imap://` begins without encryption and must go over to it
   * (STARTTLS, RFC 3501 section 6.2.1), but on this machine.
   */
  readonly url: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Must be safe to run twice with the same mail. A rejection leaves the mail in the box, to be tried again. */
  readonly onMail: (raw: Buffer, meta: MailMeta) => Promise<void>;
  /** At every change, and first when the box was opened or could not be. */
  readonly onHealth: (health: MailboxHealth) => void;
  /** How often to look without being told of new mail, also with IDLE. */
  readonly pollSeconds?: number;
  readonly mostBytes?: number;
  /** How often a mail is tried at every look; then once an hour, so that one mail never stops and an outage heals by itself. */
  readonly mostTries?: number;
}

export interface WatchedMailbox {
  /** Ends after the mail in hand, at most three seconds later. */
  stop(): Promise<void>;
}

/** Marks a mail as taken over (RFC 3501 section 2.3.2); where the server keeps no keywords, \Seen does. */
const KEYWORD = '$LaChan';
const TRUNCATED_BYTES = 256 * 1024;
const BACKOFF_MS = { first: 1000, most: 60_000 } as const;
const STOP_MS = 3000;
const LATER_MS = 3_600_000;

/**
 * Watches one mailbox for as long as the process lives: every mail without our mark, oldest first and one at a time, goes to `onMail`, and is
 * marked only after that resolved. A crash in between brings it again; none is lost, none is deleted or moved.
 */
export function watchMailbox(options: MailboxOptions): WatchedMailbox {
  const { pollSeconds = 60, mostBytes = 40 * 2 ** 20, mostTries = 5 } = options;
  const ended = new AbortController();
  const failures = new Map<string, { tries: number; last: number }>();
  let health = '';
  let client: ImapFlow | null = null;

  function report(now: MailboxHealth): void {
    const state = now.ok ? 'ok' : now.reason;
    if (state === health || ended.signal.aborted) return;
    health = state;
    options.onHealth(now);
  }

  async function watch(): Promise<void> {
    for (let wait: number = BACKOFF_MS.first; !ended.signal.aborted;) {
      try {
        await session(() => (wait = BACKOFF_MS.first));
      } catch (error) {
        const trouble = troubleOf(error);
        report({ ok: false, ...trouble });
        // Trying a wrong password again and again locks accounts.
        if (trouble.reason === 'sign_in') wait = BACKOFF_MS.most;
      }
      await sleep(wait, undefined, { signal: ended.signal }).catch(() => {});
      wait = Math.min(wait * 2, BACKOFF_MS.most);
    }
  }

  /** One connection, until it breaks or the watch ends. */
  async function session(opened: () => void): Promise<void> {
    const { connection, path } = connectionOf(options.url);
    const imap = new ImapFlow({
      ...connection, logger: false, disableAutoIdle: true, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: pollSeconds * 1000 + 60_000,
      maxLiteralSize: mostBytes + 2 ** 20, maxResponseSize: mostBytes + 2 ** 22, maxLineLength: 2 ** 24,
    });
    client = imap;
    let broken: Error | null = null;
    let wake = (): void => {};
    imap.on('error', (error) => {
      broken = error;
      wake();
    });
    imap.on('close', () => {
      broken ??= Object.assign(new Error('the server closed the connection'), { code: 'EConnectionClosed' });
      wake();
    });
    // Before the first look, so that mail that comes between looking and waiting is not missed.
    let hasNews = false;
    imap.on('exists', () => {
      hasNews = true;
      wake();
    });
    try {
      await imap.connect();
      const box = await imap.mailboxOpen(path);
      if (box.readOnly) throw new Refused('the mailbox can only be read: mails cannot be marked');
      report({ ok: true });
      opened();
      while (!ended.signal.aborted) {
        if (broken) throw broken;
        hasNews = false;
        await takeAll(imap, box);
        if (!hasNews && !broken) await waitForMail();
      }
    } finally {
      client = null;
      imap.close();
    }

    async function waitForMail(): Promise<void> {
      const hasIdle = imap.capabilities.has('IDLE');
      const waited = new AbortController();
      const news = new Promise<void>((resolve) => (wake = resolve));
      const idle = hasIdle ? imap.idle().catch((error: Error) => {
        broken ??= error;
        wake();
      }) : null;
      const timer = sleep(pollSeconds * 1000, undefined, { signal: AbortSignal.any([ended.signal, waited.signal]) }).catch(() => {});
      await Promise.race([news, timer]);
      waited.abort();
      // The next command breaks IDLE.
      if (!broken && !ended.signal.aborted) await imap.noop();
      if (!broken && !ended.signal.aborted) await idle;
    }
  }

  async function takeAll(imap: ImapFlow, box: MailboxObject): Promise<void> {
    const mark = canMark(box) ? KEYWORD : '\\Seen';
    const unmarked = mark === KEYWORD ? { unKeyword: KEYWORD } : { seen: false };
    const found = await imap.search({ ...unmarked, deleted: false }, { uid: true });
    if (found === false || found === undefined) throw new Error('the server did not answer the search');
    const keyOf = (uid: number): string => `${box.uidValidity}:${uid}`;
    const waiting = new Set(found.map(keyOf));
    for (const key of failures.keys()) if (!waiting.has(key)) failures.delete(key);
    for (const uid of found.toSorted((a, b) => a - b)) {
      if (ended.signal.aborted) return;
      const failed = failures.get(keyOf(uid)) ?? { tries: 0, last: 0 };
      if (failed.tries >= mostTries && performance.now() - failed.last < LATER_MS) continue;
      if (await take(imap, box, uid, mark)) failures.delete(keyOf(uid));
      else failures.set(keyOf(uid), { tries: failed.tries + 1, last: performance.now() });
    }
  }

  /** True when it was taken and marked, or is no longer there. A broken connection throws. */
  async function take(imap: ImapFlow, box: MailboxObject, uid: number, mark: string): Promise<boolean> {
    const facts = await imap.fetchOne(uid, { uid: true, flags: true, internalDate: true, size: true }, { uid: true });
    if (facts === false) return true;
    const truncated = (facts.size ?? 0) > mostBytes;
    const mail = await imap.fetchOne(uid, { uid: true, source: { start: 0, maxLength: truncated ? TRUNCATED_BYTES : mostBytes } }, { uid: true });
    if (mail === false || mail.source === undefined) return mail === false;
    try {
      await options.onMail(mail.source, metaOf(facts, box, mail.source.length, truncated));
    } catch (error) {
      options.log.warn({ uid, error: String(error).slice(0, 200) }, 'a mail could not be taken over; it will be tried again');
      return false;
    }
    if (await imap.messageFlagsAdd(uid, [mark], { uid: true, silent: true })) return true;
    if (!imap.usable) throw new Error('the connection broke while marking a mail');
    options.log.warn({ uid }, 'the mail server refuses to mark a mail; it will come again');
    return false;
  }

  async function stop(): Promise<void> {
    ended.abort();
    const over = new AbortController();
    await Promise.race([watching, sleep(STOP_MS, undefined, { signal: over.signal }).catch(() => {})]);
    over.abort();
    client?.close();
  }

  const watching = watch();
  let stopping: Promise<void> | null = null;
  return { stop: () => (stopping ??= stop()) };
}

class Refused extends Error {}

/** RFC 3501 section 7.1 PERMANENTFLAGS: the keyword itself, or leave to make new ones. */
function canMark({ permanentFlags }: MailboxObject): boolean {
  if (!permanentFlags) return true;
  return permanentFlags.has('\\*') || [...permanentFlags].some((flag) => flag.toLowerCase() === KEYWORD.toLowerCase());
}

function metaOf(facts: FetchMessageObject, box: MailboxObject, fetched: number, truncated: boolean): MailMeta {
  return {
    uid: facts.uid, uidValidity: String(box.uidValidity), internalDate: new Date(facts.internalDate ?? 0), flags: [...(facts.flags ?? [])],
    size: facts.size ?? fetched, truncated,
  };
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

type Connection = Required<Pick<ImapFlowOptions, 'host' | 'port' | 'secure' | 'auth'>> & Pick<ImapFlowOptions, 'doSTARTTLS'>;

/** Throws TypeError when the address is none for a mailbox; the message does not repeat it, it holds a password. */
export function connectionOf(url: string): { connection: Connection; path: string } {
  const { protocol, hostname, port, username, password, pathname } = URL.canParse(url) ? new URL(url) : { protocol: '' } as URL;
  if (!['imap:', 'imaps:'].includes(protocol) || !hostname || !username) throw new TypeError('a mailbox is imaps://user:password@host/INBOX');
  const secure = protocol === 'imaps:';
  return {
    connection: {
      host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 993 : 143), secure,
      ...(secure || LOOPBACK.test(hostname) ? {} : { doSTARTTLS: true }),
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    },
    path: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
}

/** Codes of Node and of imapflow, by how they begin. */
const UNREACHABLE_CODES = [
  'ECONN', 'EHOST', 'ENET', 'EPIPE', 'EADDR', 'ETIMEDOUT', 'ETIMEOUT', 'EAI_', 'ENOTFOUND', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'EConnectionClosed', 'NoConnection',
  'ClosedAfterConnect',
] as const;

function troubleOf(error: unknown): { reason: MailboxTrouble; detail: string } {
  const { authenticationFailed, tlsFailed, code = '', responseStatus, responseText, mailboxMissing, message } = error as ImapFlowError;
  const detail = [code, responseText ?? message].filter(Boolean).join(' ').slice(0, 300);
  if (authenticationFailed) return { reason: 'sign_in', detail };
  if (error instanceof Refused || mailboxMissing || responseStatus === 'NO') return { reason: 'refused', detail };
  return { reason: !tlsFailed && UNREACHABLE_CODES.some((start) => code.startsWith(start)) ? 'unreachable' : 'protocol', detail };
}
