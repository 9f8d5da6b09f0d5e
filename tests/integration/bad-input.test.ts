import { connect as connectSocket } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { normalise } from '#core/vietnamese.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { system } from '#platform/actor.ts';
import { FORM_LIMITS } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import { messages } from '#web/i18n/index.ts';
import { listen, webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, unescapeHtml, type Page } from '../support/browser.ts';
import { completeInput, openOffice, verifiedCase } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer, TEST_PASSWORD } from '../support/identity.ts';
import { agencyId, signIn } from '../support/people.ts';
import { saveDraft, startDraft } from '#modules/decisions/index.ts';

const START = new Date('2026-11-22T02:00:00Z');
const HOUR = 3_600_000;
const LEAD = 'so-vhttdl';
const MEGABYTE = 1024 * 1024;
const { portal: words, errors: errorWords } = messages('vi');
const { portal: english } = messages('en');

/** A form that may be sent as it is; `go` and `step` say from where. */
const GOOD = {
  category: 'scam', narrative: 'Họ gọi xưng công an, bảo tôi chuyển tiền vào tài khoản an toàn.', traces: 'https://vneid-capnhat.example/otp', money_lost: '12 triệu',
  happened_on: '21/11/2026', commune: '01273', contact_kind: 'contact', email: 'chi.lan@thu.example', go: 'send', step: '6',
} as const;

type Sent = Record<string, string>;

let desk: TestDesk;
let app: Hono;
let browser: TestBrowser;

beforeAll(async () => {
  desk = await testDesk();
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  app = await webApp(desk, 10_000);
});

beforeEach(() => {
  desk.clock.set(START);
  browser = new TestBrowser(app);
});

// ── What every refusal has in common ────────────────────────────────────────────────────────────────────────────────

const TABLES = ['report', 'reporter_identity', 'attachment', 'pending_upload', 'message', 'indicator', 'report_indicator', 'case_file', 'journal'] as const;

