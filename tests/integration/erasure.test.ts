/**
 * What is left of stopped reports: at once, for everybody in the office; after the erasure, anywhere at all. The reports came by mail
 * (with a forwarded mail, a picture and one that is none), in a spreadsheet, and as one text of many. Every table, every column, every
 * file, the job queue and the log are walked for the words, the traces, the sender and the hashes of each; a certificate of counts is left.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { addNote, answerGate, askReporter, openStopped } from '#modules/cases/index.ts';
import { moveReports } from '#modules/cases/commands/grouping.ts';
import { openSheet, importSheet, startSheet, uploadSheet } from '#modules/channels/commands/sheets.ts';
import { takeArrival } from '#modules/channels/commands/taking.ts';
import { createWebhook } from '#modules/channels/commands/webhooks.ts';
import { channelJobs } from '#modules/channels/index.ts';
import { guessMapping } from '#modules/channels/sheet/mapping.ts';
import { intakeJobs, recordArrival, submitReport } from '#modules/intake/index.ts';
import { askStopReview } from '#modules/intake/commands/stop-review.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { mailTag, replyAddress } from '#platform/mail-tag.ts';
import { openOffice, PASSED, reportOf, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { webApp } from '../../src/server.ts';
import { addOfficer, signIn } from '../support/people.ts';

const MAILBOX = 'baocao@lachan.example';
const WORD = 'xanhlamngoc';
const DOMAIN = 'vet-cua-mot-nguoi.example';
const SHEET_DOMAIN = 'vet-trong-bang.example';
const SENDER = 'le.thi.rieng@nguoidan.example';
const ACCOUNT = '9704229876543210';
/** Every line that was logged. */
const logged: string[] = [];
const desk = { ...await testDesk({ MAIL_FROM: `Lá Chắn <${MAILBOX}>`, DNS_SERVERS: '127.0.0.1:9', BACKUP_DAYS: '20' }), log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) };

let office: Office & { readonly all: OfficerActor; readonly clerk: OfficerActor; readonly foreign: OfficerActor };
const ids = { mail: '', reply: '', picture: '', report: '', row: '', flood: '', again: '', other: '', otherCase: '', ownCase: '', rowCase: '', guest: '', sheet: '' };
/** What must be gone, by what it is; hashes as PostgreSQL writes them. */
const needles: Record<string, string> = {};
/** Sealed files that held something of the stopped reports. */
let files: string[] = [];

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const run = (name: string, data: object = {}) => [...intakeJobs, ...channelJobs()].find((job) => job.name === name)!.run(desk, data as never);
const hex = (bytes: Buffer) => bytes.toString('hex');
const stop = (id: string) => as(office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));

async function arrive(raw: Buffer): Promise<string> {
  const { id } = await recordArrival(desk, {
    channel: 'email', media: 'mail', receiver: MAILBOX, sender: SENDER, externalKey: createHash('sha256').update(raw).digest('hex'), original: raw, officerId: null, document: null,
    arrivedAt: desk.clock.now(), facts: {},
  });
  await takeArrival(desk, id);
  return id;
}

/** The jobs that wait, as the queue would run them once each. */
async function runWaiting(): Promise<void> {
  const { rows } = await sql<{ name: string; data: object }>`select name, data from pgboss.job where state < 'active' and name = 'acknowledge'`.execute(desk.owner);
  for (const { name, data } of rows) await run(name, data);
}

