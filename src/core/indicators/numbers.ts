import { searchKey } from '../vietnamese.ts';
import { type Bank, bankAccount, type BankAccount, bankByBin, bankMentions } from './bank.ts';
import { parsePhone, type Phone } from './phone.ts';

/**
 * A telephone number or an account found in text; one number can be both, as banks take telephone numbers as
 * accounts.
 */
export interface FoundNumber {
  start: number;
  end: number;
  phone: Phone | null;
  account: BankAccount | null;
}

/**
 * Words before a number that say what it is, as search keys, and how many characters off they still count; the nearest
 * wins. `account` and `looseAccount` ask for an account, `identity` rules one out, `other` rules out everything.
 */
const CONTEXT = {
  account: { reach: 40, words: ['stk', 'so tk', 'so tai khoan', 'sotk', 'account', 'acc'] },
  looseAccount: { reach: 12, words: ['tk', 'tai khoan', 'ck', 'chuyen khoan'] },
  phone: {
    reach: 40,
    words: [
      'sdt', 'dt', 'dien thoai', 'so may', 'di dong', 'phone', 'tel', 'hotline', 'tong dai', 'zalo', 'viber', 'goi',
      'sim', 'lien he', 'lh', 'nhan tin', 'sms',
    ],
  },
  identity: { reach: 40, words: ['cccd', 'cmnd', 'cmt', 'can cuoc', 'chung minh', 'otp'] },
  other: { reach: 12, words: ['ma don', 'ma van don', 'ma gd', 'ma giao dich', 'mst', 'ma so thue'] },
} as const;
type Context = keyof typeof CONTEXT;

const CONTEXT_OF: ReadonlyMap<string, Context> = new Map(
  (Object.keys(CONTEXT) as Context[]).flatMap((context) => {
    return CONTEXT[context].words.map((word) => [word, context] as const);
  }),
);
const CONTEXT_WORD = new RegExp(
  `(?<![a-z0-9])(?:${[...CONTEXT_OF.keys()].sort((a, b) => b.length - a.length).join('|')})(?![a-z0-9])`,
  'g',
);
/** Characters looked at on each side of a number. */
const REACH = 60;
/** How many characters off a hint counts that says nothing sure by itself. */
const NEAR = { bankBefore: 15, bankAfter: 30 } as const;

const RUN = /(?<![\p{L}\p{N}_])\+?\d[\d .\-()]*/gu;
const SOFT_SEPARATOR = /^(?:[ .-]|\) ?| \()$/;
const MONEY_AFTER = /^ ?(?:₫|%|(?:đồng|dong|đ|vnđ|vnd|triệu|trieu|tr|tỷ|tỉ|ty|nghìn|ngàn|nghin|ngan|k)(?!\p{L}))/iu;
const POSSIBLE_PHONE = /^(?:(?:\+|0|84)\d{6,14}|1[89]00\d{4}(?:\d\d)?)$/;
const DATE = /^\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)/;
/** Accounts with letters (wallets, virtual accounts), only right after the word for account. */
const LETTERED =
  /(?<![\p{L}\p{N}])(?:stk|tk|tài khoản|tai khoan)(?: là| la)?[ :.]{1,3}(\d\d[A-Z]{2}[\dA-Z]{4,15})(?![\p{L}\p{N}])/giu;

interface Digits {
  start: number;
  end: number;
  digits: string;
}

/** Telephone numbers and bank accounts in running text, told apart by the words and banks around them. Linear. */
export function findNumbers(text: string): FoundNumber[] {
  const plain = [...text.matchAll(RUN)].flatMap((run) => chains(text, run)).flatMap((chain) => numbersIn(text, chain));
  return [...plain, ...letteredAccounts(text)];
}

/**
 * Groups of digits that stand together. A group of eight or more is a number of its own, unless a country code leads.
 */
function chains(text: string, run: RegExpExecArray): Digits[][] {
  const groups = [...run[0].matchAll(/\+?\d+/g)].map((group): Digits => {
    const start = run.index + group.index;
    return { start, end: start + group[0].length, digits: group[0] };
  });
  const out: Digits[][] = [];
  for (const group of groups) {
    const chain = out.at(-1);
    const before = chain?.at(-1);
    const soft = before !== undefined && SOFT_SEPARATOR.test(text.slice(before.end, group.start));
    const afterCountryCode = chain?.length === 1 && /^\+\d{1,3}$/.test(before?.digits ?? '');
    const joins = soft && !group.digits.startsWith('+') && (afterCountryCode || (isShort(group) && isShort(before)));
    if (joins) chain?.push(group);
    else out.push([group]);
  }
  return out;
}

