import sharp from 'sharp';
import { encode } from 'uqr';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { submitReport, type NewReport } from '#modules/intake/index.ts';
import { alreadyReported } from '#modules/intake/queries.ts';
import { messages } from '#web/i18n/index.ts';
import { fillDemo } from '../../src/demo/story.ts';
import { webApp } from '../../src/server.ts';
import { hiddenFields, TestBrowser, unescapeHtml, type Page } from '../support/browser.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

const words = messages('vi').portal;
const SECOND = 1000;
const PAYMENT = '00020101021138540010A00000072701240006970415011011170009990208QRIBFTTA53037045802VN6304';
const STORY = 'Họ giả làm công an gọi từ 0912 345 678 rồi gửi đường dẫn http://trang-gia.example/otp bắt tôi nhập mã.';
const GOOD = { category: 'phishing_impersonation', narrative: STORY, commune: '-', contact_kind: 'anonymous' };

let desk: TestDesk;
let browser: TestBrowser;
let slug: string;
let serial = 0;

beforeAll(async () => {
  desk = await testDesk({ LACHAN_DEMO: '1' });
  await fillDemo(desk, () => {});
  browser = new TestBrowser(await webApp(desk, 1000));
  slug = (await desk.owner.selectFrom('warning').select('slug').orderBy('published_at', 'desc').executeTakeFirstOrThrow()).slug;
}, 120_000);

const later = (milliseconds: number) => desk.clock.set(new Date(desk.clock.now().getTime() + milliseconds));
beforeEach(() => later(60 * SECOND));

