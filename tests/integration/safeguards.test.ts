/**
 * Attempts to get past S1–S7 with plain SQL, as the application's own role inside an officer's context (what a bug or a
 * stolen application account could do) or as the owner of the schema. Each must fail in the database.
 */
import type pg from 'pg';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXCLUDED, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { addDays } from '#core/deadlines.ts';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { publicWarning } from '#modules/warnings/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { BASIS, completeDraft, openOffice, PASSED, reportOf, TODAY, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';

const desk = await testDesk();
const owner = new Pool({ ...desk.address.owner, max: 1 });
afterAll(() => owner.end());

let office: Office;
/** A complete draft, its case, and a decision in force with its warning; attempts on them are always rolled back. */
const ids = { draft: '', case: '', report: '', live: '', liveCase: '', warning: '', stopped: '', other: '', otherCase: '' };

beforeAll(async () => {
  office = await openOffice(desk);
  const made = await verifiedCase(desk, office);
  ids.case = made.caseId;
  ids.report = made.reportIds[0]!;
  ids.draft = await completeDraft(desk, office, ids.case);

  ids.liveCase = (await verifiedCase(desk, office, [reportOf({ narrative: 'Trang xấu ở https://dang-hieu-luc.example/x' })])).caseId;
  ids.live = await completeDraft(desk, office, ids.liveCase);
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, ids.live));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, ids.live, PASSED, [], { PUBLIC_WARNING: [publicWarning] }));
  ids.warning = (await desk.owner.selectFrom('warning').select('id').where('decision_id', '=', ids.live).executeTakeFirstOrThrow()).id;

  ids.otherCase = (await verifiedCase(desk, office, [reportOf({ narrative: 'Trang xấu ở https://vu-khac.example/y' })])).caseId;
  ids.stopped = (await submitReport(desk, reportOf({ narrative: 'Bài viết phê bình cơ quan, không có địa chỉ' }))).id;
});

/** One statement of an attempt and who sends it: an officer through the application's role, or the owner. */
interface Step {
  readonly as: keyof Office | 'system';
  readonly sql: string;
  readonly values?: readonly unknown[];
  /** The desk's clock for this step, ISO instant. */
  readonly at?: string;
}

const CONTEXT = `select set_config('desk.kind', $1, true), set_config('desk.officer', $2, true), set_config('desk.agency', $3, true),
  set_config('desk.roles', $4, true), set_config('desk.report', '', true), set_config('desk.now', $5, true)`;

async function enter(client: pg.PoolClient, { as, at = desk.clock.now().toISOString() }: Step): Promise<void> {
  const actor: OfficerActor | null = as === 'system' ? null : office[as];
  await client.query(CONTEXT, [actor ? 'officer' : 'system', actor?.officerId ?? '', actor?.agencyId ?? '', actor?.roles.join(',') ?? '', at]);
}

