import { parseCode, publicCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { requireGated } from '#modules/cases/index.ts';
import { agencyNames, listAgencies } from '#modules/directory/index.ts';
import { reserveDocument } from '#modules/documents/index.ts';
import { notify } from '#modules/notifications/index.ts';
import { includeParty } from '#modules/sharing/index.ts';
import { endTask, openTask } from '#modules/tasks/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { takeNumbers } from '#platform/counter.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import type { Attendance, GuestAnswer } from '#platform/schema.ts';
import { uuidv7 } from '#platform/uuid.ts';
import { isOpen, LENGTHS, mayRun, MOST_ACTIONS, MOST_ITEMS, MOST_MINUTES, type FieldFault, type Plan } from './policy.ts';
import type { AgendaInput, Paper } from './types.ts';
import { meetingPath } from './addresses.ts';

/** Officers of an invited agency who are told. */
const TOLD = ['focal', 'case_officer', 'leader'] as const;

/**
 * Plans a meeting about cases that the own agency leads; each becomes an item of the agenda.
 * @throws Invalid without a case or with one of another agency
 */
export async function planMeeting(desk: Desk, tx: Tx, actor: OfficerActor, plan: Plan, caseIds: readonly string[]): Promise<{ id: string; code: string }> {
  requireRunner(actor);
  const cases = await ledCases(tx, actor, caseIds);
  const { PROVINCE: province } = desk.config;
  const date = localDate(tx.now);
  const code = publicCode('HP', { province, date, sequence: await takeNumbers(tx, `meeting/${province}/${date}`, 1) });
  const id = uuidv7(tx.now);
  await tx.insertInto('meeting').values({ id, code, agency_id: actor.agencyId, ...columnsOf(plan), changed_at: tx.now, created_by: actor.officerId, created_at: tx.now }).execute();
  await tx.insertInto('meeting_agenda').values(cases.map((one, index) => ({ meeting_id: id, ordinal: index + 1, case_id: one.id, title: `${one.number}: ${one.title}`.slice(0, LENGTHS.item) }))).execute();
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'plan', to: 'planned', detail: { cases: cases.map((one) => one.number) } }]);
  return { id, code };
}

function columnsOf(plan: Plan) {
  return { title: plan.title, place: plan.place, online_link: plan.onlineLink, starts_at: plan.startsAt, ends_at: plan.endsAt, chair: plan.chair, secretary: plan.secretary };
}

async function ledCases(tx: Tx, actor: OfficerActor, ids: readonly string[]): Promise<{ id: string; number: string; title: string }[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) throw invalid('cases', 'cases');
  if (wanted.length > MOST_ITEMS) throw invalid('cases', 'many');
  const found = await tx.selectFrom('case_file').select(['id', 'number', 'title']).where('id', 'in', wanted).where('lead_agency_id', '=', actor.agencyId).where('state', '<>', 'closed').execute();
  if (found.length < wanted.length) throw invalid('cases', 'cases');
  for (const id of wanted) await requireGated(tx, id);
  return wanted.map((id) => found.find((one) => one.id === id)!);
}

function requireRunner(actor: OfficerActor): void {
  if (!mayRun(actor)) throw new Forbidden('meeting', { why: 'not_allowed' });
}

function invalid(field: string, fault: FieldFault): Invalid {
  return new Invalid(fault, { fields: { [field]: fault } });
}

interface Locked { id: string; code: string; agency_id: string; state: 'planned' | 'invited' | 'held' | 'concluded' | 'cancelled'; title: string; version: number; starts_at: Date; ends_at: Date; place: string; online_link: string | null }

/** The meeting, locked, of the own agency. @throws NotFound, Forbidden */
async function lockOwn(tx: Tx, actor: OfficerActor, id: string): Promise<Locked> {
  const row = await tx.selectFrom('meeting').select(['id', 'code', 'agency_id', 'state', 'title', 'version', 'starts_at', 'ends_at', 'place', 'online_link']).where('id', '=', id)
    .where('agency_id', '=', actor.agencyId).forUpdate().executeTakeFirst();
  if (!row) throw new NotFound('meeting');
  requireRunner(actor);
  return row;
}

