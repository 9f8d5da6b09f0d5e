import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { notify } from '#modules/notifications/index.ts';
import { endTask } from '#modules/tasks/index.ts';
import type { Actor, AgencyActor, OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#platform/errors.ts';
import { changeState, writeJournal } from '#platform/journal.ts';
import { OPINION_ANSWERS, type OpinionAnswer, type OpinionWay } from '#platform/schema.ts';
import { withStored, type CheckedFile, type StoredFile } from '../files.ts';
import { opinionPath } from '../paths.ts';
import { mayAsk, mayKeep } from '../policy.ts';
import { MOST } from '../types.ts';

/** An answer as typed, sent or entered. */
export interface Answering {
  readonly answer: string;
  readonly reasons: string;
  /** In the order of the points asked. */
  readonly onPoints: readonly string[];
  readonly insteadAgencyId: string | null;
  readonly insteadText: string;
  readonly documentNumber: string;
  /** `yyyy-mm-dd`; null when none was given. */
  readonly documentOn: string | null;
}

interface Version extends Omit<Answering, 'answer'> {
  readonly answer: OpinionAnswer;
  readonly way: OpinionWay;
  readonly mailId: string | null;
}

/** What is wrong with an answer, by field. @param way paper may leave out who is competent instead, as letters do */
function complaints({ answer, reasons, onPoints, insteadAgencyId, insteadText, documentNumber, documentOn }: Answering, way: OpinionWay, points: number, today: string): Record<string, string> {
  const isKnown = OPINION_ANSWERS.some((one) => one === answer);
  const isEmpty = normalise(reasons).length < 3;
  const wrong: Record<string, string | false> = {
    answer: !isKnown && 'required', reasons: (isKnown && answer !== 'agree' && isEmpty && 'required') || (normalise(reasons).length > MOST.reasons && 'length'),
    instead: answer === 'not_competent' && way !== 'paper' && insteadAgencyId === null && normalise(insteadText) === '' && 'required',
    insteadText: normalise(insteadText).length > 300 && 'length', onPoints: (onPoints.length > points || onPoints.some((remark) => normalise(remark).length > MOST.remark)) && 'length',
    documentNumber: (normalise(documentNumber).length > 60 && 'length') || (way === 'paper' && normalise(documentNumber) === '' && 'required'),
    documentOn: (documentOn !== null && documentOn > today && 'date') || (way === 'paper' && documentOn === null && 'date'),
  };
  return Object.fromEntries(Object.entries(wrong).filter((entry): entry is [string, string] => entry[1] !== false));
}

function read(answering: Answering, way: OpinionWay, points: number, today: string): Version {
  const fields = complaints(answering, way, points, today);
  if (Object.keys(fields).length > 0) throw new Invalid('answer', { fields });
  const isElsewhere = answering.answer === 'not_competent';
  return {
    ...answering, answer: answering.answer as OpinionAnswer, reasons: normalise(answering.reasons), onPoints: answering.onPoints.map(normalise), documentNumber: normalise(answering.documentNumber),
    insteadAgencyId: isElsewhere ? answering.insteadAgencyId : null, insteadText: isElsewhere ? normalise(answering.insteadText) : '', way, mailId: null,
  };
}

/** A request for the opinion of one agency, locked. */
interface Asked {
  readonly opinionId: string;
  readonly state: string;
  readonly code: string;
  readonly officerId: string;
  readonly leadId: string;
  readonly points: number;
  readonly dueOn: string;
  readonly caseId: string;
}

async function lock(tx: Tx, wanted: { code: string; agencyId: string } | { opinionId: string }): Promise<Asked> {
  const row = await tx.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id')
    .select(['opinion.id', 'opinion.state', 'c.code', 'c.officer_id', 'c.agency_id', 'c.points', 'c.due_on', 'c.case_id', 'c.closed_at'])
    .$call((query) => ('code' in wanted ? query.where('c.code', '=', wanted.code).where('opinion.agency_id', '=', wanted.agencyId) : query.where('opinion.id', '=', wanted.opinionId)))
    .forUpdate('opinion').executeTakeFirst();
  if (!row) throw new NotFound('opinion');
  if (row.state === 'withdrawn') throw new Conflict('the request was withdrawn', { reason: 'withdrawn' });
  if (row.closed_at) throw new Conflict('the synthesis is closed', { reason: 'closed' });
  return { opinionId: row.id, state: row.state, code: row.code, officerId: row.officer_id, leadId: row.agency_id, points: row.points.length, dueOn: row.due_on, caseId: row.case_id };
}

/** Adds a version, makes the opinion answered, ends the task and tells who asked. @returns the number of the version */
export async function addVersion(tx: Tx, actor: Actor, asked: Asked, given: Version, stored: readonly StoredFile[]): Promise<number> {
  const { newest } = await tx.selectFrom('opinion_answer').select((eb) => eb.fn.max('version').as('newest')).where('opinion_id', '=', asked.opinionId).executeTakeFirstOrThrow();
  const version = (newest ?? 0) + 1;
  const late = localDate(tx.now) > asked.dueOn;
  const { id } = await tx.insertInto('opinion_answer').values({
    opinion_id: asked.opinionId, version, answer: given.answer, reasons: given.reasons, on_points: [...given.onPoints], instead_agency_id: given.insteadAgencyId, instead_text: given.insteadText,
    document_number: given.documentNumber, document_on: given.documentOn, way: given.way, officer_id: actor.kind === 'officer' ? actor.officerId : null,
    token_id: actor.kind === 'agency' ? actor.tokenId : null, mail_id: given.mailId, at: tx.now, late,
  }).returning('id').executeTakeFirstOrThrow();
  for (const file of stored) await tx.insertInto('opinion_file').values({ ...file, consultation_id: null, answer_id: id, mail_id: null, at: tx.now }).execute();
  const detail = { version, way: given.way, late };
  if (asked.state === 'answered') await writeJournal(tx, actor, [{ entity: 'opinion', entityId: asked.opinionId, action: 'correct', detail }]);
  else await changeState(tx, actor, 'opinion', asked.opinionId, 'answer', { detail });
  await endTask(tx, actor, 'opinion', asked.opinionId, { done: true });
  await notify(tx, { agencyId: asked.leadId, officerId: asked.officerId, kind: 'opinion_answered', code: asked.code, href: opinionPath(asked.code, asked.opinionId) });
  return version;
}

/**
 * The asked agency answers, or corrects its answer, on its screen (an officer) or by its system (a token). Every version is kept.
 * @param files as `checkFiles` left them
 * @throws Invalid with the fields, NotFound, Conflict with `details.reason` withdrawn or closed
 */
export async function answerOpinion(desk: Desk, actor: OfficerActor | AgencyActor, code: string, answering: Answering, files: readonly CheckedFile[]): Promise<{ version: number; repeated: boolean }> {
  return withStored(desk, files, (stored) => inTransaction(desk, actor, async (tx) => {
    const asked = await lock(tx, { code, agencyId: actor.agencyId });
    const given = read(answering, actor.kind === 'agency' ? 'api' : 'screen', asked.points, localDate(tx.now));
    const same = actor.kind === 'agency' && files.length === 0 ? await sameAsNewest(tx, asked.opinionId, given) : null;
    return same === null ? { version: await addVersion(tx, actor, asked, given, stored), repeated: false } : { version: same, repeated: true };
  }));
}

/** A system that sends the same answer again adds nothing. */
async function sameAsNewest(tx: Tx, opinionId: string, given: Version): Promise<number | null> {
  const row = await tx.selectFrom('opinion_answer').selectAll().where('opinion_id', '=', opinionId).orderBy('version', 'desc').limit(1).executeTakeFirst();
  if (!row || row.way !== 'api') return null;
  const facts = (one: readonly unknown[]) => JSON.stringify(one);
  const isSame = facts([row.answer, row.reasons, row.on_points, row.instead_agency_id, row.instead_text, row.document_number, row.document_on])
    === facts([given.answer, given.reasons, given.onPoints, given.insteadAgencyId, given.insteadText, given.documentNumber, given.documentOn]);
  return isSame ? row.version : null;
}

/**
 * The asking agency enters an answer that came on paper: number and date of the letter are required, a scan may come with it.
 * @throws as answerOpinion; Forbidden
 */
export async function enterPaper(desk: Desk, actor: OfficerActor, opinionId: string, answering: Answering, files: readonly CheckedFile[]): Promise<number> {
  if (!mayKeep(actor)) throw new Forbidden('enter a paper answer');
  return withStored(desk, files, (stored) => inTransaction(desk, actor, async (tx) => {
    await requireLead(tx, opinionId);
    const asked = await lock(tx, { opinionId });
    return addVersion(tx, actor, asked, read(answering, 'paper', asked.points, localDate(tx.now)), stored);
  }));
}

/** An asked agency sees its own opinion too; only the agency that leads the case acts for another. */
async function requireLead(tx: Tx, opinionId: string): Promise<void> {
  const led = await tx.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id').innerJoin('case_file as k', 'k.id', 'c.case_id').select('opinion.id').where('opinion.id', '=', opinionId).executeTakeFirst();
  if (!led) throw new NotFound('opinion');
}

/**
 * An officer of the asking agency has read a mail and says what it answers; its words stay as they came.
 * @throws Invalid without an answer, NotFound, Conflict when there is nothing to read or the synthesis is closed
 */
export async function markMail(tx: Tx, actor: OfficerActor, opinionId: string, answer: string): Promise<number> {
  if (!mayAsk(actor)) throw new Forbidden('mark an answer');
  await requireLead(tx, opinionId);
  const asked = await lock(tx, { opinionId });
  if (!OPINION_ANSWERS.some((one) => one === answer)) throw new Invalid('answer', { fields: { answer: 'required' } });
  const newest = await tx.selectFrom('opinion_answer').selectAll().where('opinion_id', '=', opinionId).orderBy('version', 'desc').limit(1).executeTakeFirst();
  if (!newest || newest.way !== 'mail' || newest.mail_id === null) throw new Conflict('no mail to mark', { reason: 'not_mail' });
  return addVersion(tx, actor, asked, mailVersion(answer as OpinionAnswer, newest.reasons, newest.mail_id), []);
}

/** What a mail says, as a version. */
export function mailVersion(answer: OpinionAnswer, reasons: string, mailId: string): Version {
  return { answer, reasons, onPoints: [], insteadAgencyId: null, insteadText: '', documentNumber: '', documentOn: null, way: 'mail', mailId };
}

/**
 * An officer of the asking agency says of a mail from an unknown address whether it is that agency's: then it counts as they read it, else it is set aside.
 * @param outcome the answer it gives, or null when it is not theirs
 * @throws NotFound, Conflict when somebody decided before or the synthesis is closed, Invalid
 */
export async function decideMail(tx: Tx, actor: OfficerActor, mailId: string, outcome: string | null): Promise<void> {
  if (!mayAsk(actor)) throw new Forbidden('decide about a mail');
  const mail = await tx.selectFrom('opinion_mail').selectAll().where('id', '=', mailId).forUpdate().executeTakeFirst();
  if (!mail) throw new NotFound('mail');
  if (mail.state !== 'waiting') throw new Conflict('decided already', { reason: 'decided' });
  if (outcome !== null && !OPINION_ANSWERS.some((one) => one === outcome)) throw new Invalid('answer', { fields: { answer: 'required' } });
  await tx.updateTable('opinion_mail').set({ state: outcome === null ? 'refused' : 'taken', decided_at: tx.now, decided_by: actor.officerId }).where('id', '=', mailId).execute();
  await writeJournal(tx, actor, [{ entity: 'opinion', entityId: mail.opinion_id, action: outcome === null ? 'refuse_mail' : 'take_mail', detail: { mail: mailId } }]);
  if (outcome !== null) await addVersion(tx, actor, await lock(tx, { opinionId: mail.opinion_id }), mailVersion(outcome as OpinionAnswer, mail.body, mailId), []);
}

/** Who was asked says that they have it: pressed, never by opening the page. */
export async function acknowledge(tx: Tx, actor: OfficerActor, code: string): Promise<void> {
  const asked = await lock(tx, { code, agencyId: actor.agencyId });
  const done = await tx.updateTable('opinion').set({ opened_at: tx.now }).where('id', '=', asked.opinionId).where('opened_at', 'is', null).executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) await writeJournal(tx, actor, [{ entity: 'opinion', entityId: asked.opinionId, action: 'acknowledge' }]);
}

/** The opinion asked of one agency, for the job that takes a mail. @throws NotFound, Conflict */
export function lockForMail(tx: Tx, opinionId: string): Promise<Asked> {
  return lock(tx, { opinionId });
}
