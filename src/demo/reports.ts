import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import type { StopCode } from '#catalogue/gate.ts';
import {
  fillSlots, NARRATIVES, SAMPLE_ACCOUNTS, SAMPLE_AMOUNTS, SAMPLE_DOMAINS, SAMPLE_PHONES, STOP_NARRATIVES,
} from '#catalogue/sample-reports-cao-bang.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { localDate } from '#core/deadlines.ts';
import { parseMoney } from '#core/vietnamese.ts';
import type { NewReport } from '#modules/intake/index.ts';

/** A sample report, when it came, and what the gate must say to it. */
export interface SampleReport {
  readonly at: Date;
  readonly report: NewReport;
  readonly stop: StopCode | null;
}

const COUNT = 300;
const SPAN_DAYS = 548;
const DAY_MS = 86_400_000;
/** The communes, and the agency that handles their reports, exist since then. */
const FIRST_DAY = Date.parse('2025-07-02T00:00:00Z');

/** How often each kind of harm comes, in parts of a hundred. */
const WEIGHTS: Readonly<Record<CategoryCode, number>> = {
  scam: 30, phishing_impersonation: 27, spam_calls_messages: 12, personal_data_abuse: 8, illegal_gambling_ads: 7, malware_attack: 5,
  counterfeit_unlicensed_goods: 4, threat_harassment: 3, intimate_images: 2, false_emergency_alert: 2,
};

/** Mulberry32: a small seeded generator, so that every demo is the same demo. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 300 reports over eighteen months up to `until`, oldest first: campaigns that come in waves, and single ones. */
export function sampleReports(until: Date): SampleReport[] {
  const random = seeded(20_261_122);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  // The first names of each list are campaigns: low numbers come far more often.
  const pickSkewed = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2.2 * list.length)]!;
  const communes = communesOf('04');
  const samples: SampleReport[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    // More reports come in recent months.
    const age = random() ** 1.6 * Math.min(SPAN_DAYS, (until.getTime() - FIRST_DAY) / DAY_MS - 1);
    const at = new Date(until.getTime() - age * DAY_MS - 3_600_000);
    const stop = index % 15 === 14 ? STOP_NARRATIVES[((index - 14) / 15) % STOP_NARRATIVES.length]! : null;
    const category = stop?.claimed ?? weighted(random());
    const { bank, account } = pick(SAMPLE_ACCOUNTS);
    const amount = pick(SAMPLE_AMOUNTS);
    const domain = pickSkewed(SAMPLE_DOMAINS[category].length > 0 ? SAMPLE_DOMAINS[category] : SAMPLE_DOMAINS.scam);
    const text = stop?.text ?? fillSlots(pick(NARRATIVES[category]).text, { domain, phone: index % 4 === 0 ? pick(SAMPLE_PHONES.slice(0, 6)) : `0900 ${String(200 + index)} ${String((index * 7) % 1000).padStart(3, '0')}`, account: accountOf(account, index), bank, amount });
    const anonymous = random() < 0.35;
    samples.push({
      at, stop: stop?.code ?? null,
      report: {
        channel: random() < 0.8 ? 'web' : pick(['phone', 'walk_in', 'sms', 'post'] as const), category, situation: null, narrative: text,
        traces: stop || text.includes(domain) || random() < 0.35 ? '' : `https://${domain}/${pick(['', 'dang-ky', 'otp', 'nhan-thuong'])}`,
        happenedOn: localDate(new Date(at.getTime() - Math.floor(random() * 3) * DAY_MS)), moneyLost: text.includes(amount) ? parseMoney(amount) : null,
        inDanger: category === 'threat_harassment' && random() < 0.3, forChild: category === 'intimate_images' && random() < 0.5,
        communeCode: random() < 0.92 ? pickSkewed(communes).code : null,
        contact: anonymous ? null : { email: `nguoi-phan-anh-${index}@thu.example` }, senderAgencyId: null, uploads: [], language: 'vi',
        idempotencyKey: `du-lieu-mau-${String(index).padStart(4, '0')}`,
      },
    });
  }
  return samples.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Most accounts are named once; every fifth report names one of a few. */
function accountOf(account: string, index: number): string {
  return index % 5 === 0 ? account : account.slice(0, -4) + String(1000 + index);
}

function weighted(value: number): CategoryCode {
  let left = value * Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
  for (const { code } of CATEGORIES) {
    left -= WEIGHTS[code];
    if (left < 0) return code;
  }
  return 'scam';
}
