import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { localDate } from '#core/deadlines.ts';
import { ownership } from '#core/indicators/index.ts';
import { agencyNames } from '#modules/directory/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { granularityOf } from './facts.ts';
import { LISTS, type DecisionPage, type DecisionRow, type EvidenceLine, type ListName, type LocatorLine, type StepLine, type VerificationLine } from './types.ts';

/** One decision with all that belongs to it, in seven statements; null when the acting officer does not see it. */
export async function decisionPage(tx: Tx, id: string): Promise<DecisionPage | null> {
  const row = await head(tx, id);
  if (!row) return null;
  const evidence = await caseEvidence(tx, row.case_id);
  const locators = await caseLocators(tx, row.case_id);
  const verifications = await caseVerifications(tx, row.case_id);
  const steps = await stepsOf(tx, id);
  const people = await peopleOf(tx, row.agency_id, row.case_id, localDate(tx.now));
  const agency = (await agencyNames(tx, [row.agency_id], row.act_date ?? localDate(tx.now))).get(row.agency_id);
  return {
    id, state: row.state, agencyId: row.agency_id, drafterId: row.drafter_id, gateOfficers: people.gateOfficers,
    facts: {
      measure: row.measure, category: row.category, legalBasis: row.legal_basis, competenceId: row.competence_id, aim: row.aim, facts: row.facts,
      territory: row.territory, startsOn: row.starts_on, endsOn: row.ends_on, title: row.title, summary: row.public_summary,
      elements: Object.fromEntries(row.elements.map(({ element, why }) => [element, why])),
      options: Object.fromEntries(row.options.map(({ option, why_not }) => [option, why_not])),
      evidence: row.evidence.length, locators: row.locators.length,
    },
    sideEffects: row.side_effects, advice: row.advice, evidenceIds: row.evidence.map((one) => one.evidence_id),
    locatorIds: row.locators.map((one) => one.indicator_id), agency: agency ?? { name: '', shortName: '', nameEn: '' },
    drafter: row.drafter, second: row.second, actDate: row.act_date, decidedAt: row.decided_at,
    competence: row.law === null ? null : { law: row.law, whyVi: row.why_vi ?? '', whyEn: row.why_en ?? '' },
    case: {
      number: row.number, title: row.case_title, reports: row.reports, communes: row.communes, moneyLost: Number(row.money_lost),
      firstAt: row.first_at, lastAt: row.last_at,
    },
    evidence, locators, verifications, steps, warning: row.slug,
    eligible: people.reviewers.filter(({ id: officer }) => officer !== row.drafter_id && !people.gateOfficers.includes(officer)).map(({ name }) => name),
  };
}

function head(tx: Tx, id: string) {
  return tx.selectFrom('decision').innerJoin('case_file', 'case_file.id', 'decision.case_id').innerJoin('officer as d', 'd.id', 'drafter_id')
    .leftJoin('officer as s', 's.id', 'second_officer_id').leftJoin('competence', 'competence.id', 'competence_id').leftJoin('warning', 'decision_id', 'decision.id')
    .leftJoinLateral((eb) => eb.selectFrom('report').whereRef('report.case_id', '=', 'decision.case_id').where('report.state', 'in', ['attached', 'answered'])
      .select(({ fn }) => [
        fn.countAll<number>().as('reports'), fn.count<number>('commune_code').distinct().as('communes'),
        fn.coalesce(fn.sum<number>('money_lost'), sql<number>`0`).as('money_lost'), fn.min('received_at').as('first_at'), fn.max('received_at').as('last_at'),
      ]).as('r'), (join) => join.onTrue())
    .selectAll('decision').select((eb) => [
      'number', 'case_file.title as case_title', 'd.full_name as drafter', 's.full_name as second', 'law', 'why_vi', 'why_en', 'slug',
      'r.money_lost', 'r.first_at', 'r.last_at', eb.ref('r.reports').$notNull().as('reports'), eb.ref('r.communes').$notNull().as('communes'),
      jsonArrayFrom(eb.selectFrom('decision_element as e').whereRef('e.decision_id', '=', 'decision.id').select(['element', 'why'])).as('elements'),
      jsonArrayFrom(eb.selectFrom('decision_option as o').whereRef('o.decision_id', '=', 'decision.id').select(['option', 'why_not'])).as('options'),
      jsonArrayFrom(eb.selectFrom('decision_evidence as v').whereRef('v.decision_id', '=', 'decision.id').select('evidence_id')).as('evidence'),
      jsonArrayFrom(eb.selectFrom('decision_locator as l').whereRef('l.decision_id', '=', 'decision.id').select('indicator_id')).as('locators'),
    ]).where('decision.id', '=', id).executeTakeFirst();
}

