import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { addNote } from '#modules/cases/index.ts';
import { agencyName } from '#modules/directory/index.ts';
import { dropUploads, keepUpload, recordArrival, settleArrival, submitReport, type NewReport } from '#modules/intake/index.ts';
import { INTAKE, type OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { messages } from '#web/i18n/index.ts';
import { incomingRow, openIncoming } from '../packs/incoming.ts';
import { sha256 } from '../packs/pack.ts';
import { openEnvelope, packEntry, PackRefused, readContents, requireSignature, type PackContents, type PackEnvelope, type RecallEnvelope } from '../packs/reading.ts';
import type { IncomingRow } from '../packs/types.ts';
import type { ItemShown } from '../types.ts';

/** What an upload was. */
export interface Imported {
  readonly id: string;
  readonly kind: 'pack' | 'recall';
}

/**
 * Takes a signed pack in, or a signed note that one was taken back. Everything is judged in memory; what is refused leaves its reason and its hash in
 * the journal and nothing else.
 * @throws PackRefused
 */
export async function importPack(desk: Desk, actor: OfficerActor, file: SentFile | undefined): Promise<Imported> {
  try {
    if (!file || (file.bytes.length === 0 && !file.tooLarge)) throw new PackRefused('none');
    if (file.tooLarge) throw new PackRefused('too_large');
    const envelope = await openEnvelope(file.bytes);
    const peerId = await inTransaction(desk, actor, (tx) => trustedPeer(tx, envelope));
    if (envelope.kind === 'recall') return { kind: 'recall', id: await inTransaction(desk, actor, (tx) => markRecalled(tx, actor, envelope)) };
    await judgePack(desk, actor, envelope);
    return { kind: 'pack', id: await keepPack(desk, actor, { envelope, peerId, bytes: file.bytes }) };
  } catch (error) {
    if (error instanceof PackRefused && error.fault !== 'none') {
      const hash = file && !file.tooLarge ? sha256(file.bytes).toString('hex') : null;
      await inTransaction(desk, actor, (tx) => writeJournal(tx, actor, [{ entity: 'agency', entityId: actor.agencyId, action: 'refuse_incoming_pack', detail: { reason: error.fault, sha256: hash } }]));
    }
    throw error;
  }
}

/** The confirmed desk whose key signed it. @throws PackRefused */
async function trustedPeer(tx: Tx, envelope: PackEnvelope | RecallEnvelope): Promise<string> {
  const { by, code } = envelope.head;
  const key = Buffer.from(by.publicKey, 'base64');
  const rows = await tx.selectFrom('peer').select(['id', 'province_code', 'confirmed_at', 'ended_at']).where('public_key', '=', key).execute();
  const peer = rows.find(({ ended_at }) => ended_at === null);
  if (!peer) throw new PackRefused(rows.length > 0 ? 'sender_ended' : 'sender_unknown');
  if (!peer.confirmed_at) throw new PackRefused('sender_unconfirmed');
  requireSignature(envelope, key);
  if (by.province !== peer.province_code || code.slice(3, 5) !== peer.province_code) throw new PackRefused('sender_province');
  return peer.id;
}

async function judgePack(desk: Desk, actor: OfficerActor, envelope: PackEnvelope): Promise<void> {
  const { head } = envelope;
  if (head.forProvince !== desk.config.PROVINCE) throw new PackRefused('wrong_province');
  if (new Date(head.expiresAt) <= desk.clock.now()) throw new PackRefused('expired');
  if (await inTransaction(desk, actor, (tx) => isKnown(tx, head))) throw new PackRefused('seen');
  const { items, pictures } = await readContents(envelope);
  const bare = items.some((item) => item.kind === 'report' && !categoryOf(item.content.category).storesImages);
  if (bare && (pictures.length > 0 || head.files.some(({ name }) => name.startsWith('anh-goc/')))) throw new PackRefused('pictures');
}

const keyOf = ({ by }: { readonly by: { readonly publicKey: string } }) => Buffer.from(by.publicKey, 'base64');

async function isKnown(tx: Tx, head: PackEnvelope['head']): Promise<boolean> {
  return await tx.selectFrom('incoming_pack').select('id').where('sender_key', '=', keyOf(head)).where('pack_id', '=', head.id).executeTakeFirst() !== undefined;
}

/** Keeps the original sealed, and the row by which the same pack never comes in again. */
async function keepPack(desk: Desk, actor: OfficerActor, { envelope: { head }, peerId, bytes }: { envelope: PackEnvelope; peerId: string; bytes: Buffer }): Promise<string> {
  const hash = sha256(bytes);
  const receiver = await inTransaction(desk, actor, (tx) => agencyName(tx, actor.agencyId, localDate(tx.now)));
  const arrival = await recordArrival(desk, {
    channel: 'edoc', media: 'pack', receiver: receiver?.name ?? '', sender: null, externalKey: `${head.by.publicKey}/${head.id}/${hash.toString('hex')}`, original: bytes,
    officerId: actor.officerId, document: null, arrivedAt: desk.clock.now(), facts: { pack: head.code },
  });
  try {
    const row = await inTransaction(desk, actor, async (tx) => {
      const kept = await tx.insertInto('incoming_pack').values({
        agency_id: actor.agencyId, peer_id: peerId, sender_key: keyOf(head), pack_id: head.id, code: head.code, case_number: head.case, sha256: hash, made_at: new Date(head.madeAt),
        expires_at: new Date(head.expiresAt), arrival_id: arrival.id, imported_by: actor.officerId, imported_at: tx.now,
      }).onConflict((conflict) => conflict.columns(['sender_key', 'pack_id']).doNothing()).returning('id').executeTakeFirst();
      if (kept) await writeJournal(tx, actor, [{ entity: 'arrival', entityId: arrival.id, action: 'import_pack', detail: { pack: head.code, sha256: hash.toString('hex') } }]);
      return kept;
    });
    if (!row) throw new PackRefused('seen');
    return row.id;
  } catch (error) {
    await dropUnclaimed(desk, arrival.id);
    // Two at once with the very same bytes share one arrival: the other one’s row, or its taking the arrival away, shows as an error of the database here.
    if (!(error instanceof PackRefused) && await inTransaction(desk, actor, (tx) => isKnown(tx, head))) throw new PackRefused('seen', '', { cause: error });
    throw error;
  }
}

/** Removes an original that no row took. */
async function dropUnclaimed(desk: Desk, arrivalId: string): Promise<void> {
  const dropped = await inTransaction(desk, INTAKE, (tx) => tx.deleteFrom('arrival').where('id', '=', arrivalId).where('media', '=', 'pack').where('state', '=', 'waiting')
    .where((eb) => eb.not(eb.exists(eb.selectFrom('incoming_pack').select('incoming_pack.id').whereRef('incoming_pack.arrival_id', '=', 'arrival.id')))).returning('original_ref').executeTakeFirst());
  if (dropped?.original_ref) await desk.files.remove(dropped.original_ref);
}

/** Notes that the sender took a pack back; if it became a report, a note on that report says so. @throws PackRefused when no such pack came in, or it was noted */
async function markRecalled(tx: Tx, actor: OfficerActor, { head }: RecallEnvelope): Promise<string> {
  const pack = await tx.selectFrom('incoming_pack').select(['id', 'code', 'report_id', 'recalled_at', 'arrival_id']).where('sender_key', '=', keyOf(head)).where('pack_id', '=', head.id).forUpdate().executeTakeFirst();
  if (!pack || pack.code !== head.code) throw new PackRefused('recall_unknown');
  if (pack.recalled_at) throw new PackRefused('seen');
  const reason = normalise(head.reason).slice(0, 500);
  await tx.updateTable('incoming_pack').set({ recalled_at: tx.now, recall_reason: reason.length < 3 ? '–––' : reason }).where('id', '=', pack.id).execute();
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: pack.arrival_id ?? pack.id, action: 'pack_recalled_by_sender', detail: { pack: pack.code } }]);
  const stands = pack.report_id && await tx.selectFrom('report').select('id').where('id', '=', pack.report_id).where('state', '<>', 'stopped').where('minimised_at', 'is', null).executeTakeFirst();
  if (stands) await addNote(tx, actor, { reportId: stands.id }, messages('vi').peers.note.recalled(pack.code, reason));
  return pack.id;
}

