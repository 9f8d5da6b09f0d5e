import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSheet, uploadSheet } from '#modules/channels/index.ts';
import { createOfficer, grantRole, hashPassword } from '#modules/identity/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { BenchResult } from '../src/commands/bench.ts';
import { startWorker } from '../src/server.ts';
import { benchDesk } from './desk.ts';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000);
const HEADER = ['Mã', 'Nội dung', 'Loại hình', 'Đường link', 'Số tiền thiệt hại', 'Ngày xảy ra'] as const;
/** Issue "Intake": a spreadsheet of 100,000 rows below this. */
const MOST_MB = 300;

/** A spreadsheet of 100,000 reports, 1 % of them bad, through upload, job and database: rows a second, and the most memory the process held. */
export async function run(): Promise<BenchResult> {
  const held = await benchDesk();
  try {
    const { desk } = held;
    const clerk = await clerkOf(desk);
    const before = peakMb();
    const id = await uploadSheet(desk, clerk, { field: 'sheet', name: 'bao-cao.csv', bytes: sheet(), tooLarge: false });
    const columns = { 0: 'external_id', 1: 'narrative', 2: 'category', 3: 'traces_link', 4: 'money_lost', 5: 'happened_on' } as const;
    await inTransaction(desk, clerk, (tx) => startSheet(desk, tx, clerk, id, { headerRow: 1, columns, categoryWords: {}, defaultCategory: null }, HEADER));
    const begun = performance.now();
    const stop = await startWorker(desk);
    const state = () => inTransaction(desk, clerk, (tx) => tx.selectFrom('sheet_import').select(['state', 'taken', 'refused']).where('id', '=', id).executeTakeFirstOrThrow());
    let now = await state();
    while (now.state === 'running') {
      await sleep(500);
      now = await state();
    }
    const seconds = (performance.now() - begun) / 1000;
    await stop();
    if (now.state !== 'done' || now.taken + now.refused !== ROWS) throw new Error(`ended ${now.state} with ${now.taken} + ${now.refused} rows`);
    const peak = peakMb();
    return { name: 'sheet', figures: [
      { name: 'rows', value: ROWS / seconds, unit: '/s' },
      { name: 'most memory, whole process', value: peak, unit: 'MB', limit: MOST_MB, ratio: peak / MOST_MB },
      { name: 'of that before the import', value: before, unit: 'MB' },
    ] };
  } finally {
    await held.close();
  }
}

/** Most resident memory of this process so far. */
function peakMb(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
}

async function clerkOf(desk: Desk): Promise<OfficerActor> {
  const actor = system('bench');
  const passwordHash = await hashPassword('mot-mat-khau-du-dai-cho-phep-do');
  return inTransaction(desk, actor, async (tx) => {
    const { id: agencyId } = await tx.selectFrom('agency').select('id').where('key', '=', 'cong-an-tinh').executeTakeFirstOrThrow();
    const officerId = await createOfficer(tx, actor, { email: 'thu@lachan.example', fullName: 'Bế Văn Thư', passwordHash });
    await grantRole(tx, actor, { officerId, agencyId, role: 'clerk', from: '2025-07-01' });
    return { kind: 'officer', officerId, agencyId, roles: ['clerk'], name: 'Bế Văn Thư' };
  });
}

function sheet(): Buffer {
  const lines: Buffer[] = [Buffer.from(`\ufeff${HEADER.join(',')}\r\n`)];
  for (let n = 1; n <= ROWS; n += 1) {
    const kind = n % 100 === 0 ? 'Chuyện khác hẳn' : 'Lừa đảo';
    lines.push(Buffer.from(`CA-${n},"Người dân thứ ${n} ở xã Hòa An bị gọi điện mạo danh, dụ chuyển tiền để nhận thưởng",${kind},https://nhan-thuong-${n % 500}.example/dk?ma=${n},2 triệu,20/11/2026\r\n`));
  }
  return Buffer.concat(lines);
}
