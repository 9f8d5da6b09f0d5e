import { type Bank, bankAccount, type BankAccount, BANK_NAMES, bankByBin } from './bank.ts';
import { asciiTable, CODE, isDigit, isMark, isWordAt } from './characters.ts';
import { type Phone, phoneOfDigits } from './phone.ts';
import { distance, type Mention, PhraseBook } from './phrases.ts';

/**
 * A telephone number or an account found in text; one number can be both, as banks take telephone numbers as
 * accounts.
 */
export interface FoundNumber {
  start: number;
  end: number;
  phone: Phone | null;
  account: BankAccount | null;
  /** The text says that it is the writer's own, or the line of a bank one should call: true of nobody's fraud. */
  isInnocent: boolean;
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
      'sdt', 'dt', 'dien thoai', 'so may', 'di dong', 'phone', 'tel', 'zalo', 'viber', 'goi', 'sim', 'lien he', 'lh', 'nhan tin', 'sms',
    ],
  },
  /** A telephone number, and of a service when it is a fixed line. */
  service: { reach: 40, words: ['hotline', 'tong dai', 'cskh', 'cham soc khach hang', 'goi ngan hang', 'goi cho ngan hang', 'goi nh', 'goi tong dai'] },
  identity: { reach: 40, words: ['cccd', 'cmnd', 'cmt', 'can cuoc', 'chung minh', 'otp'] },
  other: { reach: 12, words: ['ma don', 'ma van don', 'ma gd', 'ma giao dich', 'mst', 'ma so thue'] },
} as const;
type Context = keyof typeof CONTEXT;

/** Words that say whose a number is: the writer's own, or the one money went away from. Nearer words about a number outdo them. */
const OWN = { reach: 25, words: [
  ...['toi', 'em', 'minh', 'con', 'chau', 'me toi', 'bo toi', 'ba toi', 'ong toi', 'vo toi', 'chong toi', 'nha toi', 'gia dinh toi', 'chi toi', 'anh toi'].map((who) => `cua ${who}`),
  'so toi', 'so em', 'sdt toi', 'sdt em', 'tk toi', 'stk toi',
], from: ['tu tai khoan', 'tu so tai khoan', 'tu tk', 'tu stk', 'tu so tk'] } as const;
/** Right before a number, and only there: "contact me through the number …" is what wrongdoers do. */
const OWN_HERE = { reach: 3, words: ['lien he toi', 'lien he em', 'lien he minh', 'lien lac toi', 'toi dung so', 'em dung so', 'minh dung so'] } as const;
/** Right before a fixed line: whose line it is. Says nothing of accounts. */
const BANK_LINE = { reach: 12, words: ['ngan hang', 'nh'] } as const;
type Word = Context | 'own' | 'ownAccount' | 'ownHere' | 'bankLine';

const WORDS = new PhraseBook<Word | Bank>([
  ...OWN.words.map((word) => [word, 'own'] as const),
  ...OWN.from.map((word) => [word, 'ownAccount'] as const),
  ...OWN_HERE.words.map((word) => [word, 'ownHere'] as const),
  ...BANK_LINE.words.map((word) => [word, 'bankLine'] as const),
  ...(Object.keys(CONTEXT) as Context[]).flatMap((context) => CONTEXT[context].words.map((word) => [word, context] as const)),
  ...BANK_NAMES,
]);
type BankNamed = Mention<Bank>;

/** Characters looked at on each side of a number. */
const REACH = 60;
/** How many characters off a hint counts that says nothing sure by itself. */
const NEAR = { bankBefore: 15, bankAfter: 30 } as const;
/** How many characters a line break between a bank and a number stands for when two numbers claim the bank. */
const LINE_BREAK = 20;
const LEAST_DIGITS = 6;
const BIN_LENGTH = 6;
/** Groups that a telephone number is written in. */
const MOST_GROUPS = 6;

