import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import sharp from 'sharp';
import type { Hono } from 'hono';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { decideSecond, submitDraft } from '#modules/decisions/index.ts';
import { keepUpload } from '#modules/intake/index.ts';
import { sharingJobs } from '#modules/sharing/index.ts';
import { canonicalJson } from '#modules/sharing/packs/manifest.ts';
import { isSignedBy } from '#modules/sharing/packs/signing.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { addRecipients, completeDraft, openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';
import { pagesOf, printAll } from '../support/paper.ts';

let desk: TestDesk;
let app: Hono;
let office: Office;
let police: OfficerActor;
let found: { caseId: string; number: string; reportId: string; items: string[]; picture: Buffer };
const WHY = 'Chuyển tài liệu để xác minh số điện thoại.';

beforeAll(async () => {
  desk = await testDesk();
  app = await webApp(desk, 1e6);
  office = await openOffice(desk);
  police = await addOfficer(desk, 'cong-an-tinh', ['case_officer'], 'Triệu Văn Nhận');
  await addRecipients(desk);
  const key = 'khoa-ban-giao-0000001';
  const picture = await sharp({ create: { width: 640, height: 400, channels: 3, background: '#224466' } }).withExif({ IFD0: { Make: 'May-chup' } }).jpeg().toBuffer();
  const upload = await keepUpload(desk, key, { field: 'file', name: 'anh.jpg', bytes: picture, tooLarge: false });
  const { caseId, reportIds: [reportId] } = await verifiedCase(desk, office, [reportOf({ category: 'phishing_impersonation', uploads: [upload.id], idempotencyKey: key, narrative: 'Số 0912345678 gọi bảo vào https://vneid-capnhat.example/otp', contact: { name: 'Nông Thị Kín', phone: '0987654321' } })]);
  const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
  found = { caseId, number, reportId: reportId!, items: [`report.${reportId}`, `attachment.${upload.id}`], picture };
}, 60_000);

const cookies = new Map<string, string>();
async function ask(actor: OfficerActor, path: string, form?: Record<string, string | string[]>): Promise<{ status: number; html: string; bytes: Buffer; to: string }> {
  const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
  cookies.set(actor.officerId, cookie);
  const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])));
  const answer = await app.request(path, { method: form ? 'POST' : 'GET', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }, body, redirect: 'manual' });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, html: bytes.toString(), bytes, to: answer.headers.get('location') ?? '' };
}
const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(desk, actor, work);
const packs = (rest = '') => `/can-bo/phoi-hop/${found.number}/goi${rest}`;
const newest = () => desk.owner.selectFrom('hand_over_pack').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();

async function draft(changes: Record<string, string | string[]> = {}): Promise<Awaited<ReturnType<typeof newest>>> {
  const answer = await ask(office.drafter, packs(), { target: 'agency', agency: police.agencyId, why: WHY, item: found.items, days: '30', ...changes });
  expect(answer.to, answer.html.slice(0, 4000)).toContain('xong=da-lap');
  return newest();
}
const approve = (code: string, by = office.reviewer, what = 'duyet') => ask(by, packs(`/${code}/duyet`), { do: what, reason: 'Đúng mục đích, đủ tài liệu.' });
async function made(changes: Record<string, string | string[]> = {}): Promise<Awaited<ReturnType<typeof newest>>> {
  const { code } = await draft(changes);
  expect((await approve(code)).to).toContain('da-duyet');
  expect((await ask(office.drafter, packs(`/${code}/tao`), {})).to).toContain('da-tao');
  return newest();
}

