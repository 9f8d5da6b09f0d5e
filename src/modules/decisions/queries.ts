import { sql, type RawBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { localDate } from '#core/deadlines.ts';
import { measureOf, type MeasureCode, type RecipientKind } from '#catalogue/measures.ts';
import { isSocialItem, locatorBar, reachOf } from '#core/locators.ts';
import { CATEGORIES } from '#catalogue/categories.ts';
import { agencyNames } from '#modules/directory/index.ts';
import { basesInForce, basisByCode } from '#modules/law/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { Tx } from '#platform/db.ts';
import { hasFreshEvidence } from './facts.ts';
import {
  LISTS, type DecisionPage, type DecisionRow, type EarlierLine, type EvidenceLine, type LegalLine, type ListName, type LocatorLine, type RecipientLine, type StepLine, type VerificationLine,
} from './types.ts';

/** One decision with all that belongs to it, in a dozen statements; null when the acting officer does not see it. */
export async function decisionPage(tx: Tx, id: string): Promise<DecisionPage | null> {
  const row = await head(tx, id);
  if (!row) return null;
  const evidence = await caseEvidence(tx, row.case_id);
  const locators = await caseLocators(tx, row.case_id, row.measure);
  const recipients = await recipientsFor(tx, row.measure, row.state === 'draft' || row.state === 'returned' ? [] : row.recipients.map((one) => one.recipient_id));
  const legal = await legalReviews(tx, id, row.submissions);
  const earlier = await earlierDecisions(tx, id, row.case_id);
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
      proofs: Object.fromEntries(row.elements.map(({ element, evidence_ids }) => [element, evidence_ids])), sideEffects: row.side_effects, detail: row.detail,
      evidence: row.evidence.length, locators: row.locators.length, recipients: row.recipients.length,
      freshEvidence: await hasFreshEvidence(tx, id, row.renews),
    },
    basis: row.legal_basis === null ? null : await basisByCode(tx, row.legal_basis),
    bases: row.state === 'draft' || row.state === 'returned' ? await basesInForce(tx, row.category, localDate(tx.now)) : [],
    sideEffects: row.side_effects, advice: row.advice, evidenceIds: row.evidence.map((one) => one.evidence_id),
    locatorIds: row.locators.map((one) => one.indicator_id),
    recipientIds: row.recipients.map((one) => one.recipient_id), recipients, renews: row.renews,
    renewedAt: row.renewed_at, interimAt: row.interim_at, interimUntil: row.interim_until, stayedAt: row.stayed_at, legal, earlier,
    agency: agency ?? { name: '', shortName: '', nameEn: '' },
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
  return tx.selectFrom('decision').innerJoin('case_file', 'case_file.id', 'decision.case_id').innerJoin('officer as d', 'd.id', 'decision.drafter_id')
    .leftJoin('officer as s', 's.id', 'decision.second_officer_id').leftJoin('competence', 'competence.id', 'decision.competence_id').leftJoin('warning', 'warning.decision_id', 'decision.id').leftJoin('decision as old', 'old.id', 'decision.renews')
    .leftJoinLateral((eb) => eb.selectFrom('report').whereRef('report.case_id', '=', 'decision.case_id').where('report.state', 'in', ['attached', 'answered'])
      .select(({ fn }) => [
        fn.countAll<number>().as('reports'), fn.count<number>('commune_code').distinct().as('communes'),
        fn.coalesce(fn.sum<number>('money_lost'), sql<number>`0`).as('money_lost'), fn.min('received_at').as('first_at'), fn.max('received_at').as('last_at'),
      ]).as('r'), (join) => join.onTrue())
    .selectAll('decision').select((eb) => [
      'number', 'case_file.title as case_title', 'd.full_name as drafter', 's.full_name as second', 'law', 'why_vi', 'why_en', 'slug', 'old.decided_at as renewed_at',
      'r.money_lost', 'r.first_at', 'r.last_at', eb.ref('r.reports').$notNull().as('reports'), eb.ref('r.communes').$notNull().as('communes'),
      jsonArrayFrom(eb.selectFrom('decision_element as e').whereRef('e.decision_id', '=', 'decision.id').select(['element', 'why', 'evidence_ids'])).as('elements'),
      jsonArrayFrom(eb.selectFrom('decision_option as o').whereRef('o.decision_id', '=', 'decision.id').select(['option', 'why_not'])).as('options'),
      jsonArrayFrom(eb.selectFrom('decision_evidence as v').whereRef('v.decision_id', '=', 'decision.id').select('evidence_id')).as('evidence'),
      jsonArrayFrom(eb.selectFrom('decision_locator as l').whereRef('l.decision_id', '=', 'decision.id').select('indicator_id')).as('locators'),
      jsonArrayFrom(eb.selectFrom('decision_recipient as p').whereRef('p.decision_id', '=', 'decision.id').select('recipient_id')).as('recipients'),
    ]).where('decision.id', '=', id).orderBy('warning.published_at', 'desc').executeTakeFirst();
}

