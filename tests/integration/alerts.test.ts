import type { Hono } from 'hono';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { ALERT_CHECKS } from '#catalogue/alerts.ts';
import { answerAlert, approveAlert, closeAlert, draftAlert, readAlert, recallAlert, recordAnswer, returnAlert, submitAlert, type AlertInput, type CheckAnswers } from '#modules/alerts/index.ts';
import { changeAlert, dropAlert, emptyAnswers, moveReceipts } from '#modules/alerts/commands.ts';
import { alertJobs } from '#modules/alerts/jobs.ts';
import { summaryRows, tallyOf } from '#modules/alerts/queries.ts';
import { endAgency, importAgencies } from '#modules/directory/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer, agencyId } from '../support/people.ts';

const LEAD = 'so-vhttdl';
const YES = Object.fromEntries(ALERT_CHECKS.map(({ code }) => [code, true])) as unknown as CheckAnswers;
const START = new Date('2026-11-23T02:00:00Z');

let desk: TestDesk;
let app: Hono;
let drafter: OfficerActor;
let leader: OfficerActor;
let police: OfficerActor;
let commune: OfficerActor;
let communeSecond: OfficerActor;

beforeAll(async () => {
  desk = await testDesk({ BASE_URL: 'https://desk.example' });
  desk.clock.set(START);
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
  drafter = await addOfficer(desk, LEAD, ['case_officer', 'reviewer', 'leader'], 'Nông Thị Lan');
  leader = await addOfficer(desk, LEAD, ['leader'], 'Bế Thị Hoa');
  police = await addOfficer(desk, 'cong-an-tinh', ['focal', 'case_officer', 'leader', 'reviewer'], 'Triệu Văn Xa');
  const { key } = AGENCIES.find((agency) => agency.level === 'commune')!;
  commune = await addOfficer(desk, key, ['focal'], 'Đàm Văn Thư');
  communeSecond = await addOfficer(desk, key, ['clerk'], 'Hoàng Thị Mai');
});

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const later = (ms = 60_000) => desk.clock.set(new Date(desk.clock.now().getTime() + ms));

const INPUT: AlertInput = {
  kind: 'vulnerability', urgency: 'khan', title: 'lỗ hổng trong phần mềm thư điện tử công vụ', known: 'Lỗ hổng cho phép chạy mã từ xa trên máy chủ thư điện tử chưa vá; đã bị lợi dụng ở nhiều nơi.',
  cves: ['CVE-2026-12345'], products: ['Phần mềm thư ABC bản 9.0 trở xuống'], hashes: ['a'.repeat(64)], domains: ['may-chu-dieu-khien.example'],
  actions: ['Kiểm tra phiên bản phần mềm thư điện tử.', 'Cài bản vá do nhà sản xuất phát hành.', 'Đổi mật khẩu quản trị.'], reportHow: 'Báo lại trên hệ thống hoặc gọi điện cho Sở.', days: 5, legalBasis: null,
  audience: { to: 'all' },
};

async function submitted(input: Partial<AlertInput> = {}, replaces: string | null = null): Promise<string> {
  const id = await as(drafter, (tx) => draftAlert(desk, tx, drafter, { ...INPUT, ...input }, null, replaces));
  later();
  await as(drafter, (tx) => submitAlert(tx, drafter, id, YES));
  later();
  return id;
}

async function sent(input: Partial<AlertInput> = {}, replaces: string | null = null): Promise<string> {
  const id = await submitted(input, replaces);
  await as(leader, (tx) => approveAlert(tx, leader, id, YES));
  later();
  return id;
}

const chosen = async (...keys: string[]): Promise<AlertInput['audience']> => ({ to: 'chosen', agencyIds: await Promise.all(keys.map((key) => agencyId(desk, key))) });
const nothingFound = { answer: 'nothing_found', words: '', machinesChecked: 12, machinesAffected: 0, untilOn: null } as const;
const openTasks = (alertId: string) => desk.owner.selectFrom('task as t').innerJoin('alert_receipt as r', 'r.id', 't.source_id').selectAll('t').where('r.alert_id', '=', alertId).where('t.state', '=', 'open').execute();

