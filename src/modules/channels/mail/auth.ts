import type { DnsLookup } from '#platform/dns.ts';
import { headerBlock, headersOf } from './mime.ts';

/** RFC 8601 section 2.7, and `unknown` where it could not be asked. */
export type AuthResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror' | 'unknown';

/**
 * What a mail's signatures and its last server say of where it came from. Recorded beside the mail for an officer to see and for
 * finding forged mail; never trusted for who somebody is, and nothing is refused or believed by it.
 */
export interface MailAuthentication {
  readonly spf: AuthResult;
  readonly dkim: readonly { readonly domain: string; readonly result: AuthResult }[];
  readonly dmarc: AuthResult;
  readonly arc: AuthResult;
  /** Address of the server that handed it to ours, by the newest Received header. */
  readonly receivedFrom: string | null;
}

const UNKNOWN: MailAuthentication = { spf: 'unknown', dkim: [], dmarc: 'unknown', arc: 'unknown', receivedFrom: null };
const LOOKUPS = { most: 20, milliseconds: 5000 } as const;
/** All checks of one mail together. */
const LONGEST_MS = 20_000;
/**
 * Checking runs in one piece and holds up everybody else: measured with mailauth 7.1, up to 60 ns for each byte and 1.6 µs for each white space of the
 * body, for each way of hashing it that the signatures ask for, and the square of a line's length. Ordinary mail asks for one or two; one made to be slow is not checked.
 */
const COST = { signatures: 10, arcSets: 20, bytes: 50 * 2 ** 20, spaces: 2_000_000, line: 128 * 1024 } as const;

/**
 * SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489) and ARC (RFC 8617) of a mail as our own server stored it. At most twenty
 * lookups and twenty seconds; never throws: what could not be asked is `unknown` or `temperror`, a mail that would take long to check is `unknown`.
 */
export async function authenticateMail(raw: Buffer, lookup: DnsLookup): Promise<MailAuthentication> {
  if (!isAffordable(raw)) return UNKNOWN;
  let timer: NodeJS.Timeout | undefined;
  try {
    // Loaded by the first mail: it takes 40 MB, which a desk without a mailbox keeps.
    const { authenticate } = await import('mailauth');
    const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, LONGEST_MS, null)));
    const checks = authenticate(raw, { trustReceived: true, strict: true, disableBimi: true, mta: 'lachan', resolver: bounded(lookup) });
    const found = await Promise.race([checks, late]);
    if (found === null) return UNKNOWN;
    const receivedFrom = found.spf === false ? null : found.spf['client-ip'] || null;
    return {
      spf: receivedFrom === null ? 'unknown' : resultOf(found.spf),
      dkim: found.dkim.results.flatMap((one) => (one.signingDomain ? [{ domain: one.signingDomain.slice(0, 253), result: resultOf(one) }] : [])),
      dmarc: resultOf(found.dmarc),
      arc: resultOf(found.arc),
      receivedFrom,
    };
  } catch {
    return UNKNOWN;
  } finally {
    clearTimeout(timer);
  }
}

function isAffordable(raw: Buffer): boolean {
  const headers = headersOf(headerBlock(raw));
  const [dkim = [], messages = [], seals = []] = ['dkim-signature', 'arc-message-signature', 'arc-seal'].map((name) => headers.get(name));
  if (dkim.length > COST.signatures || messages.length > COST.arcSets || seals.length > COST.arcSets) return false;
  const hashes = Math.max(1, new Set([...dkim, ...messages].map(hashingOf)).size);
  if (raw.length * hashes > COST.bytes) return false;
  let [left, line] = [COST.spaces / hashes, 0];
  for (let i = 0; i < raw.length && left >= 0 && line <= COST.line; i += 1) {
    if (raw[i]! <= 0x20) left -= 1;
    line = raw[i] === 0x0a ? 0 : line + 1;
  }
  return left >= 0 && line <= COST.line;
}

/** Canonicalization, algorithm and length (RFC 6376 section 3.5): equal ones share one hash of the body. */
function hashingOf(signature: string): string {
  return (signature.match(/(?<=^|[;\s])[acl]\s*=[^;]*/gi) ?? []).join(';').replace(/\s+/g, '');
}

function bounded(lookup: DnsLookup): DnsLookup {
  let left: number = LOOKUPS.most;
  return async (name, type) => {
    if ((left -= 1) < 0) throw timedOut();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(timedOut()), LOOKUPS.milliseconds)));
    try {
      return await Promise.race([lookup(name, type), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** As the resolver itself would say it: a result of `temperror`, not a claim that there is no record. */
function timedOut(): Error {
  return Object.assign(new Error('no answer'), { code: 'ETIMEOUT' });
}

const PLAIN = new Set<string>(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']);

function resultOf(check: false | { status: { result: string } }): AuthResult {
  const result = check === false ? 'none' : check.status.result;
  if (PLAIN.has(result)) return result as AuthResult;
  // RFC 8601 section 2.7.1: signed, but not in a way we accept.
  return result === 'policy' ? 'neutral' : 'unknown';
}
