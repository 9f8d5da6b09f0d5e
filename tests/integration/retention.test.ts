/**
 * What is left of a case whose term is over: every table, every column and every file is walked for its words, numbers and pictures.
 * And what may not be done before: as the application's role, in every context.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { PERSONAL_DATA } from '#catalogue/personal-data.ts';
import { RETENTION } from '#catalogue/retention.ts';
import { addDays, addMonths, DEADLINES, localDate } from '#core/deadlines.ts';
import { addAttachmentEvidence, addNote, addObservation, addVerification, answerGate, answerReporter, closeCase, openIdentity, reopenCase, takeCase } from '#modules/cases/index.ts';
import { moveReports } from '#modules/cases/commands/grouping.ts';
import { takeArrival } from '#modules/channels/index.ts';
import { decideSecond, expireDecisions, saveDraft, startDraft, submitDraft } from '#modules/decisions/index.ts';
import { addReporterMessage, intakeJobs, keepUpload, recordArrival, submitReport } from '#modules/intake/index.ts';
import { dueRows, retainDue } from '#modules/retention/index.ts';
import { system, type Actor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS, JOBS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { completeInput, openOffice, PASSED, reportOf, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { signIn } from '../support/people.ts';

const WORD = 'xanhlamngoc';
const SENDER = 'le.thi.rieng@nguoidan.example';
const OWN_PHONE = '0912555777';
const SHARED_PHONE = '0912555888';
const MAILBOX = 'baocao@lachan.example';
const desk = await testDesk({ MAIL_FROM: `Lá Chắn <${MAILBOX}>`, DNS_SERVERS: '127.0.0.1:9' });

let office: Office;
let app: Hono;
const ids = { decided: '', plain: '', guest: '', open: '', mail: '', mailReport: '', plainReport: '', decision: '' };
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const run = (name: string) => JOBS.find((job) => job.name === name)!.run(desk, {} as never);
const setDay = (day: string) => desk.clock.set(new Date(`${day}T09:00:00+07:00`));
const certificates = () => desk.owner.selectFrom('erasure_certificate').select(['number', 'kind', 'counts', 'places']).where('kind', '=', 'retention').orderBy('number').execute();

let shade = 0;
async function pictureFor(key: string): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: 10 * ++shade, g: 80, b: 90 } } }).jpeg().toBuffer();
  return (await keepUpload(desk, key, { field: 'photos', name: `${WORD}.jpg`, bytes, tooLarge: false })).id;
}

async function report(changes: Parameters<typeof reportOf>[0]): Promise<string> {
  const { id } = await submitReport(desk, reportOf(changes));
  return id;
}

async function gate(id: string): Promise<string> {
  return (await as(office.gate, (tx) => answerGate(desk, tx, office.gate, id, PASSED, []))).caseId!;
}

async function work(caseId: string, withPictureOf: string | null): Promise<void> {
  await as(office.drafter, async (tx) => {
    await takeCase(tx, office.drafter, caseId);
    await addObservation(tx, office.drafter, caseId, `Mở trang lúc 09:40, thấy ${WORD} trên biểu mẫu.`);
    if (withPictureOf) {
      const { id } = await tx.selectFrom('attachment').select('id').where('report_id', '=', withPictureOf).executeTakeFirstOrThrow();
      await addAttachmentEvidence(tx, office.drafter, caseId, id, 'Ảnh chụp màn hình biểu mẫu xin mã OTP.');
    }
    await addVerification(tx, office.drafter, caseId, { checked: `Đã hỏi người kể ${WORD}.`, otherExplanation: 'Không có cách hiểu khác.', finding: `Trang giả, có ${WORD}.`, confidence: 'high' });
    await addNote(tx, office.drafter, { caseId }, `Gọi lại người kể ${WORD}.`);
  });
}

async function close(caseId: string): Promise<void> {
  const reports = await desk.owner.selectFrom('report').select('id').where('case_id', '=', caseId).where('state', '=', 'attached').execute();
  for (const { id } of reports) await as(office.drafter, (tx) => answerReporter(desk, tx, office.drafter, id, `Cảm ơn bạn đã kể ${WORD}.`));
  await as(office.drafter, (tx) => closeCase(tx, office.drafter, caseId, 'Đã xử lý xong.'));
}

beforeAll(async () => {
  office = await openOffice(desk);
  app = await webApp(desk, 1e6);

  // A case with a decision, reported on the web with a picture, and by mail.
  const key = 'khoa-luu-giu-so-0001';
  const pictured = await report({ narrative: `Trang https://vneid-capnhat.example/otp có ${WORD}, số gọi ${SHARED_PHONE}`, uploads: [await pictureFor(key)], idempotencyKey: key, moneyLost: 3_000_000, contact: { email: 'hoa@nguoidan.example', name: `Hoa ${WORD}` } });
  const raw = Buffer.from(`From: Lê Thị Riêng <${SENDER}>\r\nTo: ${MAILBOX}\r\nSubject: Trang giả\r\nMessage-ID: <${WORD}@nguoidan.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTôi gặp trang https://vneid-capnhat.example/otp, thấy ${WORD}, họ gọi từ số ${OWN_PHONE}.`);
  const arrival = await recordArrival(desk, { channel: 'email', media: 'mail', receiver: MAILBOX, sender: SENDER, externalKey: createHash('sha256').update(raw).digest('hex'), original: raw, officerId: null, document: null, arrivedAt: desk.clock.now(), facts: {} });
  await takeArrival(desk, arrival.id);
  ids.mail = arrival.id;
  ids.mailReport = (await desk.owner.selectFrom('arrival').select('report_id').where('id', '=', arrival.id).executeTakeFirstOrThrow()).report_id!;
  await intakeJobs.find(({ name }) => name === 'acknowledge')!.run(desk, { reportIds: [pictured, ids.mailReport] } as never);
  ids.decided = await gate(pictured);
  await gate(ids.mailReport);
  await work(ids.decided, pictured);
  await as(office.drafter, (tx) => addNote(tx, office.drafter, { reportId: ids.mailReport }, `Người này viết ${WORD} hai lần.`));
  ids.decision = await as(office.drafter, (tx) => startDraft(tx, office.drafter, ids.decided, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  const input = await completeInput(desk, ids.decided, ids.decision);
  const [picture] = await desk.owner.selectFrom('evidence').select('id').where('kind', '=', 'attachment').execute();
  await as(office.drafter, (tx) => saveDraft(tx, office.drafter, ids.decision, { ...input, evidence: [], proofs: Object.fromEntries(Object.keys(input.proofs).map((element) => [element, [picture!.id]])) }));
  await as(office.drafter, (tx) => submitDraft(tx, office.drafter, ids.decision));
  await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, ids.decision, PASSED, [], EFFECTS));

  // A case without one, its report moved in from elsewhere, its picture filed as evidence.
  const other = 'khoa-luu-giu-so-0002';
  ids.plainReport = await report({ category: 'scam', narrative: `Shop https://hang-gia.example/ban lừa tiền, ${WORD}`, uploads: [await pictureFor(other)], idempotencyKey: other });
  ids.plain = await gate(ids.plainReport);
  ids.guest = await report({ category: 'scam', narrative: `Họ gọi từ ${SHARED_PHONE}, nhắc ${WORD}` });
  await gate(ids.guest);
  await as(office.drafter, (tx) => moveReports(tx, office.drafter, [ids.guest], ids.plain, `cũng nhắc ${WORD}`));
  await work(ids.plain, ids.plainReport);
  await addReporterMessage(desk, ids.plainReport, `Tôi nhớ thêm ${WORD}.`, [], 'khoa-tra-loi-0001');

  // One that stays open.
  ids.open = await report({ category: 'scam', narrative: 'Trang https://con-mo.example/x vẫn đang lừa tiền' });
  const caseId = await gate(ids.open);
  await as(office.drafter, (tx) => askReporterLater(tx, caseId));

  setDay('2026-12-01');
  await close(ids.decided);
  await close(ids.plain);
}, 60_000);

const askReporterLater = (tx: Tx, caseId: string) => addNote(tx, office.drafter, { caseId }, 'Ghi chú của vụ việc đang mở.');

describe('the catalogue of terms', () => {
  test('has a row for every table with personal data, and names jobs, tables and deadlines that exist', async () => {
    const covered = new Set(RETENTION.map(({ table }) => table));
    expect([...new Set(PERSONAL_DATA.map(({ table }) => table))].filter((table) => !covered.has(table))).toEqual([]);
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(desk.owner);
    const tables = new Set(rows.map(({ name }) => name));
    const jobs = new Set(JOBS.map(({ name }) => name));
    for (const { key, table, term, job, why, end } of RETENTION) {
      expect({ key, table: tables.has(table), job: job === null || jobs.has(job), term: term === null || !('deadline' in term) || term.deadline in DEADLINES, said: (job === null) !== (why === null) })
        .toEqual({ key, table: true, job: true, term: true, said: true });
      if (job !== null) expect([key, term, end]).not.toEqual([key, null, 'kept']);
    }
    expect(new Set(RETENTION.map(({ key }) => key)).size).toBe(RETENTION.length);
  });

  test('the term of a case is one number: windows for a review and a court, in the deadlines and in the database', async () => {
    expect(DEADLINES.keepCase.amount).toBe(DEADLINES.appealWindow.amount + DEADLINES.courtWindow.amount);
    const { rows } = await sql<{ months: number }>`select keep_case_months() as months`.execute(desk.owner);
    expect(rows[0]!.months).toBe(DEADLINES.keepCase.amount);
  });
});

/** When the contents of a case go, as the database says to a job. */
async function keptUntil(caseId: string): Promise<string | null> {
  const { rows } = await as(system('test'), (tx) => sql<{ day: string | null }>`select case_kept_until(${caseId}::uuid) as day`.execute(tx));
  return rows[0]!.day;
}