function requireState(row: Locked, ...states: Locked['state'][]): void {
  if (!states.includes(row.state)) throw new Conflict(`meeting is ${row.state}`, { state: row.state });
}

/** The id of a meeting by its code as typed. @throws NotFound for every code the actor does not see */
export async function meetingId(tx: Tx, typed: string): Promise<string> {
  const code = parseCode('HP', typed)?.code;
  const row = code ? await tx.selectFrom('meeting').select('id').where('code', '=', code).executeTakeFirst() : undefined;
  if (!row) throw new NotFound('meeting');
  return row.id;
}

/**
 * Changes title, time, place, chair or secretary. Once invited, a new time or place is told to every guest and counts in the calendar (SEQUENCE).
 * @param version the one that was read, so that a second writer does not overwrite silently
 */
export async function changeMeeting(tx: Tx, actor: OfficerActor, id: string, plan: Plan, version: number): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'planned', 'invited');
  if (row.version !== version) throw new Conflict('changed meanwhile', { reason: 'version' });
  await tx.updateTable('meeting').set(columnsOf(plan)).where('id', '=', id).execute();
  const isMoved = row.starts_at.getTime() !== plan.startsAt.getTime() || row.ends_at.getTime() !== plan.endsAt.getTime() || row.place !== plan.place || row.online_link !== plan.onlineLink;
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: isMoved ? 'move' : 'edit' }]);
  if (row.state === 'invited' && isMoved) await tell(tx, row, 'meeting_changed');
}

/** Tells every invited agency that there is something about a meeting. */
async function tell(tx: Tx, meeting: Pick<Locked, 'id' | 'code'>, kind: 'meeting_invited' | 'meeting_changed' | 'meeting_cancelled' | 'meeting_concluded', only?: readonly string[]): Promise<void> {
  for (const agencyId of only ?? await invitedAgencies(tx, meeting.id)) await notify(tx, { agencyId, roles: TOLD, kind, code: meeting.code, href: meetingPath(meeting.code) });
}

async function invitedAgencies(tx: Tx, id: string): Promise<string[]> {
  return (await tx.selectFrom('meeting_guest').select('agency_id').where('meeting_id', '=', id).where('invited_at', 'is not', null).orderBy('agency_id').execute()).map((row) => row.agency_id);
}

/** Writes the agenda anew, in the order given; items left out are removed. At least one item is about a case. */
export async function saveAgenda(tx: Tx, actor: OfficerActor, id: string, items: readonly AgendaInput[]): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'planned', 'invited');
  if (items.length > MOST_ITEMS) throw invalid('agenda', 'many');
  const before = await tx.selectFrom('meeting_agenda').select(['id', 'case_id']).where('meeting_id', '=', id).execute();
  const kept = items.flatMap((item) => before.find((one) => one.id === item.id) ?? []);
  for (const { title, minutes, presenter } of items) {
    if (title.length < 1 || title.length > LENGTHS.item || presenter.length > LENGTHS.person) throw invalid('agenda', 'item');
    if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES)) throw invalid('agenda', 'minutes');
  }
  const added = items.filter((item) => !before.some((one) => one.id === item.id));
  if (![...kept.map((one) => one.case_id), ...added.map((one) => one.caseId)].some((caseId) => caseId !== null)) throw invalid('agenda', 'cases');
  const fresh = added.flatMap(({ caseId }) => caseId ?? []);
  if (fresh.length > 0) await ledCases(tx, actor, fresh);
  await tx.deleteFrom('meeting_agenda').where('meeting_id', '=', id).$if(kept.length > 0, (query) => query.where('id', 'not in', kept.map((one) => one.id))).execute();
  for (const [index, { id: itemId, caseId, title, minutes, presenter }] of items.entries()) {
    const line = { ordinal: index + 1, title, minutes, presenter };
    if (kept.some((one) => one.id === itemId)) await tx.updateTable('meeting_agenda').set(line).where('id', '=', itemId!).execute();
    else await tx.insertInto('meeting_agenda').values({ ...line, meeting_id: id, case_id: caseId }).execute();
  }
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'agenda', detail: { items: items.length } }]);
  if (row.state === 'invited') await includeGuests(tx, actor, id, await invitedAgencies(tx, id));
}

