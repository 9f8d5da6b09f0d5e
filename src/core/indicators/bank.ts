import { searchKey } from '../vietnamese.ts';
import { masked } from './masks.ts';
import { PhraseBook } from './phrases.ts';

/** A bank or wallet that receives money. */
export interface Bank {
  /** Bank identification number of NAPAS, six digits; of a wallet that has none its name in capitals. */
  bin: string;
  name: string;
  /** Other ways people write it, as search keys. */
  aliases: readonly string[];
  /** Whether it is a wallet, whose accounts are known by the telephone number of whoever holds them. */
  isWallet?: true;
}

/**
 * Receiving banks and wallets. Source: NAPAS BINs as published in vietnam-qr-pay 1.5.1 (MIT), facts only; aliases ours.
 * Aliases that mean other things in a report (cb, pg, mb as megabyte, tech) are left out or need "bank" after them.
 */
export const BANKS: readonly Bank[] = [
  { bin: '970436', name: 'Vietcombank', aliases: ['vcb', 'ngoai thuong'] },
  { bin: '970418', name: 'BIDV', aliases: ['dau tu va phat trien'] },
  { bin: '970415', name: 'VietinBank', aliases: ['vietin', 'ctg', 'cong thuong viet nam'] },
  { bin: '970405', name: 'Agribank', aliases: ['agri', 'nong nghiep'] },
  { bin: '970407', name: 'Techcombank', aliases: ['tcb', 'ky thuong'] },
  { bin: '970422', name: 'MB', aliases: ['mbbank', 'mb bank', 'quan doi'] },
  { bin: '970432', name: 'VPBank', aliases: ['vpb', 'vp bank'] },
  { bin: '970416', name: 'ACB', aliases: ['a chau'] },
  { bin: '970423', name: 'TPBank', aliases: ['tpb', 'tp bank', 'tien phong'] },
  { bin: '970403', name: 'Sacombank', aliases: ['stb', 'sai gon thuong tin'] },
  { bin: '970437', name: 'HDBank', aliases: ['hd bank', 'hdb'] },
  { bin: '970441', name: 'VIB', aliases: ['quoc te viet nam'] },
  { bin: '970443', name: 'SHB', aliases: ['sai gon ha noi'] },
  { bin: '970426', name: 'MSB', aliases: ['maritime', 'hang hai'] },
  { bin: '970448', name: 'OCB', aliases: ['phuong dong'] },
  { bin: '970440', name: 'SeABank', aliases: ['dong nam a'] },
  { bin: '970449', name: 'LPBank', aliases: ['lienvietpostbank', 'lien viet', 'loc phat'] },
  { bin: '970431', name: 'Eximbank', aliases: ['xuat nhap khau'] },
  { bin: '970428', name: 'Nam A Bank', aliases: ['namabank', 'nam a'] },
  { bin: '970409', name: 'Bac A Bank', aliases: ['bacabank', 'bac a'] },
  { bin: '970412', name: 'PVcomBank', aliases: ['pvcom', 'dai chung'] },
  { bin: '970419', name: 'NCB', aliases: ['quoc dan'] },
  { bin: '970429', name: 'SCB', aliases: [] },
  { bin: '970427', name: 'VietABank', aliases: ['viet a'] },
  { bin: '970433', name: 'VietBank', aliases: ['viet nam thuong tin'] },
  { bin: '970452', name: 'KienlongBank', aliases: ['kien long'] },
  { bin: '970400', name: 'Saigonbank', aliases: ['sai gon cong thuong'] },
  { bin: '970438', name: 'BaoVietBank', aliases: ['bao viet'] },
  { bin: '970454', name: 'BVBank', aliases: ['ban viet', 'viet capital bank', 'vietcapitalbank'] },
  { bin: '970430', name: 'PGBank', aliases: ['pg bank'] },
  { bin: '970446', name: 'Co-opBank', aliases: ['coopbank', 'coop bank', 'hop tac xa'] },
  { bin: '970425', name: 'ABBank', aliases: ['an binh'] },
  { bin: '970424', name: 'Shinhan Bank', aliases: ['shinhanbank', 'shinhan'] },
  { bin: '458761', name: 'HSBC', aliases: [] },
  { bin: '970458', name: 'UOB', aliases: ['united overseas'] },
  { bin: '970457', name: 'Woori Bank', aliases: ['woori'] },
  { bin: '546034', name: 'Cake', aliases: ['cake by vpbank'] },
  { bin: '546035', name: 'Ubank', aliases: [] },
  { bin: '963388', name: 'Timo', aliases: [] },
  { bin: '963369', name: 'Liobank', aliases: [] },
  { bin: '970414', name: 'MBV', aliases: ['oceanbank', 'ocean bank', 'dai duong'] },
  { bin: '970406', name: 'Vikki Bank', aliases: ['vikkibank', 'dong a bank', 'dongabank', 'dong a'] },
  { bin: '970408', name: 'GPBank', aliases: ['gp bank', 'dau khi toan cau'] },
  { bin: '970444', name: 'CBBank', aliases: ['vcbneo', 'ngan hang xay dung'] },
  { bin: '971025', name: 'MoMo', aliases: ['vi momo'], isWallet: true },
  { bin: '971005', name: 'Viettel Money', aliases: ['viettelmoney', 'viettelpay', 'viettel pay'], isWallet: true },
  { bin: '971011', name: 'VNPT Money', aliases: ['vnptmoney', 'vnpt pay', 'vnptpay'], isWallet: true },
];