/** Rows and stored files, seen by the owner: what a refused request must leave as it was. */
async function stored(on: TestDesk = desk): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(on.owner);
    counts[table] = rows[0]!.n;
  }
  const files = await readdir(join(on.config.LACHAN_HOME, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
  return { ...counts, files: files.filter((file) => file.isFile()).length };
}

const textOf = (page: Page) => unescapeHtml(page.html);

/** Words that help a person: a sentence of the catalogue, in Vietnamese, that stands on the page. */
function expectWords(page: Page, phrase: string): void {
  expect(phrase).toMatch(/^(?=.*[à-ỹđ]).{15,}$/isu);
  expect(textOf(page)).toContain(phrase);
}

function expectRefused(page: Page, phrase: string, typed: readonly string[] = []): void {
  expect(page.status).toBeGreaterThanOrEqual(400);
  expect(page.status).toBeLessThan(500);
  expectWords(page, phrase);
  for (const value of typed) expect(textOf(page)).toContain(value);
  expectHarmless(page);
}

/** Nothing that was sent in became a tag, an attribute or a link that runs. */
function expectHarmless(page: Page): void {
  expect(page.html).not.toMatch(/<script>|<img src=x|<svg onload|<[a-z]+(?: [\w-]+(?:="[^"]*")?)* on\w+=|href="(?:javascript|data|vbscript):/i);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
}

/** Does what must change nothing, and says whether it did. */
async function changingNothing(work: () => Promise<void>): Promise<void> {
  const before = await stored();
  await work();
  expect(await stored()).toEqual(before);
}

async function openForm(prefix = ''): Promise<string> {
  // Opened a little earlier: nobody fills the form in within no time.
  const now = desk.clock.now();
  desk.clock.set(new Date(now.getTime() - 5000));
  const { token } = Object.fromEntries(hiddenFields(await browser.get(`${prefix}/bao-cao`), `${prefix}/bao-cao`));
  desk.clock.set(now);
  return token!;
}

async function formWith(changes: Sent, path = '/bao-cao'): Promise<Page> {
  return browser.post(path, { token: await openForm(path.replace('/bao-cao', '')), ...GOOD, ...changes });
}

function multipart(fields: Sent, files: readonly File[] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append('photos', file);
  return form;
}

interface Codes {
  readonly code: string;
  readonly secret: string;
  /** The receipt's token. */
  readonly t: string;
}

async function receiptOf(page: Page): Promise<Codes> {
  expect(page.status, textOf(page).slice(0, 4000)).toBe(303);
  const receipt = await browser.get(page.location!);
  expect(receipt.status).toBe(200);
  return {
    code: /PA-04-\d{6}-\d{4}-\d/.exec(receipt.html)![0], secret: /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/.exec(receipt.html)![0],
    t: new URL(page.location!, 'http://desk').searchParams.get('t')!,
  };
}

const reportBy = (code: string) => desk.owner.selectFrom('report').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
const followWith = ({ code, secret }: Pick<Codes, 'code' | 'secret'>) => browser.post('/tra-cuu', { code, secret });
const hiddenOf = (page: Page, action: string) => Object.fromEntries(hiddenFields(page, action)) as Sent;

// ── Answers that are wrong ──────────────────────────────────────────────────────────────────────────────────────────

type Issue = keyof typeof words.issues;

/** What is wrong, the page that asks for it, what was typed, what the page says. */
const WRONG_ANSWERS: readonly (readonly [string, number, Sent, Issue])[] = [
  ['no category', 1, { category: '' }, 'category_missing'],
  ['an unknown category', 1, { category: 'politics' }, 'category_missing'],
  ['the prototype as category', 1, { category: '__proto__' }, 'category_missing'],
  ['no story', 2, { narrative: '' }, 'narrative_missing'],
  ['a story of null bytes', 2, { narrative: '\0\0\0' }, 'narrative_missing'],
  ['a story of zero-width characters', 2, { narrative: '\u200b\u200d\ufeff\u2060'.repeat(10) }, 'narrative_missing'],
  ['a short story', 2, { narrative: 'bị lừa' }, 'narrative_short'],
  ['a long story', 2, { narrative: 'ố'.repeat(5001) }, 'narrative_long'],
  ['a story longer than a form field', 2, { narrative: `${'kể dài '.repeat(15_000)}hết` }, 'narrative_long'],
  ['long traces', 2, { traces: 'https://trang-xau.example/a\n'.repeat(200) }, 'traces_long'],
  ['a day to come', 3, { happened_on: '23/11/2026' }, 'date_future'],
  ['31 February', 3, { happened_on: '31/02/2026' }, 'date_unreadable'],
  ['31 February as browsers write it', 3, { happened_on: '2026-02-31' }, 'date_unreadable'],
  ['a day before the network', 3, { happened_on: '01/01/1900' }, 'date_old'],
  ['the year zero', 3, { happened_on: '01/01/0000' }, 'date_unreadable'],
  ['a day with a tail', 3, { happened_on: "21/11/2026'; drop table report; --" }, 'date_unreadable'],
  ['negative money', 3, { money_lost: '-5' }, 'money_unreadable'],
  ['negative millions', 3, { money_lost: '-12 triệu' }, 'money_unreadable'],
  ['money that is not a number', 3, { money_lost: 'NaN' }, 'money_unreadable'],
  ['endless money', 3, { money_lost: 'Infinity' }, 'money_unreadable'],
  ['money in powers', 3, { money_lost: '1e21' }, 'money_unreadable'],
  ['money in hexadecimal', 3, { money_lost: '0x10' }, 'money_unreadable'],
  ['huge money', 3, { money_lost: '1.000.000.000.001' }, 'money_large'],
  ['money beyond every number', 3, { money_lost: '9'.repeat(400) }, 'money_unreadable'],
  ['an unknown commune', 4, { commune: '99999' }, 'commune_unknown'],
  ['a commune of another province', 4, { commune: '00004' }, 'commune_unknown'],
  ['a commune of another province by name', 4, { commune: '', commune_text: 'Phường Ba Đình' }, 'commune_unknown'],
  ['SQL as commune', 4, { commune: "01273' or '1'='1" }, 'commune_unknown'],
  ['no commune', 4, { commune: '' }, 'commune_missing'],
  ['two communes', 4, { commune: '01273', commune_text: 'Xã Trùng Khánh' }, 'commune_two'],
  ['no way of contact chosen', 5, { contact_kind: 'robot' }, 'contact_missing'],
  ['no contact given', 5, { email: '' }, 'contact_empty'],
  ['a header in the e-mail', 5, { email: 'a@thu.example\r\nBcc: moi.nguoi@thu.example' }, 'email_wrong'],
  ['a header in the e-mail, line feed only', 5, { email: 'a@thu.example\nSubject: trúng thưởng' }, 'email_wrong'],
  ['a coded header in the e-mail', 5, { email: 'a@thu.example%0d%0aBcc:b@thu.example' }, 'email_wrong'],
  ['two e-mails', 5, { email: 'a@thu.example, b@thu.example' }, 'email_wrong'],
  ['a tag as e-mail', 5, { email: '"><script>alert(1)</script>@thu.example' }, 'email_wrong'],
  ['an e-mail of 300 letters', 5, { email: `${'a'.repeat(300)}@thu.example` }, 'email_wrong'],
  ['letters as telephone number', 5, { phone: 'gọi cho tôi' }, 'phone_wrong'],
  ['a header in the telephone number', 5, { phone: '0912345678\r\nBcc: x@thu.example' }, 'phone_wrong'],
  ['a name of 101 letters', 5, { name: 'Ý'.repeat(101) }, 'name_long'],
];

describe('a wrong answer in the report form', () => {
  it.each(WRONG_ANSWERS)('%s: said, nothing lost, nothing stored', async (_name, step, wrong, issue) => {
    const token = await openForm();
    await changingNothing(async () => {
      const typed = [GOOD.narrative, ...Object.values(wrong)].filter((value) => value !== '' && !('narrative' in wrong && value === GOOD.narrative));
      const shown = step === 1 && 'category' in wrong ? typed.filter((value) => value !== wrong.category) : typed;
      const chosen = step === 4 || step === 5 ? shown.filter((value) => value !== wrong.commune && value !== wrong.contact_kind) : shown;
      for (const go of ['send', 'next']) {
        const fields = { token, ...GOOD, ...wrong, go, step: String(go === 'send' ? 6 : step) };
        expectRefused(await browser.post('/bao-cao', fields), words.issues[issue], chosen);
        const inParts = await browser.post('/bao-cao', multipart(fields));
        // A multipart body carries line ends as CRLF, as browsers send them (RFC 7578, WHATWG forms).
        const flat = (value: string) => value.replace(/\r\n?|\n/g, '\r\n');
        expectRefused({ ...inParts, html: inParts.html.replace(/\r\n?|\n/g, '\r\n') }, words.issues[issue], chosen.map(flat));
      }
    });
  });

  it('reads in English under /en', async () => {
    await changingNothing(async () => {
      const page = await formWith({ happened_on: '31/02/2026' }, '/en/bao-cao');
      expect(page.status).toBe(422);
      expect(textOf(page)).toContain(english.issues.date_unreadable);
      expect(textOf(page)).toContain(GOOD.narrative);
    });
  });
});

// ── Texts that are strange and welcome ──────────────────────────────────────────────────────────────────────────────

const LONG_LINK = `https://trang-dai.example/${Array.from({ length: 480 }, (_, i) => (i * 2654435761 % 4294967296).toString(36)).join('').slice(0, 4800)}`;

const STRANGE: readonly (readonly [string, string])[] = [
  ['null bytes', 'Họ nhắn\0 cho tôi\0 một đường dẫn lạ.'],
  ['control characters', 'Họ nhắn\u0007\u001b[31m cho tôi\u009b một đường dẫn.'],
  ['decomposed letters', 'Họ giả danh công an tỉnh, bắt tôi chuyển tiền.'.normalize('NFD')],
  ['emoji and families', 'Mất hết tiền rồi 😭👨‍👩‍👧‍👦🇻🇳 giúp tôi với'],
  ['right-to-left marks', 'Tệp tên là anh\u202egnp.exe\u202c, họ bảo mở ra xem.'],
  ['zero-width characters', 'Trang vne\u200bid-cap\u2060nhat.example xin mã OTP của tôi.'],
  ['a script', '<script>alert(1)</script> họ gửi tôi đoạn này'],
  ['an image that fails', 'xem <img src=x onerror=alert(1)> rồi mất tài khoản'],
  ['the end of the text field', '</textarea><script>alert(1)</script> và chuyện còn dài'],
  ['a link that runs', 'họ gửi javascript:alert(document.cookie) và data:text/html,<svg onload=alert(1)>'],
  ['SQL', "Robert'); drop table report; -- '; select pg_sleep(5); \\'"],
  ['templates', '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} =cmd|\'/c calc\'!A0'],
  ['heaps of marks', `Z${'\u0301\u0316'.repeat(400)}algo kể chuyện bị lừa`],
  ['a link of nearly five thousand letters', LONG_LINK],
  ['five hundred telephone numbers', Array.from({ length: 400 }, (_, i) => `09${String(12_000_000 + i * 7)}`).join(' ')],
  ['five thousand letters', 'ố'.repeat(5000)],
  ['five thousand dots and at signs', '@.'.repeat(2500)],
  ['brackets', '[.]('.repeat(1200)],
];

describe('a strange text', () => {
  it.each(STRANGE)('%s: stored clean, shown escaped, to its reporter and to the office', async (_name, narrative) => {
    const sent = await formWith({ narrative, traces: narrative.slice(0, 400), name: narrative.slice(0, 50), email: '', phone: '0912 345 678' });
    const codes = await receiptOf(sent);
    const report = await reportBy(codes.code);
    expect(report.narrative).toBe(normalise(narrative));
    // oxlint-disable-next-line no-control-regex
    expect(report.narrative).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060]/);
    expect(report.narrative.isWellFormed()).toBe(true);
    const { cookie } = await signIn(desk, LEAD, ['intake', 'case_officer']);
    const pages = [
      await followWith(codes),
      await browser.send(`/can-bo/phan-anh/${codes.code}`, { headers: { cookie } }),
      await browser.send('/can-bo/phan-anh', { headers: { cookie } }),
      await browser.send('/can-bo/vu-viec', { headers: { cookie } }),
    ];
    for (const page of pages) {
      expect(page.status).toBe(200);
      expectHarmless(page);
    }
    expect(textOf(pages[0]!)).toContain(report.narrative);
  });

  it('in the check page of the form is shown escaped', async () => {
    const token = await openForm();
    for (const [, narrative] of STRANGE) {
      const page = await browser.post('/bao-cao', { token, ...GOOD, narrative, go: 'next', step: '5' });
      expect(page.status).toBe(200);
      expectHarmless(page);
    }
  });

  it('in letters apart finds the same as in letters joined', async () => {
    const traces = 'https://canh-bao-gia.example/dang-nhập';
    const first = await receiptOf(await formWith({ narrative: 'Trang giả mạo ngân hàng ở Thục Phán', traces: traces.normalize('NFC'), commune: '', commune_text: 'Phường Thục Phán'.normalize('NFD') }));
    const second = await receiptOf(await formWith({ narrative: 'Trang giả mạo ngân hàng ở Thục Phán'.normalize('NFD'), traces: traces.normalize('NFD'), commune: '', commune_text: 'thuc\u200b phan' }));
    const [a, b] = [await reportBy(first.code), await reportBy(second.code)];
    expect([b.narrative, b.search, b.case_id, b.commune_code]).toEqual([a.narrative, a.search, a.case_id, '01273']);
    const { cookie } = await signIn(desk, LEAD, ['intake']);
    for (const form of ['NFC', 'NFD'] as const) {
      const found = await browser.send(`/can-bo/phan-anh?q=${encodeURIComponent('giả mạo ngân hàng ở Thục'.normalize(form))}`, { headers: { cookie } });
      expect([found.html.includes(first.code), found.html.includes(second.code)]).toEqual([true, true]);
    }
  });

  it('of broken UTF-8 and half surrogates is stored as text', async () => {
    const token = await openForm();
    const rest = new URLSearchParams({ token, ...GOOD, narrative: '' }).toString().replace('narrative=&', '');
    const page = await browser.send('/bao-cao', { method: 'POST', body: `narrative=chuyen+bi+lua+%ED%A0%80+%FF%FE+%C0%AF+%F0%9F&${rest}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect((await reportBy((await receiptOf(page)).code)).narrative).toMatch(/^chuyen bi lua [^\ud800-\udfff]+$/);
    const json = `{"category":"scam","narrative":"nửa chữ \\ud800 và \\udfff và \\u0000 trong chuyện này","email":"a@thu.example","name":"\\ud83d"}`;
    const answer = await apiSend(json);
    expect(answer.status).toBe(201);
    expect((await reportBy(JSON.parse(answer.html).code)).narrative).toBe('nửa chữ  và  và  trong chuyện này');
  });
});

// ── Pictures ────────────────────────────────────────────────────────────────────────────────────────────────────────

const png = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#0a5' } }).png().toBuffer();
const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const fileOf = (bytes: Uint8Array, name: string, type = 'image/png') => new File([new Uint8Array(bytes)], name, { type });
const HEIC = bytesOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic');

type FileIssue = keyof typeof words.fileIssues;

const BAD_PICTURES: readonly (readonly [FileIssue, string, () => Promise<Uint8Array> | Uint8Array])[] = [
  ['too_large', 'ảnh 40 MB.jpg', () => Buffer.alloc(40 * MEGABYTE, 0xff)],
  ['too_large', 'hơn một byte.png', async () => Buffer.concat([await png(), Buffer.alloc(FORM_LIMITS.fileBytes)])],
  ['zip', 'ảnh chụp.png', () => bytesOf('PK\x03\x04\x14\0\0\0\x08\0 rest of a zip')],
  ['svg', 'hình.svg', () => bytesOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['svg', 'svg giả.png', () => bytesOf('<svg onload=alert(1)>')],
  ['heic', 'IMG_0001.HEIC', () => HEIC],
  ['heic', 'đổi tên.jpg', () => HEIC],
  ['empty', 'rỗng.png', () => new Uint8Array()],
  ['pdf', 'giấy mời.jpg', () => bytesOf('%PDF-1.7\n%rest')],
  ['broken', 'cắt đôi.png', async () => (await sharp({ create: { width: 400, height: 300, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: '#000' } }).png().toBuffer()).subarray(0, 9000)],
  ['broken', 'chỉ có đầu.png', async () => (await png()).subarray(0, 20)],
  ['broken', 'đầu jpeg.jpg', () => bytesOf('\xff\xd8\xff\xe0 not much')],
  ['too_many_pixels', 'bom.png', () => sharp({ create: { width: 20_000, height: 20_000, channels: 3, background: '#0a5' }, limitInputPixels: false }).png().toBuffer()],
  ['not_an_image', 'trang.png', () => bytesOf('<html><script>alert(1)</script>')],
  ['not_an_image', '<img src=x onerror=alert(1)>.png', () => bytesOf('MZ program')],
  ['not_an_image', '../../../../etc/passwd', () => bytesOf('root:x:0:0')],
];

describe('a picture that cannot be taken', () => {
  it.each(BAD_PICTURES)('%s (%s): named, with a way out, in the form and in a reply', async (issue, name, make) => {
    const file = fileOf(await make(), name);
    const token = await openForm();
    const codes = await receiptOf(await formWith({}));
    const opened = hiddenOf(await followWith(codes), '/tra-cuu');
    const said = words.fileIssues[issue](name.split('/').at(-1)!);
    await changingNothing(async () => {
      for (const [go, step] of [['send', '6'], ['next', '2'], ['add-photo', '2']]) {
        expectRefused(await browser.post('/bao-cao', multipart({ token, ...GOOD, go: go!, step: step! }, [file])), said, [GOOD.narrative, GOOD.email]);
      }
      expectRefused(await browser.post('/tra-cuu', multipart({ ...opened, go: 'reply', body: 'Tôi gửi thêm ảnh đây ạ' }, [file])), said, ['Tôi gửi thêm ảnh đây ạ']);
    });
  });

  it('among two hundred: five are kept and shown, the others named as not received', async () => {
    const token = await openForm();
    const before = await stored();
    const picture = await png();
    const page = await browser.post('/bao-cao', multipart({ token, ...GOOD }, Array.from({ length: 200 }, (_, i) => fileOf(picture, `ảnh ${i}.png`))));
    expectRefused(page, words.fileIssues.extra(''), [GOOD.narrative, 'ảnh 0.png', 'ảnh 4.png']);
    expect(await stored()).toEqual({ ...before, pending_upload: before.pending_upload! + 5, files: before.files! + 10 });
    // With five waiting a sixth leaves no box behind.
    await changingNothing(async () => {
      const sixth = await browser.post('/bao-cao', multipart({ token, ...GOOD, go: 'add-photo', step: '2' }, [fileOf(picture, 'ảnh thứ sáu.png')]));
      expectRefused(sixth, words.fileIssues.too_many('ảnh thứ sáu.png'), [GOOD.narrative, 'ảnh 4.png']);
    });
  });

  it('with intimate images is never stored', async () => {
    const token = await openForm();
    const file = fileOf(await png(), 'riêng tư.png');
    await changingNothing(async () => {
      const page = await browser.post('/bao-cao', multipart({ token, ...GOOD, category: 'intimate_images' }, [file]));
      expectRefused(page, words.fileIssues.not_stored('riêng tư.png'), [GOOD.narrative]);
    });
  });
});

// ── The form as a thing ─────────────────────────────────────────────────────────────────────────────────────────────

describe('the form', () => {
  it('sent twice, one after the other or at once, gives the same receipt', async () => {
    const token = await openForm();
    const fields = { token, ...GOOD };
    const pages = await Promise.all([browser.post('/bao-cao', fields), browser.post('/bao-cao', multipart(fields)), browser.post('/bao-cao', fields)]);
    const before = await stored();
    pages.push(await browser.post('/bao-cao', fields));
    const receipts = [];
    for (const page of pages) receipts.push(await receiptOf(page));
    expect(new Set(receipts.map(({ code, secret }) => `${code} ${secret}`)).size).toBe(1);
    expect(await stored()).toEqual(before);
  });

  it('sent twice with a picture gives the same receipt', async () => {
    const page = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, go: 'next', step: '2' }, [fileOf(await png(), 'màn hình.png')]));
    const fields = { ...GOOD, ...hiddenOf(page, '/bao-cao'), go: 'send', step: '6' };
    const [first, second] = [await receiptOf(await browser.post('/bao-cao', fields)), await receiptOf(await browser.post('/bao-cao', fields))];
    expect([second.code, second.secret]).toEqual([first.code, first.secret]);
    const { id } = await reportBy(first.code);
    expect(await desk.owner.selectFrom('attachment').select('name').where('report_id', '=', id).execute()).toEqual([{ name: 'màn hình.png' }]);
  });

  it('sent again with other words says that there is a receipt, and can be sent as new', async () => {
    const token = await openForm();
    await receiptOf(await browser.post('/bao-cao', { token, ...GOOD }));
    let page!: Page;
    await changingNothing(async () => {
      page = await browser.post('/bao-cao', { token, ...GOOD, narrative: 'Một câu chuyện khác hẳn với lần trước' });
      expectRefused(page, words.report.noticeConflict, ['Một câu chuyện khác hẳn với lần trước', GOOD.email]);
    });
    await receiptOf(await browser.post('/bao-cao', { ...hiddenOf(page, '/bao-cao'), go: 'send' }));
  });

  it('three hours old is taken', async () => {
    const token = await openForm();
    desk.clock.set(new Date(START.getTime() + 3 * HOUR));
    await receiptOf(await browser.post('/bao-cao', { token, ...GOOD }));
  });

  it('25 hours old: nothing lost but the pictures, which it says; one more press sends it', async () => {
    const first = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, go: 'next', step: '2' }, [fileOf(await png(), 'cũ.png')]));
    const fields = { ...GOOD, ...hiddenOf(first, '/bao-cao') };
    desk.clock.set(new Date(START.getTime() + 25 * HOUR));
    let page!: Page;
    await changingNothing(async () => {
      page = await browser.post('/bao-cao', { ...fields, go: 'send', step: '6' });
      expectRefused(page, words.report.noticeExpired, [GOOD.narrative, GOOD.email, words.report.noticePhotos]);
      const step = await browser.post('/bao-cao', { ...fields, go: 'next', step: '3' });
      expect(step.status).toBe(200);
      expectWords(step, words.report.noticeExpiredStep);
      expect(textOf(step)).toContain(GOOD.narrative);
    });
    await receiptOf(await browser.post('/bao-cao', { ...hiddenOf(page, '/bao-cao'), go: 'send' }));
  });

  it.each([
    ['no token', async () => ''],
    ['a made-up token', async () => 'AAAA'.repeat(40)],
    ['an altered token', async () => `${(await openForm()).slice(0, -4)}AAAA`],
    ['the token of something else', async () => desk.keys.token('receipt', { key: 'x'.repeat(32) }, new Date(START.getTime() + HOUR))],
    ['a token of 100,000 letters', async () => 'x'.repeat(100_000)],
    ['a token that is no text', async () => '\0\ufffd<script>alert(1)</script>'],
  ])('with %s is not sent, and nothing is lost', async (_name, make) => {
    const token = await make();
    await changingNothing(async () => {
      for (const [go, step] of [['send', '6'], ['next', '2']]) {
        const page = await browser.post('/bao-cao', { token, ...GOOD, go: go!, step: step! });
        expectRefused(page, words.report.noticeMissing, [GOOD.narrative, GOOD.email]);
      }
    });
  });

  it('survives a clock set back between opening and sending', async () => {
    const token = await openForm();
    desk.clock.set(new Date(START.getTime() - 2 * HOUR));
    await receiptOf(await browser.post('/bao-cao', { token, ...GOOD }));
    // Two days back "today" has become a day to come, which is said.
    desk.clock.set(new Date(START.getTime() - 48 * HOUR));
    await changingNothing(async () => {
      expectRefused(await browser.post('/bao-cao', { token, ...GOOD }), words.issues.date_future, [GOOD.narrative]);
    });
  });

  it('takes the first of fields that come twice, and none it does not know', async () => {
    const token = await openForm();
    const pairs: [string, string][] = [
      ['token', token], ...Object.entries(GOOD), ['narrative', 'Câu chuyện thứ hai không được lẫn vào'], ['category', 'threat_harassment'],
      ...['__proto__', 'constructor', 'prototype', 'toString', '__proto__.isAdmin', '__proto__[isAdmin]', 'constructor[prototype][isAdmin]', 'state', 'handling_agency_id', 'id', 'received_at']
        .map((name): [string, string] => [name, 'answered']),
    ];
    const report = await reportBy((await receiptOf(await browser.post('/bao-cao', pairs))).code);
    expect([report.narrative, report.category, report.state]).toEqual([GOOD.narrative, 'scam', 'received']);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(Object.prototype.toString.call([])).toBe('[object Array]');
  });

  it('with ten thousand fields is read or refused in words, never half', async () => {
    const token = await openForm();
    const many: Sent = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`thừa-${i}`, 'x']));
    await changingNothing(async () => {
      expectRefused(await browser.post('/bao-cao', multipart({ ...many, token, ...GOOD })), errorWords.page('too_large').whatHappened);
      expectRefused(await browser.post('/bao-cao', multipart({ token, ...GOOD, ...many })), errorWords.page('too_large').whatHappened);
    });
    await receiptOf(await browser.post('/bao-cao', { ...many, token, ...GOOD }));
  });

  it('takes only pictures of its own', async () => {
    const other = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, go: 'next', step: '2' }, [fileOf(await png(), 'của người khác.png')]));
    const { photos } = hiddenOf(other, '/bao-cao');
    expect(photos).toMatch(/^[0-9a-f-]{36}$/);
    const before = await stored();
    const { code } = await receiptOf(await formWith({ photos: `${photos},../../x,${photos}` }));
    await formWith({ photos: photos!, go: `remove-photo-${photos}`, step: '2' });
    const after = await stored();
    expect([after.attachment, after.pending_upload, after.files]).toEqual([before.attachment, before.pending_upload, before.files]);
    expect(code).toMatch(/^PA-/);
  });
});

// ── Bodies that are not forms ───────────────────────────────────────────────────────────────────────────────────────

const BOUNDARY = 'ranh-gioi';
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const part = (head: string, body: string) => `--${BOUNDARY}\r\n${head}\r\n\r\n${body}`;
const FIELD_PART = part('Content-Disposition: form-data; name="narrative"', GOOD.narrative);
const FILE_PART = part('Content-Disposition: form-data; name="photos"; filename="a.png"\r\nContent-Type: image/png', 'bytes of a picture');

const MALFORMED: readonly (readonly [string, string, string])[] = [
  ['no boundary', 'multipart/form-data', FIELD_PART],
  ['an empty boundary', 'multipart/form-data; boundary=', FIELD_PART],
  ['a boundary of quotes', 'multipart/form-data; boundary="""', FIELD_PART],
  ['another boundary', 'multipart/form-data; boundary=khac', FIELD_PART],
  ['a field cut in the middle', MULTIPART, FIELD_PART.slice(0, -10)],
  ['a file cut in the middle', MULTIPART, FILE_PART.slice(0, -5)],
  ['a file cut after a field', MULTIPART, `${FIELD_PART}\r\n${FILE_PART}`],
  ['a head cut in the middle', MULTIPART, FILE_PART.slice(0, 60)],
  ['a boundary cut in the middle', MULTIPART, `${FIELD_PART}\r\n--${BOUNDARY.slice(0, 4)}`],
  ['a part without a name', MULTIPART, `${part('Content-Disposition: form-data', 'x')}\r\n--${BOUNDARY}--\r\n`],
  ['a part without a head', MULTIPART, `--${BOUNDARY}\r\n\r\nx\r\n--${BOUNDARY}--\r\n`],
  ['a head of a megabyte', MULTIPART, `${part(`Content-Disposition: form-data; name="${'x'.repeat(MEGABYTE)}"`, 'x')}\r\n--${BOUNDARY}--\r\n`],
  ['an unknown charset', MULTIPART, `${part('Content-Disposition: form-data; name="narrative"\r\nContent-Type: text/plain; charset=x-la', 'xin chào')}\r\n--${BOUNDARY}--\r\n`],
  ['nothing but an end', MULTIPART, `--${BOUNDARY}--\r\n`],
  ['nothing', MULTIPART, ''],
  ['bytes of no kind', MULTIPART, '\0\x01\x02\xff'.repeat(1000)],
];

/** Answers in words: the form again, or the page about what could not be read. */
function expectReadable(page: Page): void {
  expect([page.status, page.html.includes('<html lang="vi"')]).toEqual([page.status >= 400 && page.status < 500 ? page.status : -1, true]);
  expect(textOf(page)).toMatch(new RegExp([words.report.noticeMissing, words.follow.wrong, errorWords.page('invalid').whatHappened].map((text) => text.replace(/[.?()]/g, '\\$&')).join('|')));
  expectHarmless(page);
}

describe('a body that is no form', () => {
  it.each(MALFORMED)('%s: answered in words, nothing stored, the desk goes on', async (_name, type, body) => {
    await changingNothing(async () => {
      for (const path of ['/bao-cao', '/tra-cuu']) {
        expectReadable(await browser.send(path, { method: 'POST', body: bytesOf(body), headers: { 'content-type': type } }));
      }
    });
    expect((await browser.get('/healthz')).html).toBe('ok');
  });

  it.each(['application/json', 'text/plain', 'application/octet-stream', 'image/png', 'multipart/mixed; boundary=x', 'x', ''])('sent as %j is the form again', async (type) => {
    await changingNothing(async () => {
      for (const path of ['/bao-cao', '/tra-cuu']) {
        const page = await browser.send(path, { method: 'POST', body: new Blob([JSON.stringify(GOOD)]).stream(), headers: type ? { 'content-type': type } : {}, duplex: 'half' } as RequestInit);
        expectReadable(page);
      }
    });
  });

  it('sent as a form of another spelling is read', async () => {
    const body = new URLSearchParams({ token: await openForm(), ...GOOD }).toString();
    await receiptOf(await browser.send('/bao-cao', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } }));
    const parts = Object.entries({ token: await openForm(), ...GOOD }).map(([name, value]) => part(`content-disposition: FORM-DATA; name=${name}`, Buffer.from(value).toString('latin1')));
    const page = await browser.send('/bao-cao', { method: 'POST', body: bytesOf(`${parts.join('\r\n')}\r\n--${BOUNDARY}--\r\n`), headers: { 'content-type': `Multipart/Form-Data; Boundary=${BOUNDARY}` } });
    await receiptOf(page);
  });

  it('longer than may be is refused in words', async () => {
    await changingNothing(async () => {
      for (const path of ['/bao-cao', '/tra-cuu']) {
        const page = await browser.send(path, { method: 'POST', body: `narrative=${'x'.repeat(2 * MEGABYTE)}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
        expect(page.status).toBe(413);
        expectRefused(page, errorWords.page('too_large').whatHappened);
        const inParts = await browser.post(path, multipart({ narrative: 'x'.repeat(2 * MEGABYTE) }));
        expect(inParts.status).toBe(413);
      }
      let left = FORM_LIMITS.totalBytes / MEGABYTE + 2;
      const endless = new ReadableStream<Uint8Array>({
        start: (stream) => stream.enqueue(bytesOf(`${FILE_PART}`)),
        pull(stream) {
          if (left-- > 0) stream.enqueue(new Uint8Array(MEGABYTE));
          else stream.close();
        },
      });
      const page = await browser.send('/bao-cao', { method: 'POST', body: endless, headers: { 'content-type': MULTIPART }, duplex: 'half' } as RequestInit);
      expect(page.status).toBe(413);
    });
  });
});

