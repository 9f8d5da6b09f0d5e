import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { agencyNames, listAgencies, type AgencyNames } from '#modules/directory/index.ts';
import { numberOf, type IssuedNumber } from '#modules/documents/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { NotFound } from '#platform/errors.ts';
import { LISTS, PAPERS, type ActionItem, type AgendaItem, type Choice, type Guest, type ListName, type MeetingPage, type MeetingRow, type Paper } from './types.ts';

const PAGE = 25;
/** Cases offered for an agenda: the newest open ones. */
const MOST_CASES = 100;
const NOBODY: AgencyNames = { name: '', shortName: '', nameEn: '' };

/**
 * One list of the meetings the own agency holds or is invited to, the next first, and how many stand in each.
 * @param page from 1
 */
export async function meetingList(tx: Tx, actor: OfficerActor, list: ListName, page: number): Promise<{ rows: MeetingRow[]; counts: Readonly<Record<ListName, number>>; pages: number }> {
  const in_ = {
    'sap-hop': sql<boolean>`(m.state in ('planned', 'invited'))`, 'cho-ket-luan': sql<boolean>`(m.state = 'held')`, 'da-ket-luan': sql<boolean>`(m.state = 'concluded')`,
    'da-huy': sql<boolean>`(m.state = 'cancelled')`,
  } satisfies Record<ListName, unknown>;
  const counts = await tx.selectFrom('meeting as m').select(({ fn }) => LISTS.map((name) => fn.countAll<number>().filterWhere(in_[name]).as(name))).executeTakeFirstOrThrow() as Record<ListName, number>;
  const found = await tx.selectFrom('meeting as m').leftJoin('meeting_guest as g', (join) => join.onRef('g.meeting_id', '=', 'm.id').on('g.agency_id', '=', actor.agencyId)).where(in_[list])
    .select((eb) => [
      'm.id', 'm.code', 'm.title', 'm.state', 'm.starts_at as startsAt', 'm.ends_at as endsAt', 'm.place', 'm.agency_id', 'g.answer',
      eb.selectFrom('meeting_guest as w').whereRef('w.meeting_id', '=', 'm.id').where('w.answer', '=', 'none').select((one) => one.fn.countAll<number>().as('n')).as('waiting'),
    ])
    .orderBy('m.starts_at', list === 'sap-hop' ? 'asc' : 'desc').orderBy('m.id').limit(PAGE).offset((page - 1) * PAGE).execute();
  const names = await agencyNames(tx, [...new Set(found.map((row) => row.agency_id))], localDate(tx.now));
  return {
    counts, pages: Math.max(1, Math.ceil(counts[list] / PAGE)),
    rows: found.map(({ agency_id: agencyId, waiting, answer, ...row }) => {
      const isOwn = agencyId === actor.agencyId;
      return { ...row, isOwn, agency: names.get(agencyId)?.shortName ?? '', answer: isOwn ? null : answer, waiting: isOwn ? waiting : null };
    }),
  };
}

