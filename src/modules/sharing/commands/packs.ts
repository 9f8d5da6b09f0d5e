import { sql } from 'kysely';
import { z } from 'zod';
import { publicCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { openIdentity, writeToReporter } from '#modules/cases/index.ts';
import { agencyName, letterhead } from '#modules/directory/index.ts';
import { renderDocument } from '#modules/documents/index.ts';
import { notify } from '#modules/notifications/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import type { PackTarget } from '#platform/schema.ts';
import { messages } from '#web/i18n/index.ts';
import { makePack, makeRecallNote, pictureFiles, sha256, type PackSource } from '../packs/pack.ts';
import { packContents, packPictures } from '../packs/queries.ts';
import { signerOf } from '../packs/signing.ts';
import type { PackRow } from '../packs/types.ts';
import type { Choice } from '../types.ts';
import { SHARED_PATH, TOLD, type LedCase } from './parties.ts';

/** What a pack is to be. */
export interface NewPack {
  readonly target: PackTarget;
  readonly recipientAgencyId: string | null;
  /** For police outside the directory and other provinces. */
  readonly recipientName: string;
  /** Code of the province whose desk may take it in, for another province. */
  readonly recipientProvince: string | null;
  readonly why: string;
  /** Written ground, for another province without a decision in force. */
  readonly legalGround: string;
  readonly withOriginals: boolean;
  /** Report whose contact goes along, to police only, with a reason of its own. */
  readonly contactReportId: string | null;
  readonly contactReason: string;
  /** Days after which its file can no longer be read, 1 to 90. */
  readonly days: number;
  readonly items: readonly Choice[];
}

/**
 * Drafts a pack; another officer approves it. @returns its code
 * @throws Invalid with the fields that are missing; the database refuses items of other cases and a contact for anybody but police
 */
export async function draftPack(desk: Desk, tx: Tx, actor: OfficerActor, led: LedCase, pack: NewPack): Promise<string> {
  const today = localDate(tx.now);
  const named = pack.recipientAgencyId ? (await agencyName(tx, pack.recipientAgencyId, today))?.name ?? '' : normalise(pack.recipientName);
  const [why, legalGround, contactReason] = [normalise(pack.why), normalise(pack.legalGround), normalise(pack.contactReason)];
  const fields = {
    ...(named.length < 3 && { recipientName: 'recipient' }), ...(why.length < 10 && { why: 'packWhy' }), ...(pack.items.length === 0 && { item: 'items' }),
    ...(pack.contactReportId && contactReason.length < 20 && { contactReason: 'contact_reason' }), ...(!(pack.days >= 1 && pack.days <= 90) && { days: 'days' }),
  };
  if (Object.keys(fields).length > 0) throw new Invalid('incomplete', { fields });
  const { PROVINCE: province } = desk.config;
  const code = publicCode('BG', { province, date: today, sequence: await takeNumbers(tx, `pack/${province}/${today}`, 1) });
  const { id } = await tx.insertInto('hand_over_pack').values({
    code, case_id: led.id, agency_id: actor.agencyId, target: pack.target, recipient_agency_id: pack.recipientAgencyId, recipient_name: named.slice(0, 300),
    recipient_province: pack.target === 'province' ? pack.recipientProvince : null, why: why.slice(0, 1000),
    legal_ground: legalGround.slice(0, 1000), with_originals: pack.withOriginals, contact_report_id: pack.contactReportId, contact_reason: pack.contactReportId ? contactReason.slice(0, 500) : null,
    days: pack.days, drafter_id: actor.officerId, drafted_at: tx.now,
  }).returning('id').executeTakeFirstOrThrow();
  await tx.insertInto('pack_item').values(pack.items.map(({ kind, itemId, full }) => ({ pack_id: id, kind, item_id: itemId, full_value: full }))).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'draft_pack', detail: { pack: code, target: pack.target, items: pack.items.length, contact: pack.contactReportId !== null } }]);
  return code;
}

/** A second person approves or refuses, with a reason (S7). @throws Invalid without one, Conflict when it was decided, the database for the drafter and for what may not go outside */
export async function decidePack(tx: Tx, actor: OfficerActor, led: LedCase, pack: PackRow, approves: boolean, words: string): Promise<void> {
  const reason = normalise(words);
  if (reason.length < 10) throw new Invalid('reason missing', { fields: { reason: 'reason' } });
  if (pack.state !== 'draft') throw new Conflict('decided', { reason: 'guard' });
  await tx.updateTable('hand_over_pack').set({ approver_id: actor.officerId, approve_reason: reason.slice(0, 1000), ...(approves ? { approved_at: tx.now } : { refused_at: tx.now }) }).where('id', '=', pack.id).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: approves ? 'approve_pack' : 'refuse_pack', reason, detail: { pack: pack.code } }]);
}

