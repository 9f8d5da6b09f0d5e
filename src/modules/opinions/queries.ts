import { sql, type Selectable } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { agencyNames, listAgencies } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { AgencyLevel, Database, ShareKind } from '#platform/schema.ts';
import type { AnswerView, ConsultationRow, ConsultationView, KeptFile, OpinionView, WaitingMail } from './types.ts';

/** Lines of a list. */
const PAGE = 200;

/** The two lists: what the own agency was asked, and what it asked on cases it leads. */
export type ListKind = 'duoc-hoi' | 'da-hoi';

/** One list, open first, the nearest day on top. What row-level security hides is not there. */
export async function consultationList(tx: Tx, actor: OfficerActor, kind: ListKind): Promise<ConsultationRow[]> {
  const mine = kind === 'duoc-hoi';
  const { rows } = await sql<Omit<ConsultationRow, 'askedBy'> & { askerId: string }>`
    select c.code, c.title, coalesce(k.number, p.number, '') as "caseNumber", c.due_on as "dueOn", c.sent_at as "sentAt", c.round, c.closed_at is not null as closed, c.agency_id as "askerId",
      ${mine ? sql`own.state` : sql`null`} as state, n.asked::int, n.answered::int, n.overdue::int, (n.to_read + w.waiting)::int as "toRead"
    from consultation c left join case_file k on k.id = c.case_id left join lateral party_case(c.case_id) p on true
      ${mine ? sql`join opinion own on own.consultation_id = c.id and own.agency_id = ${actor.agencyId}::uuid` : sql``}
      join lateral (select count(*) filter (where o.state <> 'withdrawn') as asked, count(*) filter (where o.state = 'answered') as answered, count(*) filter (where o.state = 'overdue') as overdue,
        count(*) filter (where (select a.answer from opinion_answer a where a.opinion_id = o.id order by a.version desc limit 1) = 'to_read') as to_read
        from opinion o where o.consultation_id = c.id) n on true
      join lateral (select count(*) as waiting from opinion_mail m join opinion o on o.id = m.opinion_id where o.consultation_id = c.id and m.state = 'waiting') w on true
    where ${mine ? sql`true` : sql`k.id is not null`}
    order by ${mine ? sql`own.state not in ('sent', 'overdue')` : sql`c.closed_at is not null`}, ${mine ? sql`case when own.state in ('sent', 'overdue') then c.due_on end` : sql`n.answered + 0 >= n.asked`}, c.due_on desc, c.id desc limit ${PAGE}`.execute(tx);
  const names = await agencyNames(tx, [...new Set(rows.map(({ askerId }) => askerId))], localDate(tx.now));
  return rows.map(({ askerId, ...row }) => ({ ...row, askedBy: names.get(askerId)?.shortName ?? '' }));
}

/** One request with what the officer may see of it; null when it is not theirs. */
export async function consultationView(desk: Pick<Desk, 'keys'>, tx: Tx, code: string): Promise<ConsultationView | null> {
  const { rows: [row] } = await sql<Selectable<Database['consultation']> & { number: string | null; leads: boolean; before: string | null; after: string | null }>`
    select c.*, coalesce(k.number, p.number) as number, k.id is not null as leads, b.code as before, f.code as after
    from consultation c left join case_file k on k.id = c.case_id left join lateral party_case(c.case_id) p on true
      left join consultation b on b.id = c.follows left join consultation f on f.follows = c.id
    where c.code = ${code}`.execute(tx);
  if (!row) return null;
  const opinions = await opinionsOf(tx, row.id);
  const names = await agencyNames(tx, [row.agency_id], localDate(tx.now));
  return {
    id: row.id, code: row.code, caseId: row.case_id, caseNumber: row.number ?? '', title: row.title, question: row.question, points: row.points, draftText: row.draft_text,
    inMail: row.in_mail, workingDays: row.working_days, dueOn: row.due_on, sentAt: row.sent_at, askedBy: names.get(row.agency_id)?.name ?? '', round: row.round,
    before: row.before, after: row.after, showsAnswers: row.shows_answers, summary: row.summary, closedAt: row.closed_at,
    files: await filesOf(tx, 'consultation_id', [row.id]).then((found) => found.get(row.id) ?? []), leads: row.leads, opinions, mails: row.leads ? await waitingMails(desk, tx, row.id) : [],
  };
}