/** Invited agencies take part in every case on the agenda, consulted: they see its number, harm, title and state, nothing else. */
async function includeGuests(tx: Tx, actor: OfficerActor, id: string, agencyIds: readonly string[]): Promise<void> {
  const cases = await tx.selectFrom('meeting_agenda').select('case_id').distinct().where('meeting_id', '=', id).where('case_id', 'is not', null).execute();
  for (const { case_id: caseId } of cases) for (const agencyId of agencyIds) await includeParty(tx, actor, caseId!, agencyId, 'consulted');
}

/** Says whom to invite. Before the invitation the list is written anew; afterwards agencies are only added, and invited at once. */
export async function saveGuests(tx: Tx, actor: OfficerActor, id: string, agencyIds: readonly string[]): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'planned', 'invited', 'held');
  const known = new Set((await listAgencies(tx, { on: localDate(tx.now) })).map((agency) => agency.id));
  const wanted = [...new Set(agencyIds)].filter((agencyId) => agencyId !== actor.agencyId);
  if (wanted.some((agencyId) => !known.has(agencyId))) throw invalid('guests', 'agency');
  const before = (await tx.selectFrom('meeting_guest').select('agency_id').where('meeting_id', '=', id).execute()).map((one) => one.agency_id);
  const added = wanted.filter((agencyId) => !before.includes(agencyId));
  if (row.state === 'planned') {
    const dropped = before.filter((agencyId) => !wanted.includes(agencyId));
    if (dropped.length > 0) await tx.deleteFrom('meeting_guest').where('meeting_id', '=', id).where('agency_id', 'in', dropped).execute();
  }
  const invitedAt = row.state === 'planned' ? null : tx.now;
  if (added.length > 0) await tx.insertInto('meeting_guest').values(added.map((agencyId) => ({ meeting_id: id, agency_id: agencyId, invited_at: invitedAt }))).execute();
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'guests', detail: { added } }]);
  if (!invitedAt) return;
  await includeGuests(tx, actor, id, added);
  await tell(tx, row, 'meeting_invited', added);
}

/** Sends the invitation: guests see it, take part in the cases, are told; its paper waits for a number. */
export async function inviteGuests(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'planned');
  if (row.starts_at <= tx.now) throw new Conflict('in the past', { reason: 'past' });
  await requireGuests(tx, id);
  await changeState(tx, actor, 'meeting', id, 'invite', { set: { invited_at: tx.now } });
  await admit(tx, actor, id);
  await tell(tx, row, 'meeting_invited');
  await reserve(tx, actor, row, 'giay_moi');
}

async function requireGuests(tx: Tx, id: string): Promise<void> {
  if (!await tx.selectFrom('meeting_guest').select('agency_id').where('meeting_id', '=', id).limit(1).executeTakeFirst()) throw invalid('guests', 'guests');
}

/** Opens the meeting to every agency on its list. */
async function admit(tx: Tx, actor: OfficerActor, id: string): Promise<void> {
  await tx.updateTable('meeting_guest').set({ invited_at: tx.now }).where('meeting_id', '=', id).where('invited_at', 'is', null).execute();
  await includeGuests(tx, actor, id, await invitedAgencies(tx, id));
}