// ── Addresses and methods ───────────────────────────────────────────────────────────────────────────────────────────

const NO_SUCH_PAGE = [
  '/tinh/..%2f..%2fpackage.json', '/tinh/%2e%2e/%2e%2e/etc/passwd', '/tinh/..%5c..%5cpackage.json', '/tinh/manifest.json', '/tinh/__proto__', '/tinh/%00', '/tinh/portal.css%00.png',
  '/tra-cuu/anh/..%2f..%2f..%2fkeys%2fmaster.key', '/tra-cuu/anh/%00', '/tra-cuu/anh/1', `/tra-cuu/anh/${'0'.repeat(5000)}`, '/tra-cuu/anh/__proto__',
  '/canh-bao/%00', '/canh-bao/%ff%fe', '/canh-bao/..%2f..%2fetc%2fpasswd', "/canh-bao/'%20or%201=1--", `/canh-bao/${'x'.repeat(20_000)}`, '/canh-bao/%ED%A0%80',
  '/canh-bao/%3Cscript%3Ealert(1)%3C%2Fscript%3E', '/viec-can-lam/__proto__', '/viec-can-lam/%00', '/%00', '/%', '/%zz', '/bao-cao/', '/.env', '/.git/config', '/en/en/bao-cao', '//evil.example/bao-cao',
] as const;

