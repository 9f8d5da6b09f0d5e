import { sql } from 'kysely';
import { BANKS, OTHER_WALLETS } from '#core/indicators/index.ts';
import { localDate } from '#core/deadlines.ts';
import { agencyNames } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import type { Keys } from '#platform/keys.ts';
import type { ShareKind } from '#platform/schema.ts';
import type { CaseItem, Choice, ItemShown, LedCaseView, PartyCase, PartyRow, SentBack, SharedItem, ShareMessage, ShareRecord } from './types.ts';

/** Newest items of a kind that a page offers. */
const MOST_OF_A_KIND = 100;
const MOST_ROWS = 200;

interface ShareRow {
  readonly id: string;
  readonly kind: ShareKind;
  readonly full_value: boolean;
  readonly shared_at: Date;
  readonly read_at: Date | null;
  readonly content: object;
}

/**
 * What the acting officer's agency is shown of a case it takes part in, item by item, as the database shapes it; nothing for everybody else.
 * @param keys opens the numbers that are shared whole; without them they stay masked
 */
export async function sharedItems(tx: Tx, caseId: string, keys?: Keys): Promise<SharedItem[]> {
  const { rows } = await sql<ShareRow>`select * from shared_items(${caseId}::uuid)`.execute(tx);
  return rows.map((row) => sharedItem(row, keys));
}

/** The same for an agency that takes part, asked by the agency that leads: exactly what it sees now. */
export async function sharedItemsOf(tx: Tx, caseId: string, agencyId: string, keys?: Keys): Promise<SharedItem[]> {
  const { rows } = await sql<ShareRow>`select * from shared_items_of(${caseId}::uuid, ${agencyId}::uuid)`.execute(tx);
  return rows.map((row) => sharedItem(row, keys));
}

function sharedItem(row: ShareRow, keys: Keys | undefined): SharedItem {
  return { ...shownItem(row, keys), id: row.id, full: row.full_value, sharedAt: row.shared_at, readAt: row.read_at };
}

/** An item of the database with its number opened, where it is whole. */
export function shownItem({ kind, content }: { readonly kind: ShareKind; readonly content: object }, keys?: Keys): ItemShown {
  const item = { kind, content } as ItemShown;
  if (item.kind !== 'indicator' || item.content.sealed === undefined) return item;
  const { sealed, ...rest } = item.content;
  const plain = keys?.unseal('indicator', Buffer.from(sealed, 'base64'), item.content.kind)?.toString();
  return { kind: 'indicator', content: plain === undefined ? rest : { ...rest, value: wholeNumber(item.content.kind, plain) } };
}

/** A number as people say it: an account with its bank. */
function wholeNumber(kind: string, key: string): string {
  if (kind !== 'bank_account') return key;
  const [bin, account = key] = key.split('|');
  const bank = [...BANKS, ...OTHER_WALLETS].find((one) => one.bin === bin);
  return bank ? `${account} (${bank.name})` : account;
}

/** The newest items of each kind of a case the own agency leads, as others would see them. */
export async function caseItems(tx: Tx, caseId: string): Promise<CaseItem[]> {
  const { rows } = await sql<{ kind: ShareKind; item_id: string; content: object }>`select * from case_items(${caseId}::uuid, ${MOST_OF_A_KIND})`.execute(tx);
  return rows.map((row) => ({ ...shownItem(row), itemId: row.item_id }));
}

/** Chosen items exactly as a party would see them; what is no item of the case is left out. */
export async function previewItems(tx: Tx, caseId: string, chosen: readonly Choice[], keys: Keys): Promise<CaseItem[]> {
  if (chosen.length === 0) return [];
  const { rows } = await sql<{ kind: ShareKind; item_id: string; content: object }>`select * from preview_items(${caseId}::uuid, ${chosen.map(({ kind }) => kind)}::text[],
    ${chosen.map(({ itemId }) => itemId)}::uuid[], ${chosen.map(({ full }) => full)}::boolean[])`.execute(tx);
  return rows.map((row) => ({ ...shownItem(row, keys), itemId: row.item_id }));
}

