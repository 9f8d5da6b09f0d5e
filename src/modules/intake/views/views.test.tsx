import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { VNode } from 'preact';
import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '#catalogue/categories.ts';
import { SITUATIONS } from '#catalogue/first-aid.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import { renderPage } from '#web/html.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import type { Frame } from '#web/portal-frame.ts';
import { NO_MARKS, tracesOf, TRAP_FIELD } from '../form-state.ts';
import type { Fields, Step } from '../schema.ts';
import type { ReporterView } from '../types.ts';
import { NotDonePage, PrivacyPage } from './about.tsx';
import { FirstAidIndex, FirstAidPage } from './first-aid.tsx';
import { FollowForm, FollowPage } from './follow.tsx';
import { ImageHashPage } from './image-hash.tsx';
import { MetTooPage } from './met-too.tsx';
import { ReceiptExpiredPage, ReceiptPage } from './receipt.tsx';
import { ReportPage, type ReportPageProps } from './report.tsx';

const now = new Date('2026-11-22T02:00:00Z');
const communes = communesOf('04').map(({ code, fullName, name }) => ({ code, name: fullName, search: searchKey(`${fullName} ${name}`) }));
const frameOf = (lang: Lang): Frame => ({ lang, assets: (name) => `/tinh/${name}` });
const full: Fields = {
  category: 'scam', narrative: '"><script>alert(1)</script>\nDòng hai', traces: 'javascript:alert(1)', situation: 'parcel', money_lost: '12 triệu',
  happened_on: '21/11/2026', in_danger: '1', commune: communes[0]!.code, contact_kind: 'contact', email: 'an@vidu.example',
};
const props = (step: Step, changes: Partial<ReportPageProps> = {}): ReportPageProps => ({
  frame: frameOf('vi'), now, step, fields: full, issues: {}, photoIssues: [], token: 'TOKEN', uploads: [], communes, fromCheck: false, notices: [],
  explainOther: false, marks: NO_MARKS, found: [], qr: '', already: null, ...changes,
});
const already = { about: 'x[.]example', reports: 3, category: 'scam', warning: { slug: 's', title: 'T' } } as const;
const html = (page: VNode) => renderPage(page);
const steps = [1, 2, 3, 4, 5, 6] as const;

/** Rules of every portal page. */
function expectPlain(page: string): void {
  expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|javascript:[^<&\n]*"[^>]*>.*<a href="javascript/i);
  expect(page).not.toMatch(/href="javascript/i);
  expect(page.match(/<h1/g)).toHaveLength(1);
  expect(page).not.toContain('[object Object]');
  expect(page).not.toContain('undefined');
}

describe.each(['vi', 'en'] as const)('the form in %s', (lang) => {
  test.each(steps)('step %i is one plain page that carries the other answers', (step) => {
    const page = html(<ReportPage {...props(step, { frame: frameOf(lang) })} />);
    expectPlain(page);
    for (const value of ['TOKEN', 'javascript:alert(1)', 'an@vidu.example', communes[0]!.code]) expect(page).toContain(value);
    expect(page).toContain(`action="${lang === 'en' ? '/en' : ''}/bao-cao"`);
    expect(page.match(/class="btn"/g)).toHaveLength(1);
  });
});

