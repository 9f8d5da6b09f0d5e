import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerGate } from '#modules/cases/index.ts';
import { keepUpload } from '#modules/intake/index.ts';
import { sharingJobs } from '#modules/sharing/index.ts';
import { canonicalJson } from '#modules/sharing/packs/manifest.ts';
import { openEnvelope, PACK_FAULTS, PackRefused, readContents, requireSignature, type PackFault } from '#modules/sharing/packs/reading.ts';
import { fingerprint, publicKeyOf } from '#modules/sharing/packs/signing.ts';
import type { Manifest } from '#modules/sharing/packs/types.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { messages } from '#web/i18n/index.ts';
import { webApp } from '../../src/server.ts';
import { openOffice, PASSED, reportOf, verifiedCase, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { cookieFor } from '../support/identity.ts';
import { addOfficer } from '../support/people.ts';

/** One deployment: `sender` is Lạng Sơn (20), `receiver` Cao Bằng (04). */
interface Side {
  readonly desk: TestDesk;
  readonly app: Hono;
  readonly office: Office;
  readonly admins: readonly [OfficerActor, OfficerActor];
  readonly cookies: Map<string, string>;
}

let sender: Side;
let receiver: Side;
let found: { number: string; items: string[] };
let peerId: string;

async function side(): Promise<Side> {
  const desk = await testDesk();
  const office = await openOffice(desk);
  const admins = [await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Lục Văn Máy'), await addOfficer(desk, 'so-vhttdl', ['administrator'], 'Hứa Thị Khóa')] as const;
  return { desk, app: await webApp(desk, 1e6), office, admins, cookies: new Map() };
}

async function ask({ desk, app, cookies }: Side, actor: OfficerActor, path: string, form?: Record<string, string | string[]> | FormData): Promise<{ status: number; html: string; bytes: Buffer; to: string }> {
  const cookie = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
  cookies.set(actor.officerId, cookie);
  const body = form instanceof FormData ? form : form && new URLSearchParams(Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])));
  const answer = await app.request(path, { method: form ? 'POST' : 'GET', headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }, body, redirect: 'manual' });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, html: bytes.toString(), bytes, to: answer.headers.get('location') ?? '' };
}

const IMPORT = '/can-bo/goi-nhan/nhap';
const PEERS = '/can-bo/phoi-hop/noi-trao-doi';
const { faults } = messages('vi').peers;

function upload(bytes: Uint8Array, by = receiver.office.gate): ReturnType<typeof ask> {
  const form = new FormData();
  form.append('tep', new File([new Uint8Array(bytes)], 'goi.zip', { type: 'application/zip' }));
  return ask(receiver, by, IMPORT, form);
}

/** Refused with this sentence, and nothing kept but a row of the journal with the hash. */
async function refused(bytes: Uint8Array, fault: PackFault): Promise<void> {
  const count = async () => (await sql<{ n: number }>`select (select count(*) from arrival)::int + (select count(*) from incoming_pack)::int as n`.execute(receiver.desk.owner)).rows[0]!.n;
  const before = await count();
  const answer = await upload(bytes);
  expect([answer.status, answer.html.includes(faults[fault])], `${fault}: ${Object.entries(faults).find(([, words]) => answer.html.includes(words))?.[0]}`).toEqual([422, true]);
  expect(await count()).toBe(before);
  const { detail } = await receiver.desk.owner.selectFrom('journal').select('detail').where('action', '=', 'refuse_incoming_pack').orderBy('seq', 'desc').executeTakeFirstOrThrow();
  expect(detail).toMatchObject({ reason: fault, sha256: createHash('sha256').update(bytes).digest('hex') });
}

/** A pack made on the sending desk, downloaded by its officer. */
async function exported(changes: Record<string, string | string[]> = {}): Promise<{ bytes: Buffer; code: string }> {
  const { office } = sender;
  const packs = (rest = '') => `/can-bo/phoi-hop/${found.number}/goi${rest}`;
  const drafted = await ask(sender, office.drafter, packs(), {
    target: 'province', recipientName: 'Sở VHTTDL tỉnh Cao Bằng', province: '04', why: 'Người bị hại sống ở Cao Bằng.', legalGround: 'Điều 9 quy chế phối hợp giữa hai tỉnh, ký ngày 02/02/2026.',
    item: found.items, days: '30', ...changes,
  });
  expect(drafted.to, drafted.html.slice(0, 3000)).toContain('da-lap');
  const { code } = await sender.desk.owner.selectFrom('hand_over_pack').select('code').orderBy('id', 'desc').executeTakeFirstOrThrow();
  expect((await ask(sender, office.reviewer, packs(`/${code}/duyet`), { do: 'duyet', reason: 'Đúng mục đích, đủ tài liệu.' })).to).toContain('da-duyet');
  expect((await ask(sender, office.drafter, packs(`/${code}/tao`), {})).to).toContain('da-tao');
  return { bytes: (await ask(sender, office.drafter, packs(`/${code}/tep`))).bytes, code };
}

