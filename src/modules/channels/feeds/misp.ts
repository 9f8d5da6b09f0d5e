/**
 * Reader of MISP events (MISP core format, draft-dulaunoy-misp-core-format): `{"Event": …}` or `{"response": [{"Event": …}, …]}`.
 * Taken are technical traces that are meant for detection or stand in a group of network or fraud attributes. What names people is never taken.
 */
import { z } from 'zod';
import type { IndicatorKind } from '#core/indicators/index.ts';
import { normalise, searchKey } from '#core/vietnamese.ts';
import { formatDate } from '#web/format.ts';
import { barOfBulk, readTrace } from './traces.ts';
import { type MachineCategory, type MachineReport, MOST_TRACE_TEXT, MOST_TRACES, type Read, type ReadError, type ReadReason } from './types.ts';

const MOST_EVENTS = 200;
const MOST_ATTRIBUTES = 20_000;
const MOST_ERRORS = 500;

const tag = z.object({ name: z.string().max(500) });
const tags = z.array(z.unknown()).max(1000).default([]).catch([])
  .transform((list) => list.flatMap((one) => tag.safeParse(one).data?.name.toLowerCase() ?? []));
const list = z.array(z.unknown()).max(MOST_ATTRIBUTES).default([]);

const ATTRIBUTE = z.object({
  type: z.string().max(100),
  category: z.string().max(100).default(''),
  value: z.string().max(10_000),
  to_ids: z.union([z.boolean(), z.literal('1'), z.literal('0'), z.literal(1),
    z.literal(0)]).default(false).transform((value) => value === true || Number(value) === 1),
  deleted: z.union([z.boolean(), z.string(), z.number()]).default(false).transform((value) => value === true || Number(value) === 1),
  Tag: tags,
});
type Attribute = z.output<typeof ATTRIBUTE>;

const OBJECT = z.object({ Attribute: list });
const EVENT = z.object({
  uuid: z.guid(),
  info: z.string().max(65_535),
  date: z.string().max(30).default(''),
  Orgc: z.object({ name: z.string().max(200) }).optional().catch(undefined),
  Tag: tags,
  Attribute: list,
  Object: z.array(z.unknown()).max(MOST_ATTRIBUTES).default([]),
});
type Event = z.output<typeof EVENT>;

/** A type taken: how its value becomes a line of traces, and what that line must then name. */
interface TakenType {
  readonly kinds: readonly IndicatorKind[];
  readonly write?: (value: string) => string;
}
const FILE_HASH: TakenType = { kinds: ['file_hash'] };

/** The attribute types taken. No type that names a person may be added (SCOPE, never built 3). */
const TYPES: ReadonlyMap<string, TakenType> = new Map<string, TakenType>([
  ['url', { kinds: ['url', 'domain'] }], ['domain', { kinds: ['domain'] }], ['hostname', { kinds: ['domain'] }],
  ['phone-number', { kinds: ['phone'] }], ['bank-account-nr', { kinds: ['bank_account'], write: (value) => `Số tài khoản ${value}` }],
  ['md5', FILE_HASH], ['sha1', FILE_HASH], ['sha256', FILE_HASH], ['sha512', FILE_HASH],
  ['filename|sha256', { kinds: ['file_hash'], write: (value) => value.slice(value.lastIndexOf('|') + 1) }],
]);

/** Groups in which a trace counts even when it is not marked for detection. */
const TECHNICAL_GROUPS: ReadonlySet<string> = new Set(['Network activity', 'Financial fraud', 'Payload delivery', 'Payload installation', 'Artifacts dropped']);
/** Groups about people and victims: nothing in them is taken, whatever its type. */
const PERSONAL_GROUPS: ReadonlySet<string> = new Set(['Person', 'Attribution', 'Targeting data', 'Social network']);

const UNSHAREABLE = /^tlp:(?:red|amber\+strict)$/;
const CHILD_ABUSE = /\bcs[ae]m\b|child[-_ ]?(?:sexual|abuse|porn)/;
/** Taxonomies about speech: never this desk's, whatever technical traces hang on them (SCOPE, never built 1 and 2). */
const SPEECH = /disinformation|misinformation|disarm|harmful-speech|hate-speech|propaganda|influence-operation/;