async function caseEvidence(tx: Tx, caseId: string): Promise<EvidenceLine[]> {
  const rows = await tx.selectFrom('evidence').innerJoin('officer', 'officer.id', 'officer_id')
    .select(['evidence.id', 'kind', 'description', 'sha256', 'at', 'full_name']).where('case_id', '=', caseId).orderBy('at').orderBy('evidence.id').execute();
  return rows.map(({ full_name: officer, sha256, ...row }) => ({ ...row, officer, sha256: sha256?.toString('hex').slice(0, 12) ?? null }));
}

/** Addresses named by reports of the case that passed the gate, the most reported first. */
async function caseLocators(tx: Tx, caseId: string): Promise<LocatorLine[]> {
  const rows = await tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id')
    .select(({ fn }) => ['indicator.id', 'kind', 'value', 'specific', fn.countAll<number>().as('reports')])
    .where('report.case_id', '=', caseId).where('report.state', 'in', ['attached', 'answered']).where('kind', 'in', ['url', 'domain'])
    .groupBy('indicator.id').orderBy('reports', 'desc').orderBy('value').execute();
  return rows.map(({ id, kind, value, specific, reports }) => ({
    id, value: value ?? '', reports, granularity: granularityOf(kind, value ?? ''), exact: specific && (kind === 'url' || 'owner' in ownership(value ?? '')),
  }));
}

async function caseVerifications(tx: Tx, caseId: string): Promise<VerificationLine[]> {
  const rows = await tx.selectFrom('verification').innerJoin('officer', 'officer.id', 'officer_id')
    .select(['checked', 'other_explanation', 'finding', 'confidence', 'at', 'full_name']).where('case_id', '=', caseId).orderBy('at').execute();
  return rows.map(({ full_name: officer, other_explanation: otherExplanation, ...row }) => ({ ...row, officer, otherExplanation }));
}

async function stepsOf(tx: Tx, id: string): Promise<StepLine[]> {
  return tx.selectFrom('journal').leftJoin('officer', 'officer.id', 'officer_id').select(['action', 'at', 'full_name as officer', 'reason'])
    .where('entity', '=', 'decision').where('entity_id', '=', id).where('to_state', 'is not', null).orderBy('seq').execute();
}

/** Who answered the first gate, and who of the agency reviews today: one statement. */
async function peopleOf(tx: Tx, agencyId: string, caseId: string, on: string): Promise<{ gateOfficers: string[]; reviewers: { id: string; name: string }[] }> {
  const gate = tx.selectFrom('gate_check').innerJoin('report', 'report.id', 'report_id').innerJoin('officer', 'officer.id', 'officer_id')
    .select([sql<'gate' | 'review'>`'gate'`.as('part'), 'officer.id', 'full_name as name']).where('report.case_id', '=', caseId);
  const review = tx.selectFrom('officer_role').innerJoin('officer', 'officer.id', 'officer_id')
    .select([sql<'gate' | 'review'>`'review'`.as('part'), 'officer.id', 'full_name as name']).where('agency_id', '=', agencyId)
    .where('role', 'in', ['reviewer', 'leader']).where('disabled_at', 'is', null).where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', on)]));
  const rows = await gate.union(review).orderBy('name').execute();
  return { gateOfficers: rows.filter(({ part }) => part === 'gate').map(({ id }) => id), reviewers: rows.filter(({ part }) => part === 'review') };
}