const IN_NUMBER = asciiTable('0123456789 .-()');
const MONEY_AFTER = /^ ?(?:₫|%|(?:đồng|dong|đ|vnđ|vnd|triệu|trieu|tr|tỷ|tỉ|ty|nghìn|ngàn|nghin|ngan|k)(?!\p{L}))/iu;
const POSSIBLE_PHONE = /^(?:(?:\+|0|84)\d{6,14}|1[89]00\d{4}(?:\d\d)?)$/;
const DATE = /^\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)/;
const LONGEST_DATE = 10;
const LONGEST_UNIT = 8;
/** Accounts with letters (wallets, virtual accounts), only right after the word for account. */
const LETTERED =
  /(?<![\p{L}\p{N}])(?:stk|tk|tài khoản|tai khoan)(?: là| la)?[ :.]{1,3}(\d\d[A-Z]{2}[\dA-Z]{4,15})(?![\p{L}\p{N}])/giu;

interface Digits {
  start: number;
  end: number;
  digits: string;
}

/** A chain of digits that may be a number. */
interface Candidate extends Digits {
  chain: readonly Digits[];
  isDate: boolean;
}

/** Telephone numbers and bank accounts in running text, told apart by the words and banks around them. Linear. */
export function findNumbers(text: string): FoundNumber[] {
  const all = candidatesIn(text);
  const found: FoundNumber[] = [];
  let claimed = -1;
  for (let i = 0; i < all.length; i += 1) {
    const candidate = all[i]!;
    const previous = i === 0 ? 0 : all[i - 1]!.end;
    const next = i + 1 === all.length ? text.length : all[i + 1]!.start;
    const around = surroundings(text, candidate, previous, next, claimed);
    claimed = -1;
    for (const number of numbersOf(candidate, around)) {
      if (number.account !== null) claimed = around.bank?.start ?? -1;
      found.push(number);
    }
  }
  return found.concat(letteredAccounts(text));
}

function numbersOf(candidate: Candidate, { context, phones: possible, bank, isHint, isWallet, whose }: Surroundings): readonly FoundNumber[] {
  if (context === 'other') return [];
  const isNamed = context === 'account' || context === 'looseAccount';
  const isCalled = context === 'phone' || context === 'service';
  const all = isNamed && !isWallet ? [] : possible;
  const isOwn = whose === 'own';
  const phones = whose === null ? all : all.map((one) => ({ ...one, isInnocent: isOwn || FIXED_LINE.test(one.phone?.key ?? '') }));
  const isHinted = isHint && !candidate.isDate && context !== 'identity' && (!isCalled || isWallet || phones.length === 0);
  const account = isNamed || isHinted ? bankAccount(candidate.digits, bank?.meaning ?? null) : null;
  if (account === null) return phones;
  const same = phones.find((phone) => phone.start === candidate.start && phone.end === candidate.end);
  return [{ start: candidate.start, end: candidate.end, phone: same?.phone ?? null, account, isInnocent: isOwn }];
}

/** Fixed lines of Vietnam. Source: Thông tư 22/2014/TT-BTTTT (area codes begin with 2). */
const FIXED_LINE = /^\+842/;

// Digits that stand together

/** Chains of at least six digits that are no amount, code or BIN. */
function candidatesIn(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = nextDigits(text, 0); at >= 0; ) {
    const start = runStart(text, at);
    const end = start < 0 ? digitsEnd(text, at) : runEnd(text, at);
    if (start >= 0) for (const chain of chains(text, start, end)) addCandidate(found, text, chain);
    at = nextDigits(text, end);
  }
  return found;
}

/** Six digits with nothing but separators between them. */
const DIGITS = /\d(?:[ .\-()]*\d){5}/g;

function nextDigits(text: string, from: number): number {
  DIGITS.lastIndex = from;
  return DIGITS.exec(text)?.index ?? -1;
}

/** Where a run of digits and separators begins whose first digit is at a place; -1 inside a word. */
function runStart(text: string, at: number): number {
  const hasPlus = text.charCodeAt(at - 1) === CODE.plus && !isGlued(text, at - 2);
  return hasPlus ? at - 1 : isGlued(text, at - 1) ? -1 : at;
}