async function opinionsOf(tx: Tx, consultationId: string): Promise<OpinionView[]> {
  const rows = await tx.selectFrom('opinion').select(['id', 'agency_id', 'state', 'opened_at', 'mailed_at', 'withdrawn_why']).where('consultation_id', '=', consultationId).execute();
  const answers = rows.length === 0 ? [] : await tx.selectFrom('opinion_answer as a').leftJoin('officer', 'officer.id', 'a.officer_id').selectAll('a').select('officer.full_name as by')
    .where('a.opinion_id', 'in', rows.map(({ id }) => id)).orderBy('a.version', 'desc').execute();
  const names = await agencyNames(tx, [...rows.map((row) => row.agency_id), ...answers.flatMap((one) => one.instead_agency_id ?? [])], localDate(tx.now));
  const files = await filesOf(tx, 'answer_id', answers.map(({ id }) => id));
  const ofMails = await filesOf(tx, 'mail_id', answers.flatMap((one) => one.mail_id ?? []));
  // What came with a mail belongs to every version made of it.
  const filesWith = (one: { id: string; mail_id: string | null }): KeptFile[] => (one.mail_id === null ? files.get(one.id) ?? []
    : [...ofMails.get(one.mail_id) ?? [], ...answers.filter((other) => other.mail_id === one.mail_id).flatMap(({ id }) => files.get(id) ?? [])]);
  const versions = answers.map((one): AnswerView & { opinionId: string } => ({
    opinionId: one.opinion_id, id: one.id, version: one.version, answer: one.answer, reasons: one.reasons, onPoints: one.on_points,
    instead: one.instead_agency_id ? names.get(one.instead_agency_id)?.name ?? '' : one.instead_text, documentNumber: one.document_number, documentOn: one.document_on, way: one.way, by: one.by,
    mailId: one.mail_id, at: one.at, late: one.late, files: filesWith(one),
  }));
  const views = rows.map((row): OpinionView => ({
    id: row.id, agencyId: row.agency_id, agency: names.get(row.agency_id)?.name ?? '', state: row.state, openedAt: row.opened_at, mailedAt: row.mailed_at, withdrawnWhy: row.withdrawn_why,
    versions: versions.filter(({ opinionId }) => opinionId === row.id),
  }));
  return views.toSorted((a, b) => a.agency.localeCompare(b.agency, 'vi'));
}

async function filesOf(tx: Tx, owner: 'consultation_id' | 'answer_id' | 'mail_id', ids: readonly string[]): Promise<ReadonlyMap<string, KeptFile[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('opinion_file').select(['id', 'name', 'media_type', 'bytes', `${owner} as owner`]).where(owner, 'in', [...ids]).orderBy('id').execute();
  return Map.groupBy(rows.map(({ media_type: mediaType, owner: of, ...file }) => ({ ...file, mediaType, of: of as string })), ({ of }) => of);
}

async function waitingMails(desk: Pick<Desk, 'keys'>, tx: Tx, consultationId: string): Promise<WaitingMail[]> {
  const rows = await tx.selectFrom('opinion_mail as m').innerJoin('opinion as o', 'o.id', 'm.opinion_id').selectAll('m').where('o.consultation_id', '=', consultationId).where('m.state', '=', 'waiting').orderBy('m.at').execute();
  const files = await filesOf(tx, 'mail_id', rows.map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id, opinionId: row.opinion_id, sender: desk.keys.unseal('arrival', row.sender_sealed, row.arrival_id)?.toString('utf8') ?? '', why: row.why ?? 'unknown_sender', body: row.body, answer: row.answer,
    at: row.at, files: files.get(row.id) ?? [],
  }));
}