const contactShape = z.object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() });

/**
 * Makes an approved pack: seals the ZIP, tells the recipient, and, if a contact goes along, opens it (journaled, S12) and tells its reporter. All of
 * that is one transaction, so that a pack that fails half-way opened nothing and told nobody; pictures are made ready before.
 * @throws Conflict when it is not approved or was made; Forbidden by the database for a role that may open no contact
 */
export async function makeApprovedPack(desk: Desk, actor: OfficerActor, led: LedCase, pack: PackRow): Promise<void> {
  if (pack.state !== 'approved') throw new Conflict('not approved', { reason: 'guard' });
  const { publicKey, sign } = await signerOf(desk);
  const source = await inTransaction(desk, actor, (tx) => sourceOf(desk, tx, actor, led, pack, publicKey.toString('base64')));
  const pictures = await pictureFiles(desk, source);
  let kept: string | null = null;
  try {
    await inTransaction(desk, actor, async (tx) => {
      await tx.selectFrom('hand_over_pack').select('id').where('id', '=', pack.id).where('made_at', 'is', null).where('recalled_at', 'is', null).forUpdate()
        .executeTakeFirstOrThrow(() => new Conflict('made before', { reason: 'guard' }));
      const bytes = await makePack({ ...source, contact: await contactOf(desk, tx, actor, pack) }, pictures, sign, (letter) => renderDocument(desk, tx, actor.agencyId, letter));
      const { ref } = await desk.files.put(bytes);
      kept = ref;
      await tx.updateTable('hand_over_pack').set({ made_by: actor.officerId, made_at: tx.now, file_ref: ref, sha256: sha256(bytes), bytes: bytes.length, expires_at: new Date(tx.now.getTime() + pack.days * 86_400_000) })
        .where('id', '=', pack.id).execute();
      await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'make_pack', detail: { pack: pack.code, sha256: sha256(bytes).toString('hex') } }]);
      if (pack.recipientAgencyId) await notify(tx, { agencyId: pack.recipientAgencyId, roles: TOLD, kind: 'pack_ready', code: pack.code, href: `/can-bo/goi-nhan/${pack.code}` });
    });
  } catch (error) {
    if (kept) await desk.files.remove(kept);
    throw error;
  }
}

/** A signed note that this pack was taken back, to be sent the way the pack went. @throws NotFound unless it was made for the desk of a province and recalled */
export async function recallNote(desk: Desk, actor: OfficerActor, pack: PackRow): Promise<Buffer> {
  if (!pack.madeAt || !pack.recalledAt || !pack.recipientProvince) throw new NotFound('recall note');
  const { publicKey, sign } = await signerOf(desk);
  const names = await inTransaction(desk, actor, (tx) => agencyName(tx, actor.agencyId, localDate(tx.now)));
  return makeRecallNote({
    format: 'la-chan-recall/1', id: pack.id, code: pack.code, recalledAt: pack.recalledAt.toISOString(), reason: pack.recallReason ?? '',
    by: { name: names?.name ?? '', province: desk.config.PROVINCE, publicKey: publicKey.toString('base64') },
  }, sign);
}

async function sourceOf(desk: Desk, tx: Tx, actor: OfficerActor, led: LedCase, pack: PackRow, publicKey: string): Promise<PackSource> {
  const head = await letterhead(desk, tx, actor.agencyId, localDate(tx.now));
  const expiresAt = new Date(tx.now.getTime() + pack.days * 86_400_000);
  const items = await packContents(tx, pack.id, desk.keys);
  if (items.length === 0) throw new Conflict('nothing left of it', { reason: 'reload' });
  return {
    items, pictures: await packPictures(tx, items.filter(({ kind }) => kind === 'attachment').map(({ itemId }) => itemId)), withOriginals: pack.withOriginals,
    contact: null,
    head: {
      id: pack.id, code: pack.code, case: led.number, madeAt: tx.now.toISOString(), expiresAt: expiresAt.toISOString(), for: pack.recipientName,
      ...(pack.recipientProvince && { forProvince: pack.recipientProvince }),
      by: { name: head.name, province: desk.config.PROVINCE, publicKey },
    },
    minutes: {
      head, code: pack.code, caseNumber: led.number, recipient: pack.recipientName, why: pack.why, ground: pack.legalGround, expiresOn: localDate(expiresAt),
    },
  };
}