/** Everything the acting officer may know of a meeting. @throws NotFound */
export async function meetingPage(tx: Tx, actor: OfficerActor, id: string): Promise<MeetingPage> {
  const row = await tx.selectFrom('meeting').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new NotFound('meeting');
  const isOwn = row.agency_id === actor.agencyId;
  const guests = isOwn ? await ownGuests(tx, id) : await guestsForGuest(tx, actor, id);
  const actions = await tx.selectFrom('meeting_action as a').leftJoin('officer as o', 'o.id', 'a.officer_id').leftJoin('task as t', 't.id', 'a.task_id').leftJoin('meeting_agenda as g', (join) => join
    .onRef('g.meeting_id', '=', 'a.meeting_id').onRef('g.case_id', '=', 'a.case_id')).where('a.meeting_id', '=', id).distinctOn('a.id')
    .select(['a.id', 'a.what', 'a.agency_id as agencyId', 'o.full_name as officer', 'a.due_on as dueOn', 'a.case_id as caseId', 't.state as task']).orderBy('a.id').execute();
  const names = await agencyNames(tx, [...new Set([row.agency_id, ...guests.map((guest) => guest.agency_id), ...actions.map((action) => action.agencyId)])], localDate(row.starts_at));
  const agenda = await agendaOf(tx, id, isOwn);
  const conclusion = await tx.selectFrom('meeting_conclusion').select(['body', 'version']).where('meeting_id', '=', id).executeTakeFirst();
  return {
    id, code: row.code, state: row.state, title: row.title, place: row.place, onlineLink: row.online_link, startsAt: row.starts_at, endsAt: row.ends_at, endedAt: row.ended_at,
    chair: row.chair, secretary: row.secretary, version: row.version, sequence: row.sequence, changedAt: row.changed_at, invitedAt: row.invited_at, concludedAt: row.concluded_at,
    cancelReason: row.cancel_reason, agencyId: row.agency_id, agency: names.get(row.agency_id) ?? NOBODY, isOwn, agenda,
    guests: guests.map((guest) => toGuest(guest, names, actor, row.sequence)).sort((a, b) => a.name.localeCompare(b.name, 'vi')),
    conclusion: conclusion ?? null,
    actions: actions.map(({ caseId, ...action }): ActionItem => ({
      ...action, agency: names.get(action.agencyId)?.shortName ?? '', agencyName: names.get(action.agencyId)?.name ?? '', caseNumber: agenda.find((item) => item.caseId === caseId && caseId)?.caseNumber ?? null,
    })),
    addenda: await tx.selectFrom('meeting_addendum as a').innerJoin('officer as o', 'o.id', 'a.officer_id').select(['a.part', 'a.body', 'a.reason', 'a.at', 'o.full_name as officer'])
      .where('a.meeting_id', '=', id).orderBy('a.at').orderBy('a.id').execute(),
    numbers: await numbersOf(tx, id, isOwn),
  };
}

interface GuestRow {
  agency_id: string; invited_at: Date | null; answer: Guest['answer']; reason: string; names: string; answered_at: Date | null; answered_sequence: number | null;
  attendance: Guest['attendance']; came: string;
}
const GUEST_COLUMNS = ['agency_id', 'invited_at', 'answer', 'reason', 'names', 'answered_at', 'answered_sequence', 'attendance', 'came'] as const;

function ownGuests(tx: Tx, id: string): Promise<GuestRow[]> {
  return tx.selectFrom('meeting_guest').select(GUEST_COLUMNS).where('meeting_id', '=', id).execute();
}

/** The guest's own row, and after the conclusion who else was there. */
async function guestsForGuest(tx: Tx, actor: OfficerActor, id: string): Promise<GuestRow[]> {
  const own = await ownGuests(tx, id);
  const { rows: others } = await sql<Pick<GuestRow, 'agency_id' | 'attendance' | 'came'>>`select agency_id, attendance, came from meeting_presence(${id}::uuid) where agency_id <> ${actor.agencyId}::uuid`.execute(tx);
  return [...own, ...others.map((other): GuestRow => ({ ...other, invited_at: null, answer: 'none', reason: '', names: '', answered_at: null, answered_sequence: null }))];
}

function toGuest({ agency_id: agencyId, answered_sequence: answeredSequence, ...row }: GuestRow, names: ReadonlyMap<string, AgencyNames>, actor: OfficerActor, sequence: number): Guest {
  return {
    ...(names.get(agencyId) ?? NOBODY), agencyId, isOwn: agencyId === actor.agencyId, isInvited: row.invited_at !== null, answer: row.answer, reason: row.reason, names: row.names,
    answeredAt: row.answered_at, isStale: answeredSequence !== null && answeredSequence < sequence, attendance: row.attendance, came: row.came,
  };
}