/** Wallets without a number at NAPAS: they receive by telephone number in their own application. */
export const OTHER_WALLETS: readonly Bank[] = [
  { bin: 'ZALOPAY', name: 'ZaloPay', aliases: ['zalo pay', 'vi zalopay', 'vi zalo pay'], isWallet: true },
  { bin: 'SHOPEEPAY', name: 'ShopeePay', aliases: ['shopee pay', 'airpay', 'vi shopeepay'], isWallet: true },
];

const BY_BIN: ReadonlyMap<string, Bank> = new Map(BANKS.map((bank) => [bank.bin, bank]));

/** Every way to name a bank or wallet, as search keys. */
export const BANK_NAMES: readonly (readonly [name: string, bank: Bank])[] = [
  ...BANKS.map((bank) => [bank.bin, bank] as const),
  ...[...BANKS, ...OTHER_WALLETS].flatMap((bank) => [searchKey(bank.name), ...bank.aliases].map((name) => [name, bank] as const)),
];
const BANK_BOOK = new PhraseBook(BANK_NAMES);

/** The bank with this BIN, or null. */
export function bankByBin(bin: string): Bank | null {
  return BY_BIN.get(bin) ?? null;
}

/** A bank named in a text, and where its name begins and ends there. */
export interface BankMention {
  bank: Bank;
  start: number;
  end: number;
}

/** Every bank that a text names by name, alias or BIN, in order. */
export function bankMentions(text: string): BankMention[] {
  return BANK_BOOK.find(text).map(({ meaning, start, end }) => ({ bank: meaning, start, end }));
}

/** An account as matched and as shown. */
export interface BankAccount {
  /** `BIN|ACCOUNT`, or `?|ACCOUNT` when nobody said which bank (see `Bank.bin`). */
  key: string;
  display: string;
}

/** Account numbers have no check digit and nicknames exist; only the alphabet and length are known. */
const ACCOUNT = /^[0-9A-Z]{6,19}$/;

/**
 * Key and display of an account number as typed; null when it cannot be one. Source: VietQR, NAPAS (up to 19
 * characters).
 */
export function bankAccount(number: string, bank: Bank | null): BankAccount | null {
  const account = number.replace(/[\s.-]/g, '').toUpperCase();
  if (!ACCOUNT.test(account)) return null;
  const display = bank === null ? masked(account) : `${bank.name} ${masked(account)}`;
  return { key: `${bank?.bin ?? '?'}|${account}`, display };
}

/** What a VietQR code asks for. */
export interface VietQr {
  bin: string;
  account: string;
  /** `QRIBFTTA` to an account, `QRIBFTTC` to a card. */
  service: string;
  /** Whole đồng, null when the payer types it. */
  amount: number | null;
  purpose: string | null;
}

const VIETQR_GUID = 'A000000727';

/**
 * Reads the text of a VietQR code; null when it is none or its checksum is wrong. Source: EMVCo QR Code Specification
 * for Payment Systems, Merchant-Presented Mode 1.1; NAPAS VietQR (template 38, GUID A000000727); CRC-16/CCITT-FALSE
 * in 63.
 */
export function parseVietQr(payload: string): VietQr | null {
  const text = payload.trim();
  const fields = tlv(text);
  const checked = /^(.*6304)([0-9a-f]{4})$/is.exec(text);
  if (fields === null || checked === null || crc16(checked[1] ?? '') !== checked[2]?.toUpperCase()) return null;
  const template = tlv(fields.get('38') ?? '');
  const receiver = tlv(template?.get('01') ?? '');
  const bin = receiver?.get('00') ?? '';
  const account = receiver?.get('01') ?? '';
  if (template?.get('00') !== VIETQR_GUID || !/^\d{6}$/.test(bin) || account === '') return null;
  const amount = fields.get('54');
  return {
    bin,
    account,
    service: template.get('02') ?? '',
    amount: amount !== undefined && /^\d{1,13}(?:\.0+)?$/.test(amount) ? Number(amount) : null,
    purpose: tlv(fields.get('62') ?? '')?.get('08') ?? null,
  };
}

/** Two-digit tag, two-digit length, value, repeated; null when the lengths do not add up. */
function tlv(text: string): Map<string, string> | null {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const [, tag, length] = /^(\d\d)(\d\d)$/.exec(text.slice(at, at + 4)) ?? [];
    const end = at + 4 + Number(length);
    if (tag === undefined || end > text.length) return null;
    fields.set(tag, text.slice(at + 4, end));
    at = end;
  }
  return fields;
}

/** CRC-16/CCITT-FALSE (polynomial 0x1021, initial value 0xFFFF) of UTF-8 text, four upper-case hexadecimal digits. */
function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
