import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { parseCode, parseReportCode, parseSecret } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import type { DecisionState } from '#core/transitions.ts';
import { agencyName, agencyNames } from '#modules/directory/index.ts';
import { hashSecret, openReport } from '#modules/intake/index.ts';
import { PUBLIC, system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound } from '#platform/errors.ts';
import { LISTS, type AppealPage, type AppealRow, type AppellantView, type ListName, type NoSubject, type ReviewedDecision, type Subject } from './types.ts';

// ── What may be appealed ─────────────────────────────────────────────────────────────────────────────────────────────

/** What a public warning in force is about; whoever reads it may be the person it concerns. */
export async function warningSubject(desk: Desk, slug: string): Promise<Subject | null> {
  return inTransaction(desk, PUBLIC, async (tx) => {
    const row = await tx.selectFrom('warning').select(['decision_id', 'agency_id', 'title', 'published_at']).where('slug', '=', slug).executeTakeFirst();
    if (!row) return null;
    return {
      by: { party: 'affected', accessId: null, decisionId: row.decision_id, agencyId: row.agency_id }, agency: await nameOf(tx, row.agency_id),
      measure: 'PUBLIC_WARNING', title: row.title, at: row.published_at, inForce: true, reportCode: null,
    };
  });
}

/** What code and secret, as typed, open: an answered report, or a decision somebody was told of. One answer for every pair that opens nothing. */
export async function subjectByCodes(desk: Desk, typedCode: string, typedSecret: string): Promise<Subject | NoSubject> {
  const secret = parseSecret(typedSecret);
  const report = parseReportCode(typedCode)?.code;
  const access = parseCode('TB', typedCode)?.code;
  if (secret && report) return reportSubject(desk, report, secret);
  if (secret && access) return accessSubject(desk, access, secret);
  return 'wrong';
}

async function reportSubject(desk: Desk, code: string, secret: string): Promise<Subject | NoSubject> {
  const reportId = await openReport(desk, code, secret);
  if (!reportId) return 'wrong';
  const report = await inTransaction(desk, { kind: 'reporter', reportId }, async (tx) => {
    const row = await tx.selectFrom('report').select(['state', 'handling_agency_id', 'case_id']).where('id', '=', reportId).executeTakeFirst();
    return row && { ...row, agency: await nameOf(tx, row.handling_agency_id) };
  });
  if (!report) return 'wrong';
  if (report.state === 'stopped') return 'stopped';
  if (report.state !== 'answered') return 'not_answered';
  const refusal = report.case_id ? await refusalOf(desk, report.case_id, report.handling_agency_id) : null;
  return {
    by: { party: 'reporter', reportId, decisionId: refusal?.id ?? null, agencyId: report.handling_agency_id }, agency: report.agency,
    measure: refusal ? 'NO_ACTION' : null, title: '', at: refusal?.decided_at ?? null, inForce: false, reportCode: code,
  };
}

/** The decision not to act, if there is one: what a refused reporter asks to have looked at again. */
async function refusalOf(desk: Desk, caseId: string, agencyId: string): Promise<{ id: string; decided_at: Date | null } | null> {
  return inTransaction(desk, system('file-appeal'), async (tx) => await tx.selectFrom('decision').select(['id', 'decided_at']).where('case_id', '=', caseId).where('agency_id', '=', agencyId)
    .where('measure', '=', 'NO_ACTION').where('decided_at', 'is not', null).orderBy('decided_at', 'desc').executeTakeFirst() ?? null);
}