/** Runs the steps as lachan_app in one transaction up to the checks of a commit, then takes everything back. Gives rows changed by the last step. */
async function run(steps: readonly Step[]): Promise<number> {
  const client = await desk.pool.connect();
  try {
    await client.query('begin');
    let changed = 0;
    for (const step of steps) {
      await enter(client, step);
      changed = (await client.query(step.sql, [...(step.values ?? [])])).rowCount ?? 0;
    }
    await client.query('set constraints all immediate');
    return changed;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The journal row that a change of state needs. */
function journal(as: Step['as'], entity: 'decision' | 'report', id: string, from: string, to: string): Step {
  return {
    as, values: [entity, id, from, to],
    sql: `insert into journal (at, actor_kind, officer_id, agency_id, entity, entity_id, action, from_state, to_state)
      values (desk_now(), 'officer', ctx_officer(), ctx_agency(), $1, $2, 'attempt', $3, $4)`,
  };
}

const spoil = (sql: string, values: readonly unknown[] = []): Step => ({ as: 'drafter', sql: sql.replaceAll(':draft', `'${ids.draft}'`), values });
const submit = (): Step[] => [{ as: 'drafter', sql: `update decision set state = 'second_review' where id = '${ids.draft}'` }, journal('drafter', 'decision', ids.draft, 'draft', 'second_review')];
const NO = 'false, false, false, false, false, false, false';

function gate(as: keyof Office = 'reviewer', { answers = NO, passed = true, officer = as as keyof Office } = {}): Step {
  return {
    as, values: [office[officer].officerId],
    sql: `insert into gate_check (stage, decision_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only,
      identify_person, whole_profile, self_interest, passed, at)
      values ('second', '${ids.draft}', 'phishing_impersonation', $1, ctx_agency(), ${answers}, ${passed}, desk_now())`,
  };
}

function approve(as: keyof Office = 'reviewer', { second = as as keyof Office, actDate = 'desk_today()', at = undefined as string | undefined } = {}): Step[] {
  return [
    { as, at, sql: `update decision set state = 'in_force', second_officer_id = $1, act_date = ${actDate}, decided_at = desk_now() where id = '${ids.draft}'`, values: [office[second].officerId] },
    journal(as, 'decision', ids.draft, 'second_review', 'in_force'),
  ];
}

/** The whole way of a draft, with something spoiled before it is submitted. */
const way = (...spoiled: Step[]): Step[] => [...spoiled, ...submit(), gate(), ...approve()];

interface Attempt {
  readonly name: string;
  readonly steps: () => readonly Step[];
  readonly refused: RegExp;
}

const ATTEMPTS: Readonly<Record<string, readonly Attempt[]>> = {
  'S1 closed lists': [
    { name: 'another measure on an existing draft', steps: () => way(spoil(`update decision set measure = 'NOTICE_BANK' where id = :draft`)), refused: /measure of a decision are fixed/ },
    { name: 'a measure nobody wrote', steps: () => [spoil(`update decision set measure = 'TAKE_DOWN_CHANNEL' where id = :draft`)], refused: /measure_code/ },
    {
      name: 'a measure that does not fit the harm, from the start', refused: /S1: measure CORRECTION does not fit/,
      steps: () => {
        const id = crypto.randomUUID();
        return [
          { as: 'drafter', values: [id, ids.case, office.drafter.agencyId, office.drafter.officerId],
            sql: `insert into decision (id, case_id, agency_id, measure, category, drafter_id, aim, created_at) values ($1, $2, $3, 'CORRECTION', 'phishing_impersonation', $4, 'protect_property', desk_now())` },
          { as: 'drafter', sql: `update decision set state = 'second_review' where id = $1`, values: [id] },
          { as: 'reviewer', sql: `update decision set state = 'in_force', act_date = desk_today(), second_officer_id = $2 where id = $1`, values: [id, office.reviewer.officerId] },
        ];
      },
    },
    { name: 'a category out of the list', steps: () => [spoil(`update decision set category = 'bad_information' where id = :draft`)], refused: /harm_category/ },
    { name: 'a category that is not the case’s', steps: () => [spoil(`update decision set category = 'scam', legal_basis = 'L116.7.2.đ/scam' where id = :draft`)], refused: /category.* of a decision are fixed|measure of a decision are fixed/ },
    {
      name: 'a category that is not the case’s, from the start', refused: /S1: a decision has the category and the lead agency of its case/,
      steps: () => [{ as: 'drafter', values: [ids.case, office.drafter.agencyId, office.drafter.officerId],
        sql: `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at) values ($1, $2, 'PUBLIC_WARNING', 'scam', $3, desk_now())` }],
    },
    { name: 'a report of no category', steps: () => [{ as: 'gate', sql: `update report set category = 'opinion' where id = '${ids.stopped}'` }], refused: /harm_category/ },
    { name: 'no aim', steps: () => way(spoil('update decision set aim = null where id = :draft')), refused: /S1: the aim is missing/ },
    { name: 'an aim out of the list', steps: () => [spoil(`update decision set aim = 'protect_prestige' where id = :draft`)], refused: /aim_code/ },
    { name: 'a new category by the application', steps: () => [{ as: 'system', sql: `update category set links_cases = true` }], refused: /permission denied/ },
    { name: 'a longer term by the application', steps: () => [{ as: 'system', sql: `update measure set max_days = 3650` }], refused: /permission denied/ },
  ],
  'S2 the gate, twice': [
    { name: 'no second gate', steps: () => [...submit(), ...approve()], refused: /S2: the second gate is not passed/ },
    { name: 'a second gate answered in another’s name', steps: () => [...submit(), gate('drafter', { officer: 'reviewer' })], refused: /gate: answered in the name of another officer/ },
    { name: 'a second gate answered by somebody else', steps: () => [...submit(), gate('leader'), ...approve()], refused: /S2: the second gate is not passed/ },
    { name: 'a "yes" that passes', steps: () => [...submit(), gate('reviewer', { answers: NO.replace('false', 'true') })], refused: /gate_check_check/ },
    {
      name: 'a stop of the second gate overridden by a second try', refused: /S2: the second gate is not passed/,
      steps: () => [...submit(), gate('reviewer', { answers: NO.replace('false', 'true'), passed: false }), gate(), ...approve()],
    },
    {
      name: 'a stop erased by an officer', refused: /S2: the second gate is not passed/,
      steps: () => [...submit(), gate('reviewer', { answers: NO.replace('false', 'true'), passed: false }), { as: 'reviewer', sql: 'delete from gate_check' }, gate(), ...approve()],
    },
    { name: 'a second gate answered before the text was submitted', steps: () => [gate(), ...submit(), ...approve()], refused: /S2: the second gate is answered on a submitted draft/ },
    {
      name: 'a second gate answered for an earlier text', refused: /S2: the second gate is not passed/,
      steps: () => [
        ...submit(), gate(),
        { as: 'leader', sql: `update decision set state = 'returned' where id = '${ids.draft}'` }, journal('leader', 'decision', ids.draft, 'second_review', 'returned'),
        spoil(`update decision set facts = facts || ' viết thêm' where id = :draft`), ...submit(), ...approve(),
      ],
    },
    {
      name: 'a decision on a case none of whose reports passed the first gate', refused: /S2: no report of this case has passed the gate/,
      steps: () => [{ as: 'system', sql: `update report set case_id = null where case_id = '${ids.case}'` }, ...way()],
    },
    { name: 'answers changed afterwards', steps: () => [{ as: 'gate', sql: 'update gate_check set opinion = true' }], refused: /permission denied/ },
    {
      name: 'a report attached without a gate', refused: /S2: report .* has not passed the gate/,
      steps: () => [{ as: 'gate', sql: `update report set state = 'attached', case_id = '${ids.case}' where id = '${ids.stopped}'` }],
    },
    {
      name: 'a stopped report attached', refused: /S2: a stop is lifted whole, by the officer who decided its review/,
      steps: () => [
        { as: 'gate', sql: `update report set state = 'stopped', stop_code = 'opinion', erase_after = desk_now() where id = '${ids.stopped}'` }, journal('gate', 'report', ids.stopped, 'received', 'stopped'),
        { as: 'gate', sql: `update report set state = 'attached', stop_code = null, case_id = '${ids.case}' where id = '${ids.stopped}'` },
      ],
    },
    {
      name: 'a report that failed the gate, passed by another try', refused: /S2: a stop cannot be overridden/,
      steps: () => [false, true].map((passed): Step => ({
        as: 'gate', values: [ids.stopped, office.gate.officerId],
        sql: `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person,
          whole_profile, self_interest, passed, at) values ('intake', $1, 'phishing_impersonation', $2, ctx_agency(), ${passed ? NO : NO.replace('false', 'true')}, ${passed}, desk_now())`,
      })).concat({ as: 'gate', sql: `update report set state = 'attached', case_id = '${ids.case}' where id = '${ids.stopped}'` }),
    },
    {
      name: 'a threat without its positive elements', refused: /gate: positive elements of threat_harassment are missing/,
      steps: () => [{
        as: 'gate', values: [ids.stopped, office.gate.officerId],
        sql: `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person,
          whole_profile, self_interest, passed, at) values ('intake', $1, 'threat_harassment', $2, ctx_agency(), ${NO}, true, desk_now())`,
      }],
    },
  ],
  'S3 a dated legal basis': [
    { name: 'no basis', steps: () => way(spoil('update decision set legal_basis = null where id = :draft')), refused: /S3: the legal basis is missing/ },
    { name: 'a basis of another category', steps: () => way(spoil(`update decision set legal_basis = $1 where id = :draft`, [LEGAL_BASES.find(({ category }) => category === 'scam')!.code])), refused: /S3: the legal basis is missing or of another category/ },
    { name: 'free text as basis', steps: () => [spoil(`update decision set legal_basis = 'Điều 9 khoản 1' where id = :draft`)], refused: /decision_legal_basis_fkey/ },
    { name: 'a basis not in force on the day of the act', steps: () => [...submit(), { ...gate(), at: '2026-08-18T02:00:00Z' }, ...approve('reviewer', { at: '2026-08-18T02:00:00Z' })], refused: /S3: N330\.14\.3\.a\/phishing_impersonation is not in force on 2026-08-18/ },
    { name: 'an act dated yesterday', steps: () => [...submit(), gate(), ...approve('reviewer', { actDate: 'desk_today() - 1' })], refused: /S3: the date of the act is the day of approval/ },
    { name: 'an act without a date', steps: () => [...submit(), gate(), ...approve('reviewer', { actDate: 'null' })], refused: /S3: .* is not in force on <NULL>/ },
    {
      name: 'an excluded clause entered by the application', refused: /permission denied/,
      steps: () => [{ as: 'system', sql: `insert into legal_basis (code, document, article, category, what, elements) values ('x', 'N330', '9', 'scam', 'x', '{deceives}')` }],
    },
    { name: 'an exclusion lifted by the application', steps: () => [{ as: 'system', sql: 'delete from excluded_provision' }], refused: /permission denied/ },
    { name: 'a document brought into force by the application', steps: () => [{ as: 'system', sql: `update legal_document set valid_from = '2000-01-01'` }], refused: /permission denied/ },
  ],
  'S4 competence': [
    { name: 'no competence', steps: () => way(spoil('update decision set competence_id = null where id = :draft')), refused: /S4: this agency has no power/ },
    {
      name: 'another agency’s competence', refused: /S4: this agency has no power/,
      steps: () => way(spoil(`update decision set competence_id = (select id from competence where category = 'phishing_impersonation' and agency_id <> ctx_agency() and role in ('lead', 'coordinate', 'support') limit 1) where id = :draft`)),
    },
    {
      name: 'a competence for another harm', refused: /S4: this agency has no power/,
      steps: () => way(spoil(`update decision set competence_id = (select id from competence where category <> 'phishing_impersonation' and agency_id = ctx_agency() limit 1) where id = :draft`)),
    },
    {
      name: 'a competence of the past', refused: /S4: this agency has no power/,
      steps: () => way(spoil(`update decision set competence_id = (select id from competence where category = 'phishing_impersonation' and agency_id = ctx_agency() and valid_to < desk_today() limit 1) where id = :draft`)),
    },
    {
      name: 'a power an officer writes for the own agency', refused: /row-level security/,
      steps: () => [{ as: 'leader', sql: `insert into competence (agency_id, category, role, province_code, law, why_vi, why_en, valid_from) values (ctx_agency(), 'scam', 'lead', '04', 'x', 'x', 'x', '2020-01-01')` }],
    },
  ],
  'S5 facts, evidence, reasons': [
    { name: 'no facts', steps: () => way(spoil(`update decision set facts = '   ngắn quá          ' where id = :draft`)), refused: /S5: the facts are missing/ },
    { name: 'no evidence', steps: () => way(spoil('delete from decision_evidence where decision_id = :draft')), refused: /S5: at least one piece of evidence/ },
    {
      name: 'evidence of another case', refused: /S5, S6: evidence and locators come from the case/,
      steps: () => [spoil(`insert into decision_evidence (decision_id, evidence_id) select :draft, id from evidence where case_id = $1`, [ids.otherCase])],
    },
    { name: 'an element unanswered', steps: () => way(spoil(`delete from decision_element where decision_id = :draft and element = $1`, [BASIS.elements[0]!.code])), refused: /S5: an element of the clause is not answered/ },
    { name: 'an element that no evidence shows', steps: () => way(spoil(`update decision_element set evidence_ids = '{}' where decision_id = :draft`)), refused: /S5: an element of the clause is not answered with evidence/ },
    { name: 'an element shown by evidence that the decision does not name', steps: () => way(spoil(`update decision_element set evidence_ids = array[gen_random_uuid()] where decision_id = :draft`)), refused: /S5: an element of the clause is not answered with evidence/ },
    { name: 'an element answered with nothing', steps: () => [spoil(`update decision_element set why = '' where decision_id = :draft`)], refused: /decision_element_why_check/ },
    { name: 'an option unanswered', steps: () => way(spoil(`delete from decision_option where decision_id = :draft and option = 'notify_operator'`)), refused: /S5: a less intrusive option is not answered/ },
  ],
  'S6 exact, bounded, ending': [
    { name: 'no locator', steps: () => way(spoil('delete from decision_locator where decision_id = :draft')), refused: /S6: no exact locator/ },
    {
      name: 'a locator of another case', refused: /S5, S6: evidence and locators come from the case/,
      steps: () => [spoil(`insert into decision_locator (decision_id, indicator_id, granularity) select :draft, id, 'url' from indicator where case_id = $1 limit 1`, [ids.otherCase])],
    },
    { name: 'a page turned into a whole name', steps: () => [spoil(`update decision_locator set granularity = case granularity when 'url' then 'domain' else 'url' end where decision_id = :draft`)], refused: /S5, S6/ },
    { name: 'the territory widened after the decision', steps: () => [{ as: 'reviewer', sql: `update decision set territory = 'Cả nước' where id = '${ids.live}'` }], refused: /a decided text is not rewritten/ },
    { name: 'a wider granularity than the list knows', steps: () => [spoil(`update decision_locator set granularity = 'platform' where decision_id = :draft`)], refused: /S5, S6: evidence and locators come from the case|granularity_check/ },
    { name: 'no thought of others', steps: () => way(spoil(`update decision set side_effects = '' where id = :draft`)), refused: /S6: the effect on others is not considered/ },
    { name: 'no territory', steps: () => way(spoil('update decision set territory = null where id = :draft')), refused: /S6: territory or start is missing/ },
    { name: 'no end', steps: () => way(spoil('update decision set ends_on = null where id = :draft')), refused: /S6: the end date is missing or too far/ },
    { name: 'an end beyond the maximum', steps: () => way(spoil('update decision set ends_on = starts_on + 181 where id = :draft')), refused: /S6: the end date is missing or too far/ },
    { name: 'an end in the past', steps: () => way(spoil(`update decision set starts_on = $1, ends_on = $2 where id = :draft`, [addDays(TODAY, -30), addDays(TODAY, -1)])), refused: /S6: the end date is missing or too far/ },
    { name: 'an end today', steps: () => way(spoil(`update decision set starts_on = $1, ends_on = $2 where id = :draft`, [addDays(TODAY, -30), TODAY])), refused: /S6: the end date is missing or too far/ },
    { name: 'a term prolonged', steps: () => [{ as: 'reviewer', sql: `update decision set ends_on = ends_on + 30 where id = '${ids.live}'` }], refused: /a decided text is not rewritten/ },
  ],
  'S7 a second person': [
    { name: 'the drafter, who is a reviewer too', steps: () => [...submit(), gate('drafter'), ...approve('drafter')], refused: /S7: the drafter cannot approve/ },
    { name: 'the gate officer, who is a reviewer too', steps: () => [...submit(), gate('gate'), ...approve('gate')], refused: /S7: a gate officer of this case cannot approve/ },
    { name: 'somebody without the role', steps: () => [...submit(), gate('clerk'), ...approve('clerk')], refused: /S7: the second officer is not a reviewer/ },
    { name: 'an approval in another’s name', steps: () => [...submit(), gate(), ...approve('drafter', { second: 'reviewer' })], refused: /S7: the second officer decides in person/ },
    { name: 'nobody', steps: () => [...submit(), gate(), { as: 'reviewer', sql: `update decision set state = 'in_force', act_date = desk_today() where id = '${ids.draft}'` }], refused: /S7: the second officer decides in person/ },
    { name: 'the drafter named as second', steps: () => [spoil(`update decision set second_officer_id = drafter_id where id = :draft`)], refused: /S7: the second officer is named by the approval alone/ },
    { name: 'the drafter exchanged', steps: () => [spoil(`update decision set drafter_id = $1 where id = :draft`, [office.clerk.officerId])], refused: /the drafter, case, agency and measure of a decision are fixed/ },
    { name: 'the text written by the one who will approve it', steps: () => [{ as: 'reviewer', sql: `update decision set facts = facts || ' thêm' where id = '${ids.draft}'` }], refused: /S7: only the drafter writes the draft/ },
    { name: 'a reason written by the one who will approve it', steps: () => [{ as: 'reviewer', sql: `update decision_element set why = 'viết hộ người soạn' where decision_id = '${ids.draft}'` }], refused: /S7: only the drafter writes the draft/ },
    { name: 'an interim measure begun by somebody else', steps: () => [{ as: 'reviewer', sql: `update decision set state = 'interim', interim_at = desk_now(), interim_until = desk_now() + interval '24 hours' where id = '${ids.draft}'` }], refused: /S7: an interim measure is begun by its drafter/ },
    { name: 'an interim measure of 25 hours', steps: () => [spoil(`update decision set state = 'interim', interim_at = desk_now(), interim_until = desk_now() + interval '25 hours' where id = :draft`)], refused: /decision_check|S7/ },
    { name: 'a legal review by somebody who is no legal officer', steps: () => [...submit(), { as: 'leader', values: [ids.draft, office.leader.officerId], sql: `insert into legal_review (decision_id, submission, officer_id, agrees, note, at) values ($1, 1, $2, true, 'đồng ý', desk_now())` }], refused: /S7: legal review is given in person/ },
    {
      name: 'a draft in another’s name', refused: /drafted in the name of another officer/,
      steps: () => [{ as: 'reviewer', values: [ids.case, office.reviewer.agencyId, office.drafter.officerId],
        sql: `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at) values ($1, $2, 'PUBLIC_WARNING', 'phishing_impersonation', $3, desk_now())` }],
    },
    {
      name: 'a role an officer gives to the own person', refused: /row-level security/,
      steps: () => [{ as: 'clerk', values: [office.clerk.officerId], sql: `insert into officer_role (officer_id, agency_id, role, valid_from) values ($1, ctx_agency(), 'reviewer', '2020-01-01')` }],
    },
  ],
  'the way of a decision': [
    { name: 'from draft into force', steps: () => [{ as: 'reviewer', sql: `update decision set state = 'in_force' where id = '${ids.draft}'` }], refused: /decision cannot go from draft to in_force/ },
    {
      name: 'in force from the first row', refused: /a decision starts as a draft/,
      steps: () => [{ as: 'drafter', values: [ids.case, office.drafter.agencyId, office.drafter.officerId],
        sql: `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at, state) values ($1, $2, 'PUBLIC_WARNING', 'phishing_impersonation', $3, desk_now(), 'in_force')` }],
    },
    { name: 'a state changed without a journal row', steps: () => [submit()[0]!], refused: /state of decision .* changed to second_review without a journal entry/ },
    { name: 'a state changed with a journal row of another decision', steps: () => [submit()[0]!, journal('drafter', 'decision', ids.live, 'draft', 'second_review')], refused: /without a journal entry/ },
    { name: 'a decision in force back to draft', steps: () => [{ as: 'reviewer', sql: `update decision set state = 'draft' where id = '${ids.live}'` }], refused: /decision cannot go from in_force to draft/ },
    { name: 'a decided text rewritten', steps: () => [{ as: 'reviewer', sql: `update decision set facts = facts || ' thêm' where id = '${ids.live}'` }], refused: /a decided text is not rewritten/ },
    { name: 'the text rewritten while it lies with the second officer', steps: () => [...submit(), { as: 'leader', sql: `update decision set public_summary = 'khác hẳn' where id = '${ids.draft}'` }], refused: /a decided text is not rewritten/ },
    { name: 'the text rewritten in the approval itself', steps: () => [...submit(), gate(), { ...approve()[0]!, sql: approve()[0]!.sql.replace('set state', `set public_summary = 'khác hẳn', state`) }], refused: /a decided text is not rewritten/ },
    { name: 'another second officer afterwards', steps: () => [{ as: 'leader', sql: `update decision set second_officer_id = $1 where id = '${ids.live}'`, values: [office.leader.officerId] }], refused: /S7: the second officer is named by the approval alone/ },
    { name: 'another day of the act afterwards', steps: () => [{ as: 'leader', sql: `update decision set act_date = act_date - 10 where id = '${ids.live}'` }], refused: /S7: the second officer is named/ },
    { name: 'a decided public text rewritten', steps: () => [{ as: 'drafter', sql: `update decision set public_summary = 'khác' where id = '${ids.live}'` }], refused: /a decided text is not rewritten/ },
    { name: 'a reason changed after submission', steps: () => [...submit(), spoil(`update decision_element set why = 'viết lại sau' where decision_id = :draft`)], refused: /the parts of a submitted decision are fixed/ },
    { name: 'evidence taken out after submission', steps: () => [...submit(), spoil('delete from decision_evidence where decision_id = :draft')], refused: /the parts of a submitted decision are fixed/ },
    { name: 'an option added after submission', steps: () => [...submit(), spoil(`insert into decision_option (decision_id, option, why_not) values (:draft, 'x', 'thêm sau')`)], refused: /the parts of a submitted decision are fixed/ },
    { name: 'a locator added to a decision in force', steps: () => [{ as: 'drafter', sql: `update decision_locator set granularity = 'domain' where decision_id = '${ids.live}'` }], refused: /the parts of a submitted decision are fixed/ },
    { name: 'a decision deleted', steps: () => [{ as: 'leader', sql: `delete from decision where id = '${ids.live}'` }], refused: /permission denied/ },
  ],
  'what is published': [
    {
      name: 'a warning without a decision in force', refused: /no warning without a decision in force/,
      steps: () => [{ as: 'reviewer', values: [ids.draft, office.reviewer.agencyId, BASIS.code],
        sql: `insert into warning (decision_id, slug, category, agency_id, title, summary, advice, legal_basis, published_at, ends_at, report_count, commune_count)
          values ($1, 'thu', 'phishing_impersonation', $2, 'x', 'x', 'x', $3, desk_now(), desk_now() + interval '1 day', 1, 1)` }],
    },
    { name: 'a warning rewritten', steps: () => [{ as: 'reviewer', sql: `update warning set summary = 'khác' where id = '${ids.warning}'` }], refused: /permission denied/ },
    { name: 'a warning prolonged', steps: () => [{ as: 'system', sql: `update warning set ends_at = ends_at + interval '1 year'` }], refused: /a published warning is not prolonged/ },
    { name: 'a warning deleted', steps: () => [{ as: 'system', sql: 'delete from warning' }], refused: /permission denied/ },
    {
      name: 'a lifted warning put up again', refused: /a published warning can only be lifted/,
      steps: () => [{ as: 'reviewer', sql: `update warning set lifted_at = desk_now() where id = '${ids.warning}'` }, { as: 'reviewer', sql: `update warning set lifted_at = null where id = '${ids.warning}'` }],
    },
    {
      name: 'a target that is not the address of the decision', refused: /S6: the target is not a locator of the decision/,
      steps: () => [{ as: 'reviewer', values: [ids.warning], sql: `insert into warning_target (warning_id, granularity, match_key, value)
        select $1, granularity, '\\x00', 'khac.example' from decision_locator where decision_id = '${ids.live}' limit 1` }],
    },
    {
      name: 'a target wider than the decision', refused: /S6: the target is not a locator of the decision/,
      steps: () => [{ as: 'reviewer', values: [ids.warning], sql: `insert into warning_target (warning_id, granularity, match_key, value) values ($1, 'host', '\\x00', 'khac.example')` }],
    },
  ],
  'the journal': [
    { name: 'changed', steps: () => [{ as: 'system', sql: `update journal set reason = 'khác'` }], refused: /permission denied/ },
    { name: 'deleted', steps: () => [{ as: 'system', sql: 'delete from journal' }], refused: /permission denied/ },
    { name: 'emptied', steps: () => [{ as: 'system', sql: 'truncate journal' }], refused: /permission denied/ },
    {
      name: 'written in another’s name', refused: /row-level security/,
      steps: () => [{ as: 'drafter', values: [office.reviewer.officerId, ids.draft], sql: `insert into journal (at, actor_kind, officer_id, entity, entity_id, action) values (desk_now(), 'officer', $1, 'decision', $2, 'x')` }],
    },
  ],
};

describe('the way that is allowed', () => {
  it('passes: submitted, gated and approved by two people', async () => {
    expect(await run(way())).toBe(1);
  });
  it('also with the last day that is allowed', async () => {
    expect(await run(way(spoil('update decision set ends_on = starts_on + 180 where id = :draft')))).toBe(1);
  });
});

describe.each(Object.entries(ATTEMPTS))('%s', (_group, attempts) => {
  it.each(attempts)('refuses $name', async ({ steps, refused }) => {
    await expect(run(steps())).rejects.toThrow(refused);
  });
});

describe('after the approval', () => {
  it('refuses a warning in other words than the decision', async () => {
    await expect(run([...way(), {
      as: 'reviewer', values: [ids.draft, office.reviewer.agencyId, BASIS.code],
      sql: `insert into warning (decision_id, slug, category, agency_id, title, summary, advice, legal_basis, published_at, ends_at, report_count, commune_count)
        values ($1, 'thu', 'phishing_impersonation', $2, 'Chữ khác', 'Chữ khác', 'Chữ khác', $3, desk_now(), desk_now() + interval '1 day', 1, 1)`,
    }])).rejects.toThrow(/no warning without a decision in force/);
  });
});

describe('the owner of the schema', () => {
  const attempt = async (text: string, values: unknown[] = []) => {
    const client = await owner.connect();
    try {
      await client.query('begin');
      await client.query(text, values);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  it.each(EXCLUDED.map((provision) => ({ ...provision, name: [provision.document, provision.article, provision.clause, provision.point].filter(Boolean).join('.') })))(
    'cannot enter the excluded provision $name', async ({ name, document, article, clause, point }) => {
      await expect(attempt('insert into legal_basis (code, document, article, clause, point, category, what, elements) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [`thu/${name}`, document, article, clause ?? null, point ?? null, 'scam', 'x', ['deceives']])).rejects.toThrow(/S3: provision .* is excluded on purpose/);
    });

  it('cannot enter a whole article that contains an excluded clause, nor turn a clause into an excluded one', async () => {
    await expect(attempt(`insert into legal_basis (code, document, article, category, what, elements) values ('thu', 'N330', '11', 'scam', 'x', '{deceives}')`)).rejects.toThrow(/S3/);
    await expect(attempt(`update legal_basis set article = '9', clause = null, point = null where document = 'N330'`)).rejects.toThrow(/S3/);
  });

  it.each(['update journal set reason = null', 'delete from journal', 'truncate journal'])('cannot %s', async (text) => {
    await expect(attempt(text)).rejects.toThrow(/journal is append-only/);
  });

  it('cannot rewrite a warning', async () => {
    await expect(attempt(`update warning set title = 'khác'`)).rejects.toThrow(/a published warning can only be lifted/);
  });
});

describe('officers of another agency', () => {
  it.each(['facts', 'title'])('change nothing of a draft (%s)', async (column) => {
    expect(await run([{ as: 'stranger', sql: `update decision set ${column} = 'khác' where id = '${ids.draft}'` }])).toBe(0);
  });
  it('see neither the decision nor its parts', async () => {
    expect(await run([{ as: 'stranger', sql: 'select id from decision' }])).toBe(0);
    expect(await run([{ as: 'stranger', sql: 'select decision_id from decision_element' }])).toBe(0);
  });
});
