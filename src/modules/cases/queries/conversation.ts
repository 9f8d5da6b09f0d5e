import { sql, type RawBuilder } from 'kysely';
import type { Channel } from '#catalogue/channels.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { ArrivalMedia } from '#platform/schema.ts';

/** How a reporter learns that there is an answer. */
export type Reach = 'mail' | 'text' | 'page' | 'call';

/** Column: how the reporter of `r` with identity `p` is reached; as intake's letters go (a contact by text after these channels only). */
function reachOf(desk: Pick<Desk, 'mail' | 'sms'>): RawBuilder<Reach> {
  return sql<Reach>`case when ${desk.mail.available} and p.has_email then 'mail'
    when p.report_id is null or r.channel not in ('sms', 'phone', 'walk_in', 'post') then 'page'
    when ${desk.sms.available} then 'text' else 'call' end`;
}

/** Those who wait for the answer of a case: how many are reached in which way, and how many read English. */
export interface Waiting {
  readonly reach: Readonly<Record<Reach, number>>;
  readonly english: number;
}

/** How the reporters of a case who wait for an answer are reached. One statement. */
export async function waitingOf(tx: Tx, desk: Pick<Desk, 'mail' | 'sms'>, caseId: string): Promise<Waiting> {
  const { rows } = await sql<{ reach: Reach; count: number; english: number }>`
    select ${reachOf(desk)} as reach, count(*) as count, count(*) filter (where r.language = 'en') as english
    from report r left join reporter_identity p on p.report_id = r.id where r.case_id = ${caseId} and r.state = 'attached' group by 1`.execute(tx);
  const of = (reach: Reach): number => rows.find((row) => row.reach === reach)?.count ?? 0;
  return { reach: { mail: of('mail'), text: of('text'), page: of('page'), call: of('call') }, english: rows.reduce((sum, row) => sum + row.english, 0) };
}

/** How the reporter of one report is reached. */
export async function reachOfReport(tx: Tx, desk: Pick<Desk, 'mail' | 'sms'>, reportId: string): Promise<Reach> {
  const { rows } = await sql<{ reach: Reach }>`select ${reachOf(desk)} as reach from report r left join reporter_identity p on p.report_id = r.id where r.id = ${reportId}`.execute(tx);
  return rows[0]?.reach ?? 'page';
}

/** An internal note. */
export interface NoteView {
  readonly id: string;
  readonly officer: string;
  readonly body: string;
  readonly at: Date;
}

/** The own agency's notes on a case or report, oldest first. */
export function notesOf(tx: Tx, on: { readonly caseId: string } | { readonly reportId: string }): Promise<NoteView[]> {
  const query = tx.selectFrom('note as n').innerJoin('officer as o', 'o.id', 'n.officer_id').select(['n.id', 'o.full_name as officer', 'n.body', 'n.at']);
  const own = 'caseId' in on ? query.where('n.case_id', '=', on.caseId) : query.where('n.report_id', '=', on.reportId);
  return own.orderBy('n.at').orderBy('n.id').limit(200).execute();
}

/** A text to answer with. */
export interface TextView {
  readonly id: string;
  readonly title: string;
  readonly bodyVi: string;
  readonly bodyEn: string;
  readonly state: 'proposed' | 'approved' | 'retired';
  readonly drafterId: string;
  readonly drafter: string;
  readonly approver: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  /** Why it was taken out of use. */
  readonly reason: string | null;
}

/** Texts of the own agency by state: the approved and the waiting by title, the retired newest first. */
export async function textsOf(tx: Tx, states: readonly TextView['state'][]): Promise<TextView[]> {
  const { rows } = await sql<TextView>`
    select c.id, c.title, c.body_vi as "bodyVi", c.body_en as "bodyEn", c.state, c.drafter_id as "drafterId", d.full_name as drafter, a.full_name as approver,
      c.created_at as "createdAt", c.decided_at as "decidedAt",
      case when c.state = 'retired' then (select j.reason from journal j where j.entity_id = c.id and j.action = 'retire' order by j.seq desc limit 1) end as reason
    from canned_text c join officer d on d.id = c.drafter_id left join officer a on a.id = c.approver_id where c.state = any (${[...states]}::text[])
    order by case when c.state = 'retired' then c.decided_at end desc, c.title, c.id limit 300`.execute(tx);
  return rows;
}

/** Whether the own agency has this text. */
export async function ownText(tx: Tx, id: string): Promise<boolean> {
  return Boolean(await tx.selectFrom('canned_text').select('id').where('id', '=', id).executeTakeFirst());
}

/** An approved text as a form offers it. */
export interface ReadyText {
  readonly id: string;
  readonly title: string;
  readonly bodyVi: string;
  readonly bodyEn: string;
}

/** The approved texts of the own agency, by title. */
export function readyTexts(tx: Tx): Promise<ReadyText[]> {
  return tx.selectFrom('canned_text').select(['id', 'title', 'body_vi as bodyVi', 'body_en as bodyEn']).where('state', '=', 'approved').orderBy('title').orderBy('id').limit(200).execute();
}

/** How a report arrived: by what, to whom, what proved its sender, and its sealed original. */
export interface ArrivalView {
  readonly id: string;
  readonly channel: Channel;
  readonly media: ArrivalMedia;
  readonly receiver: string;
  readonly arrivedAt: Date;
  /** It began the report; the others are later letters of the conversation. */
  readonly first: boolean;
  readonly documentNumber: number | null;
  readonly documentYear: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Results of SPF, DKIM and DMARC (RFC 8601), as far as known. */
  readonly auth: Readonly<Record<'spf' | 'dkim' | 'dmarc', string | null>> | null;
}

type ArrivalRow = Omit<ArrivalView, 'auth'> & Record<'spf' | 'dkim' | 'dmarc', string | null>;

/** What the report was read from and what was added by the same channel, in order. One statement, by arrival_report. */
export async function arrivalsOf(tx: Tx, reportId: string): Promise<ArrivalView[]> {
  const { rows } = await sql<ArrivalRow>`
    select id, channel, media, receiver, arrived_at as "arrivedAt", state = 'taken' as first, document_number as "documentNumber", document_year as "documentYear",
      original_bytes as bytes, encode(original_sha256, 'hex') as sha256, facts #>> '{auth,spf}' as spf, facts #>> '{auth,dkim}' as dkim, facts #>> '{auth,dmarc}' as dmarc
    from arrival where report_id = ${reportId} order by arrived_at, id limit 20`.execute(tx);
  return rows.map(({ spf, dkim, dmarc, ...row }) => ({ ...row, auth: spf ?? dkim ?? dmarc ? { spf, dkim, dmarc } : null }));
}