async function accessSubject(desk: Desk, code: string, secret: string): Promise<Subject | NoSubject> {
  const accessId = await inTransaction(desk, PUBLIC, async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from access_by_secret(${code}, ${hashSecret(secret)})`.execute(tx);
    return rows[0]?.id;
  });
  if (!accessId) return 'wrong';
  return inTransaction(desk, { kind: 'party', accessId }, async (tx) => {
    const row = await tx.selectFrom('decision_access as a').innerJoin('decision as d', 'd.id', 'a.decision_id')
      .select(['a.party', 'd.id', 'd.agency_id', 'd.measure', 'd.title', 'd.state', 'd.decided_at', 'd.interim_at']).where('a.id', '=', accessId).executeTakeFirst();
    if (!row) return 'wrong';
    return {
      by: { party: row.party, accessId, decisionId: row.id, agencyId: row.agency_id }, agency: await nameOf(tx, row.agency_id), measure: row.measure, title: row.title,
      at: row.decided_at ?? row.interim_at, inForce: row.state === 'in_force', reportCode: null,
    };
  });
}

async function nameOf(tx: Tx, agencyId: string): Promise<string> {
  return (await agencyName(tx, agencyId, localDate(tx.now)))?.name ?? '';
}

// ── What the appellant sees ──────────────────────────────────────────────────────────────────────────────────────────

interface SubjectRow {
  measure: MeasureCode | null; title: string | null; state: DecisionState | null; decided_at: Date | null; stayed_at: Date | null; told: number | null; report_code: string | null;
}

/** An appeal as its appellant may know it. @throws NotFound */
export async function appellantView(desk: Desk, appealId: string): Promise<AppellantView> {
  return inTransaction(desk, { kind: 'appellant', appealId }, async (tx) => {
    const row = await tx.selectFrom('appeal').select([
      'code', 'state', 'party', 'agency_id', 'words', 'asks_stay', 'filed_at', 'accept_by', 'accepted_at', 'decide_by', 'is_complex', 'is_remote', 'outcome', 'reasons', 'decided_at', 'has_contact',
    ]).where('id', '=', appealId).executeTakeFirst();
    if (!row) throw new NotFound('appeal');
    const messages = await tx.selectFrom('appeal_message').select(['id', 'sent_by as sentBy', 'body', 'at']).where('appeal_id', '=', appealId).orderBy('at').orderBy('id').execute();
    const { rows: [about] } = await sql<SubjectRow>`select * from appeal_subject()`.execute(tx);
    const { rows: steps } = await sql<{ at: Date; step: string }>`select * from appeal_steps()`.execute(tx);
    return {
      code: row.code, state: row.state, party: row.party, agency: await nameOf(tx, row.agency_id), words: row.words, asksStay: row.asks_stay, filedAt: row.filed_at,
      acceptBy: row.accept_by, acceptedAt: row.accepted_at, decideBy: row.decide_by, isComplex: row.is_complex, isRemote: row.is_remote, outcome: row.outcome, reasons: row.reasons,
      decidedAt: row.decided_at, hasContact: row.has_contact, messages, steps,
      subject: {
        measure: about?.measure ?? null, title: about?.title ?? '', decidedAt: about?.decided_at ?? null, state: about?.state ?? null, stayedAt: about?.stayed_at ?? null,
        told: about?.told ?? 0, reportCode: about?.report_code ?? null,
      },
    };
  });
}

// ── What the office sees ─────────────────────────────────────────────────────────────────────────────────────────────

/** Whether an officer took any part in what is appealed: gate, verification, evidence, draft, legal review, decision, answer (S9). */
export async function tookPart(tx: Tx, appealId: string, officerId: string): Promise<boolean> {
  const { rows } = await sql<{ took: boolean }>`select took_part_in(${appealId}::uuid, ${officerId}::uuid) as took`.execute(tx);
  return rows[0]?.took ?? false;
}

const PAGE = 25;

/**
 * One list of the own agency's appeals, overdue first, and how many stand in each.
 * @param decisionId only those about this decision
 * @param page from 1
 */
export async function appealList(
  tx: Tx, actor: OfficerActor, list: ListName, page: number, decisionId: string | null,
): Promise<{ rows: AppealRow[]; counts: Readonly<Record<ListName, number>>; pages: number }> {
  const in_ = {
    'cho-thu-ly': sql<boolean>`(a.state = 'filed')`, 'dang-xem-xet': sql<boolean>`(a.state = 'accepted')`, 'da-xong': sql<boolean>`(a.state not in ('filed', 'accepted'))`,
  } satisfies Record<ListName, unknown>;
  const own = tx.selectFrom('appeal as a').where('a.agency_id', '=', actor.agencyId)
    .$if(decisionId !== null, (query) => query.where(sql<boolean>`a.decision_id in (select x from decision d, unnest(array[d.id, d.renews]) x where d.id = ${decisionId})`));
  const counts = await own.select(({ fn }) => LISTS.map((name) => fn.countAll<number>().filterWhere(in_[name]).as(name))).executeTakeFirstOrThrow() as Record<ListName, number>;
  const rows = await own.leftJoin('decision as d', 'd.id', 'a.decision_id').leftJoin('report as r', 'r.id', 'a.report_id').leftJoin('officer as o', 'o.id', 'a.reviewer_id').where(in_[list])
    .select([
      'a.id', 'a.code', 'a.state', 'a.party', 'a.filed_at as filedAt', 'a.accept_by as acceptBy', 'a.decide_by as decideBy', 'a.decided_at as decidedAt', 'a.outcome', 'a.asks_stay as asksStay',
      'o.full_name as reviewer', 'd.title', 'd.measure', 'r.code as reportCode', (eb) => eb.fn.coalesce('d.category', 'r.category').$notNull().as('category'),
      sql<boolean>`coalesce(d.stayed_at is not null and d.state = 'in_force', false)`.as('stayed'), sql<boolean>`took_part_in(a.id, ${actor.officerId}::uuid)`.as('tookPart'),
    ])
    .orderBy(sql`case a.state when 'filed' then a.accept_by when 'accepted' then a.decide_by end`, 'asc').orderBy('a.filed_at', 'desc').orderBy('a.id')
    .limit(PAGE).offset((page - 1) * PAGE).execute();
  return { counts, pages: Math.max(1, Math.ceil(counts[list] / PAGE)), rows: rows.map(({ reportCode, ...row }) => ({ ...row, title: row.title || (reportCode ?? '') })) };
}

/** One appeal with the reasons of the decision beside it; null when the acting officer does not see it. */
export async function appealPage(tx: Tx, actor: OfficerActor, id: string): Promise<AppealPage | null> {
  const row = await tx.selectFrom('appeal as a').leftJoin('officer as o', 'o.id', 'a.reviewer_id').leftJoin('report as r', 'r.id', 'a.report_id').leftJoin('decision as d', 'd.id', 'a.decision_id')
    .leftJoin('case_file as c', (join) => join.on((eb) => eb('c.id', '=', eb.fn.coalesce('d.case_id', 'r.case_id'))))
    .select([
      'a.id', 'a.code', 'a.state', 'a.party', 'a.agency_id as agencyId', 'a.words', 'a.asks_stay as asksStay', 'a.has_contact as hasContact', 'a.filed_at as filedAt', 'a.accept_by as acceptBy',
      'a.accepted_at as acceptedAt', 'a.decide_by as decideBy', 'a.decided_at as decidedAt', 'a.is_complex as isComplex', 'a.is_remote as isRemote', 'a.outcome', 'a.reasons',
      'a.reviewer_id as reviewerId', 'o.full_name as reviewer', 'a.decision_id', 'a.report_id', 'r.code as reportCode', 'r.narrative', 'c.number as caseNumber',
    ]).where('a.id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { decision_id, report_id, reportCode, narrative, ...appeal } = row;
  const took = await tookPart(tx, id, actor.officerId);
  const messages = await tx.selectFrom('appeal_message as m').leftJoin('officer as o', 'o.id', 'm.officer_id').select(['m.id', 'sent_by as sentBy', 'body', 'at', 'full_name as officer'])
    .where('appeal_id', '=', id).orderBy('at').orderBy('m.id').execute();
  const steps = await tx.selectFrom('journal').leftJoin('officer', 'officer.id', 'officer_id').select(['at', 'action', 'full_name as officer', 'reason'])
    .where((eb) => eb.or([
      eb.and([eb('entity_id', '=', id), eb('action', 'not in', ['appellant_message', 'desk_message', 'open_contact'])]),
      ...(decision_id ? [eb.and([eb('entity_id', '=', decision_id), eb('action', 'in', ['stay', 'resume', 'reverse']), eb('at', '>=', appeal.filedAt)])] : []),
    ])).orderBy('seq').execute();
  return {
    ...appeal, tookPart: took, eligible: appeal.state === 'filed' || appeal.state === 'accepted' ? await eligibleFor(tx, id, appeal.agencyId) : [], messages, steps,
    report: report_id && reportCode ? { code: reportCode, narrative: narrative ?? '', answer: await answerOf(tx, report_id) } : null,
    decision: decision_id ? await reviewedDecision(tx, decision_id) : null, live: decision_id ? await liveOf(tx, decision_id) : null,
    others: decision_id ? await tx.selectFrom('appeal').select(['id', 'code', 'state']).where('decision_id', '=', decision_id).where('id', '<>', id).orderBy('filed_at').limit(10).execute() : [],
  };
}

/** Reviewers and leaders of the agency who took no part. */
async function eligibleFor(tx: Tx, appealId: string, agencyId: string): Promise<string[]> {
  const today = localDate(tx.now);
  const rows = await tx.selectFrom('officer_role as o').innerJoin('officer as p', 'p.id', 'o.officer_id').select('full_name').distinct().where('agency_id', '=', agencyId)
    .where('role', 'in', ['reviewer', 'leader']).where('disabled_at', 'is', null).where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])).where(sql<boolean>`not took_part_in(${appealId}::uuid, p.id)`).orderBy('full_name').execute();
  return rows.map((row) => row.full_name);
}

async function answerOf(tx: Tx, reportId: string): Promise<string | null> {
  const row = await tx.selectFrom('message').select('body').where('report_id', '=', reportId).where('sent_by', '=', 'desk').orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirst();
  return row?.body ?? null;
}

async function liveOf(tx: Tx, decisionId: string): Promise<AppealPage['live']> {
  return await tx.selectFrom('decision').select(['id', 'state', 'stayed_at as stayedAt']).where('id', 'in', sql<string>`(select renewals_of(${decisionId}::uuid))`)
    .where('state', 'in', ['in_force', 'interim']).executeTakeFirst() ?? null;
}

async function reviewedDecision(tx: Tx, id: string): Promise<ReviewedDecision | null> {
  const row = await tx.selectFrom('decision as d').innerJoin('officer as o', 'o.id', 'd.drafter_id').leftJoin('officer as s', 's.id', 'd.second_officer_id')
    .select((eb) => [
      'd.id', 'd.measure', 'd.category', 'd.state', 'd.title', 'd.agency_id', 'd.legal_basis as legalBasis', 'd.act_date as actDate', 'd.decided_at as decidedAt', 'd.ends_on as endsOn', 'd.territory',
      'd.facts', 'd.side_effects as sideEffects', 'd.public_summary as summary', 'o.full_name as drafter', 's.full_name as second',
      jsonArrayFrom(eb.selectFrom('decision_element as e').whereRef('e.decision_id', '=', 'd.id').select(['element', 'why'])).as('elements'),
      jsonArrayFrom(eb.selectFrom('decision_option as e').whereRef('e.decision_id', '=', 'd.id').select(['option', 'why_not as why'])).as('options'),
      jsonArrayFrom(eb.selectFrom('decision_locator as l').innerJoin('indicator as i', 'i.id', 'l.indicator_id').whereRef('l.decision_id', '=', 'd.id').select('i.display').orderBy('i.display')).as('locators'),
      jsonArrayFrom(eb.selectFrom('decision_recipient as p').innerJoin('recipient as r', 'r.id', 'p.recipient_id').whereRef('p.decision_id', '=', 'd.id').select('r.name').orderBy('r.name')).as('recipients'),
    ]).where('d.id', '=', id).executeTakeFirst();
  if (!row) return null;
  const evidence = await tx.selectFrom('decision_evidence as v').innerJoin('evidence as e', 'e.id', 'v.evidence_id').innerJoin('officer as o', 'o.id', 'e.officer_id')
    .select(['e.description', 'e.at', 'o.full_name as officer']).where('v.decision_id', '=', id).orderBy('e.at').execute();
  const { agency_id, locators, recipients, ...decision } = row;
  return {
    ...decision, title: decision.title || measureOf(decision.measure).label.vi, evidence, locators: locators.map(({ display }) => display), recipients: recipients.map(({ name }) => name),
    agency: (await agencyNames(tx, [agency_id], row.actDate ?? localDate(tx.now))).get(agency_id) ?? { name: '', shortName: '', nameEn: '' },
  };
}
