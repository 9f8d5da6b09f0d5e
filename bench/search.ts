import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { localDate } from '#core/deadlines.ts';
import { searchKey } from '#core/vietnamese.ts';
import { sideCounts, wantedOf, worklist, type WorkFilter } from '#modules/cases/queries.ts';
import { coordinatingAgency } from '#modules/directory/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Db, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { BenchResult, Figure } from '../src/commands/bench.ts';
import { prepareReport, type PreparedIndicator } from '../src/modules/intake/prepare.ts';
import { connect } from '../src/platform/db.ts';
import { campaignReports } from './campaigns.ts';
import { benchDesk } from './desk.ts';

const REPORTS = Number(process.env['BENCH_REPORTS'] ?? 1_000_000);
const CASES = Math.ceil(REPORTS / 50);
/** Cases that are not closed; open reports lie in these. */
const OPEN_CASES = Math.ceil(CASES / 50);
/** Distinct texts; a report joins the first half of one to the second half of another. */
const TEXTS = 5000;
const RUNS = 25;
const LIMIT_MS = 30;

/** Words an officer looks for, from everywhere to nowhere. */
const SEARCHES = [
  'gia mao', 'giả mạo', 'giả mạo'.normalize('NFD'), 'giả mạo ngân hàng', 'tài khoản bị khóa', 'xóm Nà Lùng', 'giả mạo nà lùng', 'hs4711', 'khongcotuchonay', 'cong hang khoan xanh', 'ck', 'zq', 'q9 z7',
] as const;
const SHELVES: readonly [string, Partial<WorkFilter>][] = [
  ['waiting, grouped', { shelf: 'cho-phan-loai', grouped: true }], ['waiting, plain', { shelf: 'cho-phan-loai' }], ['in work', { shelf: 'dang-xu-ly' }], ['soon', { shelf: 'sap-den-han' }],
  ['late', { shelf: 'qua-han' }], ['all', { shelf: 'tat-ca', sort: 'nhan', dir: 'desc' }], ['all, page 40', { shelf: 'tat-ca', sort: 'nhan', dir: 'desc', page: 40 }],
  ['all of one harm', { shelf: 'tat-ca', sort: 'nhan', dir: 'desc', category: 'malware_attack' }], ['waiting by harm', { shelf: 'cho-phan-loai', sort: 'nhom' }],
];

/** The console's own queries over a million reports, as the application's role under row-level security. */
export async function run(): Promise<BenchResult> {
  const held = await benchDesk();
  const superuser = connect({ ...held.address.owner, user: 'postgres' }, 1);
  try {
    const begun = performance.now();
    const agencyId = await inTransaction(held.desk, system('bench'), (tx) => agencyOf(tx, held.desk));
    const typed = await seed(superuser.db, held.desk, agencyId);
    const seeded = (performance.now() - begun) / 1000;
    const actor: OfficerActor = { kind: 'officer', officerId: randomUUID(), agencyId, roles: ['intake', 'case_officer'], name: 'Bench' };
    const found = await Promise.all(['gia mao', 'giả mạo'.normalize('NFC'), 'giả mạo'.normalize('NFD'), 'GIẢ  MẠO'].map((words) => hits(held.desk, actor, words)));
    if (found[0]!.length === 0 || found.some((ids) => ids.join() !== found[0]!.join())) throw new Error('one word in several spellings has different hits');
    const searches = await measured([...SEARCHES, ...typed], (words) => words, (words) => (tx) => worklist(tx, actor, searchFor(held.desk, words)));
    const onShelf = await measured(['giả mạo', 'hs4711', 'zq'], (words) => `${words} among those waiting`, (words) => (tx) => (
      worklist(tx, actor, { ...searchFor(held.desk, words), shelf: 'cho-phan-loai', sort: 'han', dir: 'asc' })));
    const lists = await measured(SHELVES, ([name]) => name, ([, filter]) => (tx) => worklist(tx, actor, { ...EVERYTHING, sort: 'han', dir: 'asc', ...filter }));
    const empty = await measured(['empty transaction'], (name) => name, () => async (tx) => void await sql`select 1`.execute(tx));
    const sides = await measured(['counts on the left'], (name) => name, () => (tx) => sideCounts(tx, actor));
    return {
      name: 'search',
      figures: [
        { name: 'reports', value: REPORTS, unit: 'reports' }, { name: 'seeded in', value: seeded, unit: 's', limit: 240, ratio: seeded / 240 },
        ...summary('search', [...searches, ...onShelf]), ...summary('worklist', [...lists, ...sides]),
        // A busy machine shows here: alone it takes a fraction of a millisecond.
        ...summary('empty transaction', empty).map(({ name, value, unit }) => ({ name, value, unit })),
        ...[...searches, ...onShelf, ...lists, ...sides].map(({ name, times }): Figure => ({ name: `p95 ${name}`, value: quantile(times, 0.95), unit: 'ms', limit: LIMIT_MS, ratio: quantile(times, 0.95) / LIMIT_MS })),
      ],
    };

    async function measured<T>(list: readonly T[], nameOf: (one: T) => string, query: (one: T) => (tx: Tx) => Promise<unknown>): Promise<Measure[]> {
      const measures = list.map((one) => ({ name: nameOf(one), times: [] as number[], work: query(one) }));
      // Round by round, so that no query is measured in a cache that holds only its own pages.
      for (let round = 0; round <= RUNS; round += 1) {
        for (const { times, work } of measures) {
          const from = performance.now();
          await inTransaction(held.desk, actor, work);
          if (round > 0) times.push(performance.now() - from);
        }
      }
      return measures;
    }
  } finally {
    await superuser.db.destroy();
    await held.close();
  }
}

