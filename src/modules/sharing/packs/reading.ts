import { z } from 'zod';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { parseCode } from '#core/codes.ts';
import { INDICATOR_KINDS } from '#core/indicators/index.ts';
import { openArchive, type Archive } from '#platform/archive.ts';
import { Invalid } from '#platform/errors.ts';
import type { ItemShown } from '../types.ts';
import { canonicalJson } from './manifest.ts';
import { sha256 } from './pack.ts';
import { isSignedBy } from './signing.ts';
import type { Manifest, RecallNote } from './types.ts';

/** Why something that was uploaded as a pack is refused; closed, the screens hold a sentence for each. */
export const PACK_FAULTS = [
  'none', 'too_large', 'malformed', 'encrypted', 'zip_bomb', 'duplicate', 'path', 'manifest', 'unlisted', 'missing', 'altered', 'sender_unknown', 'sender_unconfirmed', 'sender_ended',
  'signature', 'sender_province', 'wrong_province', 'expired', 'seen', 'recalled', 'contents', 'pictures', 'recall_unknown',
] as const;
export type PackFault = (typeof PACK_FAULTS)[number];

/** The upload as a whole is refused and nothing of it is kept. */
export class PackRefused extends Invalid {
  override readonly code: string = 'pack_refused';
  readonly fault: PackFault;

  /** @param why for the log: which part, which limit; never a text of the pack */
  constructor(fault: PackFault, why = '', options?: ErrorOptions) {
    super(`pack refused: ${fault}${why && ` (${why})`}`, { reason: fault }, options);
    this.fault = fault;
  }
}

/** Bytes of a pack as it is uploaded, and of what it may hold inflated. */
export const MOST_PACK_BYTES = 64 * 1024 * 1024;
const RULES = {
  entries: 1000, inflated: 160 * 1024 * 1024, ratio: 200, strictNames: true,
  refuse: (fault: 'encrypted' | 'zip_bomb' | 'duplicate' | 'path' | 'malformed', why: string, options?: ErrorOptions) => new PackRefused(fault, why, options),
} as const;
const MOST_HEAD = 1024 * 1024;
const MOST_CONTENTS = 8 * 1024 * 1024;

/** Every name a pack may hold besides what signs it. */
const NAMES = /^(?:noi-dung\.(?:json|txt)|BIEN-BAN-BAN-GIAO\.docx|anh-xem\/anh-\d{3,4}\.jpg|anh-goc\/anh-\d{3,4}\.(?:jpg|png|webp|bin))$/;

const base64Key = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const by = z.strictObject({ name: z.string().min(3).max(300), province: z.string().regex(/^\d{2}$/), publicKey: base64Key });
const packCode = z.string().max(40).refine((code) => parseCode('BG', code)?.code === code);
const manifestShape = z.strictObject({
  format: z.literal('la-chan-pack/1'), id: z.uuid(), code: packCode, case: z.string().regex(/^VV-\d{2}-\d{4}-\d{4,9}$/), madeAt: z.iso.datetime(), expiresAt: z.iso.datetime(), by,
  for: z.string().max(300), forProvince: z.string().regex(/^\d{2}$/).optional(),
  files: z.array(z.strictObject({ name: z.string().max(200), bytes: z.int().min(0).max(RULES.inflated), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1).max(RULES.entries),
});
const recallShape = z.strictObject({ format: z.literal('la-chan-recall/1'), id: z.uuid(), code: packCode, recalledAt: z.iso.datetime(), reason: z.string().min(3).max(500), by });

const words = z.string().max(20_000);
const moment = z.string().max(40).refine((at) => !Number.isNaN(Date.parse(at)));
const kinds = { evidence: ['attachment', 'observation', 'document'], confidence: ['low', 'medium', 'high'] } as const;
const itemShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('report'), content: z.object({
    code: z.string().max(40), category: z.enum(CATEGORY_CODES), narrative: words, happenedOn: z.iso.date().nullable(), moneyLost: z.int().min(0).nullable(), commune: z.string().max(200).nullable(),
    communeEn: z.string().max(200).nullable(),
  }) }),
  z.object({ kind: z.literal('attachment'), content: z.object({ name: z.string().max(300), type: z.string().max(100), bytes: z.int().min(0), report: z.string().max(40) }) }),
  z.object({ kind: z.literal('indicator'), content: z.object({ kind: z.enum(INDICATOR_KINDS), display: z.string().max(3000), value: z.string().max(3000).optional() }) }),
  z.object({ kind: z.literal('evidence'), content: z.object({ kind: z.enum(kinds.evidence), description: words, sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable(), at: moment }) }),
  z.object({ kind: z.literal('verification'), content: z.object({ checked: words, otherExplanation: words, finding: words, confidence: z.enum(kinds.confidence), at: moment }) }),
]);
const contentsShape = z.object({ format: z.literal('la-chan-items/1'), case: z.string(), items: z.array(itemShape).min(1).max(1000) });