/** The case a draft is to begin on, by its number; null when the acting officer does not see it. */
export async function caseByNumber(tx: Tx, number: string): Promise<{ id: string; title: string; leadAgencyId: string } | null> {
  return await tx.selectFrom('case_file').select(['id', 'title', 'lead_agency_id as leadAgencyId']).where('number', '=', number).executeTakeFirst() ?? null;
}

/** The territory a measure of this deployment covers, in words ("Tỉnh Cao Bằng"). */
export async function territoryOf(tx: Tx, provinceCode: string): Promise<string> {
  return (await tx.selectFrom('province').select('full_name').where('code', '=', provinceCode).executeTakeFirstOrThrow()).full_name;
}

const PAGE = 25;

/**
 * One list of the own agency's decisions and how many stand in each list; ended ones are told by the clock, not by the job
 * that ends them. `cho-duyet` holds what this officer may decide as the second person.
 * @param page from 1
 */
export async function decisionList(
  tx: Tx, actor: OfficerActor, filter: ListName, page: number,
): Promise<{ rows: DecisionRow[]; counts: Readonly<Record<ListName, number>>; pages: number }> {
  const today = localDate(tx.now);
  const me = actor.officerId;
  const reviews = actor.roles.includes('reviewer') || actor.roles.includes('leader');
  const in_ = {
    'cho-duyet': sql<boolean>`(${reviews} and d.state = 'second_review' and d.drafter_id <> ${me} and not exists (
      select 1 from gate_check g join report r on r.id = g.report_id where r.case_id = d.case_id and g.officer_id = ${me}))`,
    'du-thao': sql<boolean>`(d.drafter_id = ${me} and d.state in ('draft', 'returned', 'second_review'))`,
    'hieu-luc': sql<boolean>`(d.state = 'in_force' and (d.ends_on is null or d.ends_on >= ${today}))`,
    'ket-thuc': sql<boolean>`(d.state in ('expired', 'withdrawn', 'reversed', 'stopped') or (d.state = 'in_force' and d.ends_on < ${today}))`,
  } satisfies Record<ListName, unknown>;
  const own = tx.selectFrom('decision as d').where('d.agency_id', '=', actor.agencyId);
  const counts = await own.select(({ fn }) => LISTS.map((list) => fn.countAll<number>().filterWhere(in_[list]).as(list))).executeTakeFirstOrThrow() as Record<ListName, number>;
  const rows = await own.innerJoin('case_file', 'case_file.id', 'd.case_id').innerJoin('officer', 'officer.id', 'd.drafter_id').where(in_[filter])
    .select(['d.id', 'd.title', 'case_file.title as caseTitle', 'd.measure', 'd.category', 'd.state', 'number', 'full_name as drafter', 'd.ends_on as endsOn', 'd.decided_at as decidedAt',
      (eb) => eb.selectFrom('journal as j').whereRef('j.entity_id', '=', 'd.id').where('j.to_state', '=', 'second_review').select(({ fn }) => fn.max('j.at').as('at')).as('submittedAt')])
    .orderBy(filter === 'hieu-luc' ? 'd.ends_on' : 'd.created_at', filter === 'hieu-luc' || filter === 'cho-duyet' ? 'asc' : 'desc').orderBy('d.id')
    .limit(PAGE).offset((page - 1) * PAGE).execute();
  return {
    counts, pages: Math.max(1, Math.ceil(counts[filter] / PAGE)),
    rows: rows.map(({ caseTitle, ...row }) => ({ ...row, title: row.title || caseTitle, state: row.state === 'in_force' && row.endsOn !== null && row.endsOn < today ? 'expired' : row.state })),
  };
}