describe('the form', () => {
  test('asks for pictures except of intimate images, files last among the fields', () => {
    const page = html(<ReportPage {...props(2)} />);
    expect(page).toContain('multipart/form-data');
    expect(page.indexOf('type="file"')).toBeGreaterThan(page.lastIndexOf('<textarea'));
    const intimate = html(<ReportPage {...props(2, { fields: { ...full, category: 'intimate_images' } })} />);
    expect(intimate).not.toContain('type="file"');
    expect(intimate).toContain(messages('vi').portal.report.intimateText);
  });

  test('links each problem to its field and keeps the values', () => {
    const page = html(<ReportPage {...props(3, { issues: { money_lost: 'money_unreadable' }, fields: { ...full, money_lost: 'mười hai' } })} />);
    expect(page).toContain('href="#f-money_lost"');
    expect(page).toContain('value="mười hai"');
    expect(page).toContain('aria-invalid="true"');
  });

  test('names every file that was not taken', () => {
    const page = html(<ReportPage {...props(2, { photoIssues: ['“a.pdf” …', '“b.zip” …'] })} />);
    expect(page).toContain('href="#f-photos"');
    expect(page).toContain('“a.pdf” … “b.zip” …');
  });

  test('offers the ten categories and "something else"', () => {
    const page = html(<ReportPage {...props(1, { explainOther: true })} />);
    for (const { code } of CATEGORIES) expect(page).toContain(`value="${code}"`);
    expect(page).toContain('value="other"');
    expect(page).toContain('/dieu-khong-lam');
  });

  test('the check page shows every answer with a way to change it', () => {
    const page = html(<ReportPage {...props(6, { found: tracesOf({ traces: 'http://x.example/a' }, '', NO_MARKS), already })} />);
    for (const step of [1, 2, 3, 4, 5]) expect(page).toContain(`value="edit-${step}"`);
    for (const words of ['12.000.000 đồng', '21/11/2026', communes[0]!.name, 'hxxp://x[.]example', 'Đã có người phản ánh về x[.]example', '/canh-bao/s']) expect(page).toContain(words);
    expect(page).toContain('value="send"');
  });

  test('asks of each trace whether it is the wrongdoer’s; an unusual one is not ticked and says why', () => {
    const fields = { traces: 'http://x.example/a\n0912 345 678\nhttp://vneid–capnhat.example/b' };
    const found = tracesOf(fields, '', NO_MARKS);
    const page = html(<ReportPage {...props(6, { fields: { ...full, ...fields }, found })} />);
    const boxes = [...page.matchAll(/<input type="checkbox" name="culprit" value="([\w-]+)"[^>]*>/g)];
    expect(boxes.map(([box]) => box.includes(' checked'))).toEqual(found.map(({ unusual }) => !unusual));
    expect(found.map(({ unusual }) => unusual)).toContain(true);
    expect(page).toContain(`name="asked" value="${found.map(({ id }) => id).join(',')}"`);
    for (const words of [messages('vi').portal.report.foundUnusual, 'Số điện thoại.', 'Trang web.']) expect(page).toContain(words);
    expect(page).not.toContain('0912 345 678</span>');
  });

  test('says where a QR code leads, harmless', () => {
    const found = tracesOf({}, 'https://ma-qr.example/tra-tien', NO_MARKS);
    const uploads = [{ id: 'u', name: 'a.png', bytes: 1 }];
    for (const step of [2, 6] as const) {
      const page = html(<ReportPage {...props(step, { found, uploads, qr: 'https://ma-qr.example/tra-tien' })} />);
      expect(page).toContain(messages('vi').portal.report.qrLeads);
      expect(page).toContain('hxxps://ma-qr[.]example/tra-tien');
    }
  });

  test.each([2, 3, 4, 5] as const)('offers one press on page %i, after the button that goes on', (step) => {
    const page = html(<ReportPage {...props(step, { already: { ...already, reports: 12 } })} />);
    expect(page).toContain('Đã có 12 phản ánh về x[.]example');
    expect(page.indexOf('value="met"')).toBeGreaterThan(page.indexOf('value="next"'));
  });

  test('hides a field for programs from everybody else', () => {
    for (const page of [html(<ReportPage {...props(6)} />), html(<MetTooPage frame={frameOf('vi')} token="T" slug="" trace="x.example" already={already} story="S" notice={null} />)]) {
      expect(page).toMatch(new RegExp(`<p class="vh" aria-hidden="true">[^]*name="${TRAP_FIELD}" tabindex="-1" autocomplete="off"`));
    }
  });

  test('tells a person in danger to call first', () => {
    expect(html(<ReportPage {...props(4)} />)).toContain(messages('vi').portal.report.dangerTitle);
    expect(html(<ReportPage {...props(4, { fields: { ...full, in_danger: undefined } })} />)).not.toContain(messages('vi').portal.report.dangerTitle);
  });

  test('is light: each page with its styles stays under 15 kB over the wire', async () => {
    const css = await build({ entryPoints: [`${import.meta.dirname}/../../../web/styles/portal.css`], bundle: true, minify: true, write: false, target: ['chrome80'] });
    const styles = gzipSync(css.outputFiles[0]!.contents).length;
    for (const step of steps) expect(gzipSync(html(<ReportPage {...props(step)} />)).length + styles).toBeLessThan(15_000);
  });
});

const receipt = {
  code: 'PA-04-261122-0001-5', secret: '07Z2-VPZ3-J51E-913Y-ADMP', receivedAt: now, shownUntil: now, followUrl: 'http://x/tra-cuu?ma=PA-04-261122-0001-5',
  token: 'T', spam: null, due: { acknowledge: now, gate: now, answer: now },
};