describe('an address', () => {
  it.each([...NO_SUCH_PAGE, ...NO_SUCH_PAGE.slice(7, 21).map((path) => `/en${path}`)])('%s is not there, in words', async (path) => {
    const page = await browser.send(`http://localhost${path}`, { method: 'GET' });
    expect(page.status).toBe(404);
    expect(textOf(page)).toContain(messages(path.startsWith('/en') ? 'en' : 'vi').errors.page('not_found').whatHappened);
    expectHarmless(page);
  });

  it('of 100,000 letters is answered', async () => {
    const long = 'kiem-tra+'.repeat(12_000);
    for (const path of [`/kiem-tra?q=${long}`, `/bao-cao?traces=${long}&category=${long}`, `/tra-cuu?ma=${long}`]) {
      const page = await browser.get(path);
      expect(page.status).toBe(200);
      expect(page.html.length).toBeLessThan(60_000);
    }
    expect((await browser.get(`/bao-cao/phieu?t=${long}`)).status).toBe(410);
    expect((await browser.get(`/tra-cuu/anh/018f0000-0000-7000-8000-000000000000?t=${long}`)).status).toBe(404);
  });

  it.each(['/', '/bao-cao', '/tra-cuu', '/kiem-tra', '/canh-bao', '/viec-can-lam', '/api/v1/check?q=vidu.example', '/en', '/en/bao-cao', '/healthz'])('%s answers every method without an error', async (path) => {
    await changingNothing(async () => {
      const head = await browser.send(path, { method: 'HEAD' });
      expect([head.status, head.html]).toEqual([200, '']);
      for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
        const page = await browser.send(path, { method, body: method === 'OPTIONS' ? null : 'x=1' });
        expect(page.status).toBe(404);
      }
    });
  });
});