async function caseEvidence(tx: Tx, caseId: string): Promise<EvidenceLine[]> {
  const rows = await tx.selectFrom('evidence').innerJoin('officer', 'officer.id', 'officer_id')
    .select(['evidence.id', 'kind', 'description', 'sha256', 'at', 'full_name']).where('case_id', '=', caseId).orderBy('at').orderBy('evidence.id').execute();
  return rows.map(({ full_name: officer, sha256, ...row }) => ({ ...row, officer, sha256: sha256?.toString('hex').slice(0, 12) ?? null }));
}

/** Traces named by reports of the case that passed the gate, of the kinds that the measure names, the most reported first. */
async function caseLocators(tx: Tx, caseId: string, measure: MeasureCode): Promise<LocatorLine[]> {
  const kinds = measureOf(measure).locators;
  if (kinds.length === 0) return [];
  const rows = await tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id')
    .select(({ fn }) => ['indicator.id', 'kind', 'value', 'display', 'specific', fn.countAll<number>().as('reports')])
    .where('report.case_id', '=', caseId).where('report.state', 'in', ['attached', 'answered']).where('kind', 'in', [...kinds])
    .groupBy('indicator.id').orderBy('reports', 'desc').orderBy('value').execute();
  return rows.map(({ id, kind, value, display, specific, reports }) => {
    const bar = locatorBar(measure, kind, value);
    return { id, kind, value: value ?? display, reports, granularity: reachOf(kind, value), exact: bar === null && (specific || (kind === 'url' && value !== null && isSocialItem(value))), bar };
  });
}