interface Measure {
  readonly name: string;
  readonly times: readonly number[];
}

const EVERYTHING: WorkFilter = { shelf: 'tat-ca', category: null, communeCode: null, channel: null, wanted: null, sort: 'nhan', dir: 'desc', page: 1, grouped: false };
const searchFor = (desk: Desk, words: string): WorkFilter => ({ ...EVERYTHING, wanted: wantedOf(desk, words) });

async function hits(desk: Desk, actor: OfficerActor, words: string): Promise<string[]> {
  const { rows } = await inTransaction(desk, actor, (tx) => worklist(tx, actor, searchFor(desk, words)));
  return rows.map((row) => row.id);
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))]!;
}

function summary(name: string, measures: readonly Measure[]): Figure[] {
  const times = measures.flatMap((measure) => measure.times);
  const p95 = quantile(times, 0.95);
  return [
    { name: `${name} p50 of ${times.length} runs`, value: quantile(times, 0.5), unit: 'ms' },
    { name: `${name} p95`, value: p95, unit: 'ms', limit: LIMIT_MS, ratio: p95 / LIMIT_MS },
    { name: `${name} max`, value: Math.max(...times), unit: 'ms' },
  ];
}

async function agencyOf(tx: Tx, desk: Desk): Promise<string> {
  const agency = await coordinatingAgency(tx, { category: 'scam', communeCode: null, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) });
  if (!agency) throw new Error('no agency coordinates');
  return agency;
}

// ── A million reports ───────────────────────────────────────────────────────────────────────────────────────────────

/** First syllables and second ones of hamlet names, with and without diacritics. */
const HAMLETS = ['Nà', 'Bản', 'Pác', 'Lũng', 'Khuổi', 'Phia', 'Cốc', 'Đông', 'Tổng', 'Nặm'];
const NAMES = ['Lùng', 'Sác', 'Bó', 'Khoang', 'Vài', 'Đeng', 'Mạ', 'Phường', 'Thán', 'Cáp', 'Nưa', 'Rượi', 'Chang', 'Tẩu', 'Lìn'];

/**
 * Fills the desk by SQL, as the superuser and without triggers: a year of reports of which one in a hundred is open, cases,
 * traces. Returns a link, a phone and an account that occur, as an officer would type them.
 */