/** What a tag or the title says an event is about; the first that fits counts. Titles are compared as search keys, without marks. */
const CATEGORY_WORDS: readonly (readonly [RegExp, MachineCategory])[] = [
  [/phish|masquerade|impersonat|typosquat|gia mao|mao danh/, 'phishing_impersonation'],
  [/malware|malicious-code|ransomware|botnet|trojan|c2-server|command-and-control|ma doc|tong tien/, 'malware_attack'],
  [/gambling|danh bac|ca do/, 'illegal_gambling_ads'],
  [/counterfeit|hang gia/, 'counterfeit_unlicensed_goods'],
  [/data-?leak|data-?breach|lo lot du lieu|du lieu ca nhan/, 'personal_data_abuse'],
  [/\bspam\b|tin rac|cuoc goi rac/, 'spam_calls_messages'],
  [/fraud|scam|lua dao/, 'scam'],
];

/**
 * Reports from MISP events, one an event; an event with more than 200 traces (or 5,000 characters of them) becomes several, `#2`, `#3`.
 * `ignored` counts attributes of other types (people among them), deleted ones, repeats, and errors beyond the first
 * 500. An event marked TLP:RED or TLP:AMBER+STRICT, on
 * child abuse or on speech is refused, as the whole source when it is the only one. Never throws.
 * @param otherwise category of an event whose tags and title say nothing
 */
export function readMisp(json: unknown, otherwise: MachineCategory): Read<MachineReport> {
  const events = eventsOf(json);
  if (events === null) return { ok: false, reason: 'not_readable' };
  if (events.length > MOST_EVENTS) return { ok: false, reason: 'too_many' };
  const items: MachineReport[] = [];
  const errors: ReadError[] = [];
  let ignored = 0;
  for (const [at, raw] of events) {
    const read = readEvent(raw, otherwise);
    if (typeof read === 'string') {
      if (events.length === 1) return { ok: false, reason: read };
      errors.push({ at, reason: read });
      continue;
    }
    items.push(...read.items);
    ignored += read.ignored;
    errors.push(...read.errors.map((error) => ({ ...error, at: `${at}.${error.at}` })));
  }
  const untold = Math.max(0, errors.length - MOST_ERRORS);
  return { ok: true, items, ignored: ignored + untold, errors: errors.slice(0, MOST_ERRORS) };
}

function eventsOf(json: unknown): (readonly [at: string, event: unknown])[] | null {
  const one = z.object({ Event: z.looseObject({}) }).safeParse(json);
  if (one.success) return [['Event', one.data.Event]];
  const many = z.object({ response: z.array(z.unknown()) }).safeParse(json);
  if (!many.success) return null;
  const wrapper = z.object({ Event: z.unknown() });
  return many.data.response.map((entry, i) => [`response[${i}].Event`, wrapper.safeParse(entry).data?.Event] as const);
}

function readEvent(raw: unknown, otherwise: MachineCategory): { items: MachineReport[]; ignored: number; errors: ReadError[] } | ReadReason {
  const event = EVENT.safeParse(raw);
  if (!event.success) return event.error.issues.some(({ code }) => code === 'too_big') ? 'too_many' : 'not_readable';
  const bar = barOf(event.data);
  if (bar !== null) return bar;
  const attributes = attributesOf(event.data);
  if (attributes === null) return 'too_many';
  const { lines, ignored, errors } = linesOf(attributes);
  if (lines.length === 0) return 'no_traces';
  const category = categoryOf(event.data) ?? otherwise;
  const parts = split(lines);
  const items = parts.map((part, i) => ({
    externalId: `misp:${event.data.uuid.toLowerCase()}${i === 0 ? '' : `#${i + 1}`}`,
    category,
    narrative: narrative(event.data, lines.length, i + 1, parts.length),
    traces: part.join('\n'),
    happenedOn: dayOf(event.data.date),
    evidence: [],
  }));
  return { items, ignored, errors };
}