// ── The check ───────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the check', () => {
  it.each([
    ['javascript:alert(1)', 'unreadable'], ['data:text/html,<script>alert(1)</script>', 'unreadable'], ['<script>alert(1)</script>', 'unreadable'], ['"><img src=x onerror=alert(1)>', 'unreadable'],
    ["' or 1=1; drop table warning; --", 'unreadable'], ['\0', 'unreadable'], ['😭', 'unreadable'], ['\u202e\u200b', 'unreadable'], ['__proto__', 'unreadable'], ['@.'.repeat(1500), 'unreadable'], ['http://', 'unreadable'],
    ['http://[::1', 'unreadable'], ['https://trang.example/<script>alert(1)</script>', 'unknown'], ['trang\0la.example', 'unknown'], ['tr\u200bang-la.example', 'unknown'], ['javascript:alert(1)//trang-la.example/x', null],
    [LONG_LINK, 'unknown'], [`${'a.'.repeat(900)}example`, null], ['https://tráng-lạ.example'.normalize('NFD'), 'unknown'],
  ])('of %j answers in words and keeps nothing', async (q, answer) => {
    await changingNothing(async () => {
      const address = encodeURIComponent(q);
      const page = await browser.get(`/kiem-tra?q=${address}`);
      expect(page.status).toBe(200);
      expectHarmless(page);
      expectWords(page, answer === 'unreadable' ? words.check.unreadableText : answer === 'unknown' ? words.check.unknownNot : words.check.privacy);
      const api = await browser.get(`/api/v1/check?q=${address}`);
      if (normalise(q) === '' && q.trim() === '') return;
      expect(api.status).toBe(200);
      if (answer) expect(JSON.parse(api.html).answer).toBe(answer);
    });
  });

  it('of nothing, of broken bytes and of the same twice', async () => {
    const api = await browser.get('/api/v1/check');
    expect([api.status, JSON.parse(api.html).error.message]).toEqual([422, errorWords.api('invalid')]);
    expect((await browser.get('/kiem-tra?q=%ff%fe%ed%a0%80&q=x&__proto__=1')).status).toBe(200);
    expect((await browser.get('/api/v1/check?q=%ff%E0%A4%A')).status).toBe(200);
  });
});

// ── The API ─────────────────────────────────────────────────────────────────────────────────────────────────────────

let keys = 0;

function apiSend(body: BodyInit | null, headers: Record<string, string> = {}): Promise<Page> {
  return browser.send('/api/v1/reports', { method: 'POST', body, headers: { 'content-type': 'application/json', 'idempotency-key': `khoa-api-xau-${++keys}`.padEnd(20, '.'), ...headers } });
}

const API_GOOD = { category: 'scam', narrative: GOOD.narrative, traces: GOOD.traces };

const API_WRONG: readonly (readonly [string, unknown, string, string])[] = [
  ['a long story', { narrative: 'x'.repeat(5001) }, 'narrative', 'narrative_long'], ['a list as story', { narrative: ['x'] }, 'narrative', 'wrong_type'], ['an object as story', { narrative: { length: 20 } }, 'narrative', 'wrong_type'],
  ['a number as story', { narrative: 5 }, 'narrative', 'narrative_short'], ['negative money', { money_lost: -5 }, 'money_lost', 'money_unreadable'], ['huge money', { money_lost: 1e15 }, 'money_lost', 'money_large'],
  ['money beyond every number', { money_lost: 1e300 }, 'money_lost', 'money_unreadable'], ['half a đồng', { money_lost: 0.5 }, 'money_lost', 'money_unreadable'], ['NaN as text', { money_lost: 'NaN' }, 'money_lost', 'money_unreadable'],
  ['a day to come', { happened_on: '2026-11-23' }, 'happened_on', 'date_future'], ['31 February', { happened_on: '2026-02-31' }, 'happened_on', 'date_unreadable'], ['a day as a number', { happened_on: 20261121 }, 'happened_on', 'date_unreadable'],
  ['an unknown commune', { commune: '99999' }, 'commune', 'commune_unknown'], ['a commune of another province', { commune: '00004' }, 'commune', 'commune_unknown'],
  ['a header in the e-mail', { email: 'a@thu.example\r\nBcc: b@thu.example' }, 'email', 'email_wrong'], ['no category', { category: null }, 'category', 'category_missing'], ['the prototype', { category: '__proto__' }, 'category', 'category_missing'],
];