/** Whether a letter, digit or underscore is at a place; a stray mark beside a number hides nothing. */
function isGlued(text: string, at: number): boolean {
  return !isMark(text.charCodeAt(at)) && isWordAt(text, at);
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function runEnd(text: string, from: number): number {
  let at = from;
  while (IN_NUMBER[text.charCodeAt(at)] === 1) at += 1;
  return at;
}

/**
 * Groups of digits that stand together. A group of eight or more is a number of its own, unless a country code leads.
 */
function chains(text: string, from: number, to: number): Digits[][] {
  const out: Digits[][] = [];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (!isDigit(code) && code !== CODE.plus) continue;
    const end = digitsEnd(text, at + 1);
    const group: Digits = { start: at, end, digits: text.slice(at, end) };
    const chain = out.at(-1);
    const before = chain?.at(-1);
    const isSoft = before !== undefined && isSoftBetween(text, before.end, group.start);
    const afterCountryCode = isSoft && chain?.length === 1 && before.digits.startsWith('+') && before.digits.length <= 4;
    if (isSoft && (afterCountryCode || (isShort(group) && isShort(before)))) chain?.push(group);
    else out.push([group]);
    at = end - 1;
  }
  return out;
}

/** One separator, or a closed or opened bracket with a space. */
function isSoftBetween(text: string, from: number, to: number): boolean {
  if (to - from === 1) return text.charCodeAt(from) !== CODE.open;
  const first = text.charCodeAt(from);
  const second = text.charCodeAt(from + 1);
  return to - from === 2 && ((first === CODE.close && second === CODE.space) || (first === CODE.space && second === CODE.open));
}

function isShort({ digits }: Digits): boolean {
  return digits.length < 8;
}

function addCandidate(found: Candidate[], text: string, chain: readonly Digits[]): void {
  const { start, end, digits } = joined(chain);
  if (digits.length < LEAST_DIGITS || isNoNumber(text, digits, end)) return;
  const isDate = chain.length >= 3 && DATE.test(text.slice(start, start + LONGEST_DATE + 1));
  found.push({ start, end, digits, chain, isDate });
}

/** A code that goes on in letters, an amount of money (which never begins with 0) or a BIN by itself. */
function isNoNumber(text: string, digits: string, end: number): boolean {
  if (text.charCodeAt(end) !== CODE.underscore && isGlued(text, end)) return true;
  const first = digits.charCodeAt(0);
  const isMoney = first !== CODE.zero && first !== CODE.plus && MONEY_AFTER.test(text.slice(end, end + LONGEST_UNIT));
  return isMoney || (digits.length === BIN_LENGTH && bankByBin(digits) !== null);
}

function joined(chain: readonly Digits[]): Digits {
  const first = chain[0]!;
  return chain.length === 1 ? first : { start: first.start, end: chain.at(-1)!.end, digits: chain.map(({ digits }) => digits).join('') };
}

/** Telephone numbers in a chain, from the left, each of at most six groups. */
function phonesIn(chain: readonly Digits[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let from = 0; from < chain.length; from += 1) {
    let digits = '';
    for (let to = from; to < Math.min(chain.length, from + MOST_GROUPS); to += 1) {
      digits += chain[to]!.digits;
      const phone = POSSIBLE_PHONE.test(digits) ? phoneOfDigits(digits) : null;
      if (phone === null) continue;
      found.push({ start: chain[from]!.start, end: chain[to]!.end, phone, account: null, isInnocent: false });
      from = to;
      break;
    }
  }
  return found;
}

// What the text around says

/** What the text around a number says of it: the deciding word, its bank, and whether the bank alone makes it an account. */
interface Surroundings {
  context: Context | null;
  /** The telephone numbers that it may be; not looked for when it is ruled out, as foreign ones take a library long. */
  phones: readonly FoundNumber[];
  bank: BankNamed | null;
  isHint: boolean;
  /** Whether the bank is a wallet named on the same line: its accounts are telephone numbers. */
  isWallet: boolean;
  /** Whose the number is said to be: the writer's own, or, if it is a fixed line, that of a bank or another service. */
  whose: 'own' | 'service' | null;
}

function withoutBank(context: Context | null, phones: readonly FoundNumber[], whose: Surroundings['whose']): Surroundings {
  return { context, phones, bank: null, isHint: false, isWallet: false, whose };
}

/**
 * Reads the words on both sides of a number that stands between two others. A bank between two numbers is that of the
 * nearer, and of the one before when that has taken it. What may be a telephone number is an account only by a word or bank
 * of its own; other numbers share those of the numbers beside them, as in a list of accounts.
 * @param previous where the number before ends
 * @param next where the number after begins
 * @param claimed where the bank begins that the number before has taken, or -1
 */