function barOf({ Tag, info }: Event): ReadReason | null {
  if (Tag.some((name) => UNSHAREABLE.test(name))) return 'tlp_not_shareable';
  if ([...Tag, info.toLowerCase()].some((words) => CHILD_ABUSE.test(words))) return 'child_abuse_specialised_channel';
  return Tag.some((name) => SPEECH.test(name)) ? 'outside_closed_list' : null;
}

/** The event's own attributes and those of its objects, with their places; null when there are too many. */
function attributesOf({ Attribute, Object: objects }: Event): (readonly [at: string, raw: unknown])[] | null {
  const all = Attribute.map((raw, i): readonly [string, unknown] => [`Attribute[${i}]`, raw]);
  for (const [i, object] of objects.entries()) {
    const inner = OBJECT.safeParse(object).data?.Attribute ?? [];
    if (all.length + inner.length > MOST_ATTRIBUTES) return null;
    for (const [j, raw] of inner.entries()) all.push([`Object[${i}].Attribute[${j}]`, raw]);
  }
  return all;
}

function linesOf(attributes: readonly (readonly [at: string, raw: unknown])[]): { lines: string[]; ignored: number; errors: ReadError[] } {
  const lines = new Set<string>();
  const errors: ReadError[] = [];
  let ignored = 0;
  for (const [at, raw] of attributes) {
    const { data } = ATTRIBUTE.safeParse(raw);
    const line = data === undefined ? 'not_readable' : lineOf(data);
    if (line === null) ignored += 1;
    else if (typeof line === 'string') errors.push({ at, reason: line });
    else if (lines.has(line.text)) ignored += 1;
    else lines.add(line.text);
  }
  return { lines: [...lines], ignored, errors };
}

/** The line of an attribute, why it is faulty, or null when it is not one to take. */
function lineOf({ type, category, value, to_ids: isForDetection, deleted, Tag }: Attribute): { text: string } | ReadReason | null {
  const taken = TYPES.get(type);
  const isTechnical = !PERSONAL_GROUPS.has(category) && (isForDetection || TECHNICAL_GROUPS.has(category));
  if (taken === undefined || deleted || !isTechnical) return null;
  if (Tag.some((name) => UNSHAREABLE.test(name))) return 'tlp_not_shareable';
  const { line, indicators: [indicator, ...others] } = readTrace(taken.write?.(value) ?? value);
  if (indicator === undefined || others.length > 0 || !taken.kinds.includes(indicator.kind)) return 'not_an_indicator';
  return barOfBulk(indicator) ?? { text: line };
}

function categoryOf({ Tag, info }: Event): MachineCategory | null {
  for (const words of [...Tag, searchKey(info.slice(0, 1000))]) {
    const found = CATEGORY_WORDS.find(([word]) => word.test(words));
    if (found !== undefined) return found[1];
  }
  return null;
}

function split(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const line of lines) {
    const part = parts.at(-1);
    if (part !== undefined && part.length < MOST_TRACES && line.length + 1 <= room) part.push(line);
    else {
      parts.push([line]);
      room = MOST_TRACE_TEXT + 1;
    }
    room -= line.length + 1;
  }
  return parts;
}

function narrative({ info, date, Orgc }: Event, traces: number, part: number, parts: number): string {
  const title = normalise(info).replace(/\s+/g, ' ').slice(0, 1000);
  const by = Orgc === undefined ? '' : `, do ${normalise(Orgc.name).replace(/\s+/g, ' ')} báo`;
  const day = dayOf(date);
  const on = day === null ? '' : `, ngày ${formatDate(day)}`;
  return `MISP: sự kiện “${title}”${by}${on}, ${traces} dấu vết${parts > 1 ? ` (phần ${part}/${parts})` : ''}.`;
}

function dayOf(date: string): string | null {
  const day = z.iso.date().safeParse(date).data;
  return day !== undefined && day >= '1990-01-01' ? day : null;
}