const NOT_JSON: readonly (readonly [string, BodyInit | null, number])[] = [
  ['nothing', null, 422], ['an open brace', '{', 422], ['NaN', '{"money_lost": NaN}', 422], ['a form', 'narrative=x&category=scam', 422], ['a list', '[]', 422], ['null', 'null', 422], ['a text', '"x"', 422], ['a number', '5', 422],
  ['200 kB', JSON.stringify({ ...API_GOOD, thừa: 'x'.repeat(200_000) }), 413], ['deep brackets', '['.repeat(60_000) + ']'.repeat(60_000), 422], ['broken bytes', new Uint8Array([0xff, 0xfe, 0x00]), 422], ['a null byte', '{"category":"scam"}\0', 422],
];

describe('the API of reports', () => {
  it.each(API_WRONG)('%s: 422 with the field, nothing stored', async (_name, wrong, field, issue) => {
    await changingNothing(async () => {
      const answer = await apiSend(JSON.stringify({ ...API_GOOD, ...wrong as object }));
      const { error } = JSON.parse(answer.html);
      expect([answer.status, error.code, error.message]).toEqual([422, 'invalid', errorWords.api('invalid')]);
      expect(error.details.fields).toMatchObject({ [field]: issue });
    });
  });

  it.each(NOT_JSON)('%s: said in JSON, nothing stored', async (_name, body, status) => {
    await changingNothing(async () => {
      const answer = await apiSend(body);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json']);
      expect(JSON.parse(answer.html).error.message).toMatch(/[à-ỹ]/);
    });
  });

  it.each(['', 'short', 'x'.repeat(201), 'with a space in it', 'tiếng-việt-có-dấu-dài'])('an idempotency key like %j is refused', async (key) => {
    await changingNothing(async () => {
      const answer = await apiSend(JSON.stringify(API_GOOD), { 'idempotency-key': encodeURI(key) === key ? key : Buffer.from(key).toString('latin1') });
      expect(answer.status).toBe(422);
      expect(JSON.parse(answer.html).error.details.fields).toEqual({ 'Idempotency-Key': 'missing_or_short' });
    });
  });

  it('takes no field it does not know, and no prototype', async () => {
    const answer = await apiSend(`{"__proto__":{"category":"scam","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"state":"answered","channel":"agency","senderAgencyId":"x","category":"scam","narrative":"${GOOD.narrative}"}`);
    expect(answer.status).toBe(201);
    const report = await reportBy(JSON.parse(answer.html).code);
    expect([report.state, report.channel, report.reporter_kind]).toEqual(['received', 'api', 'anonymous']);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    const hollow = await apiSend(`{"__proto__":{"category":"scam","narrative":"${GOOD.narrative}"}}`);
    expect(hollow.status).toBe(422);
  });

  it('gives one receipt for one key, 409 for other words, and reads only with the own secret', async () => {
    const headers = { 'idempotency-key': 'khoa-api-gui-hai-lan' };
    const [first, again] = [await apiSend(JSON.stringify(API_GOOD), headers), await apiSend(JSON.stringify(API_GOOD), headers)];
    expect([first.status, again.status]).toEqual([201, 200]);
    const [a, b] = [JSON.parse(first.html), JSON.parse(again.html)];
    expect(b).toEqual(a);
    await changingNothing(async () => {
      const other = await apiSend(JSON.stringify({ ...API_GOOD, narrative: 'chuyện khác hẳn lần trước' }), headers);
      expect([other.status, JSON.parse(other.html).error.message]).toEqual([409, errorWords.api('conflict')]);
      const stranger = JSON.parse((await apiSend(JSON.stringify(API_GOOD), { 'idempotency-key': 'khoa-api-gui-hai-lan' })).html);
      expect(stranger.code).toBe(a.code);
    });
    const read = (code: string, authorization: string) => browser.send(`/api/v1/reports/${code}`, { headers: { authorization } });
    expect((await read(a.code, `Bearer ${a.secret}`)).status).toBe(200);
    const elsewhere = JSON.parse((await apiSend(JSON.stringify(API_GOOD))).html);
    const refused = await Promise.all([
      read(a.code, `Bearer ${elsewhere.secret}`), read(elsewhere.code, `Bearer ${a.secret}`), read(a.code, ''), read(a.code, 'Bearer '), read(a.code, `Basic ${a.secret}`), read(a.code, `Bearer ${'0'.repeat(5000)}`),
      read('PA-04-261122-9999-0', `Bearer ${a.secret}`), read('%00', `Bearer ${a.secret}`), read('%E0%A4%A', `Bearer ${a.secret}`), read("'%20or%201=1", `Bearer ${a.secret}`), read('__proto__', `Bearer ${a.secret}`),
    ]);
    expect(new Set(refused.map(({ status, html }) => `${status} ${html}`))).toEqual(new Set([`404 ${JSON.stringify({ error: { code: 'not_found', message: errorWords.api('not_found') } })}`]));
  });
});