beforeAll(async () => {
  const opened = await openOffice(desk);
  office = { ...opened, all: await addOfficer(desk, 'so-vhttdl', ROLE_CODES, 'Mã Thị Hết'), foreign: await addOfficer(desk, 'cong-an-tinh', ROLE_CODES, 'Triệu Văn Gửi') };
  await as(office.foreign, (tx) => createWebhook(tx, desk.keys, office.foreign, 'https://may.example/hook'));

  // Another report, to be grouped with; it stays.
  ids.other = (await submitReport(desk, reportOf({ narrative: 'Trang https://con-o-lai.example/otp bắt nhập mã' }))).id;
  ids.otherCase = (await as(office.gate, (tx) => answerGate(desk, tx, office.gate, ids.other, PASSED, []))).caseId!;

  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#345' } }).jpeg().toBuffer();
  const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(`không phải ảnh ${WORD}`)]);
  const part = (name: string, bytes: Buffer) => `--b\r\nContent-Type: image/jpeg; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`;
  const forwarded = `--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: ke@${DOMAIN}\r\nSubject: Moi\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMời vào https://${DOMAIN}/${WORD}\r\n\r\n`;
  const letter = Buffer.from(`From: Lê Thị Riêng <${SENDER}>\r\nTo: ${MAILBOX}\r\nSubject: Trang ${WORD}\r\nMessage-ID: <${WORD}@nguoidan.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`
    + `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTrang lừa đảo ${WORD} ở https://${DOMAIN}/${WORD} bắt tôi chuyển tiền vào số tài khoản ${ACCOUNT} ngân hàng MB.\r\n${forwarded}`
    + `${part(`${WORD}.jpg`, picture)}${part('hong.jpg', broken)}--b--\r\n`);
  ids.mail = await arrive(letter);
  const taken = await desk.owner.selectFrom('arrival').select(['report_id', 'sender_hash']).where('id', '=', ids.mail).executeTakeFirstOrThrow();
  ids.report = taken.report_id!;
  ids.ownCase = (await desk.owner.selectFrom('report').select('case_id').where('id', '=', ids.report).executeTakeFirstOrThrow()).case_id!;
  ids.picture = (await desk.owner.selectFrom('arrival').select('id').where('media', '=', 'picture').executeTakeFirstOrThrow()).id;

  // In a spreadsheet of another agency, which has a webhook.
  const header = ['Nội dung', 'Loại hình', 'Đường link'];
  const sheet = Buffer.from(`\ufeff${header.join(',')}\r\nNgười dân nói trang ${WORD} lừa tiền của nhiều người,Lừa đảo,https://${SHEET_DOMAIN}/x\r\nTrang khác cũng lừa tiền của người dân,Lừa đảo,https://dong-khac.example/y`);
  ids.sheet = await uploadSheet(desk, office.foreign, { field: 'sheet', name: 'bao-cao.csv', bytes: sheet, tooLarge: false });
  await as(office.foreign, (tx) => startSheet(desk, tx, office.foreign, ids.sheet, guessMapping(header), header));
  await importSheet(desk, ids.sheet);
  ids.row = (await desk.owner.selectFrom('sheet_row').select('report_id').where('import_id', '=', ids.sheet).where('report_id', 'is not', null).orderBy('number').executeTakeFirstOrThrow()).report_id!;

  // One text twice: the first is the head of the flood.
  const story = 'Bài viết này nói cơ quan làm việc chậm trễ, tôi đề nghị gỡ khỏi mạng ngay lập tức';
  ids.flood = (await submitReport(desk, reportOf({ category: 'scam', narrative: story }))).id;
  ids.again = (await submitReport(desk, reportOf({ category: 'scam', narrative: story }))).id;
  await runWaiting();

  // What the office adds before it knows better.
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { caseId: ids.ownCase }, `Đã xem ${WORD}, hỏi nhà mạng.`));
  await as(office.drafter, (tx) => moveReports(tx, office.drafter, [ids.report], ids.otherCase, `cũng nhắc ${WORD}`));
  await desk.owner.updateTable('case_file').set({ title: `Vụ ${WORD}` }).where('id', '=', ids.ownCase).execute();
  // A case named after an address of which nothing will be left, with somebody else's report in it.
  ids.rowCase = (await desk.owner.selectFrom('report').select('case_id').where('id', '=', ids.row).executeTakeFirstOrThrow()).case_id!;
  ids.guest = (await submitReport(desk, reportOf({ category: 'scam', narrative: 'Họ gọi đến nhà, tự xưng cán bộ, đòi phí' }))).id;
  await as(office.drafter, (tx) => moveReports(tx, office.drafter, [ids.guest], ids.rowCase, 'cùng một nhóm'));
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { reportId: ids.report }, `Người này nhắc ${WORD} hai lần.`));
  await as(office.drafter, (tx) => askReporter(desk, tx, office.drafter, ids.report, `Bạn thấy ${WORD} ở đâu?`));
  const to = replyAddress(MAILBOX, mailTag(ids.report, (data) => desk.keys.mac('mail-tag', data)));
  ids.reply = await arrive(Buffer.from(`From: ${SENDER}\r\nTo: ${to}\r\nSubject: Re\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTôi thấy ${WORD} trong một nhóm chat.`));
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { caseId: ids.otherCase }, 'Ghi chú của vụ việc còn lại.'));

  const stopped = [ids.report, ids.row];
  const traces = await desk.owner.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'id').select('match_key').where('report_id', 'in', stopped).execute();
  const arrivals = await desk.owner.selectFrom('arrival').selectAll().execute();
  const pictures = await desk.owner.selectFrom('attachment').selectAll().where('report_id', 'in', stopped).execute();
  const hashes = await desk.owner.selectFrom('report').select(['payload_hash', 'idempotency_hash', 'secret_hash']).where('id', 'in', stopped).execute();
  Object.assign(needles, {
    word: WORD, domain: DOMAIN, 'domain defanged': DOMAIN.replace('.', '[.]'), 'domain of the sheet': SHEET_DOMAIN, 'the same defanged': SHEET_DOMAIN.replace('.', '[.]'), sender: SENDER, account: ACCOUNT, 'sender hash': hex(taken.sender_hash!), mail: ids.mail, reply: ids.reply,
    'refused picture': ids.picture,
    ...Object.fromEntries(traces.map(({ match_key }, n) => [`trace ${n}`, hex(match_key)])),
    ...Object.fromEntries(arrivals.flatMap((one, n) => [[`original ${n}`, hex(one.original_sha256!)], [`name of arrival ${n}`, hex(one.external_hash)], [`place ${n}`, one.original_ref!]])),
    ...Object.fromEntries(pictures.flatMap((one, n) => [[`picture ${n}`, hex(one.original_sha256)], [`its place ${n}`, one.original_ref], [`its copy ${n}`, one.copy_ref]])),
    ...Object.fromEntries(hashes.flatMap((one, n) => [[`payload ${n}`, hex(one.payload_hash)], [`sending ${n}`, hex(one.idempotency_hash)], [`secret ${n}`, hex(one.secret_hash)]])),
  });
  const original = await desk.owner.selectFrom('sheet_import').select('original_ref').where('id', '=', ids.sheet).executeTakeFirstOrThrow();
  files = [...arrivals.map((one) => one.original_ref!), ...pictures.flatMap((one) => [one.original_ref, one.copy_ref]), original.original_ref!];
}, 60_000);