/** The reference of the stored copy of a shared picture; null once it was recalled. */
export async function sharedPicture(tx: Tx, shareId: string): Promise<string | null> {
  const { rows } = await sql<{ ref: string | null }>`select shared_picture(${shareId}::uuid) as ref`.execute(tx);
  return rows[0]?.ref ?? null;
}

// ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The case of this number, if the acting officer's agency takes part in it. @throws NotFound, the same for cases there are and are not */
export async function partyCase(tx: Tx, actor: OfficerActor, number: string): Promise<PartyCase> {
  const [found] = await partyCases(tx, actor, number);
  if (!found) throw new NotFound('case');
  return found;
}

/** Cases in which the own agency takes part, newest first. */
export async function partyCases(tx: Tx, actor: OfficerActor, number: string | null = null): Promise<PartyCase[]> {
  const { rows } = await sql<PartyCase>`select p.case_id as id, c.number, c.category, c.state, c.title, c.lead_agency_id as "leadAgencyId", c.part, c.since
    from case_party p cross join lateral party_case(p.case_id) c
    where p.agency_id = ${actor.agencyId} and p.ended_at is null and (${number}::text is null or c.number = ${number}) order by c.since desc, c.number desc limit ${MOST_ROWS}`.execute(tx);
  return rows;
}

/** How many live shares of each case the own agency has, and has not read. */
export async function shareCounts(tx: Tx, actor: OfficerActor, caseIds: readonly string[]): Promise<ReadonlyMap<string, { readonly all: number; readonly unread: number }>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx.selectFrom('case_share').where('case_id', 'in', [...caseIds]).where('agency_id', '=', actor.agencyId).where('recalled_at', 'is', null).groupBy('case_id')
    .select((eb) => ['case_id', eb.fn.countAll<number>().as('all'), eb.fn.countAll<number>().filterWhere('read_at', 'is', null).as('unread')]).execute();
  return new Map(rows.map((row) => [row.case_id, { all: row.all, unread: row.unread }]));
}

/** The case of this number, if the own agency leads it. @throws NotFound */
export async function ledCase(tx: Tx, actor: OfficerActor, number: string): Promise<LedCaseView> {
  const row = await tx.selectFrom('case_file').select(['id', 'number', 'category', 'state', 'title', 'lead_agency_id as leadAgencyId'])
    .where('number', '=', number).where('lead_agency_id', '=', actor.agencyId).executeTakeFirst();
  if (!row) throw new NotFound('case');
  return row;
}

/** Cases of the own agency in which others take part, newest first. */
export async function sharedFrom(tx: Tx, actor: OfficerActor): Promise<(LedCaseView & { readonly parties: number; readonly unread: number })[]> {
  const { rows } = await sql<LedCaseView & { parties: number; unread: number }>`select c.id, c.number, c.category, c.state, c.title, c.lead_agency_id as "leadAgencyId", p.parties::int, s.unread::int
    from case_file c cross join lateral (select count(*) as parties from case_party p where p.case_id = c.id and p.ended_at is null) p
      cross join lateral (select count(*) as unread from case_share s where s.case_id = c.id and s.recalled_at is null and s.read_at is null) s
    where c.lead_agency_id = ${actor.agencyId} and p.parties > 0 order by c.opened_at desc limit ${MOST_ROWS}`.execute(tx);
  return rows;
}