// ── Following ───────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the follow-up page', () => {
  it('gives one answer for a wrong code, a wrong secret and the secret of another report', async () => {
    const [own, other] = [await receiptOf(await formWith({})), await receiptOf(await formWith({}))];
    const tries = [
      { code: own.code, secret: other.secret }, { code: other.code, secret: own.secret }, { code: own.code, secret: '0000-0000-0000-0000-0000' }, { code: 'PA-04-261122-9998-0', secret: own.secret },
      { code: own.code, secret: '' }, { code: '', secret: own.secret }, { code: 'x\0', secret: '\0' }, { code: "' or 1=1 --", secret: "' or 1=1 --" }, { code: 'x'.repeat(50_000), secret: 'y'.repeat(50_000) },
      { code: '<script>alert(1)</script>', secret: '"><img src=x onerror=alert(1)>' },
    ];
    await changingNothing(async () => {
      const bare = new Set<string>();
      for (const { code, secret } of tries) {
        const page = await browser.post('/tra-cuu', { code, secret, body: 'Điều tôi đang viết dở' });
        expect(page.status).toBe(422);
        expectRefused(page, words.follow.wrong, [code, secret, 'Điều tôi đang viết dở']);
        bare.add(page.html.replaceAll(/ value(?:="[^"]*")?/g, ''));
      }
      expect(bare.size).toBe(1);
    });
    expect((await followWith({ code: ` ${own.code.toLowerCase().replaceAll('-', '\u2013')}\u200b`, secret: own.secret.toLowerCase().replaceAll('-', ' ') })).status).toBe(200);
  });

  it.each([
    ['altered', (t: string) => `${t.slice(0, -6)}AAAAAA`], ['cut', (t: string) => t.slice(0, 20)], ['empty', () => ''], ['of a form', () => desk.keys.token('form', { code: 'x', secret: 'y' }, new Date(START.getTime() + HOUR))],
    ['of bytes', () => '%00%ff'], ['a tag', () => '"><script>alert(1)</script>'],
  ])('a receipt whose token is %s is not shown', async (_name, alter) => {
    const { t, secret } = await receiptOf(await formWith({}));
    const page = await browser.get(`/bao-cao/phieu?t=${encodeURIComponent(alter(t))}`);
    expect(page.status).toBe(410);
    expectRefused(page, words.receipt.expired);
    expect(page.html).not.toContain(secret);
  });

  it('a receipt and a follow-up page close after an hour; a message being written is kept', async () => {
    const codes = await receiptOf(await formWith({}));
    const opened = hiddenOf(await followWith(codes), '/tra-cuu');
    desk.clock.set(new Date(START.getTime() + HOUR + 1));
    await changingNothing(async () => {
      expectRefused(await browser.get(`/bao-cao/phieu?t=${codes.t}`), words.receipt.expired);
      expectRefused(await browser.post('/tra-cuu', { ...opened, go: 'reply', body: 'Tin nhắn viết mất cả tiếng' }), words.follow.expired, ['Tin nhắn viết mất cả tiếng', words.follow.expiredReply]);
      expectRefused(await browser.post('/tra-cuu', { ...opened, t: `${opened.t!.slice(0, -4)}AAAA`, go: 'reply', body: 'Tin nhắn khác' }), words.follow.expired, ['Tin nhắn khác']);
    });
    const page = await browser.post('/tra-cuu', { code: codes.code, secret: codes.secret, body: 'Tin nhắn viết mất cả tiếng' });
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('Tin nhắn viết mất cả tiếng');
  });

  it('refuses an empty and a long reply in words; takes a strange one once', async () => {
    const codes = await receiptOf(await formWith({}));
    const opened = hiddenOf(await followWith(codes), '/tra-cuu');
    await changingNothing(async () => {
      for (const body of ['', ' \0\u200b ']) expectRefused(await browser.post('/tra-cuu', { ...opened, go: 'reply', body }), words.issues.reply_missing);
      const long = 'dài '.repeat(1500) + 'hết';
      expectRefused(await browser.post('/tra-cuu', { ...opened, go: 'reply', body: long }), words.issues.reply_long, [long]);
    });
    for (const [, body] of STRANGE) {
      for (const _ of [1, 2]) {
        const page = await browser.post('/tra-cuu', { ...opened, go: 'reply', body });
        expect(page.status).toBe(200);
        expectHarmless(page);
      }
    }
    const { id } = await reportBy(codes.code);
    const kept = await desk.owner.selectFrom('message').select('body').where('report_id', '=', id).execute();
    expect(new Set(kept.map(({ body }) => body))).toEqual(new Set(STRANGE.map(([, body]) => normalise(body))));
    expect(kept).toHaveLength(STRANGE.length);
  });

  it('shows a picture only to the reporter who sent it', async () => {
    const upload = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, go: 'next', step: '2' }, [fileOf(await png(), 'ảnh.png')]));
    const own = await receiptOf(await browser.post('/bao-cao', { ...GOOD, ...hiddenOf(upload, '/bao-cao'), go: 'send', step: '6' }));
    const other = await receiptOf(await formWith({}));
    const { id } = await desk.owner.selectFrom('attachment').select('id').where('report_id', '=', (await reportBy(own.code)).id).executeTakeFirstOrThrow();
    const tokens = { own: hiddenOf(await followWith(own), '/tra-cuu').t!, other: hiddenOf(await followWith(other), '/tra-cuu').t! };
    const shown = await browser.get(`/tra-cuu/anh/${id}?t=${tokens.own}`);
    expect([shown.status, shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual([200, 'image/jpeg', 'nosniff']);
    for (const query of [`?t=${tokens.other}`, '', '?t=x', `?t=${tokens.own.slice(0, -4)}AAAA`]) expectRefused(await browser.get(`/tra-cuu/anh/${id}${query}`), errorWords.page('not_found').whatHappened);
    desk.clock.set(new Date(START.getTime() + HOUR + 1));
    expect((await browser.get(`/tra-cuu/anh/${id}?t=${tokens.own}`)).status).toBe(404);
  });
});

// ── Who asks, and as whom ───────────────────────────────────────────────────────────────────────────────────────────

describe('a foreign name', () => {
  const FOREIGN = { host: 'ke-xau.example', 'x-forwarded-host': 'ke-xau.example', forwarded: 'host=ke-xau.example', 'x-forwarded-proto': 'gopher', 'x-original-url': '/can-bo', 'x-http-method-override': 'DELETE' };

  it('in the Host never comes into a link, a feed, a receipt or a job', async () => {
    const sent = await browser.send('http://ke-xau.example/bao-cao', { method: 'POST', body: new URLSearchParams({ token: await openForm(), ...GOOD }), headers: FOREIGN });
    expect([sent.status, sent.location?.startsWith('/bao-cao/phieu?t=')]).toEqual([303, true]);
    const api = await browser.send('http://ke-xau.example/api/v1/reports', { method: 'POST', body: JSON.stringify(API_GOOD), headers: { ...FOREIGN, 'idempotency-key': 'khoa-ten-mien-la-mat' } });
    expect(api.status).toBe(201);
    const pages = [api];
    for (const path of [sent.location!, '/', '/en', '/canh-bao', '/canh-bao/rss.xml', '/kiem-tra?q=trang-la.example', '/api/v1/check?q=trang-la.example', '/bao-cao', '/khong-co']) {
      pages.push(await browser.send(`http://ke-xau.example${path}`, { headers: FOREIGN }));
    }
    for (const page of pages) expect(page.html + JSON.stringify([...page.headers])).not.toContain('ke-xau.example');
    const { rows } = await sql<{ data: string }>`select data::text from pgboss.job`.execute(desk.owner);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ data }) => data).join()).not.toContain('ke-xau');
  });

  it('in links is the public address where it is set', async () => {
    const named = await webApp({ ...desk, config: { ...desk.config, BASE_URL: 'https://lachan.example/' } }, 1000);
    const answer = await new TestBrowser(named).send('http://ke-xau.example/api/v1/reports', { method: 'POST', body: JSON.stringify(API_GOOD), headers: { ...FOREIGN, 'idempotency-key': 'khoa-ten-mien-dung-roi' } });
    const { code, links } = JSON.parse(answer.html);
    expect(links).toEqual({ self: `https://lachan.example/api/v1/reports/${code}`, follow_up: `https://lachan.example/tra-cuu?ma=${code}` });
  });
});