interface Place {
  readonly table: string;
  readonly columns: string;
}

/** Every table and, of each, the columns the application may read. */
async function tables(schemas: readonly string[], reader: string): Promise<Place[]> {
  const { rows } = await sql<Place>`select quote_ident(table_schema) || '.' || quote_ident(table_name) as "table", string_agg(quote_ident(column_name), ', ') as columns
    from information_schema.columns where table_schema = any (${schemas}::text[]) and has_column_privilege(${reader}, quote_ident(table_schema) || '.' || quote_ident(table_name), column_name, 'select')
    group by 1 order by 1`.execute(desk.owner);
  return rows;
}

/** Where each needle is found: "needle in table". */
async function found(tx: Tx | typeof desk.owner, places: readonly Place[]): Promise<string[]> {
  const hits: string[] = [];
  for (const { table, columns } of places) {
    const { rows } = await sql<{ text: string }>`select row_to_json(x)::text as text from (select ${sql.raw(columns)} from ${sql.raw(table)}) x`.execute(tx);
    const all = rows.map((row) => row.text.toLowerCase()).join('\n');
    for (const [name, needle] of Object.entries(needles)) if (all.includes(needle.toLowerCase())) hits.push(`${name} in ${table}`);
  }
  return hits;
}

const inOffice = async (actor: OfficerActor) => as(actor, async (tx) => found(tx, await tables(['public'], 'lachan_app')));
const everywhere = async () => found(desk.owner, await tables(['public', 'pgboss'], 'lachan_owner'));
/** The needles that stay on the row of a stopped report until it is erased, unreadable and of no use to link: what its receipt is known by. */
const RECEIPT = /^(payload|sending|secret) \d in public\.report$/;
/** Known gap: the journal is never rewritten, and the command that moves reports writes its reason there too. */
const IN_JOURNAL = 'word in public.journal';