/** The agencies that take or took part in a case, with what each is shown. */
export async function partiesOf(tx: Tx, caseId: string): Promise<PartyRow[]> {
  const parties = await tx.selectFrom('case_party').where('case_id', '=', caseId).selectAll().orderBy('since').execute();
  const shares = await tx.selectFrom('case_share').where('case_id', '=', caseId).where('recalled_at', 'is', null).groupBy('agency_id')
    .select((eb) => ['agency_id', eb.fn.countAll<number>().as('all'), eb.fn.countAll<number>().filterWhere('read_at', 'is', null).as('unread')]).execute();
  const names = await agencyNames(tx, parties.map(({ agency_id }) => agency_id), localDate(tx.now));
  return parties.map((row) => {
    const count = shares.find(({ agency_id }) => agency_id === row.agency_id);
    return {
      agencyId: row.agency_id, name: names.get(row.agency_id)?.name ?? '', nameEn: names.get(row.agency_id)?.nameEn ?? '', part: row.part, since: row.since, endedAt: row.ended_at,
      shares: count?.all ?? 0, unread: count?.unread ?? 0,
    };
  });
}

/** Everything ever shown to one agency, newest first: what, why, when, read by whom, taken back why. */
export async function shareRecords(tx: Tx, caseId: string, agencyId: string): Promise<ShareRecord[]> {
  const rows = await tx.selectFrom('case_share as s').leftJoin('officer as o', 'o.id', 's.read_by').where('s.case_id', '=', caseId).where('s.agency_id', '=', agencyId)
    .select(['s.id', 's.kind', 's.item_id', 's.full_value', 's.why', 's.shared_at', 's.read_at', 'o.full_name', 's.recalled_at', 's.recall_reason']).orderBy('s.id', 'desc').limit(MOST_ROWS).execute();
  const { rows: items } = await sql<{ kind: ShareKind; item_id: string; content: object }>`select kind, item_id, content from preview_items(${caseId}::uuid, ${rows.map(({ kind }) => kind)}::text[],
    ${rows.map(({ item_id }) => item_id)}::uuid[], ${rows.map(() => false)}::boolean[])`.execute(tx);
  const byItem = new Map(items.map((item) => [`${item.kind}.${item.item_id}`, item]));
  return rows.map((row) => {
    const item = byItem.get(`${row.kind}.${row.item_id}`);
    return {
      id: row.id, kind: row.kind, itemId: row.item_id, full: row.full_value, why: row.why, sharedAt: row.shared_at, readAt: row.read_at, readBy: row.full_name, recalledAt: row.recalled_at,
      recallReason: row.recall_reason, item: item ? shownItem(item) : null,
    };
  });
}

/** What the agency that leads and one party said to each other, oldest first. */
export async function shareMessages(tx: Tx, caseId: string, partyId: string): Promise<ShareMessage[]> {
  const rows = await tx.selectFrom('share_message').where('case_id', '=', caseId).where('agency_id', '=', partyId).select(['id', 'from_agency', 'body', 'at']).orderBy('id', 'desc').limit(MOST_ROWS).execute();
  return rows.map(({ from_agency, ...row }) => ({ ...row, fromLead: from_agency !== partyId })).reverse();
}

/** Files one party sent back, newest first. */
export async function sentBack(tx: Tx, caseId: string, partyId: string): Promise<SentBack[]> {
  const rows = await tx.selectFrom('share_file').where('case_id', '=', caseId).where('agency_id', '=', partyId).where('file_ref', 'is not', null)
    .select(['id', 'name', 'bytes', 'sha256', 'at', 'evidence_id']).orderBy('id', 'desc').limit(MOST_ROWS).execute();
  return rows.map(({ sha256, evidence_id, ...row }) => ({ ...row, sha256: sha256.toString('hex'), filed: evidence_id !== null }));
}

/** Where the bytes of a file that was sent back are, and what they are; null for those who do not see it. */
export async function sentFile(tx: Tx, caseId: string, id: string): Promise<{ readonly ref: string; readonly type: string; readonly name: string } | null> {
  const row = await tx.selectFrom('share_file').where('id', '=', id).where('case_id', '=', caseId).select(['file_ref', 'media_type', 'name']).executeTakeFirst();
  return row?.file_ref ? { ref: row.file_ref, type: row.media_type, name: row.name } : null;
}
