import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { renderDocument } from '#modules/documents/index.ts';
import { fillTemplate } from '#modules/documents/template-fill.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Letter } from '#web/docx/letter.ts';
import { renderLetter } from '#web/docx/render.ts';
import { webApp } from '../../src/server.ts';
import { TestBrowser } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { LETTERS } from '../support/letters.ts';
import { pagesOf, printAll } from '../support/paper.ts';
import { signIn } from '../support/people.ts';
import { WHOLE, wordFile } from '../support/word-template.ts';

const PATH = '/can-bo/mau-van-ban';
type Who = { actor: OfficerActor; browser: TestBrowser };
let desk: TestDesk;
let app: Hono;
let clerk: Who;
let administrator: Who;
let foreign: Who;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 1e6);
  clerk = await officer('so-vhttdl', ['clerk'], 'Lục Thị Hoa');
  administrator = await officer('so-vhttdl', ['administrator'], 'Hoàng Văn Quản');
  foreign = await officer('cong-an-tinh', ['clerk', 'administrator'], 'Bế Văn Thư');
});

async function officer(agency: string, roles: Parameters<typeof signIn>[2], name: string): Promise<Who> {
  const { actor, cookie } = await signIn(desk, agency, roles, name);
  const browser = new TestBrowser(app);
  const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  browser.cookies.set(key, value);
  return { actor, browser };
}

function send(bytes: Uint8Array, kind = 'cong_van', who = clerk) {
  const form = new FormData();
  form.append('kind', kind);
  form.append('tep', new File([new Uint8Array(bytes)], 'Mẫu công văn Sở.docx'));
  return who.browser.post(PATH, form);
}

/** A template in use: brought by the clerk, taken into use by the administrator. */
async function use(bytes = wordFile(), kind = 'cong_van'): Promise<string> {
  const path = (await send(bytes, kind)).location!.split('?')[0]!;
  expect((await administrator.browser.post(path, { viec: 'use' })).status).toBe(303);
  return path;
}