/** Longest story of a report (the form’s own limit). */
const LONGEST = 5000;
/** Pictures of one report (the form’s own limit). */
const MOST_PICTURES = 5;
/** After this long, taking in that was broken off may be done again. */
const BROKEN_OFF_MS = 5 * 60_000;

/**
 * Makes a pack a report of this desk: through the intake as everything else, so that its gate is answered here again. A second try after a
 * failure goes on where the first one stopped.
 * @returns the code of the report
 * @throws Conflict when it was decided or recalled
 */
export async function acceptPack(desk: Desk, actor: OfficerActor, id: string, category: CategoryCode): Promise<string> {
  const pack = await inTransaction(desk, actor, (tx) => claim(tx, actor, id, category));
  const arrival = await inTransaction(desk, actor, (tx) => tx.selectFrom('arrival').select(['report_id', 'original_ref']).where('id', '=', pack.arrivalId!).executeTakeFirst());
  if (!arrival) throw new Conflict('its original is gone', { reason: 'decided' });
  let skipped = 0;
  let reportId = arrival.report_id;
  if (!reportId) {
    const { contents, archive, head } = await openIncoming(desk, arrival.original_ref!);
    const formKey = `incoming-pack:${id}`;
    await dropUploads(desk, formKey, []);
    const uploads = categoryOf(category).storesImages ? await keepPictures(desk, formKey, contents.pictures, async (name) => {
      const original = head.files.find((file) => file.name.startsWith(name.replace('anh-xem/', 'anh-goc/').replace(/jpg$/, '')));
      return packEntry(archive, original?.name ?? name);
    }) : [];
    skipped = contents.pictures.length - uploads.length;
    ({ id: reportId } = await submitReport(desk, reportOf(contents, { category, uploads, idempotencyKey: formKey, arrivalId: pack.arrivalId, senderAgencyId: pack.senderAgencyId })));
    // Pictures of this kind of harm are never stored (SCOPE), and the ZIP holds them too.
    if (!categoryOf(category).storesImages && contents.pictures.length > 0) await dropOriginal(desk, pack.arrivalId!, arrival.original_ref!);
  }
  return inTransaction(desk, actor, async (tx) => {
    await tx.updateTable('incoming_pack').set({ report_id: reportId }).where('id', '=', id).execute();
    await addNote(tx, actor, { reportId }, messages('vi').peers.note.from(pack.code, pack.peerName, pack.caseNumber, pack.sha256, skipped));
    return (await tx.selectFrom('report').select('code').where('id', '=', reportId).executeTakeFirstOrThrow()).code;
  });
}

