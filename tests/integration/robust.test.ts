import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { answerGate } from '#modules/cases/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import { keepUpload } from '#modules/intake/commands/uploads.ts';
import { system } from '#platform/actor.ts';
import { SetClock } from '#platform/clock.ts';
import { connect, inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';
import { startPostgres } from '#platform/postgres.ts';
import { messages } from '#web/i18n/index.ts';
import { openDesk, prepareDatabase } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { JOBS } from '../../src/modules.ts';
import { startWorker, webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, unescapeHtml } from '../support/browser.ts';
import { openOffice, PASSED } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { smtpSink } from '../support/smtp.ts';

const DAY = 24 * 3_600_000;
const SECRET_STORY = 'Chuyện riêng không được ra ngoài: họ gọi tôi là Mẩy ở xóm Khuổi Ky';
const EMAIL = 'may.khuoi.ky@thu.example';
const PATIENT = { timeout: 60_000, interval: 100 };
let serial = 0;

function reportOf(changes: Partial<NewReport> = {}): NewReport {
  return {
    channel: 'web', category: 'scam', situation: null, narrative: SECRET_STORY, traces: '', happenedOn: '2026-11-21', moneyLost: 5_000_000, inDanger: false, forChild: false,
    communeCode: '01273', contact: { email: EMAIL }, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: `khoa-ben-bi-${serial++}`.padEnd(20, '.'), ...changes,
  };
}

const importAll = (desk: Desk) => inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
const later = (desk: TestDesk, milliseconds: number) => desk.clock.set(new Date(desk.clock.now().getTime() + milliseconds));
const run = (desk: TestDesk, name: string) => JOBS.find((job) => job.name === name)!.run(desk, {} as never);

async function filesOf(desk: TestDesk): Promise<number> {
  const found = await readdir(join(desk.config.LACHAN_HOME, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((file) => file.isFile()).length;
}

/** Tables of the whole database (the queue too) in which a text stands somewhere. */
async function tablesWith(desk: TestDesk, text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace) order by 1`.execute(desk.owner);
  const found = [];
  for (const { name } of rows) {
    const { rows: hits } = await sql<{ n: number }>`select count(*) as n from ${sql.raw(name)} t where strpos(lower(t::text), lower(${text})) > 0`.execute(desk.owner);
    if (hits[0]!.n > 0) found.push(name);
  }
  return found;
}

const journalOf = (desk: TestDesk, id: string) => desk.owner.selectFrom('journal').select(['action', 'reason', 'detail']).where('entity_id', '=', id).orderBy('seq').execute();

/** Retries at once, so that a test waits for the third attempt and not for the clock. */
async function retryAtOnce(desk: TestDesk): Promise<void> {
  await sql`update pgboss.queue set retry_delay = 0, retry_backoff = false`.execute(desk.owner);
}

async function picture(): Promise<Buffer> {
  return sharp({ create: { width: 30, height: 20, channels: 3, background: '#084' } }).png().toBuffer();
}

const upload = async (desk: Desk, key: string, name: string) => (await keepUpload(desk, key, { field: 'photos', name, bytes: await picture(), tooLarge: false })).id;

describe('the acknowledgement', () => {
  async function deskWithMail(settings: Record<string, string> = {}) {
    const sink = await smtpSink();
    onTestFinished(() => sink.close());
    const desk = await testDesk({ SMTP_URL: sink.url, BASE_URL: 'https://lachan.example/', MAIL_FROM: 'Lá Chắn Cao Bằng <tin@lachan.example>', ...settings });
    await importAll(desk);
    await retryAtOnce(desk);
    return { sink, desk };
  }

  it('goes by mail with code and link, and with nothing of the report', async () => {
    const { sink, desk } = await deskWithMail();
    await startWorker(desk);
    const { code, secret, id } = await submitReport(desk, reportOf({ contact: { email: EMAIL, name: 'Mẩy', phone: '0912345678' } }));
    const { code: english } = await submitReport(desk, reportOf({ language: 'en' }));
    await submitReport(desk, reportOf({ contact: { phone: '0912345678' } }));
    await submitReport(desk, reportOf({ contact: null }));
    await vi.waitFor(() => expect(sink.mails).toHaveLength(2), PATIENT);
    const [mail, other] = [sink.mails.find(({ text }) => text.includes(code))!, sink.mails.find(({ text }) => text.includes(english))!];
    expect([mail.from, mail.to, mail.headers.get('from'), mail.headers.get('to')]).toEqual(['tin@lachan.example', [EMAIL], 'Lá Chắn Cao Bằng <tin@lachan.example>', EMAIL]);
    expect(mail.headers.get('subject')).toBe(messages('vi').letters.mail.takenSubject(code));
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text.trim()).toBe(messages('vi').letters.mail.acknowledged(code, 'https://lachan.example/tra-cuu'));
    expect(other.text.trim()).toBe(messages('en').letters.mail.acknowledged(english, 'https://lachan.example/en/tra-cuu'));
    for (const word of [SECRET_STORY, 'Khuổi', 'Mẩy', '0912345678', '5.000.000', secret, secret.replaceAll('-', '')]) expect(JSON.stringify([...mail.headers, mail.text])).not.toContain(word);
    expect(await tablesWith(desk, EMAIL)).toEqual([]);
    expect((await journalOf(desk, id)).map(({ action, reason }) => `${action} ${reason ?? ''}`.trim())).toEqual(['receive', 'acknowledge', 'open_identity tell:acknowledged']);
  });

  it('is tried again while the mail server says "later", and comes once', async () => {
    const { sink, desk } = await deskWithMail();
    sink.refuse(2);
    const { id } = await submitReport(desk, reportOf());
    await startWorker(desk);
    await vi.waitFor(() => expect(sink.mails).toHaveLength(1), PATIENT);
    expect((await journalOf(desk, id)).filter(({ action }) => action === 'open_identity')).toHaveLength(3);
    await vi.waitFor(async () => expect((await sql`select 1 from pgboss.job where state < 'completed'`.execute(desk.owner)).rows).toHaveLength(0), PATIENT);
    expect(sink.mails).toHaveLength(1);
  });

  it('happens once when its job fails before the work, then after it, then succeeds', async () => {
    const { sink, desk } = await deskWithMail();
    const receipts = await Promise.all([submitReport(desk, reportOf()), submitReport(desk, reportOf({ contact: null }))]);
    let attempts = 0;
    const failing = JOBS.map((job): JobKind<never, Desk> => job.name !== 'acknowledge' ? job : {
      ...job,
      async run(on, data) {
        attempts += 1;
        if (attempts === 1) throw new Error('lost before the work');
        await job.run(on, data);
        if (attempts === 2) throw new Error('lost after the work');
      },
    });
    await desk.jobs.work(desk, failing, desk.log);
    await vi.waitFor(() => expect([attempts >= 3, sink.mails.length]).toEqual([true, 1]), PATIENT);
    await vi.waitFor(async () => expect((await sql`select 1 from pgboss.job where state < 'completed'`.execute(desk.owner)).rows).toHaveLength(0), PATIENT);
    expect(sink.mails).toHaveLength(1);
    for (const { id } of receipts) {
      const [row] = await desk.owner.selectFrom('report').select('state').where('id', '=', id).execute();
      expect([row!.state, (await journalOf(desk, id)).filter(({ action }) => action === 'acknowledge').length]).toEqual(['acknowledged', 1]);
    }
  });
});

describe('a picture whose report was never sent', () => {
  it('is gone after a day, with its boxes; a younger one stays', async () => {
    const desk = await testDesk();
    await importAll(desk);
    await upload(desk, 'k'.repeat(32), 'cũ.png');
    const claimed = await upload(desk, 'khoa-cua-phieu-da-gui', 'đã gửi.png');
    await submitReport(desk, reportOf({ idempotencyKey: 'khoa-cua-phieu-da-gui', uploads: [claimed] }));
    later(desk, DAY - 60_000);
    const young = await upload(desk, 'l'.repeat(32), 'mới.png');
    await run(desk, 'purge-uploads');
    expect(await filesOf(desk)).toBe(6);
    later(desk, 120_000);
    for (const _ of [1, 2]) await run(desk, 'purge-uploads');
    expect(await desk.owner.selectFrom('pending_upload').select('id').execute()).toEqual([{ id: young }]);
    expect(await desk.owner.selectFrom('attachment').select('id').execute()).toEqual([{ id: claimed }]);
    expect(await filesOf(desk)).toBe(4);
  });
});

describe('a stopped report', () => {
  it('is erased within thirty days: text, picture, identity, messages, own indicators; the journal never had any of it', async () => {
    const desk = await testDesk();
    const office = await openOffice(desk);
    const own = 'https://trang-rieng-khuoi-ky.example/otp';
    const shared = 'https://trang-chung-hai-nguoi.example/otp';
    const key = 'khoa-cua-phieu-se-dung';
    const photo = await upload(desk, key, 'ảnh Khuổi Ky.png');
    const stopped = await submitReport(desk, reportOf({ idempotencyKey: key, uploads: [photo], traces: `${own}\n${shared}\n0912 345 678` }));
    const kept = await submitReport(desk, reportOf({ narrative: 'Một phản ánh khác, được giữ lại', traces: shared, contact: null }));
    const app = await webApp(desk, 1000);
    const browser = new TestBrowser(app);
    const codes = { code: stopped.code, secret: stopped.secret };
    const opened = await browser.post('/tra-cuu', codes);
    await browser.post('/tra-cuu', { ...Object.fromEntries(hiddenFields(opened, '/tra-cuu')), go: 'reply', body: 'Nhắn thêm từ Khuổi Ky' });
    await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, stopped.id, { ...PASSED, opinion: true }, []));
    const told = await browser.post('/tra-cuu', codes);
    expect([told.status, unescapeHtml(told.html).includes(messages('vi').portal.follow.stopTitle)]).toEqual([200, true]);

    later(desk, 28 * DAY);
    await run(desk, 'erase-stopped');
    expect(await tablesWith(desk, 'Khuổi Ky')).toEqual(['attachment', 'message']);
    later(desk, 2 * DAY);
    for (const _ of [1, 2]) await run(desk, 'erase-stopped');

    for (const text of ['Khuổi Ky', 'khuoi ky', 'khuoi-ky', EMAIL, '0912345678', '912 345 678', stopped.code]) expect({ text, tables: await tablesWith(desk, text) }).toEqual({ text, tables: [] });
    expect(await filesOf(desk)).toBe(0);
    const indicators = await desk.owner.selectFrom('indicator').select('value').execute();
    expect(indicators.length).toBeGreaterThan(0);
    expect(indicators.every(({ value }) => value?.includes('trang-chung-hai-nguoi'))).toBe(true);
    expect(await desk.owner.selectFrom('report').select('id').execute()).toEqual([{ id: kept.id }]);
    const trace = await journalOf(desk, stopped.id);
    expect(trace.map(({ action }) => action)).toEqual(['receive', 'reporter_message', 'stop', 'erase']);
    expect(trace.map(({ reason }) => reason)).toEqual([null, null, 'opinion', null]);
    const gone = await browser.post('/tra-cuu', codes);
    expect([gone.status, unescapeHtml(gone.html).includes(messages('vi').portal.follow.wrong)]).toEqual([422, true]);
    expect((await browser.get(`/tra-cuu/anh/${photo}?t=${Object.fromEntries(hiddenFields(opened, '/tra-cuu')).t}`)).status).toBe(404);
    expect((await browser.post('/tra-cuu', { ...Object.fromEntries(hiddenFields(opened, '/tra-cuu')), go: 'reply', body: 'còn đó không?' })).status).toBe(422);
  });
});

describe('a database that is restarted under a running desk', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it('is said in words while it is away, and everything goes on when it is back', { timeout: 120_000 }, async () => {
    const home = await mkdtemp(join(tmpdir(), 'lachan-robust-'));
    closing.push(() => rm(home, { recursive: true, force: true }));
    let server = await startPostgres({ home, fast: true });
    closing.push(() => server.stop());
    const address = await prepareDatabase(server, 'lachan');
    const desk = await openDesk(readConfig({ LACHAN_HOME: home, LOG_LEVEL: 'silent' }), address, new SetClock(new Date('2026-11-22T02:00:00Z')));
    closing.push(() => desk.close());
    await importAll(desk);
    const browser = new TestBrowser(await webApp(desk, 1000));
    await startWorker(desk);
    const send = (key: string) => browser.send('/api/v1/reports', {
      method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify({ category: 'scam', narrative: SECRET_STORY, traces: 'https://trang-xau.example/otp' }),
    });
    // Many connections open at the moment of the restart.
    const before = await Promise.all(Array.from({ length: 20 }, (_, i) => send(`khoa-truoc-khi-dung-${i}`)));
    expect(before.map(({ status }) => status)).toEqual(before.map(() => 201));

    await server.stop();
    const page = await browser.get('/canh-bao');
    expect(page.status).toBe(503);
    expect(unescapeHtml(page.html)).toMatch(/[à-ỹ]/);
    const refused = await send('khoa-luc-dang-dung-1');
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.html).error.message).toMatch(/[à-ỹ]/);
    expect((await browser.get('/healthz')).html).toBe('ok');
    // What needs no database works.
    expect((await browser.get('/viec-can-lam/transfer_just_made')).status).toBe(200);

    server = await startPostgres({ home, fast: true });
    await vi.waitFor(async () => expect((await browser.get('/readyz')).status).toBe(200), PATIENT);
    const [again, late] = [await send('khoa-truoc-khi-dung-7'), await send('khoa-luc-dang-dung-1')];
    expect([again.status, JSON.parse(again.html).code, late.status]).toEqual([200, JSON.parse(before[7]!.html).code, 201]);
    const { code, secret } = JSON.parse(late.html);
    await vi.waitFor(async () => {
      const answer = await browser.send(`/api/v1/reports/${code}`, { headers: { authorization: `Bearer ${secret}` } });
      expect(JSON.parse(answer.html).state).toBe('acknowledged');
    }, PATIENT);
  });

  it.each(['with', 'without'])('survives the loss of all its connections, %s a worker', async (worker) => {
    const desk = await testDesk();
    await importAll(desk);
    if (worker === 'with') await startWorker(desk);
    const root = connect({ ...desk.address.owner, user: 'postgres' }, 1).db;
    onTestFinished(() => root.destroy());
    await Promise.all(Array.from({ length: 20 }, () => submitReport(desk, reportOf())));
    const { rows: cut } = await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'lachan_app'`.execute(root);
    expect(cut.length).toBeGreaterThan(1);
    const receipt = await vi.waitFor(() => submitReport(desk, reportOf()), PATIENT);
    if (worker === 'without') return expect(receipt.code).toMatch(/^PA-04-/);
    await vi.waitFor(async () => expect((await desk.owner.selectFrom('report').select('state').where('id', '=', receipt.id).executeTakeFirstOrThrow()).state).toBe('acknowledged'), PATIENT);
  });
});