/** Plain bytes of every file kept. */
async function kept(): Promise<Map<string, Buffer>> {
  const root = join(desk.config.LACHAN_HOME, 'files');
  const refs = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.parentPath.slice(-2) + entry.name);
  return new Map(await Promise.all(refs.map(async (ref) => [ref, await desk.files.get(ref)] as const)));
}

describe('before the stop', () => {
  test('the walk finds each of them, in the office and behind it', async () => {
    const office_ = new Set((await inOffice(office.all)).map((hit) => hit.split(' in ')[0]));
    const behind = new Set((await everywhere()).map((hit) => hit.split(' in ')[0]));
    expect(Object.keys(needles).filter((name) => !behind.has(name))).toEqual(['sender']); // only ever sealed
    expect(['word', 'domain', 'domain defanged', 'mail', 'reply', 'refused picture', 'trace 0', 'original 0', 'picture 0', 'sender hash'].filter((name) => !office_.has(name))).toEqual([]);
    const stored = await kept();
    expect(files.filter((ref) => !stored.has(ref))).toEqual([]);
    expect([...stored.values()].filter((bytes) => bytes.includes(WORD)).length).toBeGreaterThanOrEqual(4);
  });
});

describe('after the stop, at once,', () => {
  beforeAll(async () => {
    desk.clock.set(new Date(desk.clock.now().getTime() + 60_000));
    for (const id of [ids.report, ids.row, ids.flood]) await stop(id);
  });

  test('nobody of the agency that handles reads, finds or links anything of them', async () => {
    for (const actor of [office.all, office.gate, office.drafter, office.leader]) expect((await inOffice(actor)).filter((hit) => !RECEIPT.test(hit) && hit !== IN_JOURNAL)).toEqual([]);
  });

  test('nobody of the agency that sent one either, but its own spreadsheet, which stays sealed', async () => {
    expect((await inOffice(office.foreign)).filter((hit) => !RECEIPT.test(hit) && hit !== IN_JOURNAL)).toEqual([]);
    await expect(as(office.foreign, (tx) => openSheet(tx, office.foreign, ids.sheet))).rejects.toThrow();
  });

  test('no search, no likeness, no flood and no arrival leads to them', async () => {
    const hits = await as(office.all, async (tx) => ({
      search: (await sql`select * from search_reports(array[${WORD}], array[]::bytea[], 10, false, null, null, null)`.execute(tx)).rows,
      arrivals: await tx.selectFrom('arrival').select('id').execute(), pictures: await tx.selectFrom('attachment').select('id').execute(),
      moves: await tx.selectFrom('regrouped_report').select('report_id').where('report_id', '<>', ids.guest).execute(),
      folds: await tx.selectFrom('report').select('id').where('fold', '=', ids.flood).execute(),
      sketches: await tx.selectFrom('report_sketch').select('report_id').where('report_id', 'in', [ids.report, ids.row, ids.flood]).execute(),
    }));
    expect(hits).toEqual({ search: [], arrivals: [], pictures: [], moves: [], folds: [], sketches: [] });
  });

  test('the rest of the flood stays one line', async () => {
    const again = await desk.owner.selectFrom('report').select(['fold', 'text_hash', 'narrative']).where('id', '=', ids.again).executeTakeFirstOrThrow();
    expect(again.text_hash).not.toBeNull();
    expect(again.fold).not.toBeNull();
    expect(again.narrative).toMatch(/^Bài viết này/);
  });

  test('the reporter still reads the own words', async () => {
    const { sealed_story } = await desk.owner.selectFrom('report').select('sealed_story').where('id', '=', ids.report).executeTakeFirstOrThrow();
    expect(desk.keys.unseal('identity', sealed_story!, ids.report)!.toString()).toContain(WORD);
  });
});