describe('a made-up X-Forwarded-For', () => {
  const hammer = async (on: Hono, headers: (i: number) => Record<string, string>) => {
    const one = new TestBrowser(on, '203.0.113.50');
    const statuses = [];
    for (let i = 0; i < 25; i++) statuses.push((await one.send('/tra-cuu', { method: 'POST', body: new URLSearchParams({ code: 'x', secret: 'y' }), headers: headers(i) })).status);
    return { statuses: [...new Set(statuses)], last: await one.send('/tra-cuu', { method: 'POST', body: '', headers: headers(99) }) };
  };

  it('opens no second purse without a trusted proxy; who must wait is told in words', async () => {
    const { statuses, last } = await hammer(await webApp(desk), (i) => ({ 'x-forwarded-for': `198.51.100.${i}`, 'x-real-ip': `198.51.100.${i}`, forwarded: `for=198.51.100.${i}` }));
    expect(statuses).toEqual([422, 429]);
    expectRefused(last, errorWords.page('too_many').whatHappened);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('behind a trusted proxy counts only in its last entry', async () => {
    const trusting = await webApp({ ...desk, config: { ...desk.config, TRUST_PROXY: true } });
    expect((await hammer(trusting, (i) => ({ 'x-forwarded-for': `198.51.100.${i}, 192.0.2.1` }))).statuses).toEqual([422, 429]);
    expect((await hammer(trusting, (i) => ({ 'x-forwarded-for': `192.0.2.1, 198.51.100.${i}` }))).statuses).toEqual([422]);
  });
});

// ── A real socket ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('over a real socket', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    ({ server, port } = await listen(app, { ...desk.config, HOST: '127.0.0.1', PORT: 0 }));
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  /** Writes bytes, then ends or cuts the line; gives what came back. */
  async function raw(bytes: string | Buffer, cut = false): Promise<string> {
    const socket = connectSocket(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('utf8'))).on('error', () => {});
    await once(socket, 'connect');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((written) => socket.write(bytes, written));
    if (cut) socket.destroy();
    await closed;
    return answer;
  }

  const request = (head: string, body: string | Buffer = '') => Buffer.concat([Buffer.from(`${head}\r\nConnection: close\r\n\r\n`, 'latin1'), Buffer.from(body as string, 'latin1')]);
  const HOST = 'Host: localhost';

  it.each([
    ['GET with a body', request(`GET /bao-cao HTTP/1.1\r\n${HOST}\r\nContent-Length: 9`, 'x=1&y=two'), 200],
    ['a very long address', request(`GET /kiem-tra?q=${'x'.repeat(17_000)} HTTP/1.1\r\n${HOST}`), 431],
    ['no Host', request('GET /bao-cao HTTP/1.1\r\nX: y'), 400],
    ['a Host that is an address', request('GET /bao-cao HTTP/1.1\r\nHost: a@b/../c?d#e'), 400],
    ['a Host of nothing', request('GET /bao-cao HTTP/1.1\r\nHost: '), 200],
    ['a Host with a space', request('GET /bao-cao HTTP/1.1\r\nHost: a b'), 400],
    ['two lengths', request(`POST /bao-cao HTTP/1.1\r\n${HOST}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`, '0\r\n\r\n'), 400],
    ['a bad length', request(`POST /bao-cao HTTP/1.1\r\n${HOST}\r\nContent-Length: -1`), 400],
    ['a climbing path', request(`GET /tinh/../../../../etc/passwd HTTP/1.1\r\n${HOST}`), 404],
    ['a coded climbing path', request(`GET /tinh/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\n${HOST}`), 404],
    ['an absolute address', request(`GET http://ke-xau.example/bao-cao HTTP/1.1\r\n${HOST}`), 200],
    ['a method of its own', request(`PHA /bao-cao HTTP/1.1\r\n${HOST}`), 400],
    ['HEAD', request(`HEAD /bao-cao HTTP/1.1\r\n${HOST}`), 200],
    ['OPTIONS of everything', request(`OPTIONS * HTTP/1.1\r\n${HOST}`), 400],
    ['TRACE', request(`TRACE /bao-cao HTTP/1.1\r\n${HOST}`), 404],
    ['not HTTP', Buffer.from('\x16\x03\x01\x02\0\x01\0'), 400],
    ['a bare multipart', request(`POST /bao-cao HTTP/1.1\r\n${HOST}\r\nContent-Type: multipart/form-data\r\nContent-Length: 3`, 'abc'), 422],
  ])('%s', async (_name, bytes, status) => {
    await changingNothing(async () => {
      expect((await raw(bytes)).split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    });
  });

  it('a line cut in the middle of a form or a picture leaves nothing and takes nobody along', async () => {
    const token = await openForm();
    const fields = Object.entries({ token, ...GOOD }).map(([name, value]) => part(`Content-Disposition: form-data; name="${name}"`, Buffer.from(value).toString('latin1'))).join('\r\n');
    await changingNothing(async () => {
      for (const [type, body] of [
        [MULTIPART, fields.slice(0, 400)], [MULTIPART, `${fields}\r\n${FILE_PART}`], [MULTIPART, `${FILE_PART}${'x'.repeat(100_000)}`], ['application/x-www-form-urlencoded', 'narrative=abc&'], ['application/json', '{"a":'],
      ] as const) {
        await raw(request(`POST ${type.endsWith('json') ? '/api/v1/reports' : '/bao-cao'} HTTP/1.1\r\n${HOST}\r\nIdempotency-Key: khoa-bi-cat-giua-chung\r\nContent-Type: ${type}\r\nContent-Length: 999999`, body), true);
      }
      expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('ok');
    });
  });

  it.each([['a form', (text: string) => new URLSearchParams({ narrative: text })], ['a form in parts', (text: string) => multipart({ narrative: text })]])('a text of 20 MB in %s is refused in words, not by a dead line', async (_name, make) => {
    await changingNothing(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/bao-cao`, { method: 'POST', body: make('x'.repeat(20 * MEGABYTE)) });
      expect([answer.status, unescapeHtml(await answer.text()).includes(errorWords.page('too_large').whatHappened)]).toEqual([413, true]);
    });
  });

  it('a file of 40 MB comes back with its reason and all that was typed', async () => {
    const form = multipart({ token: await openForm(), ...GOOD }, [fileOf(Buffer.alloc(40 * MEGABYTE, 1), 'lớn.jpg')]);
    await changingNothing(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/bao-cao`, { method: 'POST', body: form });
      const html = unescapeHtml(await answer.text());
      expect([answer.status, html.includes(words.fileIssues.too_large('lớn.jpg')), html.includes(GOOD.narrative)]).toEqual([422, true, true]);
    });
  });
});

// ── The console ─────────────────────────────────────────────────────────────────────────────────────────────────────

const CONSOLE_ADDRESSES = [
  '/can-bo/phan-anh/%00', '/can-bo/phan-anh/x', '/can-bo/vu-viec/%00', "/can-bo/vu-viec/'%20or%201=1--", '/can-bo/vu-viec/__proto__', '/can-bo/quyet-dinh/%00', '/can-bo/quyet-dinh/..%2f..%2fkeys',
  '/can-bo/phan-anh/PA-04-261122-0001-x/anh/..%2f..%2fkeys%2fmaster.key', '/can-bo/co-quan-don-vi/%00',
] as const;
const CONSOLE_QUERIES = [
  '/can-bo/phan-anh?q=%00', '/can-bo/phan-anh?q=%25_%5c', '/can-bo/phan-anh?trang=-1&muc=__proto__&nhom=%00&xep=%00', '/can-bo/phan-anh?trang=1e99', '/can-bo/phan-anh?tu=31/02/2026&den=%00', '/can-bo/vu-viec?q=%00&trang=NaN&muc=%00',
  '/can-bo/vu-viec?trang=99999999999999999999', '/can-bo/quyet-dinh?muc=__proto__&trang=-5', '/can-bo/quyet-dinh?trang=1e400', '/can-bo/tro-giup?%00=%00', `/can-bo/phan-anh?q=${'kể+'.repeat(5000)}`,
] as const;

it.each([...CONSOLE_ADDRESSES.map((path) => [path, 404] as const), ...CONSOLE_QUERIES.map((path) => [path, 200] as const)])('the console at %s answers %i', async (path, status) => {
  const { cookie } = await signIn(desk, LEAD, ['intake', 'case_officer', 'reviewer']);
  const page = await browser.send(path, { headers: { cookie } });
  expect(page.status).toBe(status);
  if (status === 404) expectRefused(page, errorWords.page('not_found').whatHappened);
});

it('a session that ends in the middle of a draft decision loses nothing that was typed', async () => {
  const demo = await testDesk({ LACHAN_DEMO: '1' });
  const office = await openOffice(demo);
  const agency = await agencyId(demo, LEAD);
  const { email, actor } = await addOfficer(demo, { agencyId: agency, roles: ['case_officer'], demo: true });
  const { caseId } = await verifiedCase(demo, { ...office, drafter: actor });
  const id = await inTransaction(demo, actor, (tx) => startDraft(tx, actor, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  const input = await completeInput(demo, caseId, id);
  await inTransaction(demo, actor, (tx) => saveDraft(tx, actor, id, input));
  const officer = new TestBrowser(await webApp(demo, 1000));
  const path = `/can-bo/quyet-dinh/${id}`;
  const signedIn = await officer.post('/dang-nhap', { thu: email, 'mat-khau': TEST_PASSWORD });
  expect(signedIn.location).toBe('/can-bo');
  expect((await officer.get(path)).status).toBe(200);
  const facts = 'Điều tôi viết suốt buổi sáng: “trang giả” <b>xin OTP</b>\r\n\r\nvà dòng thứ ba 😀';
  const fields: [string, string][] = [
    ['go', 'save'], ['facts', facts], ['title', 'Tên chưa lưu'], ['element.imitates', 'Lý do chưa lưu'], ['evidence', input.evidence[0]!], ['locators', input.locators[0]!.indicatorId],
  ];
  demo.clock.set(new Date(demo.clock.now().getTime() + 90 * 60_000));
  const before = await stored(demo);
  const asked = await officer.post(path, fields);
  expect(asked.status).toBe(401);
  expectWords(asked, messages('vi').identity.signIn.draftKept);
  expect(await stored(demo)).toEqual(before);
  const kept = await officer.post('/dang-nhap', { thu: email, 'mat-khau': TEST_PASSWORD, ...Object.fromEntries(hiddenFields(asked, '/dang-nhap')) });
  expect(hiddenFields(kept, path)).toEqual(fields);
  expectHarmless(kept);
  const saved = await officer.post(path, hiddenFields(kept, path));
  expect(saved.status).toBe(303);
  const row = await demo.owner.selectFrom('decision').select(['facts', 'title']).where('id', '=', id).executeTakeFirstOrThrow();
  expect(row).toEqual({ facts: normalise(facts), title: 'Tên chưa lưu' });
});
