import { createHash } from 'node:crypto';
import { categoryOf } from '#catalogue/categories.ts';
import { secretFrom } from '#core/codes.ts';
import { dueAt, localDate, type Calendar, type DeadlineName } from '#core/deadlines.ts';
import { defang, extract, groupingKeys, type Indicator } from '#core/indicators/index.ts';
import { normalise, searchWords } from '#core/vietnamese.ts';
import type { Desk } from '#platform/desk.ts';
import { uuidv7 } from '#platform/uuid.ts';
import type { NewReport } from './types.ts';

/** An indicator with the key it is matched by; personal ones by a keyed hash, with their value sealed. */
export interface PreparedIndicator {
  readonly id: string;
  readonly kind: Indicator['kind'];
  readonly matchKey: Buffer;
  readonly display: string;
  readonly value: string | null;
  readonly sealed: Buffer | null;
  readonly specific: boolean;
  readonly groups: boolean;
}

/** A report with all that can be made ready before the transaction. */
export interface PreparedReport {
  readonly id: string;
  readonly input: NewReport;
  readonly narrative: string;
  readonly search: string;
  /** A keyed hash of the very words, by which a flood of one text is folded into one line; null for short ones and where a trace groups. */
  readonly textHash: Buffer | null;
  readonly secret: string;
  readonly secretHash: Buffer;
  readonly idempotencyHash: Buffer;
  readonly payloadHash: Buffer;
  readonly sealedContact: Buffer | null;
  readonly indicators: readonly PreparedIndicator[];
  readonly receivedAt: Date;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

/** How a secret is stored: 100 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return sha256(`lachan-secret:${secret}`);
}

/** Names the uploads of one form without keeping its key. */
export function hashFormKey(key: string): Buffer {
  return sha256(`lachan-form:${key}`);
}

/** The bytes an indicator is matched by: a keyed hash for a person's number, a plain hash for a technical trace. */
export function matchKeyOf(desk: Pick<Desk, 'keys'>, indicator: Pick<Indicator, 'kind' | 'key' | 'personal'>): Buffer {
  const text = `${indicator.kind}|${indicator.key}`;
  return indicator.personal ? desk.keys.mac('indicator-match', text) : sha256(text);
}

/** Deadlines depend on the local day alone, and thousands of reports share one. */
function daily(name: DeadlineName): (from: Date, calendar: Calendar) => string {
  let day = '';
  let due = '';
  let by: Calendar | null = null;
  return (from, calendar) => {
    const today = localDate(from);
    if (today !== day || calendar !== by) [day, by, due] = [today, calendar, localDate(dueAt(name, from, calendar))];
    return due;
  };
}

/** Until when a contact is kept when nothing else says. */
export const contactKeptUntil = daily('keepContact');

/** The last day for the gate, from when the report (or the answer that was missing) came. */
export const gateDue = daily('gate');

/** Shorter words are alike by chance ("bị lừa mất tiền"). */
const SHORTEST_FOLDED = 40;

/** The secret of a sending: the same one gives the same secret, so that a receipt lost on the way can be had again. */
export function secretOf(desk: Pick<Desk, 'keys'>, idempotencyKey: string, payloadHash: Buffer): string {
  return secretFrom(desk.keys.mac('secret', Buffer.concat([Buffer.from(`${idempotencyKey}|`), payloadHash])));
}

/** Everything of a report that needs no database: its secret, hashes, seals and indicators. */
export function prepareReport(desk: Pick<Desk, 'keys' | 'clock'>, input: NewReport): PreparedReport {
  const now = desk.clock.now();
  const narrative = normalise(input.narrative);
  const { idempotencyKey, arrivalId: _, ...payload } = input;
  const payloadHash = sha256(JSON.stringify(payload));
  const secret = secretOf(desk, idempotencyKey, payloadHash);
  const id = uuidv7(now);
  const search = searchWords(`${narrative} ${input.traces}`);
  const indicators = prepareIndicators(desk, input, narrative, now);
  return {
    id, input, narrative, secret, payloadHash, search, indicators,
    textHash: search.length < SHORTEST_FOLDED || indicators.some((indicator) => indicator.groups) ? null : desk.keys.mac('indicator-match', `text|${input.category}|${search}`),
    secretHash: hashSecret(secret),
    idempotencyHash: sha256(`lachan-idempotency:${idempotencyKey}`),
    sealedContact: input.contact ? desk.keys.seal('identity', JSON.stringify(input.contact), id) : null,
    receivedAt: now,
  };
}

/** The traces of a story and of what was typed beside it, without those its reporter said are innocent. */
export function prepareIndicators(desk: Pick<Desk, 'keys'>, input: Pick<NewReport, 'category' | 'traces' | 'innocent'>, narrative: string, now: Date): PreparedIndicator[] {
  const innocent = new Set(input.innocent);
  const found = extract(`${narrative}\n${normalise(input.traces)}`).filter(({ kind, key }) => !innocent.has(`${kind} ${key}`));
  const prepared = new Map<string, PreparedIndicator>();
  const place = (indicator: { kind: string; key: string }) => `${indicator.kind}|${indicator.key}`;
  for (const indicator of found) if (!prepared.has(place(indicator))) prepared.set(place(indicator), prepareOne(desk, indicator, now));
  for (const key of categoryOf(input.category).linksCases ? groupingKeys(found) : []) {
    const before = prepared.get(place(key)) ?? prepareOne(desk, { ...key, display: defang(key.key), specific: true, personal: false }, now);
    prepared.set(place(key), { ...before, groups: true });
  }
  return [...prepared.values()];
}

function prepareOne(desk: Pick<Desk, 'keys'>, indicator: Pick<Indicator, 'kind' | 'key' | 'display' | 'specific' | 'personal'>, now: Date): PreparedIndicator {
  const { kind, key, display, specific, personal } = indicator;
  return {
    id: uuidv7(now), kind, matchKey: matchKeyOf(desk, indicator), display, specific, groups: false,
    value: personal ? null : key, sealed: personal ? desk.keys.seal('indicator', key, kind) : null,
  };
}
