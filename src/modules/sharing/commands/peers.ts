import { normalise } from '#core/vietnamese.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';

/** A desk of another province as an administrator writes it down. */
export interface NewPeer {
  readonly name: string;
  readonly provinceCode: string;
  /** Ed25519, 32 bytes in base64, as it stands in `/.well-known/la-chan.json`. */
  readonly publicKey: string;
  /** https:// or empty */
  readonly address: string;
  readonly agencyId: string | null;
}

/** Adds a desk; its packs are taken in once a second administrator has compared the fingerprint. @throws Invalid with the fields, Conflict when this key is there */
export async function addPeer(tx: Tx, actor: OfficerActor, own: string, peer: NewPeer): Promise<void> {
  const name = normalise(peer.name).slice(0, 300);
  const [key, address] = [keyOf(peer.publicKey), peer.address.trim()];
  const province = await tx.selectFrom('province').select('code').where('code', '=', peer.provinceCode).executeTakeFirst();
  const fields = {
    ...(name.length < 3 && { name: 'name' }), ...((!province || province.code === own) && { province: 'province' }), ...(!key && { key: 'key' }),
    ...(address !== '' && !/^https:\/\/[^\s<>"]{1,290}$/.test(address) && { address: 'address' }),
  };
  if (!key || Object.keys(fields).length > 0) throw new Invalid('incomplete', { fields });
  const mine = await tx.selectFrom('peer').select('id').where('public_key', '=', key).where('ended_at', 'is', null).executeTakeFirst();
  if (mine) throw new Conflict('this key is there', { reason: 'known' });
  const { id } = await tx.insertInto('peer').values({
    agency_id: actor.agencyId, name, province_code: peer.provinceCode, public_key: key, address: address || null, directory_agency_id: peer.agencyId, added_by: actor.officerId, added_at: tx.now,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'peer', entityId: id, action: 'add_peer', detail: { province: peer.provinceCode } }]);
}

/** The 32 bytes of a key in base64; null for anything else. */
function keyOf(text: string): Buffer | null {
  const typed = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]{43}=$/.test(typed) ? Buffer.from(typed, 'base64') : null;
}

/** A second administrator confirms that the fingerprint is the same on the other side. @throws Conflict for who added it, or when it is confirmed or ended */
export async function confirmPeer(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const peer = await openPeer(tx, id);
  if (peer.added_by === actor.officerId) throw new Conflict('confirmed by another', { reason: 'own' });
  if (peer.confirmed_at) throw new Conflict('confirmed before', { reason: 'decided' });
  await tx.updateTable('peer').set({ confirmed_by: actor.officerId, confirmed_at: tx.now }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'peer', entityId: id, action: 'confirm_peer' }]);
}

/** Ends a desk: from now on nothing it signed is taken in. @throws Invalid without a reason */
export async function endPeer(tx: Tx, actor: OfficerActor, id: string, words: string): Promise<void> {
  const reason = normalise(words);
  if (reason.length < 3 || reason.length > 500) throw new Invalid('reason length', { fields: { reason: 'reason' } });
  await openPeer(tx, id);
  await tx.updateTable('peer').set({ ended_by: actor.officerId, ended_at: tx.now, end_reason: reason }).where('id', '=', id).execute();
  await writeJournal(tx, actor, [{ entity: 'peer', entityId: id, action: 'end_peer', reason }]);
}

async function openPeer(tx: Tx, id: string) {
  const peer = await tx.selectFrom('peer').select(['added_by', 'confirmed_at', 'ended_at']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!peer) throw new NotFound('peer');
  if (peer.ended_at) throw new Conflict('ended', { reason: 'decided' });
  return peer;
}