describe('after thirty days', () => {
  beforeAll(async () => {
    await askStopReview(desk, ids.report, `Xin xem lại, trang ${WORD} lừa tiền thật`);
    await as(office.leader, (tx) => openStopped(desk, tx, { id: ids.report, category: 'scam' }, `Xem có đúng là ${WORD} không`));
    // A job that names what stays as well, and one that failed.
    await as(office.gate, async (tx) => {
      await desk.jobs.enqueue(tx, 'acknowledge', { reportIds: [ids.report, ids.other] });
      await desk.jobs.enqueue(tx, 'tell-reporter', { reportId: ids.row, letter: 'news' });
    });
    await sql`update pgboss.job set state = 'failed', output = ${JSON.stringify({ message: `${WORD} ${ids.row}` })}::jsonb where name = 'tell-reporter' and data ->> 'reportId' = ${ids.row}`.execute(desk.owner);
    desk.clock.set(new Date(desk.clock.now().getTime() + 30 * 86_400_000 - 3600_000));
    for (const name of ['purge-uploads', 'purge-arrivals', 'purge-sheets', 'purge-contacts', 'erase-stopped']) await run(name);
  });

  test('nothing of them is in any table or in the queue', async () => {
    expect((await everywhere()).filter((hit) => hit !== IN_JOURNAL)).toEqual([]);
  });

  test('not even an officer’s words in the journal', async () => {
    expect(await everywhere()).not.toContain(IN_JOURNAL);
  });

  test('no job names them, whatever became of it; one that names others too goes on without them', async () => {
    const { rows } = await sql<{ data: object }>`select data from pgboss.job where data::text like ${`%${ids.other}%`} and name = 'acknowledge'`.execute(desk.owner);
    expect(rows.map(({ data }) => data)).toContainEqual({ reportIds: [ids.other] });
    expect((await everywhere()).filter((hit) => hit.includes('pgboss'))).toEqual([]);
  });

  test('nothing of them was ever logged, nor lies as it is in any file of the data folder', async () => {
    const address = `https://${DOMAIN}/${WORD}`;
    const hashes = [address, `url|${DOMAIN}/${WORD}`, `domain|${DOMAIN}`].map((text) => createHash('sha256').update(text).digest());
    const plain = [...Object.values(needles), address, ...hashes.map(hex), ...hashes.map((hash) => hash.toString('base64'))];
    expect((await everywhere()).length).toBe(0);
    for (const line of logged) expect(plain.filter((needle) => line.includes(needle) && ![ids.mail, ids.reply, ids.picture].includes(needle))).toEqual([]);
    expect(logged.join('')).toContain('arrival quarantined'); // the log was listened to
    const folder = (await readdir(desk.config.LACHAN_HOME, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(folder.length).toBeGreaterThan(0);
    for (const entry of folder) {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      expect(plain.filter((needle) => bytes.includes(needle))).toEqual([]);
    }
  });

  test('a certificate says how much, where and until when, of no report in particular', async () => {
    const all = await desk.owner.selectFrom('erasure_certificate').selectAll().execute();
    expect(all).toHaveLength(1);
    const [certificate] = all;
    expect(certificate).toMatchObject({
      number: 'XN-04-2026-0001', kind: 'stopped', iso_week: '2026-W52',
      counts: { report: 3, message: 2, reporter_identity: 1, note: 1, stop_review: 1, attachment: 1, arrival: 2, file: 4, job: expect.any(Number) },
      places: { database: true, files: true, search: true, queue: true, logs: true, backups: '2027-01-11' },
    });
    expect(JSON.stringify(certificate)).not.toContain('PA-04');
    for (const id of Object.values(ids).filter(Boolean)) expect(JSON.stringify(certificate)).not.toContain(id);
    const line = await desk.owner.selectFrom('journal').select(['action', 'actor_kind', 'detail']).where('entity_id', '=', certificate!.id).executeTakeFirstOrThrow();
    expect(line).toMatchObject({ action: 'certify', actor_kind: 'system', detail: { number: 'XN-04-2026-0001', kind: 'stopped' } });
    await run('erase-stopped');
    expect(await desk.owner.selectFrom('erasure_certificate').select('id').execute()).toHaveLength(1); // nothing was due
  });

  test('a certificate is read by the coordinating agency alone, never rewritten, and can hold no code', async () => {
    const read = (actor: OfficerActor) => as(actor, (tx) => tx.selectFrom('erasure_certificate').select('id').execute());
    expect(await read(office.leader)).toHaveLength(1);
    for (const actor of [office.gate, office.drafter, office.foreign]) expect(await read(actor)).toEqual([]);
    await expect(sql`delete from erasure_certificate`.execute(desk.owner)).rejects.toThrow(/append-only/);
    const attempt = (counts: object, places: object) => inTransaction(desk, system('x'), (tx) => tx.insertInto('erasure_certificate').values({
      number: 'XN-04-2026-0009', kind: 'stopped', at: tx.now, iso_week: '2026-W52', counts: JSON.stringify(counts) as never, places: JSON.stringify(places) as never }).execute());
    await expect(attempt({ reports: 'PA-04-261122-0001-7' }, {})).rejects.toThrow(/counts/);
    await expect(attempt({ 'PA-04-261122-0001-7': 1 }, {})).rejects.toThrow(/counts/);
    await expect(attempt({ reports: 1 }, { rows: WORD })).rejects.toThrow(/places/);
    await expect(as(office.leader, (tx) => tx.insertInto('erasure_certificate').values({ number: 'XN-04-2026-0009', kind: 'stopped', at: tx.now, iso_week: '2026-W52', counts: '{}' as never, places: '{}' as never }).execute()))
      .rejects.toThrow(/row-level security/);
  });

  test('its pages', async () => {
    const app = await webApp(desk, 1e6);
    const { cookie } = await signIn(desk, 'so-vhttdl', ['auditor'], 'Lý Thị Kiểm');
    const { id } = await desk.owner.selectFrom('erasure_certificate').select('id').executeTakeFirstOrThrow();
    const page = async (path: string, as_ = cookie) => {
      const response = await app.request(path, { headers: { cookie: as_ } });
      return { status: response.status, html: await response.text() };
    };
    expect((await page('/can-bo/xoa-du-lieu')).html).toContain('XN-04-2026-0001');
    const one = await page(`/can-bo/xoa-du-lieu/${id}`);
    for (const words of ['XN-04-2026-0001', 'Phản ánh đã dừng', 'Chỉ mục tìm kiếm', '11/01/2027']) expect(one.html).toContain(words);
    const worker = await signIn(desk, 'so-vhttdl', ['case_officer'], 'Mã Văn Làm');
    expect((await page('/can-bo/xoa-du-lieu', worker.cookie)).status).toBe(404);
    const foreign = await signIn(desk, 'cong-an-tinh', ['auditor', 'leader', 'administrator'], 'Triệu Thị Ngoài');
    expect((await page(`/can-bo/xoa-du-lieu/${id}`, foreign.cookie)).status).toBe(404);
    expect((await page('/can-bo/xoa-du-lieu', foreign.cookie)).html).not.toContain('XN-04');
  });

  test('nothing of them is in any file, and theirs are gone', async () => {
    const stored = await kept();
    expect(files.filter((ref) => stored.has(ref))).toEqual([]);
    expect([...stored.values()].filter((bytes) => [WORD, DOMAIN, SHEET_DOMAIN, SENDER, ACCOUNT].some((needle) => bytes.includes(needle)))).toEqual([]);
  });

  test('their ids stand in the journal alone, and the five values are counted', async () => {
    const places: string[] = [];
    for (const { table, columns } of await tables(['public', 'pgboss'], 'lachan_owner')) {
      const { rows } = await sql<{ text: string }>`select row_to_json(x)::text as text from (select ${sql.raw(columns)} from ${sql.raw(table)}) x`.execute(desk.owner);
      if (rows.some(({ text }) => [ids.report, ids.row, ids.flood].some((id) => text.includes(id)))) places.push(table.replace(/\.job\w+$/, '.job'));
    }
    expect([...new Set(places)]).toEqual(['public.journal']);
    const counted = await desk.owner.selectFrom('stop_statistic').select(['stop_code', 'reporter_kind', 'agency_id', 'stops']).orderBy('reporter_kind').execute();
    expect(counted.map(({ stop_code, reporter_kind, agency_id, stops }) => [stop_code, reporter_kind, agency_id !== null, stops]))
      .toEqual([['opinion', 'agency', true, 1], ['opinion', 'anonymous', false, 1], ['opinion', 'person', false, 1]]);
  });

  test('what others reported is untouched', async () => {
    const left = await desk.owner.selectFrom('report').select(['id', 'narrative']).orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining([ids.other, ids.again, ids.guest]));
    expect(left.find(({ id }) => id === ids.other)!.narrative).toContain('con-o-lai.example');
    expect(await desk.owner.selectFrom('note').select('body').execute()).toEqual([{ body: 'Ghi chú của vụ việc còn lại.' }]);
    expect((await desk.owner.selectFrom('regrouping').select('id').execute())).toHaveLength(2);
    const titles = await desk.owner.selectFrom('case_file').select(['id', 'title', 'number']).where('id', 'in', [ids.otherCase, ids.rowCase]).execute();
    expect(titles.find(({ id }) => id === ids.otherCase)!.title).toContain('con-o-lai');
    expect(titles.find(({ id }) => id === ids.rowCase)).toMatchObject({ title: titles.find(({ id }) => id === ids.rowCase)!.number });
    expect(await desk.owner.selectFrom('sheet_row').select('number').where('import_id', '=', ids.sheet).where('report_id', 'is not', null).execute()).toHaveLength(1);
  });
});

describe('a report that was handled', () => {
  test('keeps its words when the contact is due, and loses every trace of who wrote', async () => {
    const own = 'rieng.khac@nguoidan.example';
    const letter = Buffer.from(`From: ${own}\r\nTo: ${MAILBOX}\r\nSubject: Trang giả\r\nMessage-ID: <thu-rieng@may-rieng.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTrang https://het-han.example/x giả mạo ngân hàng.`);
    const { id } = await recordArrival(desk, {
      channel: 'email', media: 'mail', receiver: MAILBOX, sender: own, externalKey: 'thu-rieng', original: letter, officerId: null, document: null, arrivedAt: desk.clock.now(), facts: {},
    });
    await takeArrival(desk, id);
    const arrival = () => desk.owner.selectFrom('arrival').select(['report_id', 'sender_sealed', 'sender_hash', 'original_ref', 'facts']).where('id', '=', id).executeTakeFirstOrThrow();
    const before = await arrival();
    expect(before.facts).toMatchObject({ messageId: '<thu-rieng@may-rieng.example>' });
    expect((await desk.files.get(before.original_ref!)).equals(letter)).toBe(true);
    const { case_id } = await desk.owner.selectFrom('report').select('case_id').where('id', '=', before.report_id).executeTakeFirstOrThrow();
    await desk.owner.updateTable('reporter_identity').set({ purge_after: '2026-01-01' }).where('report_id', '=', before.report_id).execute();
    await run('purge-contacts');
    expect((await arrival()).sender_sealed).not.toBeNull(); // its case is open
    await desk.owner.transaction().execute(async (tx) => {
      await sql`select set_config('desk.kind', 'system', true)`.execute(tx);
      await sql`insert into journal (at, actor_kind, entity, entity_id, action, from_state, to_state, reason)
        select now(), 'system', 'case', id, 'close', state, 'closed', 'Đã xử lý xong.' from case_file where id = ${case_id}`.execute(tx);
      await tx.updateTable('case_file').set({ state: 'closed' }).where('id', '=', case_id).execute();
    });
    await run('purge-contacts');
    const { facts, ...rest } = await arrival();
    expect(rest).toEqual({ report_id: before.report_id, sender_sealed: null, sender_hash: null, original_ref: null });
    expect(JSON.stringify(facts)).not.toContain('rieng');
    await expect(desk.files.get(before.original_ref!)).rejects.toThrow(/ENOENT/);
    expect(await desk.owner.selectFrom('report').select('narrative').where('id', '=', before.report_id).executeTakeFirstOrThrow()).toEqual({ narrative: expect.stringContaining('het-han') });
  });
});
