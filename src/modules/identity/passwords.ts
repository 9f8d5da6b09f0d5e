import { argon2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { searchKey } from '#core/vietnamese.ts';
import { Unavailable } from '#platform/errors.ts';
import { sameBytes } from '#platform/keys.ts';
import { ARGON2, HASHING, PASSWORD } from './limits.ts';

const derive = promisify(argon2);

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** No password has this hash: its tag was drawn, not derived. Verified for accounts that do not exist, so that they take the same time. */
export const NOBODYS_HASH = phc(ARGON2, Buffer.alloc(ARGON2.salt, 7), randomBytes(ARGON2.tag));

/**
 * A password as it is stored, in PHC string format (`$argon2id$v=19$m=19456,t=2,p=1$salt$tag`).
 * Source: RFC 9106; PHC string format specification.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(ARGON2.salt);
  return phc(ARGON2, salt, await inTurn(() => compute(password, salt, ARGON2, ARGON2.tag)));
}

/**
 * Is this the password? Compared in constant time, with the parameters the hash was made with.
 * @param patient waits however long the queue is, where a refusal would let others lock somebody out
 * @throws Unavailable when too many wait
 */
export async function verifyPassword(stored: string, password: string, patient = false): Promise<boolean> {
  const found = PHC.exec(stored);
  if (!found) return false;
  const [memory, passes, parallelism] = found.slice(1, 4).map(Number) as [number, number, number];
  const [salt, tag] = found.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer];
  return sameBytes(tag, await inTurn(() => compute(password, salt, { memory, passes, parallelism }, tag.length), patient));
}

/** Keyboards compose Vietnamese letters differently; NIST SP 800-63B-4, 3.1.1.2 asks for one normal form. */
function compute(password: string, nonce: Buffer, { memory, passes, parallelism }: Parameters, tagLength: number): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFC'), nonce, memory, passes, parallelism, tagLength });
}

function phc({ memory, passes, parallelism }: Parameters, salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
}

const waiting: (() => void)[] = [];
let running = 0;

/** A flood of sign-ins takes neither all memory nor all threads from the rest of the desk. */
async function inTurn<T>(work: () => Promise<T>, patient = false): Promise<T> {
  if (running >= HASHING.atOnce) {
    if (!patient && waiting.length >= HASHING.waiting) throw new Unavailable('too many passwords to check', { retryAfter: 10 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** Why a password may not be chosen. */
export type PasswordFault = 'too_short' | 'too_long' | 'own_name' | 'too_common' | 'differs' | 'same';

/** What people choose first, without marks and digits; any of them in a row, with any digits and signs, is one guess. */
const COMMON_WORDS = [
  'password', 'passwd', 'pass', 'matkhau', 'matma', 'dangnhap', 'admin', 'administrator', 'quantri', 'root', 'user', 'login', 'welcome',
  'letmein', 'changeme', 'secret', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbn', 'zxcvbnm', 'qazwsx', 'abc', 'abcd', 'abcdef',
  'iloveyou', 'anhyeuem', 'emyeuanh', 'yeuem', 'yeuanh', 'emoi', 'anhoi', 'conyeume', 'giadinh', 'hanhphuc', 'khongbiet', 'khongcho',
  'vietnam', 'vietnamvodich', 'hochiminh', 'saigon', 'hanoi', 'caobang', 'xinchao', 'chaomung', 'canbo', 'uyban', 'ubnd', 'congan',
  'football', 'dragon', 'monkey', 'sunshine', 'princess', 'superman', 'pokemon', 'liverpool', 'hello', 'test', 'demo',
];
const PRODUCT_WORDS = ['lachan', 'dauloi', 'shield'];

/**
 * What is wrong with a password somebody wants, or null. Length counts code points; no rules of composition.
 * Source: NIST SP 800-63B-4, 3.1.1.2 (length, blocklist of common and context-specific words).
 */
export function passwordFault(password: string, email: string): PasswordFault | null {
  const { length } = [...password.normalize('NFC')];
  if (length < PASSWORD.least) return 'too_short';
  if (length > PASSWORD.most) return 'too_long';
  const folded = searchKey(password);
  const [local = ''] = email.toLowerCase().split('@');
  const own = [...email.toLowerCase().split(/[@.]/), local, email].map(lettersOf).filter((word) => word.length > 2);
  if (folded === email.toLowerCase() || isMadeOf(folded, [...own, ...PRODUCT_WORDS])) return 'own_name';
  return isMadeOf(folded, [...own, ...PRODUCT_WORDS, ...COMMON_WORDS]) || isRow(folded) ? 'too_common' : null;
}

/** A new password, typed twice. */
export interface NewPassword {
  readonly password: string;
  readonly again: string;
}

/** What is wrong with a new password typed twice, which may not be the one it replaces; undefined when nothing is. */
export async function newPasswordFault(account: { email: string; passwordHash: string }, { password, again }: NewPassword): Promise<PasswordFault | undefined> {
  const fault = passwordFault(password, account.email);
  if (fault) return fault;
  if (password !== again) return 'differs';
  return (await verifyPassword(account.passwordHash, password)) ? 'same' : undefined;
}

function lettersOf(text: string): string {
  return text.replace(/[^a-z]/g, '');
}

/** Nothing but these words, digits and signs. @NOTE no regular expression: words of an e-mail could make it exponential. */
function isMadeOf(folded: string, words: readonly string[]): boolean {
  const letters = lettersOf(folded);
  const reached = new Set([0]);
  for (const at of reached) for (const word of words) if (letters.startsWith(word, at)) reached.add(at + word.length);
  return letters !== '' && reached.has(letters.length);
}

const ROWS = ['0123456789'.repeat(3), '9876543210'.repeat(3), 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** A run along the keyboard or the alphabet, or one to three characters over and over. */
function isRow(folded: string): boolean {
  return ROWS.some((row) => row.includes(folded.slice(0, 26))) || /^(.{1,3})\1+.{0,2}$/.test(folded);
}

/** Letters and digits that cannot be taken for one another on paper. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password for the first sign-in only, to be read out or printed: 4 groups of 5, about 99 bits. */
export function initialPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
