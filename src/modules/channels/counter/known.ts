import { sql } from 'kysely';
import { categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { defang, extract, groupingKeys } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import type { CaseState } from '#core/transitions.ts';
import { matchKeyOf } from '#modules/intake/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

/** A case that has a trace of the text, as far as the officer may see it. */
export interface KnownCase {
  readonly number: string;
  readonly title: string;
  readonly state: CaseState;
  readonly reports: number;
  /** The traces of the text it has, defanged or masked. */
  readonly traces: readonly string[];
}

export interface Known {
  /** Traces read in the text, defanged or masked. */
  readonly traces: readonly string[];
  readonly cases: readonly KnownCase[];
  readonly warnings: readonly { readonly slug: string; readonly title: string }[];
}

const MOST_KEYS = 100;
const MOST_CASES = 5;

/**
 * What the office knows of the traces in a text: its cases, and warnings in force. Nothing but the traces themselves where the category is one whose
 * reports are never linked (SCOPE, never built 3).
 */
export async function knownAbout(desk: Desk, actor: OfficerActor, text: string, category: CategoryCode | null): Promise<Known> {
  const found = extract(normalise(text)).slice(0, MOST_KEYS);
  const shown = new Map<string, string>();
  for (const one of found) shown.set(matchKeyOf(desk, one).toString('hex'), one.display);
  for (const one of groupingKeys(found)) {
    const key = matchKeyOf(desk, { ...one, personal: found.some(({ kind, key: of, personal }) => kind === one.kind && of === one.key && personal) }).toString('hex');
    if (!shown.has(key)) shown.set(key, defang(one.key));
  }
  const traces = [...new Set(found.map(({ display }) => display))];
  if (shown.size === 0 || (category !== null && !categoryOf(category).linksCases)) return { traces, cases: [], warnings: [] };
  const keys = [...shown.keys()].map((hex) => Buffer.from(hex, 'hex'));
  return inTransaction(desk, actor, async (tx) => {
    const { rows } = await sql<{ number: string; title: string; state: CaseState; reports: number; keys: string[] }>`
      select c.number, c.title, c.state::text as state, c.report_count as reports, array_agg(distinct encode(i.match_key, 'hex')) as keys
      from indicator i join case_file c on c.id = i.case_id
      where i.match_key = any (${keys}::bytea[]) and c.merged_into is null group by c.id order by c.state = 'closed', c.report_count desc limit ${MOST_CASES}`.execute(tx);
    const warnings = await tx.selectFrom('warning').innerJoin('warning_target', 'warning_id', 'warning.id').select(['slug', 'title']).distinct()
      .where('match_key', 'in', keys).where('lifted_at', 'is', null).where('ends_at', '>', tx.now).limit(MOST_CASES).execute();
    return { traces, warnings, cases: rows.map(({ keys: of, ...one }) => ({ ...one, traces: [...new Set(of.map((key) => shown.get(key)!))] })) };
  });
}

/** A trace offered while an officer types. */
export interface TraceOption {
  readonly value: string;
  readonly label: string;
}

/** Cases whose addresses are offered. */
const MOST_OPTIONS = 100;

/** Addresses of the own open cases with most reports, for the browser to complete what is typed; no person's number. */
export async function traceOptions(desk: Desk, actor: OfficerActor): Promise<readonly TraceOption[]> {
  return inTransaction(desk, actor, async (tx) => (await tx
    .with('top', (db) => db.selectFrom('case_file').select(['id', 'number', 'title', 'report_count']).where('lead_agency_id', '=', actor.agencyId).where('state', '<>', 'closed')
      .orderBy('report_count', 'desc').orderBy('number', 'desc').limit(MOST_OPTIONS))
    .selectFrom('top').innerJoin('indicator', 'indicator.case_id', 'top.id').select(['indicator.display as value', 'number', 'title']).where('kind', 'in', ['domain', 'url'])
    .where('value', 'is not', null).orderBy('report_count', 'desc').orderBy('number', 'desc').limit(2 * MOST_OPTIONS).execute())
    .map(({ value, number, title }) => ({ value, label: `${number}, ${title}` })));
}
