import { localDate, addDays } from '#core/deadlines.ts';
import { ownership } from '#core/indicators/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import type { Effect } from '#modules/decisions/index.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import { writeJournal } from '#platform/journal.ts';
import { uuidv7 } from '#platform/uuid.ts';

/** What a public warning does: a page and entries for the check while its decision is in force. */
export const publicWarning: Effect = { start: publish, confirm: prolong, stay, resume, end: lift };

async function publish(_desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string): Promise<void> {
  const decision = await tx.selectFrom('decision').innerJoin('case_file', 'case_file.id', 'case_id')
    .select(['decision.id', 'decision.title', 'public_summary', 'advice', 'decision.category', 'agency_id', 'ends_on', 'legal_basis', 'case_id', 'report_count', 'decision.state', 'interim_until'])
    .where('decision.id', '=', decisionId).executeTakeFirst();
  if (!decision?.ends_on || !decision.legal_basis) throw new NotFound('decision');
  const targets = await targetsOf(tx, decisionId);
  const { communes } = await tx.selectFrom('report').select((eb) => eb.fn.count<number>('commune_code').distinct().as('communes'))
    .where('case_id', '=', decision.case_id).executeTakeFirstOrThrow();
  const id = uuidv7(tx.now);
  await tx.insertInto('warning').values({
    id, decision_id: decisionId, slug: slugOf(decision.title, id), category: decision.category, agency_id: decision.agency_id, title: decision.title,
    summary: decision.public_summary, advice: decision.advice, legal_basis: decision.legal_basis, published_at: tx.now, ends_at: decision.state === 'interim' ? decision.interim_until! : endOfDay(decision.ends_on),
    lifted_at: null, report_count: decision.report_count, commune_count: communes,
  }).execute();
  if (targets.length > 0) await tx.insertInto('warning_target').values(targets.map((target) => ({ warning_id: id, ...target }))).execute();
  await writeJournal(tx, actor, [{ entity: 'warning', entityId: id, action: 'publish', detail: { decision: decisionId } }]);
}

/** The exact addresses of the decision. A name that many strangers share is never warned of as a whole (SCOPE, never built 5). */
async function targetsOf(tx: Tx, decisionId: string) {
  const rows = await tx.selectFrom('decision_locator').innerJoin('indicator', 'indicator.id', 'indicator_id')
    .select(['granularity', 'match_key', 'value']).where('decision_id', '=', decisionId).execute();
  return rows.map(({ granularity, match_key, value }) => {
    if (value === null) throw new Invalid('a person’s number is never published', { reason: 'personal' });
    if (granularity !== 'url' && !('owner' in ownership(value))) throw new Invalid('a shared name is never listed whole', { reason: 'shared', value });
    return { granularity, match_key, value };
  });
}

/** The first moment after a local day in Vietnam. */
function endOfDay(date: string): Date {
  return new Date(`${addDays(date, 1)}T00:00:00+07:00`);
}

function slugOf(title: string, id: string): string {
  const words = searchKey(title).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 70);
  return `${words || 'canh-bao'}-${id.slice(-6)}`;
}

/** A confirmed interim warning goes on until the day of its decision. */
async function prolong(_desk: Desk, tx: Tx, actor: OfficerActor, decisionId: string): Promise<void> {
  const { ends_on } = await tx.selectFrom('decision').select('ends_on').where('id', '=', decisionId).executeTakeFirstOrThrow();
  const rows = await tx.updateTable('warning').set({ ends_at: endOfDay(ends_on!) }).where('decision_id', '=', decisionId).where('lifted_at', 'is', null).returning('id').execute();
  await writeJournal(tx, actor, rows.map(({ id }) => ({ entity: 'warning', entityId: id, action: 'confirm', detail: { decision: decisionId } })));
}

async function stay(_desk: Desk, tx: Tx, actor: Actor, decisionId: string): Promise<void> {
  await rest(tx, actor, decisionId, tx.now, 'stay');
}

async function resume(_desk: Desk, tx: Tx, actor: Actor, decisionId: string): Promise<void> {
  await rest(tx, actor, decisionId, null, 'resume');
}

/** A stayed warning shows nowhere until the appeal is decided. */
async function rest(tx: Tx, actor: Actor, decisionId: string, since: Date | null, action: 'stay' | 'resume'): Promise<void> {
  const rows = await tx.updateTable('warning').set({ stayed_at: since }).where('decision_id', '=', decisionId).where('lifted_at', 'is', null).returning('id').execute();
  await writeJournal(tx, actor, rows.map(({ id }) => ({ entity: 'warning', entityId: id, action, detail: { decision: decisionId } })));
}

async function lift(_desk: Desk, tx: Tx, actor: Actor, decisionId: string): Promise<void> {
  const lifted = await tx.updateTable('warning').set({ lifted_at: tx.now }).where('decision_id', '=', decisionId).where('lifted_at', 'is', null).returning('id').execute();
  await writeJournal(tx, actor, lifted.map(({ id }) => ({ entity: 'warning', entityId: id, action: 'lift', detail: { decision: decisionId, on: localDate(tx.now) } })));
}