function surroundings(text: string, { start, end, chain, isDate }: Candidate, previous: number, next: number, claimed: number): Surroundings {
  const before = WORDS.find(text, Math.max(0, start - REACH), start);
  const words = before.filter((word) => word.start >= previous);
  const nearest = contextOf(text, start, words);
  if (nearest === 'other') return withoutBank(nearest, [], null);
  const phones = isDate ? [] : phonesIn(chain);
  const after = WORDS.find(text, end, Math.min(text.length, end + REACH));
  if (before.length === 0 && after.length === 0) return withoutBank(null, phones, null);
  const isShared = phones.length === 0;
  const context = isShared ? contextOf(text, start, before) : nearest;
  const whose = whoseIs(text, start, words);
  const banksBefore = before.filter(isBank);
  const banksAfter = after.filter(isBank);
  if (banksBefore.length === 0 && banksAfter.length === 0) return withoutBank(context, phones, whose);
  const own = {
    before: banksBefore.findLast((bank) => bank.start >= previous && bank.start !== claimed),
    after: banksAfter.find((bank) => bank.end <= next && (next === text.length || weighed(text, end, bank.start) <= weighed(text, bank.end, next))),
  };
  const hasOwn = own.before !== undefined || own.after !== undefined;
  const isNamed = context === 'account' || context === 'looseAccount';
  const onLine = banksAfter.find((bank) => !isNamed || !text.slice(end, bank.start).includes('\n'));
  const { before: bankBefore, after: bankAfter } = hasOwn || !(isShared || isNamed) ? own : { before: banksBefore.at(-1), after: onLine };
  const toBefore = bankBefore === undefined ? Infinity : distance(text, start, bankBefore.end);
  const toAfter = bankAfter === undefined ? Infinity : distance(text, end, bankAfter.start);
  const isNear = toBefore <= NEAR.bankBefore || toAfter <= NEAR.bankAfter;
  const bank = (toBefore <= toAfter ? bankBefore : bankAfter) ?? null;
  const isWallet = bank?.meaning.isWallet === true && !text.slice(Math.min(bank.end, end), Math.max(bank.start, start)).includes('\n');
  return { context, phones, bank, isHint: isNear, isWallet, whose };
}

function isBank(mention: Mention<Word | Bank>): mention is BankNamed {
  return typeof mention.meaning !== 'string';
}

/** Characters between two places, a line break counted as many. */
function weighed(text: string, from: number, to: number): number {
  let sum = to - from;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === CODE.lineFeed) sum += LINE_BREAK;
  return sum;
}

function contextOf(text: string, start: number, before: readonly Mention<Word | Bank>[]): Context | null {
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const { meaning, end } = before[i]!;
    if (typeof meaning !== 'string' || meaning === 'own' || meaning === 'bankLine') continue;
    const context = meaning === 'ownAccount' ? 'account' : meaning === 'ownHere' ? 'phone' : meaning;
    if (distance(text, start, end) <= CONTEXT[context].reach) return context;
  }
  return null;
}

/** What the last word about a number says of whose it is; the word bank counts beside it. */
function whoseIs(text: string, start: number, before: readonly Mention<Word | Bank>[]): 'own' | 'service' | null {
  let whose: 'service' | null = null;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const { meaning, end } = before[i]!;
    if (typeof meaning !== 'string') continue;
    const away = distance(text, start, end);
    if (meaning === 'ownHere' && away <= OWN_HERE.reach) return 'own';
    if (meaning !== 'bankLine') return (meaning === 'own' || meaning === 'ownAccount') && away <= OWN.reach ? 'own' : meaning === 'service' ? 'service' : whose;
    if (away <= BANK_LINE.reach) whose = 'service';
  }
  return whose;
}

function letteredAccounts(text: string): FoundNumber[] {
  if (!/\d\d[a-zA-Z]{2}[\da-zA-Z]{4}/.test(text)) return [];
  return [...text.matchAll(LETTERED)].flatMap((match) => {
    const end = match.index + match[0].length;
    const start = end - (match[1]?.length ?? 0);
    const { bank, whose } = surroundings(text, { start, end, digits: '', chain: [], isDate: false }, 0, text.length, -1);
    const account = bankAccount(match[1] ?? '', bank?.meaning ?? null);
    return account === null ? [] : [{ start, end, phone: null, account, isInnocent: whose === 'own' }];
  });
}