/** A pack whose directory and head were judged; who signed it and its files were not yet. */
export interface PackEnvelope {
  readonly kind: 'pack';
  readonly head: Manifest;
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
  readonly archive: Archive;
}

/** A signed note that a pack was taken back. */
export interface RecallEnvelope {
  readonly kind: 'recall';
  readonly head: RecallNote;
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
}

/** What a pack tells, checked against its manifest. */
export interface PackContents {
  readonly items: readonly ItemShown[];
  /** Names of the viewing copies, in order. */
  readonly pictures: readonly string[];
}

/** Opens what was uploaded and judges names and head before anything else is inflated. @throws PackRefused */
export async function openEnvelope(bytes: Uint8Array): Promise<PackEnvelope | RecallEnvelope> {
  const archive = await openArchive(bytes, RULES);
  judgeNames(archive.names);
  const head = async (name: string) => [await entry(archive, `${name}.json`, MOST_HEAD), await entry(archive, `${name}.sig`, 64)] as const;
  if (archive.names.includes('thu-hoi.json')) {
    const [signedBytes, signature] = await head('thu-hoi');
    if (archive.names.length !== 2) throw new PackRefused('unlisted');
    return { kind: 'recall', head: canonical(signedBytes, recallShape), signedBytes, signature };
  }
  const [signedBytes, signature] = await head('manifest');
  const manifest = canonical(signedBytes, manifestShape);
  judgeList(archive.names, manifest);
  return { kind: 'pack', head: manifest, signedBytes, signature, archive };
}

/** Did the holder of this key sign it? @throws PackRefused */
export function requireSignature({ signedBytes, signature }: PackEnvelope | RecallEnvelope, publicKey: Uint8Array): void {
  if (!isSignedBy(publicKey, signedBytes, signature)) throw new PackRefused('signature');
}

/** Reads every file of a pack and compares it with the signed list. @throws PackRefused */
export async function readContents({ head, archive }: PackEnvelope): Promise<PackContents> {
  let contents: Buffer | null = null;
  for (const { name, bytes, sha256: expected } of head.files) {
    const read = await entry(archive, name, bytes);
    if (read.length !== bytes || sha256(read).toString('hex') !== expected) throw new PackRefused('altered', name);
    if (name === 'noi-dung.json') contents = read;
  }
  if (!contents || contents.length > MOST_CONTENTS) throw new PackRefused('contents', 'noi-dung.json');
  const { items, ...of } = parsed(contents, contentsShape, 'contents');
  if (of.case !== head.case) throw new PackRefused('contents', 'case');
  return { items, pictures: head.files.map(({ name }) => name).filter((name) => name.startsWith('anh-xem/')).sort() };
}

/** One file of a pack that was taken in. @throws PackRefused when it is not there */
export function packEntry(archive: Archive, name: string): Promise<Buffer> {
  return entry(archive, name, RULES.inflated);
}

/** Names are compared, never used as paths; a name that would be one all the same is refused with the whole upload. */
function judgeNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const segments = name.split('/');
    if (name.length > 200 || /[\\:\p{Cc}]/u.test(name) || segments.some((one) => one === '' || one === '.' || one === '..')) throw new PackRefused('path');
    const same = name.normalize('NFC').toLowerCase();
    if (seen.has(same)) throw new PackRefused('duplicate');
    seen.add(same);
  }
}

function judgeList(names: readonly string[], { files }: Manifest): void {
  const listed = new Set(files.map(({ name }) => name));
  if (listed.size !== files.length) throw new PackRefused('manifest', 'a file twice');
  const own = names.filter((name) => name !== 'manifest.json' && name !== 'manifest.sig');
  if (own.some((name) => !listed.has(name) || !NAMES.test(name))) throw new PackRefused('unlisted');
  if (own.length !== listed.size) throw new PackRefused('missing');
}

async function entry(archive: Archive, name: string, most: number): Promise<Buffer> {
  const stream = archive.open(name);
  if (!stream) throw new PackRefused(name.endsWith('.json') || name.endsWith('.sig') ? 'manifest' : 'missing', name);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if ((size += chunk.length) > most) throw new PackRefused('altered', 'longer than it says');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON in its one form, of a shape. */
function canonical<T>(bytes: Buffer, shape: z.ZodType<T>): T {
  const value = parsed(bytes, shape, 'manifest');
  if (!Buffer.from(canonicalJson(value)).equals(bytes)) throw new PackRefused('manifest', 'not canonical');
  return value;
}

function parsed<T>(bytes: Buffer, shape: z.ZodType<T>, fault: PackFault): T {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new PackRefused(fault, 'no JSON', { cause: error });
  }
  const checked = shape.safeParse(value);
  if (!checked.success) throw new PackRefused(fault, checked.error.issues[0]?.path.join('.') ?? '');
  return checked.data;
}