/** The contact, opened with its reason; whoever reported reads in their conversation who got it and why. */
async function contactOf(desk: Desk, tx: Tx, actor: OfficerActor, pack: PackRow): Promise<PackSource['contact']> {
  if (!pack.contactReportId || !pack.contactReason) return null;
  const report = await tx.selectFrom('report').select(['code', 'language']).where('id', '=', pack.contactReportId).executeTakeFirst();
  const sealed = await openIdentity(tx, actor, pack.contactReportId, `${pack.code}: ${pack.contactReason}`.slice(0, 500));
  const plain = sealed && desk.keys.unseal('identity', sealed, pack.contactReportId);
  if (!report || !plain) throw new Conflict('no contact', { reason: 'contact' });
  await writeToReporter(desk, tx, actor, pack.contactReportId, messages(report.language).sharing.minutes.told(pack.recipientName, pack.code, pack.contactReason));
  const { name, email, phone } = contactShape.parse(JSON.parse(plain.toString()));
  return { report: report.code, words: [name, phone, email].filter(Boolean).join('\n') };
}

/** Takes a pack back: its file is removed at once, the recipient is told. @throws Invalid without a reason, Conflict when it was recalled */
export async function recallPack(desk: Desk, actor: OfficerActor, led: LedCase, pack: PackRow, words: string): Promise<void> {
  const reason = normalise(words);
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason length', { fields: { why: 'why' } });
  const ref = await inTransaction(desk, actor, async (tx) => {
    const row = await tx.selectFrom('hand_over_pack').select(['file_ref', 'recalled_at']).where('id', '=', pack.id).forUpdate().executeTakeFirst();
    if (!row) throw new NotFound('pack');
    if (row.recalled_at) throw new Conflict('recalled', { reason: 'guard' });
    await tx.updateTable('hand_over_pack').set({ recalled_at: tx.now, recalled_by: actor.officerId, recall_reason: reason, file_ref: null }).where('id', '=', pack.id).execute();
    await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'recall_pack', reason, detail: { pack: pack.code } }]);
    if (pack.recipientAgencyId && pack.madeAt) await notify(tx, { agencyId: pack.recipientAgencyId, roles: TOLD, kind: 'pack_recalled', code: pack.code, href: SHARED_PATH });
    return row.file_ref;
  });
  if (ref) await desk.files.remove(ref);
}

/** Records on paper that an office outside received the pack. */
export async function recordReceipt(tx: Tx, actor: OfficerActor, led: LedCase, pack: PackRow, receipt: { number: string; on: string | undefined; office: string }): Promise<void> {
  const [number, office] = [normalise(receipt.number).slice(0, 100), normalise(receipt.office).slice(0, 300)];
  if (office.length < 3 || !receipt.on || receipt.on > localDate(tx.now)) throw new Invalid('receipt', { fields: { office: 'receipt' } });
  if (pack.state !== 'made' || pack.receipt || pack.target === 'agency') throw new Conflict('no receipt now', { reason: 'guard' });
  await tx.updateTable('hand_over_pack').set({ receipt_number: number, receipt_on: receipt.on, receipt_office: office, receipt_by: actor.officerId }).where('id', '=', pack.id).execute();
  await writeJournal(tx, actor, [{ entity: 'case', entityId: led.id, action: 'pack_receipt', detail: { pack: pack.code, on: receipt.on } }]);
}

/** A receipt of the agency a pack was made for. @throws NotFound when it cannot be read (any more) */
export async function readPack(tx: Tx, actor: OfficerActor, pack: { readonly id: string; readonly code: string; readonly agencyId: string; readonly caseId: string }): Promise<void> {
  const { rows } = await sql<{ read: boolean }>`select read_pack(${pack.id}::uuid) as read`.execute(tx);
  if (!rows[0]?.read) throw new NotFound('pack');
  await writeJournal(tx, actor, [{ entity: 'case', entityId: pack.caseId, action: 'read_pack', detail: { pack: pack.code } }]);
  await notify(tx, { agencyId: pack.agencyId, roles: TOLD, kind: 'pack_read', code: pack.code, href: SHARED_PATH });
}
