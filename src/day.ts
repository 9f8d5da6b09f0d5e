import { sql } from 'kysely';
import type { ComingMeeting, DayLine, DayLines, HandedIn } from './modules/tasks/index.ts';
import { holds, type OfficerActor } from './platform/actor.ts';
import type { Tx } from './platform/db.ts';

/** How many wait and the first last day among them. */
interface Waiting {
  readonly count: number;
  readonly dueOn: string | null;
}

/** Reports of the own agency before the gate, for those who answer it. */
async function gateLine(tx: Tx, officer: OfficerActor): Promise<DayLine | null> {
  if (!holds(officer, 'intake', 'case_officer')) return null;
  const { rows } = await sql<Waiting>`select count(*)::int as count, min(due_on) as "dueOn" from report
    where handling_agency_id = ${officer.agencyId} and state in ('received', 'acknowledged')`.execute(tx);
  return line(rows[0]!, '/can-bo/phan-anh?muc=cho-phan-loai', 'gate');
}

/** Drafts that wait for a second person who had no hand in them; an interim measure ends within the day. */
async function reviewLine(tx: Tx, officer: OfficerActor): Promise<DayLine | null> {
  if (!holds(officer, 'reviewer', 'leader')) return null;
  const { rows } = await sql<Waiting>`select count(*)::int as count, min((d.interim_until at time zone 'Asia/Ho_Chi_Minh')::date) as "dueOn" from decision d
    where d.agency_id = ${officer.agencyId} and d.state in ('second_review', 'interim') and d.drafter_id <> ${officer.officerId}
      and not exists (select 1 from report r join gate_check g on g.report_id = r.id where r.case_id = d.case_id and g.officer_id = ${officer.officerId})`.execute(tx);
  return line(rows[0]!, '/can-bo/quyet-dinh', 'review');
}

/** Appeals nobody has accepted yet. */
async function appealLine(tx: Tx, officer: OfficerActor): Promise<DayLine | null> {
  if (!holds(officer, 'reviewer', 'leader')) return null;
  const { rows } = await sql<Waiting>`select count(*)::int as count, min(accept_by) as "dueOn" from appeal where agency_id = ${officer.agencyId} and state = 'filed'`.execute(tx);
  return line(rows[0]!, '/can-bo/xem-xet-lai', 'appeals');
}

function line({ count, dueOn }: Waiting, href: string, name: 'gate' | 'review' | 'appeals'): DayLine | null {
  return count === 0 ? null : { count, dueOn, href, what: (t, shown, one) => t.tasks.day.lines[name](shown, one), button: (t) => t.tasks.day.lines[`${name}Button`] };
}

const LINES: readonly ((tx: Tx, officer: OfficerActor) => Promise<DayLine | null>)[] = [gateLine, reviewLine, appealLine];

/** What waits for an officer outside the tasks. */
const dayLines: DayLines = async (tx, officer) => {
  const found: DayLine[] = [];
  for (const one of LINES) {
    const said = await one(tx, officer);
    if (said) found.push(said);
  }
  return found;
};

/** Most meetings on the leader's page. */
const FEW_MEETINGS = 5;

/** The next meetings the own agency calls or is asked to. */
async function comingMeetings(tx: Tx): Promise<readonly ComingMeeting[]> {
  const { rows } = await sql<{ code: string; title: string; at: Date }>`select code, title, starts_at as at from meeting where state in ('planned', 'invited') and starts_at >= ${tx.now}
    order by starts_at, code limit ${FEW_MEETINGS}`.execute(tx);
  return rows.map(({ code, title, at }) => ({ at, title, href: `/can-bo/hop/${code}` }));
}

/** What the rooms above know of a day. */
export const DAY: HandedIn = { lines: dayLines, meetings: comingMeetings };
