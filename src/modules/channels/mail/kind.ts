import { searchKey } from '#core/vietnamese.ts';
import type { Headers } from './mime.ts';
import type { ReadMail } from './read.ts';
import { OWN_MARK } from '#platform/mail.ts';
import { tagOf } from '#platform/mail-tag.ts';

/**
 * What a mail is to the desk. `report` and `reply` are from people and are answered; to all others nothing is ever sent:
 * `auto_reply` (out of office, receipt), `bounce` (a letter of ours did not arrive), `loop` (our own letter came back, or mail
 * that goes in circles), `list` (bulk or machine mail that is no answer: an officer looks at it), `feedback` (a provider passes
 * on that somebody called our letter spam).
 */
export const MAIL_KINDS = ['report', 'reply', 'auto_reply', 'bounce', 'loop', 'list', 'feedback'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** RFC 5321 section 6.3 asks for a limit of at least 100; ordinary mail has fewer than ten. */
const MOST_RECEIVED = 50;

/** How subjects of automatic answers begin, by search key. Anybody may write them, so they count only beside a sign of an answer. */
const AUTOMATIC_SUBJECTS = [
  '(?:thu )?tra loi tu dong', 'thu tu dong', '(?:thong bao )?vang mat', 'automatic reply', 'auto(?:matic)?[- ]?(?:reply|response)', 'autoreply', 'out of (?:the )?office',
] as const;
const AUTOMATIC_SUBJECT = new RegExp(`^(?:(?:re|tra loi|tl): )?(?:${AUTOMATIC_SUBJECTS.join('|')})\\b`);
/** What subjects of bounces say, by search key. */
const BOUNCE_SUBJECTS = [
  'undeliver(?:able|ed)', 'delivery (?:status notification|has failed|failure|incomplete)', 'mail delivery (?:failed|system)', 'returned mail', 'failure notice',
  'khong (?:the )?(?:gui|chuyen|phat) (?:duoc )?(?:thu|email|tin)', 'gui thu (?:khong thanh cong|that bai)',
] as const;
const BOUNCE_SUBJECT = new RegExp(BOUNCE_SUBJECTS.join('|'));
const MAILER = /^(?:mailer-daemon|postmaster)@/i;

/** The parts of a read mail that say what kind it is. */
export type KindFacts = Pick<ReadMail, 'headers' | 'from' | 'to' | 'cc' | 'deliveredTo' | 'subject' | 'inReplyTo' | 'references' | 'report'>;

/**
 * @param mailbox our own address, `baocao@desk.example`
 * Sources: RFC 3834 (Auto-Submitted, empty Return-Path), RFC 3464 and 6522 (delivery status), RFC 5965 (feedback), RFC 8098 (receipts),
 * RFC 2919 (List-Id), RFC 2076 (Precedence), MS-OXCMAIL 2.2.3.2.14 (X-Auto-Response-Suppress).
 */
export function kindOf(mail: KindFacts, mailbox: string): MailKind {
  if (isLoop(mail, mailbox)) return 'loop';
  if (mail.report?.type === 'delivery-status' || (mail.report === null && isUnmarkedBounce(mail))) return 'bounce';
  if (mail.report?.type === 'feedback-report') return 'feedback';
  const isAnswer = tagsIn(mail, mailbox).length > 0 || mail.inReplyTo !== null || mail.references.length > 0;
  if (isAutomatic(mail, isAnswer)) return 'auto_reply';
  if (isBulk(mail)) return 'list';
  return tagsIn(mail, mailbox).length > 0 || answersUs(mail, mailbox) ? 'reply' : 'report';
}

function isLoop({ headers, from }: KindFacts, mailbox: string): boolean {
  const sender = from?.address.toLowerCase();
  return headers.has(OWN_MARK.toLowerCase()) || sender === mailbox.toLowerCase() || (sender !== undefined && tagOf(sender, mailbox) !== null)
    || (headers.get('received')?.length ?? 0) > MOST_RECEIVED;
}

/** Servers that do not know RFC 3464: no return path, a mailer's name, and a subject that says so. */
function isUnmarkedBounce({ headers, from, subject }: KindFacts): boolean {
  if (headers.has('x-failed-recipients')) return true;
  const isMailer = MAILER.test(from?.address ?? '') || (isReturnPathEmpty(headers) && from === null);
  return isMailer && BOUNCE_SUBJECT.test(searchKey(subject));
}

function isAutomatic({ headers, report, subject }: KindFacts, isAnswer: boolean): boolean {
  const submitted = first(headers, 'auto-submitted');
  if (report?.type === 'disposition-notification' || submitted.startsWith('auto-replied')) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-autoresponder'].some((name) => headers.has(name) && first(headers, name) !== 'no')) return true;
  if (/^auto[-_]?reply/.test(first(headers, 'precedence')) || isReturnPathEmpty(headers)) return true;
  const isMarked = isMachine(headers) || headers.has('x-auto-response-suppress');
  const hasSubject = AUTOMATIC_SUBJECT.test(searchKey(subject));
  return (isMarked && (isAnswer || hasSubject)) || (hasSubject && isAnswer);
}

/** RFC 3834 section 5: anything but "no", with or without comment or parameters. */
function isMachine(headers: Headers): boolean {
  return !/^(?:|no)(?=$|[\s;(])/.test(first(headers, 'auto-submitted'));
}

function isReturnPathEmpty(headers: Headers): boolean {
  return first(headers, 'return-path') === '<>';
}

function isBulk({ headers }: KindFacts): boolean {
  return headers.has('list-id') || /^(?:bulk|junk|list)\b/.test(first(headers, 'precedence')) || isMachine(headers);
}

function answersUs({ inReplyTo, references }: KindFacts, mailbox: string): boolean {
  const domain = mailbox.slice(mailbox.lastIndexOf('@')).toLowerCase();
  return [inReplyTo ?? '', ...references].some((id) => id.toLowerCase().endsWith(domain));
}

function first(headers: Headers, name: string): string {
  return (headers.get(name)?.[0] ?? '').trim().toLowerCase();
}

/** Tags of our reply addresses among those it is addressed and was delivered to, each once; not yet proved genuine. */
export function tagsIn({ to, cc, deliveredTo }: Pick<KindFacts, 'to' | 'cc' | 'deliveredTo'>, mailbox: string): string[] {
  const addresses = [...deliveredTo, ...[...to, ...cc].map(({ address }) => address)];
  return [...new Set(addresses.flatMap((address) => tagOf(address, mailbox) ?? []))];
}

/** What a bounce says of our letter. */
export interface Bounce {
  /** `delayed` is no failure: the sending server still tries. */
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';
  /** RFC 3463, `5.1.1`. */
  readonly status: string | null;
  readonly recipient: string | null;
  /** Of the reply addresses in the letter and of the address the bounce came to; not yet proved genuine. */
  readonly tags: readonly string[];
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/** Reads a bounce (RFC 3464 section 2.3), or a feedback report for the tags in what it is about. */
export function bounceOf(mail: KindFacts, mailbox: string): Bounce {
  const fields = mail.report?.fields;
  const original = mail.report?.original;
  const said = fields ? first(fields, 'action') : '';
  const recipient = fields?.get('final-recipient')?.[0] ?? fields?.get('original-recipient')?.[0] ?? mail.headers.get('x-failed-recipients')?.[0];
  const inOriginal = ['reply-to', 'from', 'return-path', 'sender'].flatMap((name) => original?.get(name) ?? []).flatMap(addressesIn);
  const tags = [...tagsIn(mail, mailbox), ...inOriginal.flatMap((address) => tagOf(address, mailbox) ?? [])];
  return {
    action: ACTIONS.find((action) => said.startsWith(action)) ?? 'unknown',
    status: /^\s*([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields?.get('status')?.[0] ?? '')?.[1] ?? null,
    recipient: recipient === undefined ? null : recipient.replace(/^[^;]{0,30};\s*/, '').slice(0, 320).trim(),
    tags: [...new Set(tags)],
  };
}

function addressesIn(value: string): string[] {
  return value.slice(0, 5000).match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [];
}