describe('who drafts, who approves', () => {
  test('never the drafter, on the screen and in the database; only a reviewer or leader; with a reason', async () => {
    const { code, id } = await draft();
    expect((await approve(code, office.drafter)).status).toBe(422);
    await expect(as(office.drafter, (tx) => tx.updateTable('hand_over_pack').set({ approver_id: office.drafter.officerId, approved_at: tx.now, approve_reason: 'Tôi tự duyệt gói này.' }).where('id', '=', id).execute())).rejects.toThrow(/check/);
    expect((await approve(code, office.clerk)).status).toBe(404);
    expect((await ask(office.reviewer, packs(`/${code}/duyet`), { do: 'duyet', reason: 'ừ' })).status).toBe(422);
    expect((await ask(office.drafter, packs(`/${code}/tao`), {})).status).toBe(409);
    expect((await approve(code, office.reviewer, 'tu-choi')).to).toContain('da-tu-choi');
    expect((await approve(code, office.leader)).status).toBe(409);
  });

  test('outside: police need a referral in force, another province that or a written ground', async () => {
    const outside = { target: 'police', agency: '', recipientName: 'Công an thành phố Hải Phòng' };
    const { code } = await draft(outside);
    expect((await approve(code)).status).toBe(422);
    const bare = await draft({ ...outside, target: 'province', recipientName: 'Sở VHTTDL tỉnh Lạng Sơn' });
    expect((await approve(bare.code)).status).toBe(422);
    const grounded = await draft({ ...outside, target: 'province', recipientName: 'Sở VHTTDL tỉnh Lạng Sơn', legalGround: 'Điều 9 quy chế phối hợp giữa hai tỉnh, ký ngày 02/02/2026.' });
    expect((await approve(grounded.code)).to).toContain('da-duyet');
    const decisionId = await completeDraft(desk, office, found.caseId, 'REFERRAL_POLICE');
    await as(office.drafter, (tx) => submitDraft(tx, office.drafter, decisionId));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, decisionId, PASSED, [], EFFECTS));
    expect((await approve(code)).to).toContain('da-duyet');
  });

  test('what is missing comes back with what was typed', async () => {
    const answer = await ask(office.drafter, packs(), { target: 'agency', agency: police.agencyId, why: 'ngắn', days: '900', recipientName: 'Nơi đã gõ' });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('Nơi đã gõ');
    expect(answer.html).toContain('Từ 1 đến 90 ngày.');
  });
});