const textOf = (page: Page) => unescapeHtml(page.html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
const hiddenOf = (page: Page, action = '/bao-cao') => Object.fromEntries(hiddenFields(page, action));

/** What a browser would send of a page: hidden fields and ticked boxes. */
function sentBy(page: Page, action = '/bao-cao'): [string, string][] {
  const ticked = [...page.html.matchAll(/<input type="checkbox" name="(\w+)" value="([^"]*)"[^>]* checked/g)].map(([, name, value]) => [name!, value!] as [string, string]);
  return [...hiddenFields(page, action), ...ticked];
}

async function openForm(): Promise<string> {
  const { token } = hiddenOf(await browser.get('/bao-cao'));
  later(4 * SECOND);
  return token!;
}

/** The check page with these answers. */
async function checkPage(changes: Record<string, string> = {}): Promise<Page> {
  const page = await browser.post('/bao-cao', { token: await openForm(), ...GOOD, ...changes, step: '5', go: 'next' });
  expect(page.status).toBe(200);
  return page;
}

async function codeOn(page: Page): Promise<string> {
  expect({ status: page.status, text: page.status === 303 ? '' : textOf(page).slice(0, 1500) }).toEqual({ status: 303, text: '' });
  return /PA-04-\d{6}-\d{4,}-\d/.exec((await browser.get(page.location!)).html)![0];
}

const reportBy = (code: string) => desk.owner.selectFrom('report').selectAll().where('code', '=', code).executeTakeFirstOrThrow();

async function kindsOf(code: string): Promise<string[]> {
  const rows = await desk.owner.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id').innerJoin('report', 'report.id', 'report_id')
    .select(['kind', 'display']).where('code', '=', code).orderBy('kind').orderBy('display').execute();
  return rows.map(({ kind, display }) => `${kind} ${display}`);
}

function reportOf(changes: Partial<NewReport>): NewReport {
  return {
    channel: 'web', category: 'scam', situation: null, narrative: 'Một người khác đã gặp trang này trước tôi', traces: '', happenedOn: null, moneyLost: null, inDanger: false,
    forChild: false, communeCode: null, contact: null, senderAgencyId: null, uploads: [], language: 'vi', idempotencyKey: `nguoi-khac-truoc-${serial++}`, ...changes,
  };
}

async function qr(text: string): Promise<Buffer> {
  const { data, size } = encode(text, { border: 4 });
  const side = size * 6;
  const grey = Buffer.from(Array.from({ length: side * side }, (_, at) => (data[Math.floor(at / side / 6)]![Math.floor((at % side) / 6)] ? 0 : 255)));
  return sharp(grey, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}

function multipart(fields: Record<string, string>, ...files: Buffer[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  files.forEach((bytes, at) => form.append('photos', new File([new Uint8Array(bytes)], `ảnh ${at}.png`, { type: 'image/png' })));
  return form;
}

describe('a QR code in a picture', () => {
  test('is read, sealed, shown harmless, and becomes a trace of the report', async () => {
    const token = await openForm();
    const uploaded = await browser.post('/bao-cao', multipart({ token, ...GOOD, step: '2', go: 'add-photo' }, await qr('https://ma-qr.example/tra-tien'), await qr(`${PAYMENT}B7E1`)));
    expect(uploaded.status).toBe(200);
    expect(textOf(uploaded)).toContain(`${words.report.qrLeads} hxxps://ma-qr[.]example/tra-tien`);
    const rows = await desk.owner.selectFrom('pending_upload').select('qr_sealed').execute();
    expect(rows.map(({ qr_sealed }) => qr_sealed !== null && !qr_sealed.includes('ma-qr'))).toEqual([true, true]);
    const check = await browser.post('/bao-cao', [...Object.entries(GOOD), ...hiddenFields(uploaded, '/bao-cao'), ['step', '5'], ['go', 'next']].reverse() as [string, string][]);
    expect(textOf(check)).toContain('hxxps://ma-qr[.]example/tra-tien');
    expect(textOf(check)).toContain(`Trang web, ${words.report.foundInPicture}.`);
    const fields = [...sentBy(check), ['go', 'send']] as [string, string][];
    const [first, second] = [await codeOn(await browser.post('/bao-cao', fields)), await codeOn(await browser.post('/bao-cao', fields))];
    expect(second).toBe(first);
    expect(await kindsOf(first)).toEqual(expect.arrayContaining(['url hxxps://ma-qr[.]example/tra-tien']));
    expect(await desk.owner.selectFrom('pending_upload').select('id').execute()).toEqual([]);
  });

  test('of a payment gives the account with the right checksum alone', async () => {
    const crc = (text: string) => Buffer.from(text).reduce((sum, byte) => {
      let next = sum ^ (byte << 8);
      for (let bit = 0; bit < 8; bit += 1) next = ((next << 1) ^ (next & 0x8000 ? 0x1021 : 0)) & 0xffff;
      return next;
    }, 0xffff).toString(16).toUpperCase().padStart(4, '0');
    for (const [sum, accounts] of [[crc(PAYMENT), 1], [crc(`${PAYMENT}x`), 0]] as const) {
      const page = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, step: '6', go: 'send' }, await qr(PAYMENT + sum)));
      expect((await kindsOf(await codeOn(page))).filter((kind) => kind.startsWith('bank_account'))).toHaveLength(accounts);
    }
  });

  test('that holds a password is not taken along', async () => {
    const page = await browser.post('/bao-cao', multipart({ token: await openForm(), ...GOOD, step: '2', go: 'next' }, await qr('WIFI:T:WPA;S:Nha Lan;P:matkhau123;;')));
    expect(page.html).not.toContain('matkhau123');
  });
});