async function browserOf(actor: OfficerActor): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const [name, ...value] = (await cookieFor(desk, actor.officerId, actor.agencyId)).split('=');
  browser.cookies.set(name!, value.join('='));
  return browser;
}

describe('a letter to all agencies', () => {
  test('goes to each that acts, once, with task and news; its summary counts what each said', async () => {
    const acting = (await desk.owner.selectFrom('agency').select('id').where('valid_from', '<=', '2026-11-23').where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', '2026-11-23')])).execute()).map(({ id }) => id);
    const began = performance.now();
    const id = await sent();
    const took = performance.now() - began;
    const receipts = await desk.owner.selectFrom('alert_receipt').selectAll().where('alert_id', '=', id).execute();
    expect(receipts.map((row) => row.agency_id).sort()).toEqual(acting.filter((one) => one !== drafter.agencyId).sort());
    expect(receipts.length).toBeGreaterThan(70);
    expect(took).toBeLessThan(20_000);
    const letter = await desk.owner.selectFrom('alert_letter').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    // Five working days from Monday 23 November: the 24th is off (Nghị quyết 28/2026/QH16).
    expect(letter).toMatchObject({ due_on: '2026-12-01', aim: 'close_hole', duty: 'coordination', approver_id: leader.officerId, code: expect.stringMatching(/^CB-04-261123-\d{4}-\d$/) });
    const tasks = await openTasks(id);
    expect(tasks).toHaveLength(receipts.length);
    expect(new Set(tasks.map((task) => task.href))).toEqual(new Set([`/can-bo/thu-canh-bao/${id}`]));
    expect(tasks[0]).toMatchObject({ kind: 'letter', due_on: '2026-12-01', code: letter.code });
    const news = await desk.owner.selectFrom('notification').selectAll().where('code', '=', letter.code).where('officer_id', '=', police.officerId).orderBy('kind').execute();
    expect(news.map((one) => [one.kind, one.urgent])).toEqual([['alert_new', true], ['task_letter', true]]);
    const register = await desk.owner.selectFrom('document_out').selectAll().where('source_id', '=', id).execute();
    expect(register).toMatchObject([{ kind: 'cong_van', urgency: 'khan', source_entity: 'alert', number: null }]);
    expect(register[0]!.addressees).toHaveLength(receipts.length);

    await as(commune, (tx) => readAlert(tx, commune, id));
    later();
    // A second reader changes nothing: the first stays.
    await as(communeSecond, (tx) => readAlert(tx, communeSecond, id));
    await as(police, (tx) => answerAlert(desk, tx, police, id, { answer: 'handled', words: 'Đã vá 3 máy chủ.', machinesChecked: 40, machinesAffected: 3, untilOn: null }, null));
    const rows = await as(drafter, (tx) => summaryRows(tx, id));
    const own = rows.find((row) => row.agencyId === commune.agencyId)!;
    expect([own.reader, own.last]).toEqual(['Đàm Văn Thư', null]);
    expect(tallyOf(rows)).toMatchObject({ sent: receipts.length, read: 2, answered: 1, machinesChecked: 40, machinesAffected: 3, byAnswer: { handled: 1, nothing_found: 0 } });
    expect((await openTasks(id)).map((task) => task.agency_id)).not.toContain(police.agencyId);
  }, 40_000);

  test('is corrected in versions until the summary is closed; “needs help” is told to the sender as urgent', async () => {
    const id = await sent({ audience: await chosen('cong-an-tinh') });
    await as(police, (tx) => answerAlert(desk, tx, police, id, { answer: 'needs_help', words: 'Máy chủ không tự gỡ được.', machinesChecked: 5, machinesAffected: 1, untilOn: null }, { name: 'bien-ban.pdf', bytes: Buffer.from('%PDF-1.7 biên bản') }));
    const [told] = await desk.owner.selectFrom('notification').selectAll().where('kind', '=', 'alert_answered').where('href', '=', `/can-bo/thu-canh-bao/${id}/tong-hop`).where('officer_id', '=', leader.officerId).execute();
    expect(told).toMatchObject({ urgent: true });
    expect(await openTasks(id)).toHaveLength(1);
    later();
    await as(police, (tx) => answerAlert(desk, tx, police, id, { answer: 'not_finished', words: '', machinesChecked: 5, machinesAffected: 1, untilOn: '2026-11-27' }, null));
    later();
    await as(police, (tx) => answerAlert(desk, tx, police, id, nothingFound, null));
    expect(await openTasks(id)).toHaveLength(0);
    const [row] = await as(leader, (tx) => summaryRows(tx, id));
    expect([row!.versions, row!.last]).toMatchObject([3, { answer: 'nothing_found', version: 3, way: 'desk' }]);
    await as(leader, (tx) => closeAlert(tx, leader, id, 'Kết quả thư cảnh báo'));
    later();
    await expect(as(police, (tx) => answerAlert(desk, tx, police, id, nothingFound, null))).rejects.toMatchObject({ details: { state: 'closed' } });
    expect(await desk.owner.selectFrom('document_out').select('kind').where('source_id', '=', id).orderBy('kind').execute()).toEqual([{ kind: 'bao_cao' }, { kind: 'cong_van' }]);
  });

  test('what an agency tells by telephone is recorded by the sender, with who told it', async () => {
    const id = await sent({ audience: await chosen('cong-an-tinh') });
    await expect(as(leader, (tx) => recordAnswer(desk, tx, leader, id, police.agencyId, { way: 'phone', informant: '' }, nothingFound))).rejects.toMatchObject({ details: { fields: { informant: 'missing' } } });
    await as(leader, (tx) => recordAnswer(desk, tx, leader, id, police.agencyId, { way: 'phone', informant: 'Ông Triệu Văn Xa, đầu mối' }, nothingFound));
    const [row] = await as(leader, (tx) => summaryRows(tx, id));
    expect(row).toMatchObject({ readAt: null, last: { way: 'phone', informant: 'Ông Triệu Văn Xa, đầu mối', officer: 'Bế Thị Hoa' } });
    expect(tallyOf([row!])).toMatchObject({ read: 1, answered: 1 });
    // Nobody else records for another agency.
    await expect(as(police, (tx) => recordAnswer(desk, tx, police, id, police.agencyId, { way: 'paper', informant: 'Tự ghi' }, nothingFound))).rejects.toThrow();
  });

  test('recall ends the tasks and says why; a correction is a new letter that replaces it', async () => {
    const first = await sent({ audience: await chosen('cong-an-tinh') });
    const second = await sent({ audience: await chosen('cong-an-tinh'), title: 'lỗ hổng trong phần mềm thư điện tử (đính chính)' }, first);
    expect(await desk.owner.selectFrom('alert_letter').select(['replaced_by']).where('id', '=', first).executeTakeFirstOrThrow()).toEqual({ replaced_by: second });
    expect(await openTasks(first)).toHaveLength(0);
    expect(await openTasks(second)).toHaveLength(1);
    await expect(as(police, (tx) => answerAlert(desk, tx, police, first, nothingFound, null))).rejects.toMatchObject({ details: { state: 'replaced' } });
    await expect(as(leader, (tx) => recallAlert(tx, leader, second, 'x'))).rejects.toMatchObject({ details: { fields: { reason: 'length' } } });
    await as(leader, (tx) => recallAlert(tx, leader, second, 'Nhà sản xuất đính chính: phiên bản không bị ảnh hưởng.'));
    expect(await openTasks(second)).toHaveLength(0);
    await expect(as(drafter, (tx) => draftAlert(desk, tx, drafter, INPUT, null, first))).rejects.toMatchObject({ details: { state: 'replaced' } });
  });
});

describe('two people and a gate', () => {
  test('nobody approves an own draft, by the command or around it', async () => {
    const id = await submitted({ audience: await chosen('cong-an-tinh') });
    await expect(as(drafter, (tx) => approveAlert(tx, drafter, id, YES))).rejects.toMatchObject({ details: { reason: 'own_draft' } });
    await expect(as(drafter, async (tx) => {
      await sql`insert into alert_check (alert_id, officer_id, stage, technical, no_person, no_opinion, no_reputation, at) values (${id}, ${drafter.officerId}, 'approve', true, true, true, true, desk_now())`.execute(tx);
    })).rejects.toThrow(/in person/);
    await expect(as(drafter, (tx) => sql`update alert_letter set approver_id = ${drafter.officerId}, approved_at = desk_now(), due_on = desk_today() + 3 where id = ${id}`.execute(tx))).rejects.toThrow(/S7|check constraint/);
    // Nor in the name of another.
    await expect(as(drafter, (tx) => sql`update alert_letter set approver_id = ${leader.officerId}, approved_at = desk_now(), due_on = desk_today() + 3 where id = ${id}`.execute(tx))).rejects.toThrow(/S7/);
    // Another officer without the four answers.
    await expect(as(leader, (tx) => sql`update alert_letter set approver_id = ${leader.officerId}, approved_at = desk_now(), due_on = desk_today() + 3 where id = ${id}`.execute(tx))).rejects.toThrow(/S2/);
    await expect(as(leader, (tx) => approveAlert(tx, leader, id, { ...YES, no_opinion: false }))).rejects.toMatchObject({ details: { fields: { check: 'open' } } });
    await expect(as(leader, (tx) => sql`insert into alert_check (alert_id, officer_id, stage, technical, no_person, no_opinion, no_reputation, at) values (${id}, ${leader.officerId}, 'approve', true, true, false, true, desk_now())`.execute(tx)))
      .rejects.toThrow(/check constraint/);
    // Sent to nobody.
    await expect(as(leader, async (tx) => {
      await sql`insert into alert_check (alert_id, officer_id, stage, technical, no_person, no_opinion, no_reputation, at) values (${id}, ${leader.officerId}, 'approve', true, true, true, true, desk_now())`.execute(tx);
      await sql`update alert_letter set approver_id = ${leader.officerId}, approved_at = desk_now(), due_on = desk_today() + 3 where id = ${id}`.execute(tx);
    })).rejects.toThrow(/sent to nobody/);
  });

  test('a draft rests while it is with another; it comes back with a reason', async () => {
    const id = await submitted({ audience: await chosen('cong-an-tinh') });
    await expect(as(drafter, (tx) => changeAlert(desk, tx, drafter, id, { ...INPUT, title: 'tên khác hẳn' }, null))).rejects.toMatchObject({ details: { state: 'submitted' } });
    await expect(as(drafter, (tx) => sql`update alert_letter set title = 'tên khác hẳn', changed_at = desk_now() where id = ${id}`.execute(tx))).rejects.toThrow(/while nobody has it/);
    await expect(as(leader, (tx) => returnAlert(tx, leader, id, ''))).rejects.toMatchObject({ details: { fields: { reason: 'length' } } });
    await as(leader, (tx) => returnAlert(tx, leader, id, 'Ghi rõ phiên bản bị ảnh hưởng.'));
    later();
    await as(drafter, (tx) => changeAlert(desk, tx, drafter, id, { ...INPUT, title: 'lỗ hổng đã ghi rõ phiên bản' }, null));
    await expect(as(leader, (tx) => approveAlert(tx, leader, id, YES))).rejects.toMatchObject({ details: { state: 'draft' } });
    await as(drafter, (tx) => dropAlert(tx, drafter, id));
    expect(await desk.owner.selectFrom('alert_letter').select('id').where('id', '=', id).executeTakeFirst()).toBeUndefined();
  });

  test('what was approved is frozen', async () => {
    const id = await sent({ audience: await chosen('cong-an-tinh') });
    const attempts = [
      "title = 'lỗ hổng khác'", "known = repeat('x', 30)", "actions = array['Không làm gì cả']", "domains = '{khac.example}'", "due_on = due_on + 5", "approver_id = drafter_id", "replaced_by = id",
    ];
    for (const set of attempts) await expect(as(drafter, (tx) => sql`update alert_letter set ${sql.raw(set)} where id = ${id}`.execute(tx)), set).rejects.toThrow(/frozen|replaced by no letter|violates|sent/);
    await expect(as(drafter, (tx) => sql`delete from alert_letter where id = ${id}`.execute(tx).then(({ numAffectedRows }) => { if (!numAffectedRows) throw new Error('nothing'); }))).rejects.toThrow(/nothing|stays/);
    await expect(as(drafter, (tx) => sql`delete from alert_check where alert_id = ${id}`.execute(tx))).rejects.toThrow(/permission denied/);
    await expect(as(drafter, (tx) => sql`insert into alert_receipt (alert_id, agency_id, sent_to, sent_at) values (${id}, ${commune.agencyId}, ${commune.agencyId}, desk_now())`.execute(tx))).rejects.toThrow(/in the breath/);
  });

  test('other agencies write none; bases and indicators are technical', async () => {
    await expect(as(police, (tx) => draftAlert(desk, tx, police, INPUT, null, null))).rejects.toThrow(/coordinating agency/);
    const draft = (input: Partial<AlertInput>) => as(drafter, (tx) => draftAlert(desk, tx, drafter, { ...INPUT, ...input }, null, null));
    await expect(draft({ domains: ['m.facebook.com'] })).rejects.toThrow(/no technical indicator/);
    await expect(draft({ domains: ['trang.example/bai-viet'] })).rejects.toThrow(/check constraint/);
    await expect(draft({ cves: [], products: [], hashes: [], domains: [] })).rejects.toThrow(/check constraint/);
    await expect(draft({ kind: 'opinion' as never })).rejects.toThrow();
    const wrongBasis = (await desk.owner.selectFrom('legal_basis').select('code').where('category', '=', 'scam').executeTakeFirstOrThrow()).code;
    const id = await submitted({ legalBasis: wrongBasis, audience: await chosen('cong-an-tinh') });
    await expect(as(leader, (tx) => approveAlert(tx, leader, id, YES))).rejects.toThrow(/S3/);
    const basis = (await desk.owner.selectFrom('legal_basis').select('code').where('category', '=', 'malware_attack').executeTakeFirstOrThrow()).code;
    await sent({ legalBasis: basis, audience: await chosen('cong-an-tinh') });
    await expect(as(drafter, (tx) => draftAlert(desk, tx, drafter, INPUT, { name: 'x.pdf', bytes: Buffer.from('MZ…') }, null))).rejects.toMatchObject({ details: { fields: { file: 'not_pdf' } } });
  });

  test('words about opinions are pointed out to whoever submits and whoever approves', async () => {
    const id = await submitted({ known: 'Một số trang đăng thông tin sai sự thật, bôi nhọ lãnh đạo Sở; đề nghị các cơ quan gỡ.', audience: await chosen('cong-an-tinh') });
    const page = await (await browserOf(leader)).get(`/can-bo/thu-canh-bao/${id}`);
    expect(page.html).toMatch(/Trong thư có: [^<]*“sai sự thật”/);
    const clean = await submitted({ audience: await chosen('cong-an-tinh') });
    expect((await (await browserOf(leader)).get(`/can-bo/thu-canh-bao/${clean}`)).html).not.toContain('Trong thư có');
  });
});

describe('who sees what', () => {
  test('an agency sees its own letters and its own receipt; nobody reads or answers for another', async () => {
    const id = await sent({ audience: await chosen('cong-an-tinh') });
    const toBoth = await sent({ audience: { to: 'chosen', agencyIds: [police.agencyId, commune.agencyId] } });
    await as(police, (tx) => answerAlert(desk, tx, police, toBoth, { ...nothingFound, words: 'Lời của Công an tỉnh' }, null));
    later();
    const seen = await as(commune, async (tx) => ({
      letters: (await tx.selectFrom('alert_letter').select('id').where('id', 'in', [id, toBoth]).execute()).map((row) => row.id),
      receipts: await tx.selectFrom('alert_receipt').select('agency_id').where('alert_id', 'in', [id, toBoth]).execute(),
      answers: await tx.selectFrom('alert_answer').select('id').execute(), checks: await tx.selectFrom('alert_check').select('id').execute(),
      journal: await tx.selectFrom('journal').select('seq').where('entity', '=', 'alert').where('officer_id', '<>', commune.officerId).execute(),
    }));
    expect(seen).toEqual({ letters: [toBoth], receipts: [{ agency_id: commune.agencyId }], answers: [], checks: [], journal: [] });
    await expect(as(commune, (tx) => readAlert(tx, commune, id))).rejects.toMatchObject({ code: 'not_found' });
    const foreign = await desk.owner.selectFrom('alert_receipt').select('id').where('alert_id', '=', id).executeTakeFirstOrThrow();
    await expect(as(commune, (tx) => sql`insert into alert_answer (receipt_id, version, answer, way, officer_id, at) values (${foreign.id}, 1, 'handled', 'desk', ${commune.officerId}, desk_now())`.execute(tx))).rejects.toThrow(/row-level security|answers for itself/);
    // The sender neither reads nor answers in the name of an agency.
    await expect(as(leader, (tx) => sql`insert into alert_answer (receipt_id, version, answer, way, officer_id, at) values (${foreign.id}, 1, 'handled', 'desk', ${leader.officerId}, desk_now())`.execute(tx))).rejects.toThrow(/answers for itself/);
    const { numAffectedRows } = await as(leader, (tx) => sql`update alert_receipt set read_at = desk_now(), read_by = ${leader.officerId} where id = ${foreign.id}`.execute(tx));
    expect(Number(numAffectedRows)).toBe(0);
    await as(police, (tx) => readAlert(tx, police, id));
    await expect(as(police, (tx) => sql`update alert_receipt set read_at = null, read_by = null where id = ${foreign.id}`.execute(tx))).rejects.toThrow(/read once/);
    await expect(as(police, (tx) => sql`update alert_answer set words = '' where true`.execute(tx)).then(({ numAffectedRows: n }) => { if (!n) throw new Error('nothing'); })).rejects.toThrow(/nothing/);
    // A draft is nobody else’s.
    const draft = await as(drafter, (tx) => draftAlert(desk, tx, drafter, INPUT, null, null));
    expect(await as(police, (tx) => tx.selectFrom('alert_letter').select('id').where('id', '=', draft).execute())).toEqual([]);
    const outsider = await browserOf(commune);
    for (const path of ['', '/tep', '/cong-van', '/tong-hop', '/tong-hop/word', '/tong-hop/excel']) expect((await outsider.get(`/can-bo/thu-canh-bao/${id}${path}`)).status, path).toBe(404);
    for (const path of ['/cong-van', '/tong-hop', '/tong-hop/word', '/tong-hop/excel']) expect((await outsider.get(`/can-bo/thu-canh-bao/${toBoth}${path}`)).status, path).toBe(404);
  });
});

describe('the pages, without a script', () => {
  const FIELDS = {
    kind: 'malware', title: 'mã độc đòi tiền chuộc lây qua thư điện tử', known: 'Mã độc mã hóa tệp, kết nối về máy chủ điều khiển ở ngoài.', cves: '', products: '', hashes: 'B'.repeat(40),
    domains: 'hxxps://tai-ve[.]ma-doc.example/a.exe', actions: '1. Ngắt mạng máy nghi nhiễm.\n2. Quét toàn bộ máy.', report_how: 'Báo lại trên hệ thống.', days: '3', urgency: 'khan', basis: 'duty', audience: 'chosen',
  };

  test('an officer drafts, errors keep what was typed; another approves; an agency reads and answers; the sender closes', async () => {
    const office = await browserOf(drafter);
    const wrong = await office.post('/can-bo/thu-canh-bao', { ...FIELDS, title: 'x', cves: 'khong-phai-cve', agencies: police.agencyId });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Mã lỗ hổng viết như CVE-2026-12345');
    expect(wrong.html).toContain('Mã độc mã hóa tệp, kết nối về');
    expect(wrong.html).toMatch(new RegExp(`value="${police.agencyId}"[^>]*checked`));
    const form = new FormData();
    for (const [name, value] of Object.entries(FIELDS)) form.set(name, value);
    form.append('agencies', police.agencyId);
    form.append('agencies', commune.agencyId);
    form.set('file', new File([Buffer.from('%PDF-1.7 thông báo của nhà sản xuất')], 'thông báo.pdf'));
    const made = await office.post('/can-bo/thu-canh-bao', form);
    expect(made.location).toMatch(/^\/can-bo\/thu-canh-bao\/[0-9a-f-]{36}\?xong=soan$/);
    const path = made.location!.split('?')[0]!;
    expect(await desk.owner.selectFrom('alert_letter').select(['domains', 'hashes', 'actions', 'file_name']).where('id', '=', path.split('/').at(-1)!).executeTakeFirstOrThrow())
      .toEqual({ domains: ['tai-ve.ma-doc.example'], hashes: ['b'.repeat(40)], actions: ['Ngắt mạng máy nghi nhiễm.', 'Quét toàn bộ máy.'], file_name: 'thông báo.pdf' });
    later();
    const partly = await office.post(`${path}/trinh`, [['check', 'technical'], ['check', 'no_person']]);
    expect(partly.status).toBe(422);
    expect(partly.html).toContain('Phải xác nhận đủ cả bốn câu');
    const ticks = ALERT_CHECKS.map(({ code }) => ['check', code] as const);
    expect((await office.post(`${path}/trinh`, ticks)).location).toBe(`${path}?xong=trinh`);
    later();
    expect((await office.post(`${path}/duyet`, ticks)).html).toContain('Người soạn không duyệt thư của mình');
    const second = await browserOf(leader);
    expect((await second.post(`${path}/duyet`, ticks)).location).toBe(`${path}?xong=duyet`);
    later();

    const agency = await browserOf(police);
    const page = await agency.get(path);
    expect(page.html).toContain('tai-ve[.]ma-doc[.]example');
    expect(page.html).not.toContain('tai-ve.ma-doc.example');
    // Reading is pressing, not opening.
    expect(await desk.owner.selectFrom('alert_receipt').select('read_at').where('alert_id', '=', path.split('/').at(-1)!).where('read_at', 'is not', null).execute()).toEqual([]);
    expect((await agency.post(`${path}/da-doc`, {})).location).toBe(`${path}?xong=da-doc`);
    expect((await agency.get(`${path}/tep`)).headers.get('content-disposition')).toContain('attachment');
    later();
    const bad = await agency.post(`${path}/tra-loi`, { answer: 'handled', checked: '5', affected: '9', words: 'Đã gỡ xong' });
    expect(bad.status).toBe(422);
    expect(bad.html).toContain('không thể nhiều hơn số máy đã kiểm tra');
    expect(bad.html).toContain('Đã gỡ xong');
    expect((await agency.post(`${path}/tra-loi`, { answer: 'handled', checked: '1.200', affected: '9', words: 'Đã gỡ xong' })).location).toBe(`${path}?xong=tra-loi`);
    const summary = await second.get(`${path}/tong-hop`);
    expect(summary.html).toContain('1 cơ quan chưa đọc');
    expect(summary.html).toMatch(/1\.200/);
    expect((await second.post(`${path}/ghi-nhan`, { 'co-quan': commune.agencyId, way: 'phone', informant: 'Bà Mai, văn thư', answer: 'not_affected' })).location).toBe(`${path}/tong-hop?xong=ghi-nhan`);
    const [book, paper] = [await app.request(`${path}/tong-hop/excel`, { headers: { Cookie: await cookieFor(desk, leader.officerId, leader.agencyId) } }), await app.request(`${path}/cong-van`, { headers: { Cookie: await cookieFor(desk, leader.officerId, leader.agencyId) } })];
    for (const answer of [book, paper]) expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
    expect((await second.post(`${path}/tong-hop/chot`, {})).location).toBe(`${path}/tong-hop?xong=chot`);
    later();
    const late = await agency.post(`${path}/tra-loi`, { answer: 'nothing_found' });
    expect([late.status, late.html.includes('“Đã chốt”')]).toEqual([409, true]);
  });

  test('hostile input comes back or is refused, never breaks', async () => {
    const office = await browserOf(drafter);
    const bad: Record<string, string>[] = [
      {}, { ...FIELDS, domains: 'javascript:alert(1)' }, { ...FIELDS, days: '99' }, { ...FIELDS, agencies: "' or 1=1" }, { ...FIELDS, audience: 'levels', levels: 'khong-co' }, { ...FIELDS, basis: 'khong-co', agencies: police.agencyId },
      { ...FIELDS, known: '\u0000\ud800'.repeat(50) }, { ...FIELDS, actions: 'a\n'.repeat(5000) }, { ...FIELDS, domains: 'www.facebook.com', agencies: police.agencyId },
    ];
    for (const fields of bad) expect((await office.post('/can-bo/thu-canh-bao', fields)).status, JSON.stringify(fields).slice(0, 80)).toBe(422);
  });
});

describe('what runs by itself', () => {
  const run = (name: string) => alertJobs.find((job) => job.name === name)!.run(desk, {} as never);

  test('an agency that ends hands its open letters to its successor, with the task; it is not sent to any more', async () => {
    const [from, to] = AGENCIES.filter((agency) => agency.level === 'commune').slice(4, 6).map(({ key }) => key) as [string, string];
    const heir = await addOfficer(desk, to, ['focal'], 'Lương Thị Kế');
    const id = await sent({ audience: await chosen(from) });
    const both = await sent({ audience: await chosen(from, to) });
    const [fromId, toId] = [await agencyId(desk, from), await agencyId(desk, to)];
    await expect(inTransaction(desk, system('test'), (tx) => sql`select move_alert_receipts(${fromId}::uuid, ${toId}::uuid)`.execute(tx))).rejects.toThrow(/not a successor/);
    await inTransaction(desk, system('test'), (tx) => endAgency(tx, system('test'), { agencyId: fromId, lastDay: '2026-11-24', successors: [toId] }));
    desk.clock.set(new Date('2026-11-26T02:00:00Z'));
    await run('alert-heirs');
    await run('alert-heirs');
    expect(await desk.owner.selectFrom('alert_receipt').select(['agency_id', 'sent_to', 'ended_at']).where('alert_id', '=', id).execute()).toEqual([{ agency_id: toId, sent_to: fromId, ended_at: null }]);
    expect((await openTasks(id)).map((task) => task.agency_id)).toEqual([toId]);
    const rows = await as(leader, (tx) => summaryRows(tx, both));
    expect(rows.map((row) => row.agencyId)).toEqual([toId]);
    expect((await openTasks(both)).map((task) => task.agency_id)).toEqual([toId]);
    await as(heir, (tx) => answerAlert(desk, tx, heir, id, nothingFound, null));
    later();
    await expect(sent({ audience: { to: 'chosen', agencyIds: [fromId] } })).rejects.toMatchObject({ details: { reason: 'nobody' } });
    await expect(as(leader, (tx) => sql`select move_alert_receipts(${fromId}::uuid, ${toId}::uuid)`.execute(tx))).rejects.toThrow(/own job/);
    expect(await inTransaction(desk, system('test'), (tx) => moveReceipts(tx, []))).toBe(0);
  });

  test('ten working days before a long holiday the leader gets one task, once', async () => {
    const tasks = () => desk.owner.selectFrom('task').selectAll().where('kind', '=', 'other').where('code', 'like', 'nghi-%').execute();
    desk.clock.set(new Date('2026-11-30T02:00:00Z'));
    const before = (await tasks()).length;
    desk.clock.set(new Date('2027-01-28T02:00:00Z'));
    for (let day = 0; day < 6; day++) {
      await run('holiday-letters');
      later(86_400_000);
    }
    const set = (await tasks()).slice(before);
    expect(set).toHaveLength(1);
    expect(set[0]).toMatchObject({ agency_id: leader.agencyId, title: expect.stringContaining('Chuẩn bị thư cảnh báo dịp nghỉ'), href: '/can-bo/thu-canh-bao/moi?loai=holiday_risk' });
    expect([drafter.officerId, leader.officerId]).toContain(set[0]!.officer_id);
  });

  test('words, informants and files of answers end after 60 months; answers and figures stay', async () => {
    const words = () => desk.owner.selectFrom('alert_answer').select(['answer', 'words', 'informant', 'file_ref', 'machines_checked']).execute();
    expect((await words()).some((row) => row.file_ref !== null)).toBe(true);
    expect(await inTransaction(desk, system('purge-alerts'), emptyAnswers)).toMatchObject({ emptied: 0 });
    desk.clock.set(new Date('2032-03-01T02:00:00Z'));
    await run('purge-alerts');
    const after = await words();
    expect(after.every((row) => ['', 'đã xóa'].includes(row.words) && ['', 'đã xóa'].includes(row.informant) && row.file_ref === null)).toBe(true);
    expect(after.some((row) => row.machines_checked === 40)).toBe(true);
    expect(await inTransaction(desk, system('purge-alerts'), emptyAnswers)).toMatchObject({ emptied: 0 });
  });
});