/** Keeps a place for a paper of the meeting in the register. */
async function reserve(tx: Tx, actor: OfficerActor, row: Locked, kind: Paper): Promise<void> {
  const agencies = await invitedAgencies(tx, row.id);
  const names = await agencyNames(tx, agencies, localDate(tx.now));
  const cases = await tx.selectFrom('meeting_agenda').select('case_id').distinct().where('meeting_id', '=', row.id).where('case_id', 'is not', null).execute();
  await reserveDocument(tx, actor, {
    kind, title: row.title, addressees: agencies.map((agencyId) => names.get(agencyId)?.name ?? ''), source: { entity: 'meeting', id: row.id, href: meetingPath(row.code) },
    caseId: cases.length === 1 ? cases[0]!.case_id! : undefined,
  });
}

/** Cancels a meeting that was not held; whoever was invited is told. */
export async function cancelMeeting(tx: Tx, actor: OfficerActor, id: string, why: string): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  const reason = within(why, LENGTHS.reasonLeast, LENGTHS.reason, 'reason', 'reason');
  await changeState(tx, actor, 'meeting', id, 'cancel', { reason, set: { cancel_reason: reason } });
  if (row.state === 'invited') await tell(tx, row, 'meeting_cancelled');
}

function within(text: string, least: number, most: number, field: string, fault: FieldFault): string {
  const said = normalise(text);
  if (said.length < least || said.length > most) throw invalid(field, fault);
  return said;
}

/** An invited agency answers for itself; a deputy or nobody comes with a reason. Answering again replaces the answer until the meeting begins. */
export async function answerInvitation(tx: Tx, actor: OfficerActor, id: string, given: { answer: GuestAnswer; reason: string; names: string }): Promise<void> {
  const meeting = await tx.selectFrom('meeting').select(['state', 'starts_at']).where('id', '=', id).executeTakeFirst();
  const guest = await tx.selectFrom('meeting_guest').select('answer').where('meeting_id', '=', id).where('agency_id', '=', actor.agencyId).forUpdate().executeTakeFirst();
  if (!meeting || !guest) throw new NotFound('meeting');
  if (meeting.state !== 'invited' || meeting.starts_at <= tx.now) throw new Conflict('the invitation is no longer open', { state: meeting.state, reason: 'answered_late' });
  if (given.answer === 'none') throw invalid('answer', 'choose');
  const isReasoned = given.answer !== 'coming';
  const reason = isReasoned ? within(given.reason, LENGTHS.reasonLeast, LENGTHS.reason, 'reason', 'reason') : '';
  const names = given.answer === 'not_coming' ? '' : within(given.names, 0, LENGTHS.names, 'names', 'words');
  await tx.updateTable('meeting_guest').set({ answer: given.answer, reason, names, answered_at: tx.now, answered_by: actor.officerId }).where('meeting_id', '=', id).where('agency_id', '=', actor.agencyId).execute();
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'answer', detail: { agency: actor.agencyId, answer: given.answer } }]);
}

/** Who of an agency came. */
export interface Presence {
  readonly agencyId: string;
  readonly attendance: Attendance | null;
  readonly came: string;
}

/** Takes attendance; the first time the meeting counts as held. @throws Conflict before its day */
export async function takeAttendance(tx: Tx, actor: OfficerActor, id: string, rows: readonly Presence[]): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'planned', 'invited', 'held');
  if (isOpen(row.state)) {
    if (localDate(row.starts_at) > localDate(tx.now)) throw new Conflict('not before its day', { reason: 'early' });
    await requireGuests(tx, id);
    await changeState(tx, actor, 'meeting', id, 'hold');
    await admit(tx, actor, id);
  }
  for (const { agencyId, attendance, came } of rows) {
    await tx.updateTable('meeting_guest').set({ attendance, came: within(came, 0, LENGTHS.names, `came-${agencyId}`, 'words') }).where('meeting_id', '=', id).where('agency_id', '=', agencyId).execute();
  }
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'attendance', detail: { present: rows.filter(({ attendance }) => attendance === 'present' || attendance === 'late').length } }]);
}