describe('the reporter says whose a trace is', () => {
  test('an unticked one is not kept, also after going back and forth', async () => {
    const check = await checkPage({ money_lost: '5 triệu' });
    const boxes = sentBy(check).filter(([name]) => name === 'culprit');
    expect(boxes).toHaveLength(2);
    expect(textOf(check)).toContain(words.report.foundTitle);
    const unticked = sentBy(check).filter(([name, value]) => name !== 'culprit' || value === boxes[1]![1]);
    const edit = await browser.post('/bao-cao', [...unticked, ['go', 'edit-3']]);
    expect(hiddenOf(edit).innocent).toBe(boxes[0]![1]);
    const again = await browser.post('/bao-cao', [...hiddenFields(edit, '/bao-cao'), ['money_lost', '6 triệu'], ['go', 'next']]);
    expect(sentBy(again).filter(([name]) => name === 'culprit')).toEqual([boxes[1]]);
    const code = await codeOn(await browser.post('/bao-cao', [...sentBy(again), ['go', 'send']]));
    expect(await kindsOf(code)).toEqual(['domain trang-gia[.]example', 'url hxxp://trang-gia[.]example/otp']);
    expect(await reportBy(code)).toMatchObject({ narrative: STORY, money_lost: 6_000_000 });
  });

  test('ticked by default, except what is written unusually, which says why', async () => {
    const check = await checkPage({ traces: 'http://vneid–capnhat.example/a' });
    expect(textOf(check)).toContain(words.report.foundUnusual);
    const code = await codeOn(await browser.post('/bao-cao', [...sentBy(check), ['go', 'send']]));
    expect((await kindsOf(code)).some((kind) => kind.includes('xn--'))).toBe(false);
    const asked = hiddenOf(check).asked!.split(',');
    const confirmed = [...hiddenFields(await checkPage({ traces: 'http://vneid–capnhat.example/a' }), '/bao-cao'), ...asked.map((id) => ['culprit', id]), ['go', 'send']] as [string, string][];
    expect((await kindsOf(await codeOn(await browser.post('/bao-cao', confirmed)))).some((kind) => kind.includes('xn--'))).toBe(true);
  });

  test('a number that was unticked is not offered to 156, a ticked one is', async () => {
    const check = await checkPage();
    const phone = sentBy(check).filter(([name]) => name === 'culprit')[0]!;
    const sent = await browser.post('/bao-cao', [...sentBy(check), ['go', 'send']]);
    const receipt = await browser.get(sent.location!);
    expect(textOf(receipt)).toContain('LD (0912345678)');
    expect(receipt.html).toContain('href="sms:156?&amp;body=LD%20(0912345678)');
    expect(sent.location).not.toContain('912345678');
    const other = await checkPage();
    const without = await browser.post('/bao-cao', [...sentBy(other).filter(([, value]) => value !== phone[1]), ['go', 'send']]);
    expect(textOf(await browser.get(without.location!))).not.toContain('LD (');
  });
});

