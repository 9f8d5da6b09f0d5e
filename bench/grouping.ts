import { extract, groupingKeys } from '#core/indicators/index.ts';
import { ALIKE, resemblance, sketch } from '#core/similarity.ts';
import { normalise } from '#core/vietnamese.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { BenchResult } from '../src/commands/bench.ts';
import { campaignReports, Dice, type CampaignReport } from './campaigns.ts';
import { benchDesk } from './desk.ts';

const ORDER = { seed: 2026, campaigns: 400, reports: Number(process.env['BENCH_REPORTS'] ?? 20_000) };
/** Reports on their way at the same time. */
const IN_FLIGHT = 512;
/** Of pairs in one case, the share that belongs to one campaign. */
const PRECISION_LIMIT = 0.995;
/** Reports for which suggestions are looked for among all others; all pairs would take minutes. */
const ASKED = 300;

/**
 * Groups the reports of 400 invented campaigns on a real desk and compares the cases with the truth, pair by pair; then what
 * likeness of the stories would suggest beyond. Exit code 1, with what glued
 * strangers together, when the precision of the cases is below its limit.
 */
export async function run(): Promise<BenchResult> {
  const reports = campaignReports(ORDER);
  const { cases, rate } = await casesOf(reports);
  const grouped = pairScores(reports.map(({ campaign }) => campaign), cases);
  const joined = pairScores(reports.map(({ campaign }) => campaign), joinedByNames(reports));
  const suggested = suggestions(reports, cases);
  if (grouped.precision < PRECISION_LIMIT) {
    process.exitCode = 1;
    for (const line of gluingKeys(reports)) console.error(line);
  }
  return {
    name: 'grouping',
    figures: [
      { name: 'pair precision of cases', value: grouped.precision, unit: '', limit: PRECISION_LIMIT, ratio: grouped.precision / PRECISION_LIMIT },
      { name: 'pair recall of cases', value: grouped.recall, unit: '', limit: joined.recall, ratio: grouped.recall / joined.recall },
      { name: 'reports grouped with most of their campaign', value: gathered(reports, cases), unit: '' },
      { name: 'cases', value: new Set(cases.filter((id) => id !== null)).size, unit: `for ${ORDER.campaigns} campaigns` },
      { name: 'reports without a case', value: cases.filter((id) => id === null).length, unit: 'reports' },
      { name: 'reports that name nothing of their campaign', value: reports.filter(({ named }) => named.length === 0).length, unit: 'reports' },
      { name: 'of pairs not grouped, suggested', value: suggested.recall, unit: '' },
      { name: 'precision of suggestions', value: suggested.precision, unit: '' },
      { name: 'suggestions a report', value: suggested.each, unit: '' },
      { name: 'reports taken in', value: rate, unit: '/s' },
    ],
  };
}

/** The case of each report, null for none, from a desk that took them in. */
async function casesOf(reports: readonly CampaignReport[]): Promise<{ cases: (string | null)[]; rate: number }> {
  const held = await benchDesk();
  try {
    const begun = performance.now();
    const ids = Array<string>(reports.length);
    let next = 0;
    await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
      for (let at = next++; at < reports.length; at = next++) {
        const { campaign: _, story: __, named: ___, ...input } = reports[at]!;
        ids[at] = (await submitReport(held.desk, { ...input, channel: 'web', idempotencyKey: `grouping-bench-${at}` })).id;
      }
    }));
    const rate = reports.length / ((performance.now() - begun) / 1000);
    const rows = await inTransaction(held.desk, system('bench'), (tx) => tx.selectFrom('report').select(['id', 'case_id']).execute());
    const caseOf = new Map(rows.map((row) => [row.id, row.case_id]));
    return { cases: ids.map((id) => caseOf.get(id) ?? null), rate };
  } finally {
    await held.close();
  }
}

// ── Pairs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const pairs = (count: number) => (count * (count - 1)) / 2;

function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const pairsIn = (counts: ReadonlyMap<unknown, number>) => [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);

