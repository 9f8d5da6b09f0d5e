import { sql } from 'kysely';
import { publicCode } from '#core/codes.ts';
import { DEADLINES, dueAt, localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { listAgencies } from '#modules/directory/index.ts';
import { hashFormKey } from '#modules/intake/index.ts';
import { includeParty, shareItems, type ShareInput } from '#modules/sharing/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { SentFile } from '#platform/body.ts';
import { workingCalendar } from '#platform/calendar.ts';
import { takeNumbers } from '#platform/counter.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { checkFiles, withStored, type StoredFile } from '../files.ts';
import { mayAsk } from '../policy.ts';
import { MOST } from '../types.ts';
import { answerPath } from '../paths.ts';

/** What an officer asks for. */
export interface Asking {
  readonly caseNumber: string;
  /** Names this sending; the same again is the same request. */
  readonly formKey: string;
  readonly title: string;
  readonly question: string;
  readonly points: readonly string[];
  readonly draftText: string;
  /** The officer says that the question holds no personal data and may stand in the mail. */
  readonly inMail: boolean;
  readonly workingDays: number;
  readonly agencies: readonly string[];
  /** Items of the case that every asked agency is shown, and why. */
  readonly items: readonly ShareInput[];
  readonly shareWhy: string;
  readonly files: readonly SentFile[];
  /** Code of the round before; null for a first one. */
  readonly follows: string | null;
}

interface Checked extends Asking {
  readonly agencies: readonly string[];
}

/** What is wrong with the words and choices, by field. */
function complaints(given: Asking): Record<string, string> {
  const length = (text: string, least: number, most: number) => text.length < least || text.length > most;
  const wrong: Record<string, string | false> = {
    agencies: (given.agencies.length === 0 && 'required') || (given.agencies.length > MOST.agencies && 'too_many'),
    title: length(given.title, 3, MOST.title) && 'length', question: length(given.question, 3, MOST.question) && 'length',
    points: (given.points.length > MOST.points || given.points.some((point) => point.length > MOST.point)) && 'length', draftText: given.draftText.length > MOST.draft && 'length',
    workingDays: !(Number.isInteger(given.workingDays) && given.workingDays >= 1 && given.workingDays <= DEADLINES.opinionLongest.amount) && 'days',
    shareWhy: given.items.length > 0 && length(given.shareWhy, 3, 500) && 'length',
  };
  return Object.fromEntries(Object.entries(wrong).filter((entry): entry is [string, string] => entry[1] !== false));
}

function normalised(given: Asking): Checked {
  return {
    ...given, title: normalise(given.title).replaceAll('\n', ' '), question: normalise(given.question), points: given.points.map(normalise).filter(Boolean), draftText: normalise(given.draftText),
    shareWhy: normalise(given.shareWhy), agencies: [...new Set(given.agencies)],
  };
}

/**
 * Asks several agencies for their opinion on a case that the own agency leads: one request, for each agency its own row, part in the case,
 * task and (where an address is known) mail. The first one takes the case from verifying to consulting. Sent again with the same form key it
 * is the same request.
 * @throws Invalid with the fields, NotFound (another agency's case), Conflict (not being worked on; the round before has been followed)
 */
export async function sendConsultation(desk: Desk, actor: OfficerActor, asking: Asking): Promise<{ code: string; repeated: boolean }> {
  if (!mayAsk(actor)) throw new Forbidden('only case officers and leaders ask for opinions');
  const given = normalised(asking);
  const fields = complaints(given);
  if (Object.keys(fields).length > 0) throw new Invalid('asking', { fields });
  const files = checkFiles(given.files);
  return withStored(desk, files, (stored) => inTransaction(desk, actor, (tx) => send(desk, tx, actor, given, stored)));
}

async function send(desk: Desk, tx: Tx, actor: OfficerActor, given: Checked, stored: readonly StoredFile[]): Promise<{ code: string; repeated: boolean }> {
  const formHash = hashFormKey(`opinion:${actor.officerId}:${given.formKey}`);
  // Locked: a form pressed twice is one request.
  const led = await tx.selectFrom('case_file').select(['id', 'state', 'lead_agency_id']).where('number', '=', given.caseNumber).forUpdate().executeTakeFirst();
  if (!led || led.lead_agency_id !== actor.agencyId) throw new NotFound('case');
  const known = await tx.selectFrom('consultation').select('code').where('agency_id', '=', actor.agencyId).where('form_hash', '=', formHash).executeTakeFirst();
  if (known) return { code: known.code, repeated: true };
  if (led.state === 'open' || led.state === 'closed') throw new Conflict('the case is not being worked on', { state: led.state });
  await requireAgencies(tx, actor, given.agencies);
  const before = await roundBefore(tx, led.id, given.follows);
  const today = localDate(tx.now);
  const { PROVINCE } = desk.config;
  const code = publicCode('YK', { province: PROVINCE, date: today, sequence: await takeNumbers(tx, `opinion/${PROVINCE}/${today}`, 1) });
  const dueOn = localDate(dueAt('opinionLongest', tx.now, await workingCalendar(tx), given.workingDays));
  const { id } = await tx.insertInto('consultation').values({
    code, case_id: led.id, agency_id: actor.agencyId, officer_id: actor.officerId, form_hash: formHash, title: given.title, question: given.question, points: [...given.points],
    draft_text: given.draftText, in_mail: given.inMail, working_days: given.workingDays, due_on: dueOn, sent_at: tx.now, round: before.round + 1, follows: before.id, closed_at: null, closed_by: null,
  }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'consultation', entityId: id, action: 'send', detail: { code, due: dueOn, agencies: given.agencies.length, round: before.round + 1 } }]);
  for (const file of stored) await tx.insertInto('opinion_file').values({ ...file, consultation_id: id, answer_id: null, mail_id: null, at: tx.now }).execute();
  for (const agencyId of given.agencies) await askOne(desk, tx, actor, { id, code, caseId: led.id, dueOn }, agencyId, given);
  if (led.state === 'verifying') await changeState(tx, actor, 'case', led.id, 'consult', { detail: { consultation: id } });
  return { code, repeated: false };
}