beforeAll(async () => {
  // The second one is the same province's sample directory under another number: what counts here is whose key and which province a pack names.
  [receiver, sender] = [await side(), await side()];
  Object.assign(sender.desk.config, { PROVINCE: '20' });
  await sender.desk.owner.updateTable('competence').set({ province_code: '20' }).where('province_code', '=', '04').execute();
  const key = 'khoa-goi-lien-tinh-01';
  const picture = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#226644' } }).jpeg().toBuffer();
  const kept = await keepUpload(sender.desk, key, { field: 'file', name: 'anh.jpg', bytes: picture, tooLarge: false });
  const { caseId, reportIds: [reportId] } = await verifiedCase(sender.desk, sender.office, [reportOf({
    category: 'phishing_impersonation', uploads: [kept.id], idempotencyKey: key, communeCode: null, narrative: 'Số 0912345678 gọi bảo bà tôi vào https://vneid-capnhat.example/otp để nhập mã.',
    contact: { name: 'Nông Thị Kín', phone: '0987654321' },
  })]);
  const { number } = await sender.desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
  const traces = await sender.desk.owner.selectFrom('report_indicator').select('indicator_id').where('report_id', '=', reportId!).execute();
  found = { number, items: [`report.${reportId}`, `attachment.${kept.id}`, ...traces.map(({ indicator_id: id }) => `indicator.${id}`)] };
}, 120_000);

describe('desks of other provinces', () => {
  test('one administrator adds a key, another confirms it; on the screen and in the database', async () => {
    const [first, second] = receiver.admins;
    const key = await publicKeyOf(sender.desk);
    const page = await ask(receiver, first, PEERS);
    expect(page.html).toContain(fingerprint(await publicKeyOf(receiver.desk)));
    const wrong = await ask(receiver, first, PEERS, { name: 'Nơi đã gõ', province: '04', key: 'abc', address: 'http://khong-ma-hoa.example' });
    expect(wrong.status).toBe(422);
    for (const words of ['Nơi đã gõ', ...(['province', 'key', 'address'] as const).map((field) => messages('vi').peers.errors[field])]) expect(wrong.html).toContain(words);
    const added = { name: 'Sở VHTTDL tỉnh Lạng Sơn', province: '20', key: key.toString('base64'), address: '' };
    expect((await ask(receiver, first, PEERS, { ...added, key: (await publicKeyOf(receiver.desk)).toString('base64') })).status).toBe(422);
    expect((await ask(receiver, first, PEERS, added)).to).toContain('da-them');
    expect((await ask(receiver, second, PEERS, added)).status).toBe(409);
    ({ id: peerId } = await receiver.desk.owner.selectFrom('peer').select('id').executeTakeFirstOrThrow());
    const { bytes } = await exported();
    await refused(bytes, 'sender_unconfirmed');
    expect((await ask(receiver, first, `${PEERS}/${peerId}/xac-nhan`, {})).status).toBe(409);
    const self = inTransaction(receiver.desk, first, (tx) => tx.updateTable('peer').set({ confirmed_by: first.officerId, confirmed_at: tx.now }).where('id', '=', peerId).execute());
    await expect(self).rejects.toThrow(/second administrator|check/);
    const forged = inTransaction(receiver.desk, first, (tx) => tx.updateTable('peer').set({ confirmed_by: second.officerId, confirmed_at: tx.now }).where('id', '=', peerId).execute());
    await expect(forged).rejects.toThrow(/second administrator/);
    expect((await ask(receiver, second, `${PEERS}/${peerId}/xac-nhan`, {})).to).toContain('da-xac-nhan');
    expect((await ask(receiver, second, `${PEERS}/${peerId}/xac-nhan`, {})).status).toBe(409);
    await expect(inTransaction(receiver.desk, second, (tx) => sql`update peer set name = 'khác' where id = ${peerId}`.execute(tx))).rejects.toThrow(/permission denied/);
  });

  test('only administrators of the agency that coordinates; only its intake takes packs in', async () => {
    const { office, admins: [admin] } = receiver;
    const foreignAdmin = await addOfficer(receiver.desk, 'vnpt', ['administrator', 'intake']);
    expect((await ask(receiver, office.gate, PEERS)).status).toBe(404);
    expect((await ask(receiver, admin, IMPORT)).status).toBe(404);
    for (const path of [PEERS, IMPORT]) {
      const page = await ask(receiver, foreignAdmin, path);
      expect(page.html).not.toContain('Lạng Sơn');
      expect((await ask(receiver, foreignAdmin, path, { name: 'x' })).status).toBe(404);
    }
    expect((await ask(receiver, foreignAdmin, `${PEERS}/${peerId}/ngung`, { reason: 'Không thuộc về họ.' })).status).toBe(404);
    const smuggled = inTransaction(receiver.desk, foreignAdmin, (tx) => tx.insertInto('peer').values({ agency_id: foreignAdmin.agencyId, name: 'Nơi lạ', province_code: '20', public_key: Buffer.alloc(32, 9), added_by: foreignAdmin.officerId, added_at: tx.now }).execute());
    await expect(smuggled).rejects.toThrow(/coordinating agency/);
  });
});

