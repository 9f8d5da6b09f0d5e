import { describe, expect, test } from 'vitest';
import { renderPage } from '#web/html.ts';
import type { Lang } from '#web/i18n/index.ts';
import type { Frame } from '#web/portal-frame.ts';
import { rss } from '../feed.ts';
import type { AskedThing, WarningPage } from '../queries.ts';
import { CheckPage } from './check.tsx';
import { HomePage } from './home.tsx';
import { WarningListPage, WarningPageView } from './warnings.tsx';

const at = new Date('2026-11-22T02:00:00Z');
const frameOf = (lang: Lang): Frame => ({ lang, assets: (name) => `/tinh/${name}` });
const warning: WarningPage = {
  slug: 'trang-gia', title: 'Trang <giả> & "xấu"', category: 'phishing_impersonation', agency: 'Sở X', publishedAt: at, endsAt: at, reportCount: 4, communeCount: 9,
  summary: '<b>tóm tắt</b>', advice: 'Đừng bấm.', targets: [{ before: 'https://login.', registrable: 'evil.example', after: '/otp' }], legalBasis: 'Điều 7',
};
const kinds = ['url', 'domain', 'phone', 'bank_account', 'text'] as const;
const asked = (kind: AskedThing['kind']): AskedThing => ({ kind, before: 'http://', registrable: 'evil.example', after: '/dk' });

describe.each(['vi', 'en'] as const)('in %s', (lang) => {
  const frame = frameOf(lang);
  const answers = kinds.flatMap((kind) => [
    { kind: 'warned', slug: 's', title: 'T', summary: 'S', category: 'scam', agency: 'A', since: at, until: at, asked: asked(kind) } as const,
    { kind: 'unknown', asked: asked(kind) } as const,
  ]);

  test.each([null, { kind: 'unreadable' } as const, ...answers])('a check never says "safe" and never links what was asked: %j', (answer) => {
    const page = renderPage(<CheckPage frame={frame} q="http://evil.example/dk" answer={answer} />);
    expect(page).not.toMatch(/href="https?:\/\/evil/);
    expect(page).not.toMatch(/(?<!có nghĩa\s)là an toàn\.(?! Trang)|is safe\b(?! *\. New)/i);
    expect(page.includes('noindex')).toBe(answer !== null);
    expect(page).not.toMatch(/<script|\sstyle=/);
  });

  test('a check tells how many met an address, small counts only roughly, and of a person’s number nothing', () => {
    const page = (kind: AskedThing['kind'], reports: number) => renderPage(
      <CheckPage frame={frame} q="http://evil.example/dk" answer={{ kind: 'unknown', asked: asked(kind) }} met={{ about: 'evil[.]example', reports, token: 'TOKEN' }} />);
    expect(page('url', 1234)).toContain(lang === 'vi' ? '1.234 phản ánh về evil[.]example' : '1,234 reports name evil[.]example');
    expect(page('url', 4)).not.toMatch(/\b4 (?:phản ánh|reports)/);
    expect(page('url', 4)).toContain('name="token" value="TOKEN"');
    for (const kind of ['phone', 'bank_account'] as const) expect(page(kind, 1234)).not.toMatch(/1[.,]234|cung-gap/);
  });

  test('a warning is defanged, escaped, and tells small counts only roughly', () => {
    const page = renderPage(<WarningPageView frame={frame} warning={warning} />);
    expect(page).toContain('evil[.]example');
    expect(page).not.toContain('evil.example');
    expect(page).not.toContain('<b>tóm tắt');
    expect(page).toContain(lang === 'vi' ? 'dưới 5 phản ánh' : 'fewer than 5 reports');
    expect(page).not.toContain('noindex');
    expect(page).toContain('id="xem-lai"');
  });

  test('lists and the front page stand empty or full', () => {
    for (const items of [[], [warning]]) {
      const list = renderPage(<WarningListPage frame={frame} items={items} page={1} pages={2} category="scam" />);
      expect(list).toContain('nhom=scam&amp;trang=2');
      const home = renderPage(<HomePage frame={frame} latest={items} />);
      expect(home.match(/class="first"/g)).toHaveLength(1);
      expect(home).toContain('tel:113');
    }
  });
});

test('the feed is well-formed whatever a title holds', () => {
  const feed = rss([{ ...warning, title: 'a & b <c> \u0000\u000b' }], 'https://x.example', 'vi');
  expect(feed).toContain('<title>a &amp; b &lt;c&gt; </title>');
  expect(feed).toContain('<link>https://x.example/canh-bao/trang-gia</link>');
  // oxlint-disable-next-line no-control-regex
  expect(feed).not.toMatch(/[\u0000-\u0008\u000b]/);
});