describe('what is in a pack', () => {
  test('texts, marked copies, unchanged originals, minutes, and a manifest whose signature and hashes hold', async () => {
    const pack = await made({ originals: '1' });
    const got = await ask(police, `/can-bo/goi-nhan/${pack.code}/tep`);
    expect(createHash('sha256').update(got.bytes).digest()).toEqual(pack.sha256);
    const files = unzipSync(got.bytes);
    expect(Object.keys(files).sort()).toEqual(['BIEN-BAN-BAN-GIAO.docx', 'anh-goc/anh-001.jpg', 'anh-xem/anh-001.jpg', 'manifest.json', 'manifest.sig', 'noi-dung.json', 'noi-dung.txt']);
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString());
    expect(canonicalJson(manifest)).toBe(Buffer.from(files['manifest.json']!).toString());
    for (const { name, bytes, sha256 } of manifest.files) expect([name, files[name]!.length, createHash('sha256').update(files[name]!).digest('hex')]).toEqual([name, bytes, sha256]);
    expect(manifest.files.length).toBe(5);
    expect(manifest).toMatchObject({ code: pack.code, case: found.number, by: { province: '04' } });
    const published = await (await app.request('/.well-known/la-chan.json')).json() as { signing: { publicKey: string } };
    expect(manifest.by.publicKey).toBe(published.signing.publicKey);
    const key = Buffer.from(published.signing.publicKey, 'base64');
    expect(isSignedBy(key, files['manifest.json']!, files['manifest.sig']!)).toBe(true);
    const altered = Buffer.from(files['manifest.json']!);
    altered[40]! ^= 1;
    expect(isSignedBy(key, altered, files['manifest.sig']!)).toBe(false);
    expect(isSignedBy(Buffer.alloc(32, 7), files['manifest.json']!, files['manifest.sig']!)).toBe(false);
    expect(isSignedBy(Buffer.alloc(3), files['manifest.json']!, Buffer.alloc(0))).toBe(false);
    // The original is bit for bit what came; the copy is another picture and carries nothing of the camera.
    expect(Buffer.from(files['anh-goc/anh-001.jpg']!).equals(found.picture)).toBe(true);
    const [plain, copy] = await Promise.all([sharp(found.picture).greyscale().stats(), sharp(files['anh-xem/anh-001.jpg']!).greyscale().stats()]);
    expect(copy.channels[0]!.stdev).toBeGreaterThan(plain.channels[0]!.stdev + 2);
    expect((await sharp(files['anh-xem/anh-001.jpg']!).metadata()).exif).toBeUndefined();
    const words = Buffer.from(files['noi-dung.txt']!).toString() + Buffer.from(files['noi-dung.json']!).toString();
    expect(words).toContain('vneid-capnhat.example');
    for (const hidden of ['0912345678', 'Nông Thị Kín', '0987654321', 'Nông Thị Lan']) expect(words).not.toContain(hidden);

    const folder = await mkdtemp(join(tmpdir(), 'bien-ban-'));
    const pdf = (await printAll(folder, { minutes: files['BIEN-BAN-BAN-GIAO.docx']! }))['minutes']!;
    const text = (await pagesOf(pdf)).flatMap(({ words: all }) => all.map((word) => word.text)).join(' ');
    expect(text).toContain('BIÊN BẢN');
    expect(text).toContain(pack.code);
    const squeezed = text.replaceAll(/\s/g, '');
    for (const { name, sha256 } of manifest.files.filter((one: { name: string }) => !one.name.endsWith('.docx'))) expect(squeezed, name).toContain(sha256.slice(0, 16));
    expect(text).toMatch(/ĐẠI DIỆN BÊN GIAO|Đại diện bên giao/i);
  }, 60_000);

  test('no originals unless somebody ticked them', async () => {
    const pack = await made();
    expect(Object.keys(unzipSync((await ask(police, `/can-bo/goi-nhan/${pack.code}/tep`)).bytes))).not.toContain('anh-goc/anh-001.jpg');
  });

  test('the contact: to police only, with a reason of its own, journaled, and the reporter is told', async () => {
    const contact = { contact: found.reportId, contactReason: 'Cơ quan điều tra cần hỏi trực tiếp người bị hại trong ngày.' };
    const refused = await ask(office.drafter, packs(), { target: 'agency', agency: office.drafter.agencyId, why: WHY, item: found.items, days: '30', ...contact });
    expect(refused.status).toBe(422);
    expect((await ask(office.drafter, packs(), { target: 'province', recipientName: 'Tỉnh khác', why: WHY, item: found.items, days: '30', ...contact })).status).toBe(422);
    expect((await ask(office.drafter, packs(), { target: 'agency', agency: police.agencyId, why: WHY, item: found.items, days: '30', contact: found.reportId, contactReason: 'cần' })).status).toBe(422);
    const pack = await made(contact);
    const files = unzipSync((await ask(police, `/can-bo/goi-nhan/${pack.code}/tep`)).bytes);
    expect(Buffer.from(files['lien-he/nguoi-phan-anh.txt']!).toString()).toContain('0987654321');
    const [opening] = await desk.owner.selectFrom('journal').select(['reason', 'officer_id']).where('action', '=', 'open_identity').where('entity_id', '=', found.reportId).execute();
    expect(opening).toMatchObject({ officer_id: office.drafter.officerId, reason: expect.stringContaining(pack.code) });
    const { body } = await desk.owner.selectFrom('message').select('body').where('report_id', '=', found.reportId).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(body).toContain(contact.contactReason);
  });

  test('making that fails half-way opens no contact and tells nobody; pressed twice it opens and tells once', async () => {
    const { code } = await draft({ contact: found.reportId, contactReason: 'Cơ quan điều tra cần hỏi lại người bị hại trong ngày hôm nay.' });
    await approve(code);
    const opened = async () => (await desk.owner.selectFrom('journal').select('seq').where('action', '=', 'open_identity').where('reason', 'like', `${code}%`).execute()).length;
    const told = async () => (await desk.owner.selectFrom('message').select('id').where('body', 'like', `%${code}%`).execute()).length;
    const full = vi.spyOn(desk.files, 'put').mockRejectedValueOnce(new Error('the disk is full'));
    expect((await ask(office.drafter, packs(`/${code}/tao`), {})).status).toBe(500);
    full.mockRestore();
    expect([await opened(), await told()]).toEqual([0, 0]);
    const pressed = await Promise.all([1, 2].map(() => ask(office.drafter, packs(`/${code}/tao`), {})));
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect([await opened(), await told()]).toEqual([1, 1]);
  });
});