describe('a pack that goes across', () => {
  test('is read, becomes a report, and waits before the gate of the desk that took it in', async () => {
    const { bytes, code } = await exported({ originals: '1' });
    const { to } = await upload(bytes, receiver.office.clerk);
    expect(to).toContain('da-nhap');
    const path = to.split('?')[0]!;
    const page = await ask(receiver, receiver.office.clerk, path);
    for (const words of [code, found.number, 'vneid-capnhat[.]example', 'Sở VHTTDL tỉnh Lạng Sơn']) expect(page.html).toContain(words);
    for (const hidden of ['https://vneid-capnhat.example', 'Nông Thị Kín', '0987654321', '0912345678']) expect(page.html).not.toContain(hidden);
    expect(page.html).toContain(`src="${path}/anh/1"`);
    expect((await sharp((await ask(receiver, receiver.office.clerk, `${path}/anh/1`)).bytes).metadata()).format).toBe('jpeg');
    expect((await ask(receiver, receiver.office.clerk, `${path}/anh/2`)).status).toBe(404);
    const foreign = await addOfficer(receiver.desk, 'cong-an-tinh', ['intake', 'case_officer', 'clerk']);
    for (const rest of ['', '/anh/1']) expect((await ask(receiver, foreign, path + rest)).status).toBe(404);
    expect(await receiver.desk.owner.selectFrom('report').select('id').execute()).toEqual([]);

    expect((await ask(receiver, receiver.office.clerk, `${path}/tiep-nhan`, { category: '' })).status).toBe(422);
    const pressed = await Promise.all([1, 2].map(() => ask(receiver, receiver.office.clerk, `${path}/tiep-nhan`, { category: 'phishing_impersonation' })));
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 409]);
    const [report, ...more] = await receiver.desk.owner.selectFrom('report').selectAll().execute();
    expect(more).toEqual([]);
    expect(report).toMatchObject({ channel: 'edoc', reporter_kind: 'anonymous', sender_agency_id: null, category: 'phishing_impersonation' });
    expect(['received', 'acknowledged']).toContain(report!.state);
    expect(report!.narrative).toContain('bà tôi');
    expect(await receiver.desk.owner.selectFrom('reporter_identity').selectAll().execute()).toEqual([]);
    const traces = await receiver.desk.owner.selectFrom('report_indicator').innerJoin('indicator', 'indicator.id', 'indicator_id').select('value').where('report_id', '=', report!.id).execute();
    expect(traces.map(({ value }) => value)).toContain('vneid-capnhat.example/otp');
    expect(await receiver.desk.owner.selectFrom('attachment').select('id').where('report_id', '=', report!.id).execute()).toHaveLength(1);
    const { body } = await receiver.desk.owner.selectFrom('note').select('body').where('report_id', '=', report!.id).executeTakeFirstOrThrow();
    for (const words of [code, found.number, 'Sở VHTTDL tỉnh Lạng Sơn']) expect(body).toContain(words);
    const arrival = await receiver.desk.owner.selectFrom('arrival').selectAll().where('report_id', '=', report!.id).executeTakeFirstOrThrow();
    expect(arrival).toMatchObject({ media: 'pack', state: 'taken' });
    expect((await receiver.desk.files.get(arrival.original_ref!)).equals(bytes)).toBe(true);
    expect((await ask(receiver, receiver.office.clerk, path)).html).not.toContain('bà tôi');
    // Its gate is answered here, and may stop it.
    await inTransaction(receiver.desk, receiver.office.gate, (tx) => answerGate(receiver.desk, tx, receiver.office.gate, report!.id, { ...PASSED, opinion: true }, []));
    expect((await receiver.desk.owner.selectFrom('report').select('state').where('id', '=', report!.id).executeTakeFirstOrThrow()).state).toBe('stopped');
    expect((await ask(receiver, receiver.office.clerk, path)).html).not.toContain('bà tôi');
    await refused(bytes, 'seen');
  }, 60_000);

  test('two at once: one is taken in', async () => {
    const { bytes, code } = await exported();
    // The same pack in two wrappings, and twice in the same one.
    const again = Buffer.from(zipSync(unzipSync(bytes), { level: 0 }));
    const answers = await Promise.all([bytes, bytes, again, again].map((one, index) => upload(one, index % 2 ? receiver.office.gate : receiver.office.clerk)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
    expect(await receiver.desk.owner.selectFrom('incoming_pack').select('id').where('code', '=', code).execute()).toHaveLength(1);
    expect(await receiver.desk.owner.selectFrom('arrival').select('id').where('media', '=', 'pack').where('state', '=', 'waiting').execute()).toHaveLength(1);
  }, 30_000);

  test('not taken in: with a reason, and the recall note of its sender is noted', async () => {
    const { bytes, code } = await exported();
    const path = (await upload(bytes)).to.split('?')[0]!;
    expect((await ask(receiver, receiver.office.gate, `${path}/khong-nhan`, { reason: 'x' })).status).toBe(422);
    const packs = `/can-bo/phoi-hop/${found.number}/goi/${code}`;
    expect((await ask(sender, sender.office.drafter, `${packs}/giay-thu-hoi`)).status).toBe(404);
    expect((await ask(sender, sender.office.drafter, `${packs}/thu-hoi`, { why: 'Gửi nhầm ảnh của người khác.' })).to).toContain('da-thu-hoi-goi');
    const note = (await ask(sender, sender.office.drafter, `${packs}/giay-thu-hoi`)).bytes;
    const tampered = unzipSync(note);
    tampered['thu-hoi.json'] = Buffer.from(Buffer.from(tampered['thu-hoi.json']!).toString().replace('Gửi nhầm', 'Gửi đúng'));
    await refused(zipSync(tampered), 'signature');
    expect((await upload(note)).to).toContain('da-ghi-thu-hoi');
    await refused(note, 'seen');
    expect((await ask(receiver, receiver.office.gate, path)).html).toContain('Gửi nhầm ảnh của người khác.');
    expect((await ask(receiver, receiver.office.gate, `${path}/tiep-nhan`, { category: 'scam' })).status).toBe(409);
    expect((await ask(receiver, receiver.office.gate, `${path}/khong-nhan`, { reason: 'Nơi gửi đã thu hồi.' })).to).toContain('khong-nhan');
    const { arrival_id: arrival } = await receiver.desk.owner.selectFrom('incoming_pack').select('arrival_id').where('code', '=', code).executeTakeFirstOrThrow();
    expect(await receiver.desk.owner.selectFrom('arrival').select('state').where('id', '=', arrival!).executeTakeFirst()).toEqual({ state: 'discarded' });
  }, 30_000);
});