/** The minutes of one item as they are typed. */
export interface MinutesInput {
  readonly discussion: string;
  readonly statements: string;
  readonly conclusion: string;
}

/**
 * Saves the minutes of one item.
 * @param version the one that was read, 0 when nothing had been written
 * @throws Conflict `{ reason: 'version' }` when somebody else saved meanwhile: nothing is overwritten
 */
export async function saveMinutes(tx: Tx, actor: OfficerActor, id: string, agendaId: string, input: MinutesInput, version: number): Promise<void> {
  requireState(await lockOwn(tx, actor, id), 'held');
  const item = await tx.selectFrom('meeting_agenda').select('id').where('id', '=', agendaId).where('meeting_id', '=', id).executeTakeFirst();
  if (!item) throw new NotFound('item');
  const words = {
    discussion: within(input.discussion, 0, LENGTHS.words, 'discussion', 'words'), statements: within(input.statements, 0, LENGTHS.words, 'statements', 'words'),
    conclusion: within(input.conclusion, 0, LENGTHS.itemConclusion, 'conclusion', 'words'), saved_by: actor.officerId, saved_at: tx.now,
  };
  const before = await tx.selectFrom('meeting_minutes').select('version').where('agenda_id', '=', agendaId).executeTakeFirst();
  if ((before?.version ?? 0) !== version) throw new Conflict('saved meanwhile', { reason: 'version' });
  if (before) await tx.updateTable('meeting_minutes').set(words).where('agenda_id', '=', agendaId).execute();
  else await tx.insertInto('meeting_minutes').values({ ...words, agenda_id: agendaId, meeting_id: id }).execute();
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'minutes', detail: { item: agendaId, version: version + 1 } }]);
}

/** Saves the text of the conclusion; as {@link saveMinutes}. */
export async function saveConclusion(tx: Tx, actor: OfficerActor, id: string, body: string, version: number): Promise<void> {
  requireState(await lockOwn(tx, actor, id), 'held');
  const words = { body: within(body, 0, LENGTHS.conclusion, 'body', 'words'), saved_by: actor.officerId, saved_at: tx.now };
  const before = await tx.selectFrom('meeting_conclusion').select('version').where('meeting_id', '=', id).executeTakeFirst();
  if ((before?.version ?? 0) !== version) throw new Conflict('saved meanwhile', { reason: 'version' });
  if (before) await tx.updateTable('meeting_conclusion').set(words).where('meeting_id', '=', id).execute();
  else await tx.insertInto('meeting_conclusion').values({ ...words, meeting_id: id }).execute();
}

/** Who does what by when. */
export interface ActionInput {
  readonly what: string;
  readonly agencyId: string;
  readonly officerId: string | null;
  readonly caseId: string | null;
  /** `yyyy-mm-dd`; null when it was no day. */
  readonly dueOn: string | null;
}

/** Adds an action item; it becomes a task when the meeting is concluded. */
export async function addAction(tx: Tx, actor: OfficerActor, id: string, input: ActionInput): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'held');
  const what = within(input.what, LENGTHS.actionLeast, LENGTHS.action, 'what', 'what').replace(/\s+/g, ' ');
  if (!input.dueOn || input.dueOn < localDate(tx.now)) throw invalid('due', 'due');
  if (input.agencyId !== row.agency_id && !(await invitedAgencies(tx, id)).includes(input.agencyId)) throw invalid('agency', 'agency');
  if (input.officerId && (input.agencyId !== actor.agencyId || !await servesIn(tx, input.officerId, actor.agencyId))) throw invalid('officer', 'officer');
  const { n } = await tx.selectFrom('meeting_action').select((eb) => eb.fn.countAll<number>().as('n')).where('meeting_id', '=', id).executeTakeFirstOrThrow();
  if (n >= MOST_ACTIONS) throw invalid('what', 'many');
  await tx.insertInto('meeting_action').values({
    meeting_id: id, case_id: input.caseId, what, agency_id: input.agencyId, officer_id: input.officerId, due_on: input.dueOn, created_by: actor.officerId, created_at: tx.now,
  }).execute();
}

