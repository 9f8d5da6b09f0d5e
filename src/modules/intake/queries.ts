import { sql } from 'kysely';
import type { CategoryCode } from '#catalogue/categories.ts';
import { defang, extract, groupingKeys } from '#core/indicators/index.ts';
import { localDate } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import { agencyName, communesOfProvince, coordinatingAgency } from '#modules/directory/index.ts';
import { INTAKE, PUBLIC, type Actor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { NotFound, Unavailable } from '#platform/errors.ts';
import { hashFormKey, hashSecret, matchKeyOf } from './prepare.ts';
import { storyWords } from './story.ts';
import type { ReporterView, Upload } from './types.ts';

/** The report that code and secret (both already in their canonical form) open together, or null. */
export async function openReport(desk: Desk, code: string, secret: string): Promise<string | null> {
  return inTransaction(desk, PUBLIC, async (tx) => {
    const { rows } = await sql<{ id: string | null }>`select report_by_secret(${code}, ${hashSecret(secret)}) as id`.execute(tx);
    return rows[0]?.id ?? null;
  });
}

/** What the reporter may see of the own report. */
export async function reporterView(desk: Desk, reportId: string): Promise<ReporterView> {
  return inTransaction(desk, { kind: 'reporter', reportId }, async (tx) => {
    const report = await tx.selectFrom('report').leftJoin('commune', 'commune.code', 'report.commune_code').select([
      'report.id', 'report.code', 'report.state', 'report.category', 'report.situation', 'report.received_at', 'report.due_on', 'report.narrative', 'report.money_lost', 'report.happened_on',
      'report.handling_agency_id', 'report.stop_code', 'report.erase_after', 'report.minimised_at', 'commune.full_name as commune', sql<Buffer | null>`own_story()`.as('sealed_story'),
    ]).where('report.id', '=', reportId).executeTakeFirst();
    if (!report) throw new NotFound('report');
    const attachments = await tx.selectFrom('attachment').select(['id', 'name']).where('report_id', '=', reportId).orderBy('id').execute();
    const indicators = await tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').select('display')
      .where('report_id', '=', reportId).orderBy('indicator.id').execute();
    const messages = await tx.selectFrom('message').select(['id', 'sent_by', 'body', 'at']).where('report_id', '=', reportId).orderBy('at').orderBy('id').execute();
    const steps = await sql<{ at: Date; to_state: string; reason: string | null }>`select * from report_steps(${reportId}::uuid)`.execute(tx);
    const review = await tx.selectFrom('stop_review').select(['asked_at', 'due_on', 'outcome', 'reason', 'decided_at']).where('report_id', '=', reportId).executeTakeFirst();
    const warnings = await sql<{ slug: string; title: string }>`select * from report_warnings(${reportId}::uuid)`.execute(tx);
    return {
      id: report.id, code: report.code, state: report.state, category: report.category, situation: report.situation, receivedAt: report.received_at,
      dueOn: report.due_on, narrative: storyOf(desk, report), moneyLost: report.money_lost, happenedOn: report.happened_on, commune: report.commune,
      agency: (await agencyName(tx, report.handling_agency_id, localDate(tx.now)))?.name ?? '', stopCode: report.stop_code, eraseAfter: report.erase_after, attachments,
      indicators: indicators.map((row) => row.display),
      messages: messages.map((row) => ({ id: row.id, sentBy: row.sent_by, body: row.body, at: row.at })),
      steps: steps.rows.map((row) => ({ at: row.at, to: row.to_state, reason: row.reason })),
      warnings: warnings.rows, minimisedAt: report.minimised_at,
      review: review ? { askedAt: review.asked_at, dueOn: review.due_on, outcome: review.outcome, reason: review.reason, decidedAt: review.decided_at } : null,
    };
  });
}

/** A commune as the forms offer it. */
export type CommuneChoice = { code: string; name: string; search: string };
const communeCache = new WeakMap<object, { until: number; communes: Promise<CommuneChoice[]> }>();
const COMMUNE_CACHE_MS = 60_000;

/** The reporter's own words; those of a stopped report are sealed from the office and open here, or when their reporter asks another officer. */
function storyOf(desk: Desk, report: { id: string; narrative: string; sealed_story: Buffer | null }): string {
  return report.sealed_story ? storyWords(desk, report.id, report.sealed_story) : report.narrative;
}

/** The communes of the province this desk serves, for the form; units change a few times in a decade, so a minute's copy is fresh. */
export async function communeOptions(desk: Desk): Promise<CommuneChoice[]> {
  const hit = communeCache.get(desk.pool);
  if (hit && hit.until > Date.now()) return hit.communes;
  const communes = inTransaction(desk, PUBLIC, async (tx) =>
    (await communesOfProvince(tx, desk.config.PROVINCE)).map((commune) => ({ code: commune.code, name: commune.fullName, search: commune.search })));
  communeCache.set(desk.pool, { until: Date.now() + COMMUNE_CACHE_MS, communes });
  communes.catch(() => communeCache.delete(desk.pool));
  return communes;
}

/** A picture waiting for its report, with what QR codes in it say. */
export interface WaitingUpload extends Upload {
  readonly qr: readonly string[];
}

/** The pictures waiting under a form key. */
export async function uploadsOf(desk: Desk, formKey: string): Promise<WaitingUpload[]> {
  const rows = await inTransaction(desk, INTAKE, (tx) => tx.selectFrom('pending_upload').select(['id', 'name', 'bytes', 'qr_sealed'])
    .where('form_hash', '=', hashFormKey(formKey)).orderBy('at').execute());
  return rows.map(({ qr_sealed, ...upload }) => ({ ...upload, qr: qr_sealed ? JSON.parse(desk.keys.unseal('qr', qr_sealed, upload.id)?.toString() ?? '[]') as string[] : [] }));
}

/** The metadata-free copy of a picture, for whoever may see its report; null when not. */
export async function attachmentCopy(desk: Desk, actor: Actor, attachmentId: string): Promise<{ bytes: Buffer; type: string } | null> {
  const row = await inTransaction(desk, actor, (tx) => tx.selectFrom('attachment').select(['copy_ref', 'media_type']).where('id', '=', attachmentId).executeTakeFirst());
  return row ? { bytes: await desk.files.get(row.copy_ref), type: row.media_type } : null;
}

/** What is known of traces that came before. */
export interface AlreadyReported {
  /** The trace most reports name, defanged. */
  readonly about: string;
  readonly reports: number;
  /** Of its warning, else of its case. */
  readonly category: CategoryCode;
  readonly warning: { readonly slug: string; readonly title: string } | null;
}

/**
 * Whether the addresses in a text came before in reports that may be linked at all, and the newest warning about them. Says
 * nothing about people's numbers, nor about pictures and threats.
 */
export async function alreadyReported(desk: Desk, text: string): Promise<AlreadyReported | null> {
  const keys = groupingKeys(extract(normalise(text))).filter(({ kind }) => kind === 'url' || kind === 'domain');
  if (keys.length === 0) return null;
  const shown = new Map(keys.map((key) => [matchKeyOf(desk, { ...key, personal: false }).toString('hex'), defang(key.key)]));
  const wanted = keys.map((key) => matchKeyOf(desk, { ...key, personal: false }));
  return inTransaction(desk, INTAKE, async (tx) => {
    const linked = tx.selectFrom('report_indicator').innerJoin('indicator', 'indicator.id', 'indicator_id').where('grouping_key', '=', true).where('match_key', 'in', wanted);
    const { reports } = await linked.select((eb) => eb.fn.count<number>('report_id').distinct().as('reports')).executeTakeFirstOrThrow();
    const most = await linked.leftJoin('case_file', 'case_file.id', 'indicator.case_id').select(['match_key', 'case_file.category'])
      .groupBy(['match_key', 'case_file.category']).orderBy((eb) => eb.fn.countAll(), 'desc').executeTakeFirst();
    const warning = await tx.selectFrom('warning').innerJoin('warning_target', 'warning_id', 'warning.id').select(['slug', 'title', 'category', 'match_key'])
      .where('match_key', 'in', wanted).orderBy('published_at', 'desc').executeTakeFirst();
    const known = most ?? warning;
    if (!known) return null;
    return {
      about: shown.get(known.match_key.toString('hex'))!, reports, category: warning?.category ?? most?.category ?? 'phishing_impersonation',
      warning: warning ? { slug: warning.slug, title: warning.title } : null,
    };
  });
}

/** The addresses of a warning in force, one a line, as a text that can be searched for traces; null when there is no such warning. */
export async function warnedAddresses(desk: Desk, slug: string): Promise<string | null> {
  const rows = await inTransaction(desk, PUBLIC, (tx) => tx.selectFrom('warning').innerJoin('warning_target', 'warning_id', 'warning.id')
    .select('value').where('slug', '=', slug).orderBy('value').limit(20).execute());
  return rows.length === 0 ? null : rows.map(({ value }) => value).join('\n');
}

/** The agency whose mailbox, number and counter these are: the one that coordinates in this province today. @throws Unavailable */
export async function receivingAgency(desk: Desk, tx: Tx): Promise<string> {
  const agency = await coordinatingAgency(tx, { category: 'scam', communeCode: null, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) });
  if (!agency) throw new Unavailable('no agency coordinates in this province');
  return agency;
}