interface Made {
  readonly id: string;
  readonly code: string;
  readonly caseId: string;
  readonly dueOn: string;
}

async function askOne(desk: Desk, tx: Tx, actor: OfficerActor, { id, code, caseId, dueOn }: Made, agencyId: string, given: Checked): Promise<void> {
  await includeParty(tx, actor, caseId, agencyId, 'consulted');
  if (given.items.length > 0) await shareItems(tx, actor, caseId, agencyId, given.items, given.shareWhy);
  const opinion = await tx.insertInto('opinion').values({ consultation_id: id, agency_id: agencyId }).returning('id').executeTakeFirstOrThrow();
  await writeJournal(tx, actor, [{ entity: 'opinion', entityId: opinion.id, action: 'send', to: 'sent', detail: { agency: agencyId } }]);
  await openTask(tx, actor, { kind: 'opinion', agencyId, caseId, sourceId: opinion.id, code, title: given.title, href: answerPath(code), dueOn });
  if (desk.mail.available) await desk.jobs.enqueue(tx, 'mail-opinion', { opinionId: opinion.id, letter: 'request' });
}

async function requireAgencies(tx: Tx, actor: OfficerActor, wanted: readonly string[]): Promise<void> {
  const acting = await listAgencies(tx, { on: localDate(tx.now) });
  const known = new Set(acting.filter((agency) => agency.acting && agency.id !== actor.agencyId).map(({ id }) => id));
  if (!wanted.every((id) => known.has(id))) throw new Invalid('agency', { fields: { agencies: 'unknown' } });
}

async function roundBefore(tx: Tx, caseId: string, code: string | null): Promise<{ id: string | null; round: number }> {
  if (code === null) return { id: null, round: 0 };
  const row = await tx.selectFrom('consultation').select(['id', 'round', sql<boolean>`exists (select 1 from consultation n where n.follows = consultation.id)`.as('followed')])
    .where('code', '=', code).where('case_id', '=', caseId).executeTakeFirst();
  if (!row) throw new NotFound('consultation');
  if (row.followed) throw new Conflict('the round before was followed already', { reason: 'followed' });
  return { id: row.id, round: row.round };
}