const letter: Letter = {
  ...LETTERS.withdrawal, kind: 'cong_van', urgency: null, annexes: [], language: 'vi', subject: 'Ngăn chặn <w:p/> & {noi_nhan} “giả mạo”', to: ['Công an tỉnh Cao Bằng'],
  body: [{ type: 'paragraph', text: 'Đoạn có </w:t></w:r><w:r><w:t>chèn &amp; {so_ky_hieu} \u0000\u202e và http://xau.example/otp' }, { type: 'list', marks: 'number', items: ['Một', 'Hai'] }],
};
const fill = (of: Letter = letter, agency = clerk.actor.agencyId) => inTransaction(desk, clerk.actor, (tx) => fillTemplate(desk, tx, agency, of.kind, of));
const xmlOf = (file: Uint8Array) => strFromU8(unzipSync(new Uint8Array(file))['word/document.xml']!);
const textOf = (file: Uint8Array) => xmlOf(file).replace(/<\/w:p>/g, '\n').replace(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('bringing a template', () => {
  test('one brings it, another takes it into use, in the journal; the one before goes out of use', async () => {
    const sent = await send(wordFile());
    expect(sent.status).toBe(303);
    const path = sent.location!.split('?')[0]!;
    expect((await clerk.browser.get(path)).html).toContain('một người khác phải cho dùng');
    expect((await clerk.browser.post(path, { viec: 'use' })).status).toBe(403);
    const id = path.split('/').at(-1)!;
    await expect(inTransaction(desk, clerk.actor, (tx) => sql`update document_template set state = 'active', decided_by = ${clerk.actor.officerId}, decided_at = desk_now() where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/check constraint/);
    await expect(inTransaction(desk, clerk.actor, (tx) => sql`update document_template set state = 'active', decided_by = ${administrator.actor.officerId}, decided_at = desk_now() where id = ${id}::uuid`.execute(tx))).rejects.toThrow(/in person/);
    expect(await fill()).toBeNull();
    expect((await administrator.browser.post(path, { viec: 'use' })).status).toBe(303);
    expect((await administrator.browser.post(path, { viec: 'use' })).status).toBe(409);
    const next = await use();
    expect((await clerk.browser.get(path)).html).toContain('Đã thôi dùng');
    expect((await clerk.browser.get(next)).html).toContain('Đang dùng');
    expect((await desk.owner.selectFrom('journal').select('action').where('entity', '=', 'template').orderBy('seq').execute()).map(({ action }) => action)).toEqual(['propose', 'use', 'propose', 'retire', 'use']);
    expect((await administrator.browser.post(next, { viec: 'retire' })).status).toBe(303);
    expect(await fill()).toBeNull();
  });

  test('says in words what is wrong and keeps the kind', async () => {
    const answers = [
      [await send(Buffer.from('không phải Word'), 'bao_cao'), 'Không đọc được tệp này'], [await send(wordFile(WHOLE, { 'word/vbaProject.bin': new Uint8Array(4) }), 'bao_cao'), 'Tệp có macro'],
      [await send(wordFile(WHOLE.filter((_, index) => index !== 2)), 'bao_cao'), 'Thiếu chỗ điền bắt buộc: {so_ky_hieu}'], [await send(wordFile([...WHOLE, '<w:p><w:r><w:t>{la}</w:t></w:r></w:p>']), 'bao_cao'), 'không biết chỗ điền: {la}'],
      [await send(Buffer.alloc(5 * 1024 * 1024 + 10), 'bao_cao'), 'lớn hơn 5 MB'],
    ] as const;
    for (const [page, words] of answers) {
      expect(page.status).toBe(422);
      expect(page.html).toContain(words);
      expect(page.html).toMatch(/<option value="bao_cao" selected/);
    }
    expect((await send(wordFile(), 'la')).html).toContain('Chọn loại văn bản.');
    expect((await clerk.browser.post(PATH, { kind: 'cong_van' })).html).toContain('Chọn một tệp Word');
    for (const tag of ['so_ky_hieu', 'noi_dung', 'phu_luc', 'lien_he']) expect((await clerk.browser.get(PATH)).html).toContain(`{${tag}}`);
  });

  test('a trial and the template itself are downloads; another agency finds neither', async () => {
    const path = (await send(wordFile())).location!.split('?')[0]!;
    for (const [query, name] of [['?ban=thu', 'xem-thu-cong-van.docx'], ['', 'mau-cong-van.docx']] as const) {
      const answer = await app.request(`${path}/tep${query}`, { headers: { Cookie: [...clerk.browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ') } });
      expect([answer.status, answer.headers.get('content-disposition'), answer.headers.get('content-security-policy')]).toEqual([200, `attachment; filename="${name}"`, "default-src 'none'; sandbox"]);
      expect(textOf(new Uint8Array(await answer.arrayBuffer()))).toContain(query ? 'Đây là đoạn văn mẫu' : '{noi_dung}');
    }
    expect((await foreign.browser.get(path)).status).toBe(404);
    expect((await foreign.browser.get(`${path}/tep`)).status).toBe(404);
    expect((await foreign.browser.post(path, { viec: 'refuse' })).status).toBe(404);
    expect((await foreign.browser.get(PATH)).html).not.toContain('Mẫu công văn Sở');
  });
});

describe('a letter', () => {
  test('is written into the template as text, whatever it looks like; LibreOffice opens it', async () => {
    await use();
    const file = (await fill())!;
    const text = textOf(file);
    expect(text).toContain('V/v Ngăn chặn <w:p/> & {noi_nhan} “giả mạo”');
    expect(text).toContain('Đoạn có </w:t></w:r><w:r><w:t>chèn &amp; {so_ky_hieu}');
    expect(text).toContain('MẪU RIÊNG CỦA CƠ QUAN');
    expect(text).not.toContain('http://xau.example');
    expect(['\u0000', '\u202e'].filter((hidden) => xmlOf(file).includes(hidden))).toEqual([]);
    expect(Buffer.from(file).equals(Buffer.from((await fill())!))).toBe(true);
    const folder = await mkdtemp(join(tmpdir(), 'lachan-mau-'));
    try {
      const printed = await printAll(join(folder, 'pdf'), { mau: file });
      const words = (await pagesOf(printed['mau']!)).map((page) => page.text).join(' ').replace(/\s+/g, ' ');
      for (const phrase of ['Ngăn chặn <w:p/> & {noi_nhan}', 'MẪU RIÊNG CỦA CƠ QUAN', '1. Một', 'Công an tỉnh Cao Bằng']) expect(words).toContain(phrase);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test('takes the built-in layout where the template has no place for something of it, in English, and of another kind or agency', async () => {
    await use(wordFile(WHOLE.filter((paragraph) => !/\{(?:phu_luc|do_khan|quyen_han|chuc_vu_ben_trai)\}/.test(paragraph))));
    expect(await fill({ ...letter, signature: { ...letter.signature, authority: [] } })).not.toBeNull();
    const plain = { ...letter, signature: { ...letter.signature, authority: [] } };
    const others: Letter[] = [
      { ...plain, annexes: [{ title: 'Danh sách', body: [] }] }, { ...plain, urgency: 'khan' }, { ...plain, signature: { ...plain.signature, authority: [{ code: 'KT.', of: 'Giám đốc' }] } },
      { ...plain, countersignature: { authority: [], title: 'Bên giao', name: null } }, { ...plain, language: 'en' }, { ...plain, kind: 'thong_bao' },
      { ...plain, body: [{ type: 'picture', png: new Uint8Array(), width: 10, ratio: 1, alt: 'x' }] },
    ];
    for (const other of others) expect(await fill(other)).toBeNull();
    expect(await fill(plain, foreign.actor.agencyId)).toBeNull();
    const whole = { ...plain, annexes: [{ title: 'Danh sách', body: [] }] };
    expect(Buffer.from(await inTransaction(desk, clerk.actor, (tx) => renderDocument(desk, tx, clerk.actor.agencyId, whole))).equals(await renderLetter(whole))).toBe(true);
  });

  test('is written by a job too, and in the built-in layout when the template’s file is lost', async () => {
    await use();
    const job = () => inTransaction(desk, system('test'), (tx) => fillTemplate(desk, tx, clerk.actor.agencyId, 'cong_van', letter));
    expect(textOf((await job())!)).toContain('MẪU RIÊNG CỦA CƠ QUAN');
    const { file_ref: ref } = await desk.owner.selectFrom('document_template').select('file_ref').where('state', '=', 'active').executeTakeFirstOrThrow();
    await desk.files.remove(ref);
    expect(await job()).toBeNull();
  });
});