const minimise = (actor: Actor, caseId: string) => as(actor, (tx) => sql`select minimise_case(${caseId}::uuid)`.execute(tx));
const emptied = { narrative: '–', search: '', text_hash: null, situation: null, happened_on: null, money_lost: null, payload_hash: Buffer.alloc(32) };

describe('before the term is over', () => {
  test('a closed case is kept for its term; a decision in force holds it, an open one has none', async () => {
    expect(await keptUntil(ids.plain)).toBe(addMonths('2026-12-01', DEADLINES.keepCase.amount));
    expect(await keptUntil(ids.decided)).toBeNull();
    setDay('2027-03-01');
    await as(system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
    expect(await keptUntil(ids.decided)).toBe(addMonths('2027-03-01', DEADLINES.keepCase.amount));
    const { case_id } = await desk.owner.selectFrom('report').select('case_id').where('id', '=', ids.open).executeTakeFirstOrThrow();
    expect(await keptUntil(case_id!)).toBeNull();
  });

  test('nothing can be minimised: not by the job, not by an officer, not by hand', async () => {
    await expect(minimise(system('retention'), ids.plain)).rejects.toThrow(/term of this case is not over/);
    for (const actor of [office.leader, office.drafter]) await expect(minimise(actor, ids.plain)).rejects.toThrow(/only the retention job/);
    for (const actor of [system('test'), office.drafter]) {
      await expect(as(actor, (tx) => tx.updateTable('report').set({ ...emptied, minimised_at: tx.now }).where('id', '=', ids.plainReport).execute())).rejects.toThrow(/S13/);
      await expect(as(actor, (tx) => tx.updateTable('report').set({ narrative: '–', search: '' }).where('id', '=', ids.plainReport).execute())).rejects.toThrow(/words of a report/);
      await expect(as(actor, (tx) => tx.updateTable('case_file').set({ minimised_at: tx.now }).where('id', '=', ids.plain).execute())).rejects.toThrow(/permission denied/);
    }
    for (const inner of ['empty_report', 'empty_numbers', 'case_hold']) {
      await expect(as(system('test'), (tx) => sql`select ${sql.raw(inner)}(${inner === 'empty_numbers' ? sql`array[${ids.plainReport}::uuid]` : sql`${ids.plainReport}::uuid`})`.execute(tx))).rejects.toThrow(/permission denied/);
    }
    expect(await retainDue(desk)).toEqual({});
    expect(await certificates()).toEqual([]);
  });

  test('an open request of a person about their data holds the case', async () => {
    const { case_id } = await desk.owner.selectFrom('report').select('case_id').where('id', '=', ids.plainReport).executeTakeFirstOrThrow();
    await expect(as({ kind: 'reporter', reportId: ids.plainReport }, async (tx) => {
      await sql`insert into data_request (code, report_id, kind, words, filed_at, answer_by, do_by) values ('DL-04-261122-0001-1', ${ids.plainReport}, 'erase', 'xin xóa', now(), desk_today(), desk_today() + 20)`.execute(tx);
      await sql`insert into journal (at, actor_kind, entity, entity_id, action, to_state) select desk_now(), 'reporter', 'data_request', id, 'file', 'filed' from data_request`.execute(tx);
      const { rows } = await sql<{ day: string | null }>`select case_kept_until(${case_id}::uuid) as day`.execute(tx);
      expect(rows[0]!.day).toBeNull();
      throw new Error('roll back');
    })).rejects.toThrow('roll back');
  });
});

/** Tables in which a text is found. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(desk.owner);
  const hits: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ hit: boolean }>`select exists (select 1 from ${sql.table(name)} x where row_to_json(x)::text ilike ${`%${text}%`}) as hit`.execute(desk.owner);
    if (rows[0]!.hit) hits.push(name);
  }
  return hits.sort();
}

async function storedFiles(): Promise<number> {
  return (await readdir(join(desk.config.LACHAN_HOME, 'files'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
}

describe('when the terms end', () => {
  let promised: Record<string, number>;
  let removed: Record<string, number>;

  beforeAll(async () => {
    // The contacts first, 12 months after the closing, as every night.
    setDay('2028-08-01');
    await run('purge-contacts');
  });

  test('the walk finds the words in every place that held them', async () => {
    expect(await tablesWith(WORD)).toEqual(['attachment', 'evidence', 'message', 'note', 'regrouping', 'report', 'verification']);
    expect((await desk.owner.selectFrom('indicator').select('id').where('kind', '=', 'phone').execute())).toHaveLength(2);
    expect(await storedFiles()).toBeGreaterThanOrEqual(4);
  });

  test('the dry run says today and within 30 days, and changes nothing', async () => {
    const before = await tablesWith(WORD);
    const due = await dueRows(desk);
    expect(due.get('case_file')).toMatchObject({ due: 1, soon: 0 });
    setDay('2028-08-15');
    expect((await dueRows(desk)).get('case_file')).toMatchObject({ due: 1, soon: 1, oldest: new Date('2028-06-01T17:00:00Z') });
    expect((await dueRows(desk)).get('indicator')).toMatchObject({ due: 0, soon: 2 }); // one in the decided case, one in both
    expect(await tablesWith(WORD)).toEqual(before);
    setDay('2028-09-02');
    const both = await dueRows(desk);
    promised = Object.fromEntries(RETENTION.filter(({ job, key }) => job === 'retention' && both.get(key)!.due > 0).map(({ key, table }) => [table, both.get(key)!.due]));
    expect(promised).toMatchObject({ case_file: 2, report: 4, verification: 2, indicator: 2, attachment: 2 });
  });

  test('the run removes exactly what the dry run promised, certified once', async () => {
    const files = await storedFiles();
    removed = await retainDue(desk);
    expect(removed).toEqual(promised);
    expect(await certificates()).toEqual([{ number: 'XN-04-2028-0001', kind: 'retention', counts: { ...removed, file: files }, places: { database: true, files: true, search: true, backups: addDays('2028-09-02', desk.config.BACKUP_DAYS) } }]);
    const left = await dueRows(desk);
    for (const { key, job } of RETENTION) if (job === 'retention') expect([key, left.get(key)!.due, left.get(key)!.soon]).toEqual([key, 0, 0]);
  });

  test('a second run finds nothing, and certifies nothing', async () => {
    expect(await retainDue(desk)).toEqual({});
    await run('retention');
    expect(await certificates()).toHaveLength(1);
  });

  test('no word is left anywhere, no number, no file; the open case is untouched', async () => {
    expect(await tablesWith(WORD)).toEqual([]);
    expect(await tablesWith(SENDER)).toEqual([]);
    expect(await desk.owner.selectFrom('indicator').select('id').where('kind', 'in', ['phone', 'bank_account']).execute()).toEqual([]);
    expect(await storedFiles()).toBe(0);
    expect(await desk.owner.selectFrom('report').select(['narrative', 'minimised_at']).where('id', '=', ids.open).executeTakeFirst()).toEqual({ narrative: 'Trang https://con-mo.example/x vẫn đang lừa tiền', minimised_at: null });
    expect(await desk.owner.selectFrom('note').select('body').execute()).toEqual([{ body: 'Ghi chú của vụ việc đang mở.' }]);
  });

  test('what is left can be counted, and the reasons of the decision stand with what they cite', async () => {
    const report = await desk.owner.selectFrom('report').selectAll().where('id', '=', ids.mailReport).executeTakeFirstOrThrow();
    expect(report).toMatchObject({ state: 'answered', category: 'scam', narrative: '–', search: '', money_lost: null, happened_on: null, text_hash: null, channel: 'email' });
    const file = await desk.owner.selectFrom('case_file').select(['title', 'number', 'report_count', 'state']).where('id', '=', ids.decided).executeTakeFirstOrThrow();
    expect(file).toMatchObject({ title: file.number, state: 'closed' });
    const decision = await desk.owner.selectFrom('decision').select(['facts', 'public_summary']).where('id', '=', ids.decision).executeTakeFirstOrThrow();
    expect(decision.facts).toContain('VNeID');
    const evidence = await desk.owner.selectFrom('evidence').select(['kind', 'description', 'attachment_id', 'sha256']).orderBy('at').orderBy('id').execute();
    expect(evidence.map(({ description, attachment_id, sha256 }) => [description, attachment_id, sha256 !== null])).toEqual([
      ['(Đã xóa khi hết thời hạn lưu giữ.)', null, false], ['Ảnh chụp màn hình biểu mẫu xin mã OTP.', null, true],
      ['(Đã xóa khi hết thời hạn lưu giữ.)', null, false], ['(Đã xóa khi hết thời hạn lưu giữ.)', null, false],
    ]);
    const entry = await desk.owner.selectFrom('journal').select(['actor_kind', 'detail']).where('entity_id', '=', ids.plain).where('action', '=', 'minimise').executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ actor_kind: 'system', detail: { job: 'retention', counts: { case_file: 1, report: 2 } } });
  });

  test('nothing comes back: no words, no reopening, no message, no note, no picture', async () => {
    await expect(as(system('test'), (tx) => tx.updateTable('report').set({ narrative: 'lại' }).where('id', '=', ids.plainReport).execute())).rejects.toThrow();
    await expect(as(system('test'), (tx) => tx.updateTable('report').set({ minimised_at: null }).where('id', '=', ids.plainReport).execute())).rejects.toThrow(/stays so/);
    await expect(as(office.drafter, (tx) => reopenCase(tx, office.drafter, ids.plain, 'Có thêm tin mới'))).rejects.toMatchObject({ code: 'conflict', details: { reason: 'minimised' } });
    await expect(desk.owner.updateTable('case_file').set({ state: 'verifying' }).where('id', '=', ids.plain).execute()).rejects.toThrow(/stays closed|may not go/);
    await expect(addReporterMessage(desk, ids.plainReport, 'Tôi viết thêm', [], 'khoa-tra-loi-0002')).rejects.toThrow(/contents of this case are gone/);
    await expect(as(office.drafter, (tx) => addNote(tx, office.drafter, { caseId: ids.plain }, 'Ghi thêm'))).rejects.toThrow(/contents of this case are gone/);
  });

  test('a mail that answers a report without contents is a report of its own', async () => {
    const { mailTag, replyAddress } = await import('#platform/mail-tag.ts');
    const to = replyAddress(MAILBOX, mailTag(ids.mailReport, (data) => desk.keys.mac('mail-tag', data)));
    const raw = Buffer.from(`From: ${SENDER}\r\nTo: ${to}\r\nSubject: Re\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLại có trang mới lừa tôi.`);
    const { id } = await recordArrival(desk, { channel: 'email', media: 'mail', receiver: MAILBOX, sender: SENDER, externalKey: 'thu-muon', original: raw, officerId: null, document: null, arrivedAt: desk.clock.now(), facts: {} });
    await takeArrival(desk, id);
    const taken = await desk.owner.selectFrom('arrival').select(['state', 'report_id']).where('id', '=', id).executeTakeFirstOrThrow();
    expect(taken.state).toBe('taken');
    expect(taken.report_id).not.toBe(ids.mailReport);
  });
});

describe('openings of what is sealed', () => {
  let sealed = '';
  beforeAll(async () => {
    sealed = await report({ category: 'scam', narrative: 'Một phản ánh có để lại liên hệ để gọi lại', contact: { phone: '0912000111' } });
    await as(office.gate, (tx) => openIdentity(tx, office.gate, sealed, 'Gọi lại hỏi số tiền đã chuyển'));
    await as(system('tell-reporter'), (tx) => sql`select open_identity(${sealed}::uuid, 'tell:acknowledged')`.execute(tx));
  });

  test('none without a reason', async () => {
    await expect(as(office.gate, (tx) => sql`select open_identity(${sealed}::uuid, '')`.execute(tx))).rejects.toThrow(/S12/);
  });

  const page = async (agency: string, role: 'auditor' | 'leader', query = '') => {
    const { cookie } = await signIn(desk, agency, [role]);
    return (await app.request(`/can-bo/niem-phong${query}`, { headers: { Cookie: cookie } })).text();
  };

  test('the auditor of any agency sees each: who, when, which report, why; jobs when asked', async () => {
    const { code } = await desk.owner.selectFrom('report').select('code').where('id', '=', sealed).executeTakeFirstOrThrow();
    const html = await page('thanh-tra-tinh', 'auditor');
    for (const part of ['Lý Văn Cửa', code, 'Gọi lại hỏi số tiền đã chuyển', '02/09/2028']) expect(html).toContain(part);
    expect(html).not.toContain('máy:');
    expect(await page('thanh-tra-tinh', 'auditor', '?ai=ca-may')).toContain('gửi thư báo đã nhận');
  });

  test('filters by officer and month, and takes nonsense for no filter', async () => {
    expect(await page('thanh-tra-tinh', 'auditor', `?can-bo=${office.gate.officerId}&thang=2028-09`)).toContain('Gọi lại hỏi');
    expect(await page('thanh-tra-tinh', 'auditor', `?can-bo=${office.drafter.officerId}`)).not.toContain('Gọi lại hỏi');
    expect(await page('thanh-tra-tinh', 'auditor', '?thang=2028-08')).not.toContain('Gọi lại hỏi');
    expect(await page('thanh-tra-tinh', 'auditor', `?thang=2028-99&can-bo=x'&trang=-1`)).toContain('Gọi lại hỏi');
  });

  test('a leader sees those of the own agency alone, anybody else none', async () => {
    expect(await page('so-vhttdl', 'leader')).toContain('Gọi lại hỏi');
    expect(await page('vnpt', 'leader')).not.toContain('Gọi lại hỏi');
    const { rows } = await as(office.drafter, (tx) => sql`select * from sealed_openings(null, null, false, 50, 0)`.execute(tx));
    expect(rows).toEqual([]);
  });
});

test('the page of terms counts what the dry run counts, and only its roles see it', async () => {
  const { cookie } = await signIn(desk, 'so-vhttdl', ['auditor']);
  const html = await (await app.request('/can-bo/luu-giu', { headers: { Cookie: cookie } })).text();
  for (const { what } of RETENTION) expect(html).toContain(what.vi);
  expect(html).toContain('18 tháng từ ngày đóng vụ việc');
  expect(localDate(desk.clock.now())).toBe('2028-09-02');
});