/** Of the pairs in one group, those of one truth; of the pairs of one truth, those in one group. */
function pairScores(truth: readonly number[], groups: readonly (string | number | null)[]): { precision: number; recall: number } {
  const both = truth.flatMap((campaign, at) => (groups[at] === null ? [] : [`${campaign} ${groups[at]}`]));
  const right = pairsIn(counted(both));
  return { precision: right / pairsIn(counted(groups.filter((group) => group !== null))), recall: right / pairsIn(counted(truth)) };
}

/** Share of reports that lie in the case which holds most of their campaign. */
function gathered(reports: readonly CampaignReport[], cases: readonly (string | null)[]): number {
  const byCampaign = Map.groupBy(reports.keys(), (at) => reports[at]!.campaign);
  const largest = [...byCampaign.values()].map((members) => Math.max(0, ...counted(members.flatMap((at) => cases[at] ?? [])).values()));
  return largest.reduce((sum, count) => sum + count, 0) / reports.length;
}

/** The best that traces can do: groups of reports connected by what they truly name. */
function joinedByNames(reports: readonly CampaignReport[]): (number | null)[] {
  const parent = reports.map((_, at) => at);
  const root = (at: number): number => (parent[at] === at ? at : (parent[at] = root(parent[at]!)));
  const firstWith = new Map<string, number>();
  reports.forEach(({ named }, at) => {
    for (const { kind, key } of named) {
      const first = firstWith.get(`${kind} ${key}`);
      if (first === undefined) firstWith.set(`${kind} ${key}`, at);
      else parent[root(at)] = root(first);
    }
  });
  return reports.map(({ named }, at) => (named.length === 0 ? null : root(at)));
}

/** Grouping keys that name no campaign and yet stand in reports of several: what the extractor should not have taken for a trace of one harm. */
function gluingKeys(reports: readonly CampaignReport[]): string[] {
  const known = new Set(reports.flatMap(({ named }) => named.map(({ kind, key }) => `${kind} ${key}`)));
  const campaignsOf = new Map<string, Set<number>>();
  for (const { narrative, traces, campaign } of reports) {
    for (const { kind, key } of groupingKeys(extract(`${normalise(narrative)}\n${normalise(traces)}`))) {
      if (known.has(`${kind} ${key}`)) continue;
      const campaigns = campaignsOf.get(`${kind} ${key}`) ?? new Set();
      campaignsOf.set(`${kind} ${key}`, campaigns.add(campaign));
    }
  }
  const glue = [...campaignsOf].filter(([, campaigns]) => campaigns.size > 1).sort(([, a], [, b]) => b.size - a.size);
  return glue.slice(0, 12).map(([key, campaigns]) => `glues ${campaigns.size} campaigns: ${key}`);
}

// ── Suggestions ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** What an officer would be shown for a report: alike reports outside its case. Over a sample of reports against all. */
function suggestions(reports: readonly CampaignReport[], cases: readonly (string | null)[]): { recall: number; precision: number; each: number } {
  const sketches = reports.map((report) => sketch(report.narrative));
  const holders = new Map<string, number[]>();
  sketches.forEach((keys, at) => keys.forEach((key, band) => {
    const place = `${band} ${key}`;
    const list = holders.get(place);
    if (list) list.push(at);
    else holders.set(place, [at]);
  }));
  const asked = new Dice(ORDER.seed).shuffled([...reports.keys()]).slice(0, ASKED);
  let [mates, shown, right] = [0, 0, 0];
  for (const at of asked) {
    const apart = (other: number) => other !== at && (cases[at] === null || cases[other] !== cases[at]);
    mates += reports.filter(({ campaign }, other) => campaign === reports[at]!.campaign && apart(other)).length;
    for (const [other, bands] of counted(sketches[at]!.flatMap((key, band) => holders.get(`${band} ${key}`)!))) {
      if (bands < ALIKE.bands || !apart(other) || resemblance(reports[at]!.narrative, reports[other]!.narrative) < ALIKE.resemblance) continue;
      shown += 1;
      if (reports[other]!.campaign === reports[at]!.campaign) right += 1;
    }
  }
  return { recall: right / mates, precision: right / shown, each: shown / asked.length };
}
