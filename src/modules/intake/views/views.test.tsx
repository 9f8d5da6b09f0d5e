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
import type { Fields, Step } from '../schema.ts';
import type { ReporterView } from '../types.ts';
import { NotDonePage, PrivacyPage } from './about.tsx';
import { FirstAidIndex, FirstAidPage } from './first-aid.tsx';
import { FollowForm, FollowPage } from './follow.tsx';
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
  explainOther: false, found: [], already: null, ...changes,
});
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
    const page = html(<ReportPage {...props(6, { found: ['hxxp://x[.]example'], already: { reports: 3, warning: { slug: 's', title: 'T' } } })} />);
    for (const step of [1, 2, 3, 4, 5]) expect(page).toContain(`value="edit-${step}"`);
    for (const words of ['12.000.000 đồng', '21/11/2026', communes[0]!.name, 'hxxp://x[.]example', 'dưới 5', '/canh-bao/s']) expect(page).toContain(words);
    expect(page).toContain('value="send"');
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
  token: 'T', due: { acknowledge: now, gate: now, answer: now },
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
      <FirstAidIndex frame={frame} />, <NotDonePage frame={frame} />, <PrivacyPage frame={frame} />, <ReceiptExpiredPage frame={frame} />,
      <FollowForm frame={frame} code="" secret="" wrong expired body="x" />,
    ]) expectPlain(html(page));
  });
});

const view: ReporterView = {
  id: '1', code: receipt.code, state: 'received', category: 'scam', situation: null, receivedAt: now, dueOn: '2026-11-25', narrative: '<b>x</b>', moneyLost: 5,
  happenedOn: null, commune: null, agency: 'Sở X', stopCode: null, eraseAfter: null, attachments: [{ id: 'a', name: 'a.png' }], indicators: ['091•••678'],
  messages: [{ id: 'm', sentBy: 'desk', body: 'Chào bạn', at: now }], steps: [{ at: now, to: 'received', reason: null }], warnings: [{ slug: 's', title: 'T' }],
};
const follow = (changes: Partial<ReporterView>, lang: Lang = 'vi') => html(
  <FollowPage frame={frameOf(lang)} view={{ ...view, ...changes }} token="T" openUntil={now} body="" errors={{}} uploads={[]} sent={false} takesPhotos />,
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
    expect(page).toContain(messages('vi').portal.follow.stopAgain);
    expectPlain(page);
  });

  test('pictures are fetched with the sealed token', () => expect(follow({})).toContain('/tra-cuu/anh/a?t=T'));
});