describe('already reported', () => {
  const LINK = 'https://nhieu-nguoi-gap.example/dang-nhap';

  test('few are told as "some", more with their number; one press sends what there is', async () => {
    for (let reports = 1; reports <= 5; reports += 1) {
      await submitReport(desk, reportOf({ traces: LINK }));
      const page = await browser.post('/bao-cao', { token: await openForm(), category: 'phishing_impersonation', narrative: 'Trang này hỏi mã OTP', traces: LINK, step: '2', go: 'next' });
      expect(textOf(page)).toContain(reports < 5 ? 'Đã có người phản ánh về nhieu-nguoi-gap[.]example' : 'Đã có 5 phản ánh về nhieu-nguoi-gap[.]example');
    }
    const page = await browser.post('/bao-cao', { token: await openForm(), traces: LINK, step: '2', go: 'back' });
    const code = await codeOn(await browser.post('/bao-cao', { ...hiddenOf(page), step: '2', traces: LINK, money_lost: '2 triệu', go: 'met' }));
    expect(await reportBy(code)).toMatchObject({ category: 'scam', money_lost: 2_000_000, commune_code: null, reporter_kind: 'anonymous', narrative: 'Tôi cũng gặp nhieu-nguoi-gap[.]example.' });
    expect((await reportBy(code)).case_id).not.toBeNull();
    expect((await alreadyReported(desk, LINK))?.reports).toBe(6);
  });

  test('one press does not send what was typed wrong, and loses nothing', async () => {
    const page = await browser.post('/bao-cao', { token: await openForm(), traces: LINK, money_lost: 'nhiều lắm', step: '4', go: 'met' });
    expect(page.status).toBe(422);
    expect(textOf(page)).toContain(words.issues.money_unreadable);
    expect(page.html).toContain('value="nhiều lắm"');
  });

  test('of a trace nobody named, one press only goes on', async () => {
    const page = await browser.post('/bao-cao', { token: await openForm(), ...GOOD, traces: '', narrative: 'Một chuyện chưa ai kể bao giờ', step: '2', go: 'met' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('name="situation"');
  });

  test('says nothing about people’s numbers, nor about pictures and threats', async () => {
    for (let i = 0; i < 6; i += 1) await submitReport(desk, reportOf({ traces: '0987 654 321\nVietcombank 1017588000' }));
    expect(await alreadyReported(desk, '0987 654 321 Vietcombank 1017588000')).toBeNull();
    await submitReport(desk, reportOf({ category: 'intimate_images', traces: 'https://kho-anh-rieng.example/a/1' }));
    expect(await alreadyReported(desk, 'https://kho-anh-rieng.example/a/1')).toBeNull();
    const page = await browser.post('/bao-cao', { token: await openForm(), category: 'intimate_images', narrative: 'Có người dọa tung ảnh', traces: LINK, step: '2', go: 'next' });
    expect(textOf(page)).not.toContain('phản ánh về nhieu');
  });

  describe('with one press from another page', () => {
    const post = (fields: Record<string, string>) => browser.post('/bao-cao/cung-gap', fields);
    const MET = '/bao-cao/cung-gap';

    test('an anonymous report of nothing but the trace', async () => {
      const shown = await post({ trace: `xem giúp ${LINK} gọi 0912345678` });
      expect(shown.status).toBe(200);
      expect(shown.headers.get('cache-control')).toBe('no-store');
      expect(textOf(shown)).toContain('nhieu-nguoi-gap[.]example');
      const fields = hiddenOf(shown, MET);
      const fast = await post(fields);
      expect([fast.status, textOf(fast).includes(words.metToo.trap.fast)]).toEqual([422, true]);
      later(SECOND);
      const filled = await post({ ...fields, website: 'http://x.example' });
      expect([filled.status, textOf(filled).includes(words.metToo.trap.filled), /name="website"[^>]*value=/.test(filled.html)]).toEqual([422, true, false]);
      const sent = await post(hiddenOf(filled, MET));
      const code = await codeOn(sent);
      expect(await codeOn(await post(fields))).toBe(code);
      expect(await reportBy(code)).toMatchObject({ category: 'scam', reporter_kind: 'anonymous', money_lost: null, commune_code: null, narrative: 'Tôi cũng gặp nhieu-nguoi-gap[.]example.' });
      expect((await kindsOf(code)).some((kind) => kind.startsWith('phone'))).toBe(false);
      expect((await post({ ...fields, trace: '', warning: slug })).status).toBe(409);
    });

    test('of what was just checked', async () => {
      const checked = await browser.get(`/kiem-tra?q=${encodeURIComponent(LINK)}`);
      expect(textOf(checked)).toMatch(/Đã có \d+ phản ánh về nhieu-nguoi-gap\[\.\]example/);
      later(2 * SECOND);
      expect(await reportBy(await codeOn(await post(hiddenOf(checked, MET))))).toMatchObject({ category: 'scam', reporter_kind: 'anonymous' });
      const person = await browser.get('/kiem-tra?q=0987654321');
      expect(person.html).not.toContain(MET);
      expect(textOf(person)).not.toMatch(/đã có .*phản ánh về/i);
    });

    test('of a warning', async () => {
      const page = await browser.get(`/canh-bao/${slug}`);
      expect(page.headers.get('cache-control')).toBe('private, max-age=60');
      later(2 * SECOND);
      await codeOn(await post(hiddenOf(page, MET)));
      const shown = await post({ warning: slug });
      expect(textOf(shown)).toContain(words.report.alreadyWarning);
      later(2 * SECOND);
      const code = await codeOn(await post(hiddenOf(shown, MET)));
      const { category } = await desk.owner.selectFrom('warning').select('category').where('slug', '=', slug).executeTakeFirstOrThrow();
      expect(await reportBy(code)).toMatchObject({ category });
      expect((await kindsOf(code)).length).toBeGreaterThan(0);
    });

    test('of what nobody named, of a person’s number, and of nonsense leads to the whole form', async () => {
      const sent: Record<string, string>[] = [{ trace: 'https://chua-ai-gap.example' }, { trace: '0987 654 321' }, { trace: '' }, { warning: "'; drop table report; --" }, {}];
      for (const fields of sent) {
        const page = await post(fields);
        expect([page.status, page.location?.startsWith('/bao-cao?traces=')]).toEqual([303, true]);
      }
    });

    test('with an old or altered token asks for another press', async () => {
      const { token } = hiddenOf(await post({ trace: LINK }), MET);
      later(25 * 3600 * SECOND);
      for (const bad of [token!, 'x'.repeat(300)]) {
        const page = await post({ trace: LINK, token: bad });
        expect([page.status, textOf(page).includes(words.metToo.noticeExpired)]).toEqual([422, true]);
        await codeOn(await post(hiddenOf(page, MET)));
      }
    });
  });
});

describe('what looks like a program', () => {
  test('is not punished: too fast, or a hidden field filled, asks for one more press and loses nothing', async () => {
    const { token } = hiddenOf(await browser.get('/bao-cao'));
    const before = await desk.owner.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    const fast = await browser.post('/bao-cao', { token: token!, ...GOOD, step: '6', go: 'send' });
    expect([fast.status, textOf(fast).includes(words.report.trap.fast), textOf(fast).includes(STORY)]).toEqual([422, true, true]);
    later(3 * SECOND);
    const filled = await browser.post('/bao-cao', [...sentBy(fast), ['website', 'https://spam.example'], ['go', 'send']]);
    expect([filled.status, textOf(filled).includes(words.report.trap.filled), filled.html.includes('spam.example')]).toEqual([422, true, false]);
    expect(await desk.owner.selectFrom('report').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).toEqual(before);
    expect(await kindsOf(await codeOn(await browser.post('/bao-cao', [...sentBy(filled), ['go', 'send']])))).toHaveLength(3);
  });

  test('one source is slowed down, with no memory of it but a salted hash; another is not', async () => {
    const strict = new TestBrowser(await webApp(desk, 0.005));
    const statuses = [];
    for (const path of ['/bao-cao', '/bao-cao/cung-gap', '/bao-cao', '/bao-cao/cung-gap', '/bao-cao']) statuses.push((await strict.post(path, { trace: 'x' })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    strict.address = '198.51.100.9';
    expect((await strict.post('/bao-cao/cung-gap', { trace: 'x' })).status).toBe(303);
  });
});

describe('codes of pictures', () => {
  test('the page keeps every answer on the way there and back', async () => {
    const page = await browser.post('/bao-cao', { token: await openForm(), ...GOOD, category: 'intimate_images', traces: 'https://noi-dang.example/1', step: '2', go: 'hash' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).not.toContain('connect-src');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.html).toContain(words.imageHash.noScript);
    const hash = 'a1'.repeat(32);
    const back = await browser.post('/bao-cao', { ...hiddenOf(page), traces: `https://noi-dang.example/1\n${hash}`, go: 'back' });
    expect(textOf(back)).toContain(STORY);
    expect(back.html).toContain(hash);
    expect(back.html).not.toContain('type="file"');
    const code = await codeOn(await browser.post('/bao-cao', { ...hiddenOf(back), narrative: STORY, traces: hash, step: '6', asked: '', go: 'send' }));
    expect(await kindsOf(code)).toEqual(expect.arrayContaining([`file_hash ${hash}`]));
    expect((await reportBy(code)).case_id).toBeNull();
  });

  test('opens without a form as well, in both languages', async () => {
    for (const path of ['/bao-cao/ma-anh', '/en/bao-cao/ma-anh']) {
      const page = await browser.get(path);
      expect([page.status, hiddenOf(page, path.replace('/ma-anh', '')).category]).toEqual([200, 'intimate_images']);
    }
  });
});