async function claim(tx: Tx, actor: OfficerActor, id: string, category: CategoryCode): Promise<IncomingRow> {
  await tx.selectFrom('incoming_pack').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  const pack = await incomingRow(tx, id);
  if (!pack) throw new NotFound('pack');
  if (pack.recalledAt) throw new Conflict('recalled', { reason: 'recalled' });
  const brokenOff = pack.outcome === 'accepted' && pack.reportId === null && pack.category === category && pack.decidedAt!.getTime() < tx.now.getTime() - BROKEN_OFF_MS;
  if ((pack.outcome !== null && !brokenOff) || !pack.arrivalId) throw new Conflict('decided', { reason: 'decided' });
  if (pack.outcome === null) {
    await tx.updateTable('incoming_pack').set({ outcome: 'accepted', category, decided_by: actor.officerId, decided_at: tx.now }).where('id', '=', id).execute();
    await writeJournal(tx, actor, [{ entity: 'arrival', entityId: pack.arrivalId, action: 'accept_pack', detail: { pack: pack.code, category } }]);
  }
  return pack;
}

async function keepPictures(desk: Desk, formKey: string, names: readonly string[], bytesOf: (name: string) => Promise<Buffer>): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names.slice(0, MOST_PICTURES)) {
    try {
      ids.push((await keepUpload(desk, formKey, { field: 'picture', name: name.split('/').at(-1)!, bytes: await bytesOf(name), tooLarge: false })).id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
    }
  }
  return ids;
}

