import { sql } from 'kysely';
import type { Role } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { coordinatingAgency } from '#modules/directory/index.ts';
import { AUTH, system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { BenchResult, Figure } from '../src/commands/bench.ts';
import { createOfficer, grantRole, openSession } from '../src/modules/identity/commands.ts';
import { sessionCookie } from '../src/modules/identity/cookies.ts';
import { connect } from '../src/platform/db.ts';
import { webApp } from '../src/server.ts';
import { benchDesk } from './desk.ts';

const TASKS = Number(process.env['BENCH_TASKS'] ?? 10_000);
const AGENCIES = 80;
const RUNS = 60;
const LIMIT_MS = 30;

interface Asked {
  readonly name: string;
  readonly path: string;
  readonly cookie: string;
}

/** My day and the leader's page over ten thousand open tasks of eighty agencies, through the app's own door: session, rows, page. */
export async function run(): Promise<BenchResult> {
  const held = await benchDesk();
  const superuser = connect({ ...held.address.owner, user: 'postgres' }, 1);
  try {
    const { desk } = held;
    const actor = system('bench');
    const coordinator = await inTransaction(desk, actor, (tx) => coordinatingAgency(tx, { category: 'scam', communeCode: null, provinceCode: desk.config.PROVINCE, on: localDate(tx.now) }));
    if (!coordinator) throw new Error('no agency coordinates');
    await sql`insert into task (kind, agency_id, set_by_agency, code, title, href, created_at, first_due_on, due_on)
      select 'other', a.id, ${coordinator}::uuid, 'VL-' || n, 'Rà soát địa bàn, báo cáo kết quả bằng văn bản, việc số ' || n, '/can-bo/viec', now(), d.day, d.day
      from generate_series(1, ${TASKS}::int) n join (select id, row_number() over (order by key) as place from agency where valid_to is null limit ${AGENCIES}) a on a.place = 1 + n % ${AGENCIES}
        cross join lateral (select current_date - 10 + n % 60 as day) d`.execute(superuser.db);
    // Two years of what was done lie beside them.
    await sql`insert into task (kind, agency_id, set_by_agency, code, title, href, created_at, first_due_on, due_on, state, ended_at)
      select kind, agency_id, set_by_agency, code, title, href, created_at, first_due_on - 100 * m, due_on - 100 * m, 'done', now() - m * interval '100 days' from task, generate_series(1, 5) m`.execute(superuser.db);
    await sql`vacuum analyze`.execute(superuser.db);
    const { rows: [busiest] } = await sql<{ id: string }>`select agency_id as id from task where agency_id <> ${coordinator}::uuid group by agency_id order by count(*) desc limit 1`.execute(superuser.db);
    const focal = await signedIn(desk, busiest!.id, ['focal'], 'dau-moi');
    const [elsewhere, leader] = [await signedIn(desk, busiest!.id, ['leader'], 'lanh-dao'), await signedIn(desk, coordinator, ['leader'], 'dieu-phoi')];
    const app = await webApp(desk);
    const asked: readonly Asked[] = [
      { name: 'my day, focal officer', path: '/can-bo/hom-nay', cookie: focal }, { name: 'my day, coordinating leader', path: '/can-bo/hom-nay', cookie: leader },
      { name: 'leader of one agency', path: '/can-bo/dieu-hanh', cookie: elsewhere }, { name: 'leader of the coordinating agency', path: '/can-bo/dieu-hanh', cookie: leader },
      { name: 'list of tasks', path: '/can-bo/viec?muc=co-quan', cookie: focal },
    ];
    const times = new Map<string, number[]>([...asked.map(({ name }) => [name, []] as [string, number[]]), ['empty transaction', []]]);
    // Round by round, so that no page is measured in a cache that holds only its own rows.
    for (let round = 0; round <= RUNS; round += 1) {
      for (const { name, path, cookie } of asked) {
        const from = performance.now();
        const answer = await app.request(path, { headers: { Cookie: cookie } });
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        if (round > 0) times.get(name)!.push(performance.now() - from);
      }
      const from = performance.now();
      await inTransaction(desk, actor, (tx: Tx) => sql`select 1`.execute(tx));
      if (round > 0) times.get('empty transaction')!.push(performance.now() - from);
    }
    const figures = [...times].flatMap(([name, measured]): Figure[] => {
      const p95 = quantile(measured, 0.95);
      const limit = name === 'empty transaction' ? {} : { limit: LIMIT_MS, ratio: p95 / LIMIT_MS };
      return [{ name: `p50 ${name}`, value: quantile(measured, 0.5), unit: 'ms' }, { name: `p95 ${name}`, value: p95, unit: 'ms', ...limit }];
    });
    return { name: 'coordination', figures: [{ name: 'open tasks', value: TASKS, unit: 'tasks' }, { name: 'agencies', value: AGENCIES, unit: 'agencies' }, ...figures] };
  } finally {
    await superuser.db.destroy();
    await held.close();
  }
}

/** An officer of an agency, signed in: the value of the `Cookie` header. */
async function signedIn(desk: Desk, agencyId: string, roles: readonly Role[], name: string): Promise<string> {
  const actor = system('bench');
  const officerId = await inTransaction(desk, actor, async (tx) => {
    const id = await createOfficer(tx, actor, { email: `${name}@bench.example`, fullName: name, passwordHash: 'none' });
    for (const role of roles) await grantRole(tx, actor, { officerId: id, agencyId, role, from: '2020-01-01' });
    return id;
  });
  return sessionCookie(desk, await inTransaction(desk, AUTH, (tx) => openSession(tx, AUTH, { officerId, agencyId, browser: 'bench', strong: true })));
}

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))]!;
}