/** A file of a request, an answer or a mail, if the officer may see it. */
export async function keptFile(tx: Tx, code: string, id: string): Promise<{ name: string; ref: string } | null> {
  const { rows: [row] } = await sql<{ name: string; ref: string }>`select f.name, f.file_ref as ref from opinion_file f
    left join opinion_answer a on a.id = f.answer_id left join opinion_mail m on m.id = f.mail_id
    join consultation c on c.id = coalesce(f.consultation_id, consultation_of(coalesce(a.opinion_id, m.opinion_id))) where f.id = ${id}::uuid and c.code = ${code}`.execute(tx);
  return row ?? null;
}

/** An agency that can be asked. */
export interface AgencyChoice {
  readonly id: string;
  readonly name: string;
  readonly level: AgencyLevel;
}

/** The agencies that act today, without the own one, by level. */
export async function agencyChoices(tx: Tx, own: string): Promise<AgencyChoice[]> {
  const rows = await listAgencies(tx, { on: localDate(tx.now) });
  return rows.filter((agency) => agency.acting && agency.id !== own).map(({ id, name, level }) => ({ id, name, level }));
}

/** A case about which opinions may be asked now. */
export interface OpenCase {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
}

/** Cases the own agency leads and works on, newest first. */
export function openCases(tx: Tx, agencyId: string): Promise<OpenCase[]> {
  return tx.selectFrom('case_file').select(['id', 'number', 'title', 'state']).where('lead_agency_id', '=', agencyId).where('state', 'in', ['verifying', 'consulting', 'deciding', 'acting']).orderBy('opened_at', 'desc').limit(50).execute();
}

/** One case the own agency leads, whatever its state; null when it does not. */
export async function ledCase(tx: Tx, agencyId: string, number: string): Promise<OpenCase | null> {
  return await tx.selectFrom('case_file').select(['id', 'number', 'title', 'state']).where('lead_agency_id', '=', agencyId).where('number', '=', number).executeTakeFirst() ?? null;
}

/** Something of a case that can be shown to who is asked. */
export interface ShareChoice {
  readonly kind: ShareKind;
  readonly id: string;
  readonly words: string;
}

/** What of a case passed the gate and may be shown, item by item; never who reported. */
export async function shareChoices(tx: Tx, caseId: string): Promise<ShareChoice[]> {
  const { rows } = await sql<ShareChoice>`
    (select 'verification' as kind, v.id, left(v.finding, 160) as words from verification v where v.case_id = ${caseId}::uuid order by v.at desc limit 20)
    union all (select 'evidence', e.id, left(e.description, 160) from evidence e where e.case_id = ${caseId}::uuid order by e.at desc limit 30)
    union all (select 'indicator', x.id, x.display from indicator x where exists (select 1 from report_indicator i join report r on r.id = i.report_id
      where i.indicator_id = x.id and r.case_id = ${caseId}::uuid and r.state in ('attached', 'answered')) order by x.display limit 30)
    union all (select 'report', r.id, r.code || ': ' || left(r.narrative, 120) from report r where r.case_id = ${caseId}::uuid and r.state in ('attached', 'answered') order by r.received_at desc limit 20)
    union all (select 'attachment', a.id, a.name from attachment a join report r on r.id = a.report_id where r.case_id = ${caseId}::uuid and r.state in ('attached', 'answered') order by a.at desc limit 20)`.execute(tx);
  return rows;
}

/** Ids of documents of a request that wait for a number or have one, by kind. */
export async function registeredPapers(tx: Tx, consultationId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('document_out').select('kind').where('source_entity', '=', 'consultation').where('source_id', '=', consultationId).execute();
  return new Set(rows.map(({ kind }) => kind));
}
