import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { RETENTION } from '#catalogue/retention.ts';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { localDate } from '#core/deadlines.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { createOfficer, grantRole, hashPassword, initialPassword } from '#modules/identity/index.ts';
import { dueRows, retainDue } from '#modules/retention/index.ts';
import { messages } from '#web/i18n/index.ts';
import { readConfig } from '../config.ts';
import { system } from '../platform/actor.ts';
import { SYSTEM_CLOCK } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';
import { Invalid, NotFound } from '../platform/errors.ts';
import { holdDesk } from '../server.ts';

const HELP = `./lachan admin agencies            nhập danh bạ mẫu của tỉnh Cao Bằng / the directory of Cao Bằng
./lachan admin agencies FILE.json  nhập danh bạ của tỉnh khác (cùng dạng) / another province, same shape
./lachan admin first EMAIL "HỌ TÊN" AGENCY-KEY
                                   người quản trị đầu tiên của một cơ quan; in mật khẩu tạm một lần
                                   / first administrator of an agency; prints a first password once

./lachan admin role EMAIL ROLE AGENCY-KEY
                                   thêm vai trò cho một cán bộ, kể cả kiểm toán (auditor) / grant a role, auditor included

./lachan admin retention --dry-run đếm dữ liệu đã đến hạn, không xóa gì / counts what is due, removes nothing
./lachan admin retention           chạy ngay việc lưu giữ của đêm nay / runs tonight's retention job now

Hãy dừng dịch vụ trước khi chạy với cơ sở dữ liệu đi kèm. / Stop the service first when the embedded database is used.`;

/** `lachan admin …` */
export async function admin(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } });
  const [action, ...rest] = positionals;
  if (values.help || !action) return console.log(HELP);
  const held = await holdDesk(readConfig(process.env), SYSTEM_CLOCK, `admin ${action}`, () => {});
  try {
    if (action === 'agencies') await agencies(held.desk, rest[0]);
    else if (action === 'first') await first(held.desk, rest);
    else if (action === 'role') await role(held.desk, rest);
    else if (action === 'retention') await retention(held.desk, values['dry-run'] ?? false);
    else throw new Invalid(`Không có việc “${action}”. / No such action.\n\n${HELP}`);
  } finally {
    await held.close();
  }
}

async function agencies(desk: Desk, file: string | undefined): Promise<void> {
  const given = file ? JSON.parse(await readFile(file, 'utf8')) as { agencies: typeof AGENCIES; competences: typeof COMPETENCES } : { agencies: AGENCIES, competences: COMPETENCES };
  const actor = system('admin agencies');
  const result = await inTransaction(desk, actor, (tx) => importAgencies(tx, actor, given.agencies, given.competences));
  console.log(`Đã nhập / imported: ${result.agencies} cơ quan / agencies.`);
}

async function role(desk: Desk, [email, code, key]: string[]): Promise<void> {
  const wanted = ROLE_CODES.find((one) => one === code);
  if (!email || !wanted || !key) throw new Invalid(HELP);
  const actor = system('admin role');
  await inTransaction(desk, actor, async (tx) => {
    const officer = await tx.selectFrom('officer').select('id').where('email', '=', email.toLowerCase()).executeTakeFirst();
    if (!officer) throw new NotFound(`Không có cán bộ “${email}”. / No such officer.`);
    await grantRole(tx, actor, { officerId: officer.id, agencyId: await agencyOf(tx, key), role: wanted, from: localDate(tx.now) });
  });
  console.log(`${email}: ${wanted} (${key})`);
}

/** Counts what is due, or ends what the nightly job would end. */
async function retention(desk: Desk, isDryRun: boolean): Promise<void> {
  const { retention: t } = messages('vi');
  if (!isDryRun) {
    const counts = Object.entries(await retainDue(desk));
    return console.log(counts.length === 0 ? t.command.nothing : [t.command.removed, ...counts.map(([table, count]) => `${table}\t${count}`)].join('\n'));
  }
  const due = await dueRows(desk);
  const rows = RETENTION.flatMap(({ key, job }) => {
    const found = due.get(key);
    return found ? [[key, String(found.due), String(found.soon), found.oldest ? localDate(found.oldest) : '–', job ?? t.terms.byHand]] : [];
  });
  console.log([t.command.dryRun, ...[t.command.header, ...rows].map((cells) => cells.join('\t'))].join('\n'));
}

async function agencyOf(tx: Tx, key: string): Promise<string> {
  const agency = await tx.selectFrom('agency').select('id').where('key', '=', key).executeTakeFirst();
  if (!agency) throw new NotFound(`Không có cơ quan “${key}”; hãy nhập danh bạ trước. / No such agency; import the directory first.`);
  return agency.id;
}

async function first(desk: Desk, [email, fullName, key]: string[]): Promise<void> {
  if (!email?.includes('@') || !fullName || !key) throw new Invalid(HELP);
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  const actor = system('admin first');
  await inTransaction(desk, actor, async (tx) => {
    const agencyId = await agencyOf(tx, key);
    const officerId = await createOfficer(tx, actor, { email, fullName, passwordHash });
    await grantRole(tx, actor, { officerId, agencyId, role: 'administrator', from: localDate(tx.now) });
  });
  console.log(`${email}\nMật khẩu tạm, chỉ hiện một lần / first password, shown once: ${password}`);
}