describe.each(['vi', 'en'] as const)('other pages in %s', (lang) => {
  const frame = frameOf(lang);

  test.each(SITUATIONS.map((situation) => [situation.key, situation] as const))('first aid %s, alone and on a receipt', (_key, situation) => {
    const page = html(<FirstAidPage frame={frame} situation={situation} />);
    expectPlain(page);
    expect(page).toContain('href="tel:');
    const slip = html(<ReceiptPage frame={frame} situation={situation} {...receipt} />);
    expectPlain(slip);
    expect(slip).toContain(receipt.secret);
    expect(slip).toContain('noindex');
  });

  test('the rest is plain', () => {
    for (const page of [
      <MetTooPage frame={frame} token="T" slug="s" trace="" already={already} story="S" notice="N" />,
      <FirstAidIndex frame={frame} />, <NotDonePage frame={frame} />, <PrivacyPage frame={frame} />, <ReceiptExpiredPage frame={frame} />,
      <FollowForm frame={frame} code="" secret="" wrong expired body="x" />,
    ]) expectPlain(html(page));
  });
});

describe('codes of pictures', () => {
  const page = html(<ImageHashPage frame={frameOf('vi')} token="T" fields={full} marks={NO_MARKS} fromCheck={false} />);

  test('the field for files has no name and stands in no form', () => {
    const field = /<input type="file"[^>]*>/.exec(page)![0];
    expect(field).not.toContain('name=');
    expect(page.indexOf(field)).toBeLessThan(page.indexOf('<form'));
    expect(page).not.toContain('multipart');
  });

  test('carries every answer back', () => {
    for (const value of ['an@vidu.example', 'javascript:alert(1)', '12 triệu']) expect(page).toContain(value);
    expect(page.match(/<script/g)).toHaveLength(1);
  });
});

test('a receipt gives the message for 156 to copy and to open', () => {
  const page = html(<ReceiptPage frame={frameOf('vi')} situation={SITUATIONS[0]!} {...receipt} spam={{ phone: '0912345678', kinds: ['scam_call'] }} />);
  expect(page).toContain('<code>LD (0912345678) (goi lua dao)</code>');
  expect(page).toContain('href="sms:156?&amp;body=LD%20(0912345678)%20(goi%20lua%20dao)"');
});

const view: ReporterView = {
  id: '1', code: receipt.code, state: 'received', category: 'scam', situation: null, receivedAt: now, dueOn: '2026-11-25', narrative: '<b>x</b>', moneyLost: 5,
  happenedOn: null, commune: null, agency: 'Sở X', stopCode: null, eraseAfter: null, attachments: [{ id: 'a', name: 'a.png' }], indicators: ['091•••678'],
  messages: [{ id: 'm', sentBy: 'desk', body: 'Chào bạn', at: now }], steps: [{ at: now, to: 'received', reason: null }], minimisedAt: null, warnings: [{ slug: 's', title: 'T' }], review: null,
};
const follow = (changes: Partial<ReporterView>, lang: Lang = 'vi') => html(
  <FollowPage frame={frameOf(lang)} view={{ ...view, ...changes }} token="T" openUntil={now} body="" errors={{}} uploads={[]} sent={false} words="" asked={null} takesPhotos />,
);

describe('the follow-up page', () => {
  test.each(Object.keys(messages('vi').portal.follow.state) as ReporterView['state'][])('says where it stands and what comes next: %s', (state) => {
    for (const lang of ['vi', 'en'] as const) {
      const page = follow({ state }, lang);
      expectPlain(page);
      expect(page).toContain(messages(lang).portal.follow.state[state]);
      expect(page).toContain(messages(lang).portal.follow.next[state]);
    }
  });

  test('gives a day while something is due, none when it is over', () => {
    expect(follow({})).toContain('25/11/2026');
    expect(follow({ state: 'answered' })).not.toContain('25/11/2026');
  });

  test.each(STOP_CODES)('tells the reason of a stop: %s', (stopCode) => {
    const page = follow({ state: 'stopped', stopCode, eraseAfter: new Date('2026-12-20T00:00:00Z') });
    expect(page).toContain('20/12/2026');
    expect(page).toContain(messages('vi').gate.ask.send);
    expectPlain(page);
  });

  test('pictures are fetched with the sealed token', () => expect(follow({})).toContain('/tra-cuu/anh/a?t=T'));
});