describe('after it was made', () => {
  test('the agency it is for downloads it and gives a receipt by pressing; nobody else sees it', async () => {
    const pack = await made();
    expect((await ask(office.stranger, `/can-bo/goi-nhan/${pack.code}`)).status).toBe(200);
    const elsewhere = await addOfficer(desk, 'vnpt', ['case_officer']);
    for (const path of ['', '/tep']) expect((await ask(elsewhere, `/can-bo/goi-nhan/${pack.code}${path}`)).status).toBe(404);
    expect((await ask(elsewhere, packs())).status).toBe(404);
    expect((await newest()).read_at).toBeNull();
    expect((await ask(police, `/can-bo/goi-nhan/${pack.code}/da-nhan`, {})).to).toContain('da-nhan');
    expect(await newest()).toMatchObject({ read_by: police.officerId });
  });

  test('recalled: unreadable for everybody from that moment, the file is gone, the recipient is told', async () => {
    const pack = await made();
    expect((await ask(office.drafter, packs(`/${pack.code}/thu-hoi`), { why: 'Gửi nhầm ảnh của người khác.' })).to).toContain('da-thu-hoi-goi');
    for (const [who, path] of [[police, `/can-bo/goi-nhan/${pack.code}/tep`], [police, `/can-bo/goi-nhan/${pack.code}`], [office.drafter, packs(`/${pack.code}/tep`)]] as const) expect((await ask(who, path)).status).toBe(404);
    expect((await ask(police, `/can-bo/goi-nhan/${pack.code}/da-nhan`, {})).status).toBe(404);
    await expect(desk.files.get(pack.file_ref!)).rejects.toThrow();
    const told = await desk.owner.selectFrom('notification').select('kind').where('officer_id', '=', police.officerId).where('code', '=', pack.code).execute();
    expect(told.map(({ kind }) => kind).sort()).toEqual(['pack_ready', 'pack_recalled']);
    await expect(sql`update hand_over_pack set recalled_at = null, recalled_by = null, recall_reason = null where id = ${pack.id}`.execute(desk.owner)).rejects.toThrow(/stays recalled/);
  });

  test('an office outside signs on paper: recorded once', async () => {
    const pack = await made({ target: 'province', agency: '', recipientName: 'Sở VHTTDL tỉnh Lạng Sơn', legalGround: 'Điều 9 quy chế phối hợp giữa hai tỉnh, ký ngày 02/02/2026.' });
    const receipt = { office: 'Văn thư Sở VHTTDL tỉnh Lạng Sơn', number: '07/BB', on: '22/11/2026' };
    expect((await ask(office.drafter, packs(`/${pack.code}/ky-nhan`), { ...receipt, office: '' })).status).toBe(422);
    expect((await ask(office.drafter, packs(`/${pack.code}/ky-nhan`), receipt)).to).toContain('da-ghi-nhan');
    expect((await ask(office.drafter, packs(`/${pack.code}/ky-nhan`), receipt)).status).toBe(409);
  });

  test('its days over: gone on that moment, its file by the job', async () => {
    const pack = await made({ days: '2' });
    desk.clock.set(new Date(desk.clock.now().getTime() + 2 * 86_400_000 + 1000));
    // The session of a recipient has ended by then; what counts is the look-up itself.
    expect(await as(police, (tx) => tx.selectFrom('hand_over_pack').select('id').where('id', '=', pack.id).execute())).toEqual([]);
    await sharingJobs.find(({ name }) => name === 'purge-packs')!.run(desk, {} as never);
    await expect(desk.files.get(pack.file_ref!)).rejects.toThrow();
    expect((await desk.owner.selectFrom('hand_over_pack').select('file_ref').where('id', '=', pack.id).executeTakeFirstOrThrow()).file_ref).toBeNull();
  });
});