describe('a pack that is refused', () => {
  let good: Record<string, Uint8Array>;
  let bytes: Buffer;
  beforeAll(async () => {
    ({ bytes } = await exported({ originals: '1' }));
    good = unzipSync(bytes);
  });

  /** The pack under a key of ours, which the test may confirm or not. */
  const stranger = generateKeyPairSync('ed25519');
  const strangerKey = Buffer.from(stranger.publicKey.export({ format: 'jwk' }).x!, 'base64url');
  function resigned(changes: (manifest: { -readonly [K in keyof Manifest]: Manifest[K] }) => void, files: Record<string, Uint8Array> = {}): Uint8Array {
    const manifest = JSON.parse(Buffer.from(good['manifest.json']!).toString()) as { -readonly [K in keyof Manifest]: Manifest[K] };
    manifest.by = { ...manifest.by, publicKey: strangerKey.toString('base64') };
    manifest.id = crypto.randomUUID();
    const rest = { ...good, ...files };
    manifest.files = manifest.files.map((file) => ({ ...file, bytes: rest[file.name]!.length, sha256: createHash('sha256').update(rest[file.name]!).digest('hex') }));
    changes(manifest);
    const json = Buffer.from(canonicalJson(manifest));
    return zipSync({ ...rest, 'manifest.json': json, 'manifest.sig': sign(null, json, stranger.privateKey) });
  }

  test('every fault has its sentence in both languages', () => {
    for (const lang of ['vi', 'en'] as const) expect(Object.keys(messages(lang).peers.faults).sort()).toEqual([...PACK_FAULTS].sort());
  });

  test('a byte changed in any of its files', async () => {
    for (const name of Object.keys(good)) {
      const altered = Buffer.from(good[name]!);
      altered[altered.length >> 1]! ^= 1;
      const zip = zipSync({ ...good, [name]: altered });
      const answer = await upload(zip);
      expect([answer.status, [faults.altered, faults.signature, faults.manifest, faults.sender_unknown].some((words) => answer.html.includes(words))], name).toEqual([422, true]);
    }
  }, 30_000);

  test('files more, fewer, of two names, outside of the folder', async () => {
    await refused(zipSync({ ...good, 'them.txt': Buffer.from('x') }), 'unlisted');
    const { 'noi-dung.txt': _, ...fewer } = good;
    await refused(zipSync(fewer), 'missing');
    await refused(zipSync({ ...good, 'NOI-DUNG.TXT': good['noi-dung.txt']! }), 'duplicate');
    await refused(zipSync({ ...good, 'ả.txt': Buffer.from('1'), ['ả'.normalize('NFD') + '.txt']: Buffer.from('2') }), 'duplicate');
    const twice = Buffer.from(zipSync({ ...good, 'noi-dung.tx_': good['noi-dung.txt']! }).map((byte) => byte)).toString('latin1').replaceAll('noi-dung.tx_', 'noi-dung.txt');
    await refused(Buffer.from(twice, 'latin1'), 'duplicate');
    for (const name of ['../ngoai.txt', '/tuyet-doi.txt', 'anh-xem/../../x', 'anh-xem\\x.jpg', 'C:/x', 'anh-xem//x']) await refused(zipSync({ ...good, [name]: Buffer.from('x') }), 'path');
    const { 'manifest.sig': __, ...unsigned } = good;
    await refused(zipSync(unsigned), 'manifest');
    await refused(zipSync({ ...good, 'manifest.json': Buffer.from(`${Buffer.from(good['manifest.json']!).toString()}\n`) }), 'manifest');
  }, 30_000);

  test('bombs, cut files, other files, none', async () => {
    await refused(zipSync({ ...good, 'bom.txt': Buffer.alloc(30_000_000) }, { level: 9 }), 'zip_bomb');
    await refused(zipSync(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`t${at}`, Buffer.alloc(1)]))), 'zip_bomb');
    for (const part of [0.2, 0.9, 0.999]) await refused(bytes.subarray(0, Math.floor(bytes.length * part)), 'malformed');
    await refused(Buffer.from('không phải ZIP'), 'malformed');
    expect((await upload(Buffer.alloc(0))).html).toContain(faults.none);
    expect((await upload(Buffer.alloc(64 * 1024 * 1024 + 10, 7))).html).toContain(faults.too_large);
  }, 60_000);

  test('keys: unknown, of another province, ended', async () => {
    await refused(resigned(() => {}), 'sender_unknown');
    const wrongKey = resigned((manifest) => { manifest.by = { ...manifest.by, publicKey: JSON.parse(Buffer.from(good['manifest.json']!).toString()).by.publicKey }; });
    await refused(wrongKey, 'signature');
    const [first, second] = receiver.admins;
    expect((await ask(receiver, first, PEERS, { name: 'Sở VHTTDL tỉnh Lạng Sơn, khóa mới', province: '20', key: strangerKey.toString('base64'), address: '' })).to).toContain('da-them');
    const { id } = await receiver.desk.owner.selectFrom('peer').select('id').where('public_key', '=', strangerKey).executeTakeFirstOrThrow();
    await ask(receiver, second, `${PEERS}/${id}/xac-nhan`, {});
    await refused(resigned((manifest) => { manifest.by = { ...manifest.by, province: '22' }; }), 'sender_province');
    await refused(resigned((manifest) => { manifest.forProvince = '24'; }), 'wrong_province');
    await refused(resigned((manifest) => { delete manifest.forProvince; }), 'wrong_province');
    await refused(resigned((manifest) => { manifest.expiresAt = '2026-11-21T00:00:00.000Z'; }), 'expired');
    await refused(resigned((manifest) => { (manifest as Record<string, unknown>)['them'] = 1; }), 'manifest');
    await refused(resigned(() => {}, { 'noi-dung.json': Buffer.from('{"format":"la-chan-items/1","case":"x","items":[]}') }), 'contents');
    const contents = Buffer.from(good['noi-dung.json']!).toString();
    await refused(resigned(() => {}, { 'noi-dung.json': Buffer.from(contents.replaceAll('"category":"phishing_impersonation"', '"category":"intimate_images"')) }), 'pictures');
    expect((await upload(resigned(() => {}))).to).toContain('da-nhap');
    expect((await ask(receiver, first, `${PEERS}/${id}/ngung`, { reason: 'Lạng Sơn đổi khóa.' })).to).toContain('da-ngung');
    await refused(resigned(() => {}), 'sender_ended');
    await expect(inTransaction(receiver.desk, second, (tx) => sql`update peer set ended_at = null, ended_by = null, end_reason = null where id = ${id}`.execute(tx))).rejects.toThrow(/stays ended/);
  }, 60_000);

  test('the database takes no pack of a peer that was not confirmed', async () => {
    const { gate } = receiver.office;
    const row = await receiver.desk.owner.selectFrom('incoming_pack').selectAll().where('outcome', 'is', null).where('recalled_at', 'is', null).orderBy('id').executeTakeFirstOrThrow();
    const key = Buffer.alloc(32, 5);
    const [first] = receiver.admins;
    const { id } = await inTransaction(receiver.desk, first, (tx) => tx.insertInto('peer').values({ agency_id: first.agencyId, name: 'Chưa xác nhận', province_code: '20', public_key: key, added_by: first.officerId, added_at: tx.now }).returning('id').executeTakeFirstOrThrow());
    const { agency_id, code, case_number, sha256, made_at, expires_at, arrival_id } = row;
    const insert = inTransaction(receiver.desk, gate, (tx) => tx.insertInto('incoming_pack').values({
      agency_id, code, case_number, sha256, made_at, expires_at, arrival_id, peer_id: id, sender_key: key, pack_id: crypto.randomUUID(), imported_by: gate.officerId, imported_at: tx.now,
    }).execute());
    await expect(insert).rejects.toThrow(/confirmed peer/);
  });

  test('any single changed byte fails or gives the same contents', async () => {
    const key = await publicKeyOf(sender.desk);
    const read = async (zip: Uint8Array) => {
      const envelope = await openEnvelope(zip);
      requireSignature(envelope, key);
      return envelope.kind === 'pack' ? JSON.stringify([envelope.head, await readContents(envelope)]) : '';
    };
    const whole = await read(bytes);
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= mask;
      try {
        expect(await read(flipped)).toBe(whole);
      } catch (error) {
        if (!(error instanceof PackRefused)) throw error;
      }
    }), { numRuns: 300 });
    // Every byte of the directory, where the least is hashed.
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    for (let at = directory; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 0xff;
      const outcome = await read(flipped).catch((error: unknown) => (error instanceof PackRefused ? 'refused' : Promise.reject(error as Error)));
      expect(['refused', whole]).toContain(outcome);
    }
  }, 120_000);
});

test('a pack nobody answers ends after 27 days, its row stays', async () => {
  const { bytes, code } = await exported({ days: '90' });
  expect((await upload(bytes)).to).toContain('da-nhap');
  receiver.desk.clock.set(new Date(receiver.desk.clock.now().getTime() + 27 * 86_400_000 + 1000));
  await sharingJobs.find(({ name }) => name === 'purge-packs')!.run(receiver.desk, {} as never);
  const row = await receiver.desk.owner.selectFrom('incoming_pack').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ outcome: 'lapsed', report_id: null });
  expect((await receiver.desk.owner.selectFrom('arrival').select('state').where('id', '=', row.arrival_id!).executeTakeFirstOrThrow()).state).toBe('discarded');
});
