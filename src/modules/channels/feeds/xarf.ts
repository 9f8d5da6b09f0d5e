/**
 * Reader of XARF v4 (xarf.org, specification v4.2.0): one abuse report of another desk, registrar or platform. The schemas here are our
 * own and ask for what the specification requires of the core and of the types taken; everything else is dropped, `_internal` first of all.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { imageType } from '#core/images.ts';
import { localDate } from '#core/deadlines.ts';
import { hostOf } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import { formatDateTime } from '#web/format.ts';
import { fromBase64 } from './base64.ts';
import { traceLines } from './traces.ts';
import type { MachineCategory, MachineEvidence, MachineReport, Read, ReadError, ReadReason } from './types.ts';

const MOST_EVIDENCE = 5;
const MOST_EVIDENCE_BYTES = 5_242_880; // xarf-core.json, evidence_item.size
const OLDEST_DAY = '1990-01-01';

const contact = z.object({ org: z.string().min(1).max(200), contact: z.email().max(254), domain: z.string().min(1).max(253) });
const optional = (most: number) => z.string().max(most).optional().catch(undefined);

/** Required fields of xarf-core.json, and the optional ones that are used. */
const CORE = z.object({
  report_id: z.guid(),
  timestamp: z.iso.datetime({ offset: true }),
  reporter: contact,
  sender: contact,
  source_identifier: z.string().min(1).max(2048),
  category: z.string().max(60),
  type: z.string().max(60),
  evidence: z.array(z.unknown()).max(50).default([]),
  tags: z.array(z.string().max(200)).max(20).default([]),
  description: z.string().max(1000).default(''),
  confidence: z.number().min(0).max(1).optional(),
});
type Core = z.output<typeof CORE>;