async function servesIn(tx: Tx, officerId: string, agencyId: string): Promise<boolean> {
  const today = localDate(tx.now);
  return Boolean(await tx.selectFrom('officer_role').select('officer_id').where('officer_id', '=', officerId).where('agency_id', '=', agencyId).where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])).limit(1).executeTakeFirst());
}

/** Takes an action item back before the conclusion. */
export async function removeAction(tx: Tx, actor: OfficerActor, id: string, actionId: string): Promise<void> {
  requireState(await lockOwn(tx, actor, id), 'held');
  await tx.deleteFrom('meeting_action').where('id', '=', actionId).where('meeting_id', '=', id).execute();
}

/**
 * Concludes: action items become tasks, minutes and conclusion are frozen, papers wait for their numbers, everybody is told.
 * @param endedAt when the meeting ended, after its beginning and not later than now
 */
export async function concludeMeeting(tx: Tx, actor: OfficerActor, id: string, endedAt: Date | null): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'held');
  const conclusion = await tx.selectFrom('meeting_conclusion').select('body').where('meeting_id', '=', id).executeTakeFirst();
  if ((conclusion?.body.length ?? 0) < LENGTHS.reasonLeast) throw invalid('body', 'words');
  if (!endedAt || endedAt <= row.starts_at || endedAt > tx.now) throw invalid('ended', 'ended');
  const actions = await tx.selectFrom('meeting_action').selectAll().where('meeting_id', '=', id).orderBy('id').execute();
  for (const action of actions) {
    if (action.due_on < localDate(tx.now)) throw invalid('due', 'due');
    const taskId = await openTask(tx, actor, {
      kind: 'action', agencyId: action.agency_id, officerId: action.officer_id ?? undefined, caseId: action.case_id ?? undefined, sourceId: action.id, code: row.code, title: action.what,
      href: meetingPath(row.code), dueOn: action.due_on,
    });
    await tx.updateTable('meeting_action').set({ task_id: taskId }).where('id', '=', action.id).execute();
  }
  await changeState(tx, actor, 'meeting', id, 'conclude', { set: { ended_at: endedAt, concluded_at: tx.now }, detail: { actions: actions.length } });
  await reserve(tx, actor, row, 'bien_ban');
  await reserve(tx, actor, row, 'thong_bao');
  await tell(tx, row, 'meeting_concluded');
}

/** The agency that has an action item says it is done. @throws NotFound for an item of another agency */
export async function finishAction(tx: Tx, actor: OfficerActor, id: string, actionId: string): Promise<void> {
  const action = await tx.selectFrom('meeting_action').select('id').where('id', '=', actionId).where('meeting_id', '=', id).where('agency_id', '=', actor.agencyId).executeTakeFirst();
  if (!action) throw new NotFound('action');
  await endTask(tx, actor, 'action', action.id, { done: true });
}

/** Corrects minutes or conclusion after the fact: what was written stays, the correction stands beside it with its reason. */
export async function addAddendum(tx: Tx, actor: OfficerActor, id: string, part: 'minutes' | 'conclusion', body: string, reason: string): Promise<void> {
  const row = await lockOwn(tx, actor, id);
  requireState(row, 'concluded');
  const words = { body: within(body, LENGTHS.addendumLeast, LENGTHS.addendum, 'body', 'words'), reason: within(reason, LENGTHS.reasonLeast, LENGTHS.reason, 'reason', 'reason') };
  await tx.insertInto('meeting_addendum').values({ meeting_id: id, part, ...words, officer_id: actor.officerId, at: tx.now }).execute();
  await writeJournal(tx, actor, [{ entity: 'meeting', entityId: id, action: 'addendum', detail: { part } }]);
  await tell(tx, row, 'meeting_changed');
}