function isShort({ digits }: Digits): boolean {
  return digits.length < 8;
}

function numbersIn(text: string, chain: readonly Digits[]): FoundNumber[] {
  const whole = joined(chain, 0, chain.length);
  if (whole.digits.length < 6 || isNoNumber(whole, text.slice(whole.end, whole.end + 8))) return [];
  const isDate = DATE.test(text.slice(whole.start, whole.end));
  const possible = isDate ? [] : phonesIn(chain);
  const { context, bank, bankIsNear } = surroundings(text, whole);
  if (context === 'other') return [];
  const isNamed = context === 'account' || context === 'looseAccount';
  const phones = isNamed ? [] : possible;
  const isHinted = bankIsNear && !isDate && context !== 'identity' && (context !== 'phone' || phones.length === 0);
  const account = isNamed || isHinted ? bankAccount(whole.digits, bank) : null;
  if (account === null) return phones;
  const same = phones.find((phone) => phone.start === whole.start && phone.end === whole.end);
  return [{ ...whole, phone: same?.phone ?? null, account }];
}

/** A code that goes on in letters, an amount of money (which never begins with 0) or a BIN by itself. */
function isNoNumber({ digits }: Digits, after: string): boolean {
  const isMoney = !/^[0+]/.test(digits) && MONEY_AFTER.test(after);
  return isMoney || /^\p{L}/u.test(after) || bankByBin(digits) !== null;
}

function joined(chain: readonly Digits[], from: number, to: number): Digits {
  const part = chain.slice(from, to);
  return { start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0, digits: part.map(({ digits }) => digits).join('') };
}

/** Telephone numbers in a chain, from the left, each of at most six groups. */
function phonesIn(chain: readonly Digits[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let from = 0; from < chain.length; from += 1) {
    for (let to = from + 1; to <= Math.min(chain.length, from + 6); to += 1) {
      const part = joined(chain, from, to);
      const phone = POSSIBLE_PHONE.test(part.digits) ? parsePhone(part.digits) : null;
      if (phone === null) continue;
      found.push({ start: part.start, end: part.end, phone, account: null });
      from = to - 1;
      break;
    }
  }
  return found;
}

/**
 * What the text around a number says of it: the deciding word, the bank named nearest, and whether that is a hint
 * alone.
 */
function surroundings(text: string, at: { start: number; end: number }): {
  context: Context | null;
  bank: Bank | null;
  bankIsNear: boolean;
} {
  const before = searchKey(text.slice(Math.max(0, at.start - REACH), at.start));
  const bankBefore = bankMentions(before).at(-1);
  const [bankAfter] = bankMentions(searchKey(text.slice(at.end, at.end + REACH)));
  const distanceBefore = bankBefore === undefined ? Infinity : before.length - bankBefore.end;
  const distanceAfter = bankAfter?.start ?? Infinity;
  return {
    context: contextOf(before),
    bank: (distanceBefore <= distanceAfter ? bankBefore : bankAfter)?.bank ?? null,
    bankIsNear: distanceBefore <= NEAR.bankBefore || distanceAfter <= NEAR.bankAfter,
  };
}

function contextOf(before: string): Context | null {
  const words = [...before.matchAll(CONTEXT_WORD)].map(({ index, 0: word }) => ({
    context: CONTEXT_OF.get(word) ?? 'other',
    distance: before.length - index - word.length,
  }));
  return words.findLast(({ context, distance }) => distance <= CONTEXT[context].reach)?.context ?? null;
}

function letteredAccounts(text: string): FoundNumber[] {
  return [...text.matchAll(LETTERED)].flatMap((match) => {
    const end = match.index + match[0].length;
    const start = end - (match[1]?.length ?? 0);
    const account = bankAccount(match[1] ?? '', surroundings(text, { start, end }).bank);
    return account === null ? [] : [{ start, end, phone: null, account }];
  });
}