async function seed(db: Db, desk: Desk, agencyId: string): Promise<string[]> {
  const texts = campaignReports({ seed: 42, campaigns: 300, reports: TEXTS });
  const indicators = new Map<string, PreparedIndicator>();
  const rows = texts.map(({ campaign: _, story: __, named: ___, ...input }, n) => {
    const prepared = (narrative: string, traces: string) => prepareReport(desk, { ...input, narrative, traces, channel: 'web', idempotencyKey: `search-bench-${n}` });
    const whole = prepared(input.narrative, input.traces);
    for (const indicator of whole.indicators) if (!indicators.has(placeOf(indicator))) indicators.set(placeOf(indicator), indicator);
    const cut = input.narrative.indexOf(' ', input.narrative.length / 2);
    const [head, tail] = cut < 0 ? [input.narrative, '.'] : [input.narrative.slice(0, cut), input.narrative.slice(cut + 1)];
    return {
      n, head, tail, head_key: prepared(head, '').search, tail_key: prepared(tail, input.traces).search, category: input.category, commune: input.communeCode,
      ids: whole.indicators.map((indicator) => indicators.get(placeOf(indicator))!.id),
    };
  });
  await sql`set session_replication_role = replica`.execute(db);
  await sql`set maintenance_work_mem = '512MB'`.execute(db);
  await sql`create unlogged table bench_text as select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as t (n int, head text, tail text, head_key text, tail_key text, category text, commune text, ids uuid[])`.execute(db);
  await sql`create index on bench_text (n)`.execute(db);
  await sql`insert into indicator (id, kind, match_key, display, value, sealed, specific, first_seen)
    select id, kind, decode(match, 'hex'), display, value, case when value is null then '\\x00'::bytea end, specific, now()
    from jsonb_to_recordset(${JSON.stringify([...indicators.values()].map(({ matchKey, sealed: _, ...one }) => ({ ...one, match: matchKey.toString('hex') })))}::jsonb)
    as t (id uuid, kind text, display text, value text, specific boolean, match text)`.execute(db);
  const indexes = await dropIndexes(db);
  await insertCases(db, agencyId);
  await insertReports(db, agencyId, desk.config.PROVINCE);
  await sql`insert into report_indicator (report_id, indicator_id, grouping_key)
    select r.id, i.id, true from bench_report r join bench_text t on t.n = r.head cross join unnest(t.ids) as i (id)`.execute(db);
  for (const definition of indexes) await sql.raw(definition).execute(db);
  await sql`update case_file c set report_count = n.count from (select case_id, count(*) from report group by case_id) n where n.case_id = c.id`.execute(db);
  await sql`drop table bench_text, bench_report`.execute(db);
  await sql`vacuum analyze`.execute(db);
  const usual = (kind: string) => {
    const counts = new Map<string, number>();
    for (const { named } of texts) for (const one of named) if (one.kind === kind) counts.set(one.key, (counts.get(one.key) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
  };
  const account = usual('bank_account');
  return [usual('domain'), `https://www.${usual('domain')}/dk?id=1`, usual('phone').replace('+84', '0'), account.slice(account.indexOf('|') + 1), 'trang-khongco.example'];
}

const placeOf = (indicator: PreparedIndicator) => indicator.matchKey.toString('hex');

/** Drops what can be made anew faster than kept up to date, and returns how. */
async function dropIndexes(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid in ('report'::regclass, 'report_indicator'::regclass) and not i.indisunique`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db);
  return rows.map(({ definition }) => definition);
}

async function insertCases(db: Db, agencyId: string): Promise<void> {
  await sql`create unlogged table bench_case as select n, uuidv7((${CASES}::int - n) * interval '-20 minutes') as id from generate_series(1, ${CASES}::int) n`.execute(db);
  await sql`create index on bench_case (n)`.execute(db);
  await sql`insert into case_file (id, number, category, state, title, lead_agency_id, opened_at, closed_at)
    select id, 'VV-04-2026-' || n, 'scam', case when n > ${OPEN_CASES}::int then 'closed' when n % 2 = 0 then 'open' else 'verifying' end, 'Lừa đảo ' || n, ${agencyId},
      now() - interval '30 days', case when n > ${OPEN_CASES}::int then now() end from bench_case`.execute(db);
}

/** One report each 31 seconds; of the newest three in a hundred, a third is open. Cases are few and large or many and small (u³). */
async function insertReports(db: Db, agencyId: string, province: string): Promise<void> {
  await sql`create unlogged table bench_report as
    select g, uuidv7((${REPORTS}::int - g) * interval '-31 seconds') as id, now() - (${REPORTS}::int - g) * interval '31 seconds' as at,
      g > ${REPORTS * 0.97}::int and g % 3 = 0 as open, (g * 7919::bigint % ${TEXTS}::int)::int as head, (g * 104729::bigint / 7 % ${TEXTS}::int)::int as tail,
      power((g * 2654435761 % 4294967296) / 4294967296.0, 3) as u, g * 40503::bigint % 65536 % 100 as percent
    from generate_series(1, ${REPORTS}::int) g`.execute(db);
  const pick = (list: readonly string[], at: string) => sql`(${sql.val(`{${list.join(',')}}`)}::text[])[1 + ${sql.raw(at)} % ${sql.lit(list.length)}]`;
  await sql`insert into report (id, code, secret_hash, idempotency_hash, payload_hash, channel, category, state, narrative, search, money_lost, province_code, commune_code,
      reporter_kind, handling_agency_id, language, received_at, due_on, case_id)
    select r.id, 'PA-04-' || r.g, sha256(('s' || r.g)::bytea), sha256(('i' || r.g)::bytea), '\\x00', 'web', a.category,
      case when not r.open then 'answered' when r.g % 10 < 3 then 'received' when r.g % 10 < 7 then 'acknowledged' when r.g % 10 = 7 then 'need_info' else 'attached' end,
      a.head || ' Tôi ở xóm ' || ${pick(HAMLETS, 'r.g')} || ' ' || ${pick(NAMES, '(r.g / 10)')} || ' mã hs' || r.g % 50000 || ' ' || b.tail,
      rtrim(a.head_key) || ' toi o xom ' || ${pick(HAMLETS.map(searchKey), 'r.g')} || ' ' || ${pick(NAMES.map(searchKey), '(r.g / 10)')} || ' ma hs' || r.g % 50000 || ' ' || ltrim(b.tail_key),
      case when r.g % 3 = 0 then r.g % 900 * 100000 end, ${province}, a.commune, 'anonymous', ${agencyId}, 'vi', r.at,
      (r.at + interval '12 days')::date, c.id
    from bench_report r join bench_text a on a.n = r.head join bench_text b on b.n = r.tail
      left join bench_case c on r.percent < 60 and c.n = 1 + floor(r.u * case when r.open then ${OPEN_CASES}::int else ${CASES}::int end)
    order by r.g`.execute(db);
  await sql`drop table bench_case`.execute(db);
}