async function agendaOf(tx: Tx, id: string, isOwn: boolean): Promise<AgendaItem[]> {
  const rows = await tx.selectFrom('meeting_agenda as a').leftJoin('case_file as c', 'c.id', 'a.case_id').leftJoin('meeting_minutes as w', 'w.agenda_id', 'a.id').leftJoin('officer as o', 'o.id', 'w.saved_by')
    .where('a.meeting_id', '=', id).orderBy('a.ordinal')
    .select([
      'a.id', 'a.title', 'a.minutes', 'a.presenter', 'a.case_id as caseId', 'c.number', 'w.discussion', 'w.statements', 'w.conclusion', 'w.version', 'w.saved_at as savedAt', 'o.full_name as savedBy',
      // A guest does not read the file; what a party may know comes by its function.
      sql<string | null>`case when ${!isOwn} and a.case_id is not null then (select p.number from party_case(a.case_id) p) end`.as('partyNumber'),
    ]).execute();
  return rows.map(({ id: itemId, title, minutes, presenter, caseId, number, partyNumber, discussion, statements, conclusion, version, savedAt, savedBy }) => ({
    id: itemId, title, minutes, presenter, caseId, caseNumber: number ?? partyNumber,
    written: version === null ? null : { discussion: discussion!, statements: statements!, conclusion: conclusion!, version, savedAt: savedAt!, savedBy: savedBy ?? '' },
  }));
}

async function numbersOf(tx: Tx, id: string, isOwn: boolean): Promise<Record<Paper, IssuedNumber | null>> {
  const numbers: Record<Paper, IssuedNumber | null> = { giay_moi: null, bien_ban: null, thong_bao: null };
  for (const kind of PAPERS) numbers[kind] = isOwn ? await numberOf(tx, { entity: 'meeting', id }, kind) : await guestNumber(tx, id, kind);
  return numbers;
}

async function guestNumber(tx: Tx, id: string, kind: Paper): Promise<IssuedNumber | null> {
  const { rows: [found] } = await sql<{ number: number; symbol: string; issued_on: string }>`select number, symbol, issued_on from meeting_number(${id}::uuid, ${kind})`.execute(tx);
  return found ? { number: String(found.number).padStart(2, '0'), symbol: found.symbol, on: found.issued_on } : null;
}

/** Open cases that the own agency leads, the newest first, with one that was asked for by its number. */
export async function ownCases(tx: Tx, actor: OfficerActor, number = ''): Promise<Choice[]> {
  const rows = await tx.selectFrom('case_file').select(['id', 'number', 'title']).where('lead_agency_id', '=', actor.agencyId).where('state', '<>', 'closed')
    .orderBy((eb) => eb.case().when('number', '=', number).then(0).else(1).end()).orderBy('opened_at', 'desc').limit(MOST_CASES).execute();
  return rows.map((row) => ({ value: row.id, label: `${row.number}: ${row.title}` }));
}

/** Agencies that can be invited today, those of the province before communes. */
export async function invitable(tx: Tx, actor: OfficerActor): Promise<{ province: Choice[]; communes: Choice[] }> {
  const all = (await listAgencies(tx, { on: localDate(tx.now) })).filter((agency) => agency.id !== actor.agencyId);
  const choices = (isCommune: boolean) => all.filter((agency) => (agency.level === 'commune') === isCommune).map((agency) => ({ value: agency.id, label: agency.name }));
  return { province: choices(false), communes: choices(true) };
}

/** Officers who serve in the own agency today. */
export async function colleagues(tx: Tx, actor: OfficerActor): Promise<Choice[]> {
  const today = localDate(tx.now);
  const rows = await tx.selectFrom('officer_role as r').innerJoin('officer as o', 'o.id', 'r.officer_id').select(['o.id', 'o.full_name']).distinct().where('r.agency_id', '=', actor.agencyId)
    .where('o.disabled_at', 'is', null).where('r.valid_from', '<=', today).where((eb) => eb.or([eb('r.valid_to', 'is', null), eb('r.valid_to', '>=', today)])).orderBy('o.full_name').execute();
  return rows.map((row) => ({ value: row.id, label: row.full_name }));
}

/** Name and mailbox of the acting officer, for the calendar file they take away. */
export async function selfOf(tx: Tx, actor: OfficerActor): Promise<{ name: string; email: string }> {
  const row = await tx.selectFrom('officer').select(['full_name as name', 'email']).where('id', '=', actor.officerId).executeTakeFirstOrThrow();
  return row;
}