const hash = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`, 'i')).optional().catch(undefined);

/** Fields of content-base.json and of the content types; what names a registrant, an owner or the imitated site is not among them. */
const CONTENT = z.object({
  url: z.url().max(2048),
  domain: optional(253),
  target_brand: optional(200),
  submission_url: optional(2048),
  fraud_type: optional(60),
  infringement_type: optional(60),
  malware_family: optional(200),
  file_hashes: z.object({ md5: hash(32), sha1: hash(40), sha256: hash(64) }).optional().catch(undefined),
});

/** Fields of messaging-spam.json; sender names and e-mail addresses are not among them. */
const SPAM = z.object({
  protocol: z.enum(['smtp', 'sms', 'whatsapp', 'telegram', 'signal', 'chat', 'social_media', 'push_notification', 'other']),
  spam_indicators: z.object({ suspicious_links: z.array(z.string().max(2048)).max(50).default([]) }).optional().catch(undefined),
});

type Content = z.output<typeof CONTENT>;

/** What a type taken is called and where it belongs; null is outside the closed list. */
interface Taken {
  readonly what: string;
  readonly category: (content: Content) => MachineCategory | null;
}

/** Which infringements of a brand are a listed harm; a logo or a trademark shown otherwise may be comment or a trade dispute. */
const INFRINGEMENTS: ReadonlyMap<string, MachineCategory> = new Map([
  ['counterfeit', 'counterfeit_unlicensed_goods'],
  ['typosquatting', 'phishing_impersonation'],
  ['lookalike', 'phishing_impersonation'],
  ['homograph', 'phishing_impersonation'],
  ['brand_impersonation', 'phishing_impersonation'],
]);

/** The content types taken, by `type`. */
const CONTENT_TYPES: ReadonlyMap<string, Taken> = new Map<string, Taken>([
  ['phishing', { what: 'trang giả mạo', category: () => 'phishing_impersonation' }],
  ['fraud', {
    what: 'trang lừa đảo',
    category: ({ fraud_type }) => (fraud_type === 'government_impersonation' ? 'phishing_impersonation' : 'scam'),
  }],
  ['malware', { what: 'nơi phát tán mã độc', category: () => 'malware_attack' }],
  ['brand_infringement', { what: 'trang mạo danh thương hiệu', category: ({ infringement_type }) => INFRINGEMENTS.get(infringement_type ?? '') ?? null }],
  ['suspicious_registration', { what: 'tên miền mới đăng ký có dấu hiệu giả mạo', category: () => 'phishing_impersonation' }],
]);

const PROTOCOLS: Readonly<Record<z.output<typeof SPAM>['protocol'], string>> = {
  smtp: 'thư điện tử', sms: 'tin nhắn SMS', whatsapp: 'WhatsApp', telegram: 'Telegram', signal: 'Signal', chat: 'tin nhắn trò chuyện',
  social_media: 'tin nhắn mạng xã hội', push_notification: 'thông báo đẩy', other: 'kênh khác',
};

/**
 * One XARF v4 report from parsed JSON. Refused as a whole: child sexual abuse material (`child_abuse_specialised_channel`: nothing of it is
 * kept, not even its id), types that are not this desk's (`type_not_taken`, `outside_closed_list`), other versions, what breaks the
 * specification. `errors` names pictures that were not taken; `ignored` counts evidence that is no picture. Never throws.
 */
export function readXarf(json: unknown): Read<MachineReport> {
  if (isChildAbuse(json)) return refused('child_abuse_specialised_channel');
  const version = z.object({ xarf_version: z.string().max(20).regex(/^4\.\d+\.\d+$/) }).safeParse(json);
  if (!version.success) return refused(z.looseObject({}).safeParse(json).success ? 'version_not_read' : 'not_readable');
  const core = CORE.safeParse(json);
  if (!core.success) return refused('not_readable');
  const facts = core.data.category === 'messaging' ? spamFacts(core.data, json) : contentFacts(core.data, json);
  if (typeof facts === 'string') return refused(facts);
  const lines = traceLines(facts.traces);
  if (lines.length === 0) return refused('no_traces');
  const { evidence, ignored, errors } = readEvidence(core.data.evidence);
  const day = localDate(new Date(core.data.timestamp));
  return {
    ok: true, ignored, errors,
    items: [{
      externalId: `xarf:${core.data.report_id.toLowerCase()}`,
      category: facts.category,
      narrative: narrative(core.data, facts.what),
      traces: lines.join('\n'),
      happenedOn: day >= OLDEST_DAY ? day : null,
      evidence,
    }],
  };
}

interface Facts {
  readonly category: MachineCategory;
  readonly what: string;
  readonly traces: readonly (string | undefined)[];
}

function refused(reason: ReadReason): Read<MachineReport> {
  return { ok: false, reason };
}

/** Looked for before anything else is read, in any spelling, so that a report with faults is not kept by mistake. */
function isChildAbuse(json: unknown): boolean {
  const loose = z.object({ type: z.string().catch(''), tags: z.array(z.unknown()).catch([]) }).safeParse(json);
  if (!loose.success) return false;
  const isNamed = /^(?:content[-_/])?cs[ae]m$|child[-_ ]?(?:sexual|abuse|porn)/i.test(loose.data.type.slice(0, 200));
  return isNamed || loose.data.tags.slice(0, 1000).some((tag) => typeof tag === 'string' && /^cs[ae]m:/i.test(tag));
}

function contentFacts(core: Core, json: unknown): Facts | ReadReason {
  const taken = core.category === 'content' ? CONTENT_TYPES.get(core.type) : undefined;
  if (taken === undefined) return 'type_not_taken';
  const { data } = CONTENT.safeParse(json);
  if (data === undefined) return 'not_readable';
  const category = taken.category(data);
  if (category === null) return 'outside_closed_list';
  const { md5, sha1, sha256 } = data.file_hashes ?? {};
  const brand = data.target_brand === undefined ? '' : ` (mạo danh ${oneLine(data.target_brand)})`;
  const family = data.malware_family === undefined ? '' : ` (${oneLine(data.malware_family)})`;
  return {
    category,
    what: `${taken.what}${core.type === 'malware' ? family : brand}`,
    traces: [data.url, data.domain, domainOnly(core.source_identifier), data.submission_url, sha256, sha1, md5],
  };
}

function spamFacts(core: Core, json: unknown): Facts | ReadReason {
  if (core.type !== 'spam') return 'type_not_taken';
  const { data } = SPAM.safeParse(json);
  if (data === undefined) return 'not_readable';
  const source = /^\+?[\d .-]{8,20}$/.test(core.source_identifier) ? core.source_identifier : domainOnly(core.source_identifier);
  return {
    category: 'spam_calls_messages',
    what: `tin rác qua ${PROTOCOLS[data.protocol]}`,
    traces: [source, ...data.spam_indicators?.suspicious_links ?? []],
  };
}

/** The source when it is a name; an IP address may be a subscriber's and is nobody's to follow here. */
function domainOnly(source: string): string | undefined {
  const host = /[@\s/]/.test(source) ? null : hostOf(source);
  return host === null || !host.includes('.') || /^[\d.]+$|^\[/.test(host) ? undefined : source;
}

function narrative(core: Core, what: string): string {
  const when = formatDateTime(new Date(core.timestamp), 'vi');
  const description = normalise(core.description);
  return `XARF: ${what}, do ${oneLine(core.reporter.org)} báo, lúc ${when}.${description === '' ? '' : `\n${description}`}`;
}

function oneLine(text: string): string {
  return normalise(text).replace(/\s+/g, ' ');
}

const PICTURES: ReadonlyMap<string, MachineEvidence['type']> = new Map([['image/png', 'image/png'], ['image/jpeg', 'image/jpeg'], ['image/jpg', 'image/jpeg']]);
const EVIDENCE = z.object({
  content_type: z.string().max(200),
  payload: z.string(),
  hash: z.string().max(150).regex(/^(?:md5|sha1|sha256|sha512):[0-9a-f]+$/i).optional(),
});

function readEvidence(items: readonly unknown[]): { evidence: MachineEvidence[]; ignored: number; errors: ReadError[] } {
  const evidence: MachineEvidence[] = [];
  const errors: ReadError[] = [];
  let ignored = 0;
  for (const [i, item] of items.entries()) {
    const { data } = EVIDENCE.safeParse(item);
    const type = PICTURES.get(data?.content_type.toLowerCase() ?? '');
    if (data !== undefined && type === undefined) ignored += 1;
    const picture = data === undefined ? 'evidence_unreadable' : type === undefined ? null : readPicture(data, type, evidence.length);
    if (typeof picture === 'string') errors.push({ at: `evidence[${i}]`, reason: picture });
    else if (picture !== null) evidence.push(picture);
  }
  return { evidence, ignored, errors };
}

function readPicture({ payload, hash: claimed }: z.output<typeof EVIDENCE>, type: MachineEvidence['type'], taken: number): MachineEvidence | ReadReason {
  if (taken >= MOST_EVIDENCE) return 'evidence_too_many';
  const content = fromBase64(payload, MOST_EVIDENCE_BYTES);
  if (content === 'unreadable') return 'evidence_unreadable';
  if (content === 'too_large') return 'evidence_too_large';
  const found = imageType(content);
  if (`image/${found}` !== type) return 'evidence_not_image';
  const [algorithm = '', digest = ''] = claimed?.toLowerCase().split(':') ?? [];
  if (claimed !== undefined && createHash(algorithm).update(content).digest('hex') !== digest) return 'evidence_hash_differs';
  return { name: `xarf-${taken + 1}.${found === 'png' ? 'png' : 'jpg'}`, type, content };
}