async function dropOriginal(desk: Desk, arrivalId: string, ref: string): Promise<void> {
  await inTransaction(desk, INTAKE, (tx) => tx.updateTable('arrival').set({ original_ref: null, original_bytes: null }).where('id', '=', arrivalId).execute());
  await desk.files.remove(ref);
}

function reportOf({ items }: PackContents, of: Pick<NewReport, 'category' | 'uploads' | 'idempotencyKey' | 'arrivalId' | 'senderAgencyId'>): NewReport {
  const reports = items.flatMap((item) => (item.kind === 'report' ? [item.content] : []));
  const [first] = reports.length === 1 ? reports : [];
  const traces = items.flatMap((item) => (item.kind === 'indicator' ? [item.content.value ?? item.content.display] : []));
  return {
    ...of, channel: 'edoc', situation: null, narrative: cut(items.map(wordsOf).filter(Boolean).join('\n\n')), traces: cut([...new Set(traces)].join('\n')), happenedOn: first?.happenedOn ?? null,
    moneyLost: first?.moneyLost ?? null, inDanger: false, forChild: false, communeCode: null, contact: null, language: 'vi',
  };
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function wordsOf(item: ItemShown): string {
  const { told } = messages('vi').peers.note;
  switch (item.kind) {
    case 'report': return item.content.narrative;
    case 'evidence': return told.evidence(item.content.description);
    case 'verification': return told.verification(item.content.checked, item.content.finding);
    default: return '';
  }
}

/** Does not take a pack in; its original goes after 28 days. @throws Invalid without a reason, Conflict when it was decided */
export async function declinePack(tx: Tx, actor: OfficerActor, id: string, words: string): Promise<void> {
  const reason = normalise(words);
  if (reason.length < 3 || reason.length > 300) throw new Invalid('reason length', { fields: { reason: 'reason' } });
  await tx.selectFrom('incoming_pack').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  const pack = await incomingRow(tx, id);
  if (!pack) throw new NotFound('pack');
  if (pack.outcome !== null || !pack.arrivalId) throw new Conflict('decided', { reason: 'decided' });
  await tx.updateTable('incoming_pack').set({ outcome: 'declined', decline_reason: reason, decided_by: actor.officerId, decided_at: tx.now }).where('id', '=', id).execute();
  await settleArrival(tx, pack.arrivalId, { state: 'discarded', reason });
  await writeJournal(tx, actor, [{ entity: 'arrival', entityId: pack.arrivalId, action: 'decline_pack', detail: { pack: pack.code } }]);
}

/** Ends packs that nobody answered, and originals that no row took; what was kept of them goes with the arrivals the night after. */
export async function lapsePacks(tx: Tx, before: Date): Promise<void> {
  const left = await tx.selectFrom('arrival').select('id').where('media', '=', 'pack').where('state', '=', 'waiting').where('recorded_at', '<', before).limit(1000).execute();
  for (const { id } of left) {
    await tx.updateTable('incoming_pack').set({ outcome: 'lapsed', decided_at: tx.now }).where('arrival_id', '=', id).where('outcome', 'is', null).execute();
    await settleArrival(tx, id, { state: 'discarded', reason: 'lapsed' });
  }
}