/** Who may be written to today by a measure. @param named who a submitted decision names, in force or not */
async function recipientsFor(tx: Tx, measure: MeasureCode, named: readonly string[]): Promise<RecipientLine[]> {
  const kinds: readonly RecipientKind[] = measureOf(measure).recipients;
  if (kinds.length === 0) return [];
  const today = localDate(tx.now);
  return tx.selectFrom('recipient').select(['id', 'kind', 'name', 'name_en as nameEn', 'format', 'email']).where('kind', 'in', [...kinds])
    .where((eb) => eb.or([
      eb('id', '=', eb.fn.any(eb.val([...named]))), eb.and([eb('valid_from', '<=', today), eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', today)])]),
    ])).orderBy('name').execute();
}

async function legalReviews(tx: Tx, id: string, submission: number): Promise<LegalLine[]> {
  return tx.selectFrom('legal_review').innerJoin('officer', 'officer.id', 'officer_id').select(['officer_id as officerId', 'full_name as officer', 'agrees', 'note', 'at'])
    .where('decision_id', '=', id).where('submission', '=', submission).orderBy('at').execute();
}

/** Most that is shown of earlier decisions on the same traces. */
const MOST_EARLIER = 10;

/** Decisions of other cases of the agency that named a trace of this case, and how they ended; technical traces only (SCOPE, never built 3). */
async function earlierDecisions(tx: Tx, id: string, caseId: string): Promise<EarlierLine[]> {
  return tx.selectFrom('decision').innerJoin('case_file', 'case_file.id', 'decision.case_id')
    .select(['decision.id', 'measure', 'decision.state', 'number', 'decision.title', 'decided_at as decidedAt', 'ends_on as endsOn']).where('decision.id', '<>', id)
    .where('decision.state', 'not in', ['draft', 'returned', 'second_review'])
    .where((eb) => eb.exists(eb.selectFrom('decision_locator as l').innerJoin('report_indicator as i', 'i.indicator_id', 'l.indicator_id').innerJoin('report as r', 'r.id', 'i.report_id')
      .select('l.indicator_id').whereRef('l.decision_id', '=', 'decision.id').where('r.case_id', '=', caseId)))
    .orderBy('decided_at', 'desc').limit(MOST_EARLIER).execute();
}

async function caseVerifications(tx: Tx, caseId: string): Promise<VerificationLine[]> {
  const rows = await tx.selectFrom('verification').innerJoin('officer', 'officer.id', 'officer_id')
    .select(['checked', 'other_explanation', 'finding', 'confidence', 'at', 'full_name']).where('case_id', '=', caseId).orderBy('at').execute();
  return rows.map(({ full_name: officer, other_explanation: otherExplanation, ...row }) => ({ ...row, officer, otherExplanation }));
}

async function stepsOf(tx: Tx, id: string): Promise<StepLine[]> {
  return tx.selectFrom('journal').leftJoin('officer', 'officer.id', 'officer_id').select(['action', 'at', 'full_name as officer', 'reason'])
    .where('entity', '=', 'decision').where('entity_id', '=', id).where((eb) => eb.or([eb('to_state', 'is not', null), eb('action', 'in', ['stay', 'resume', 'legal_agree', 'legal_object'])])).orderBy('seq').execute();
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
const LEGAL = CATEGORIES.filter(({ legalReview }) => legalReview).map(({ code }) => code);

/** The decisions of one list that an officer asks for. */
export interface ListQuery {
  readonly list: ListName;
  /** Only of this measure; null for all. */
  readonly measure: MeasureCode | null;
  /** From 1. */
  readonly page: number;
}

/**
 * One list of the own agency's decisions and how many stand in each list; ended ones are told by the clock, not by the job
 * that ends them. `cho-duyet` holds what this officer may decide as the second person, interim measures first; `phap-che` what waits
 * for this officer's word as the legal officer.
 */
export async function decisionList(
  tx: Tx, actor: OfficerActor, { list, measure, page }: ListQuery,
): Promise<{ rows: DecisionRow[]; counts: Readonly<Record<ListName, number>>; pages: number }> {
  const today = localDate(tx.now);
  const me = actor.officerId;
  const reviews = actor.roles.includes('reviewer') || actor.roles.includes('leader');
  const apart = sql`(d.state in ('second_review', 'interim') and d.drafter_id <> ${me} and not exists (
      select 1 from gate_check g join report r on r.id = g.report_id where r.case_id = d.case_id and g.officer_id = ${me}))`;
  const spoken = (submission: RawBuilder<unknown>) => sql`exists (select 1 from legal_review l where l.decision_id = d.id and l.officer_id = ${me} and ${submission})`;
  const in_ = {
    'cho-duyet': sql<boolean>`(${reviews} and ${apart} and not ${spoken(sql`true`)})`,
    'phap-che': sql<boolean>`(${actor.roles.includes('legal')} and ${apart} and d.category = any (${LEGAL}::text[]) and not ${spoken(sql`l.submission = d.submissions`)})`,
    'du-thao': sql<boolean>`(d.drafter_id = ${me} and d.state in ('draft', 'returned', 'second_review', 'interim'))`,
    'hieu-luc': sql<boolean>`(d.state = 'interim' or d.state = 'in_force' and (d.ends_on is null or d.ends_on >= ${today}))`,
    'ket-thuc': sql<boolean>`(d.state in ('expired', 'withdrawn', 'reversed', 'stopped') or (d.state = 'in_force' and d.ends_on < ${today}))`,
  } satisfies Record<ListName, unknown>;
  const own = tx.selectFrom('decision as d').where('d.agency_id', '=', actor.agencyId);
  const counts = await own.select(({ fn }) => LISTS.map((one) => fn.countAll<number>().filterWhere(in_[one]).as(one))).executeTakeFirstOrThrow() as Record<ListName, number>;
  const wanted = own.where(in_[list]).$if(measure !== null, (query) => query.where('d.measure', '=', measure!));
  const { n } = await wanted.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const soonest = list === 'hieu-luc' || list === 'cho-duyet' || list === 'phap-che';
  const rows = await wanted.innerJoin('case_file', 'case_file.id', 'd.case_id').innerJoin('officer', 'officer.id', 'd.drafter_id')
    .select(['d.id', 'd.title', 'case_file.title as caseTitle', 'd.measure', 'd.category', 'd.state', 'number', 'full_name as drafter', 'd.ends_on as endsOn', 'd.decided_at as decidedAt',
      'd.interim_until as interimUntil', 'd.stayed_at as stayedAt',
      (eb) => eb.selectFrom('journal as j').whereRef('j.entity_id', '=', 'd.id').where('j.to_state', 'in', ['second_review', 'interim']).select(({ fn }) => fn.max('j.at').as('at')).as('submittedAt')])
    .orderBy(sql`d.state = 'interim'`, 'desc').orderBy(list === 'hieu-luc' ? 'd.ends_on' : 'd.created_at', soonest ? 'asc' : 'desc').orderBy('d.id')
    .limit(PAGE).offset((page - 1) * PAGE).execute();
  return {
    counts, pages: Math.max(1, Math.ceil(n / PAGE)),
    rows: rows.map(({ caseTitle, ...row }) => ({ ...row, title: row.title || caseTitle, state: row.state === 'in_force' && row.endsOn !== null && row.endsOn < today ? 'expired' : row.state })),
  };
}
