import { renderToString as html } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Badge } from './badge.tsx';
import { Callout } from './callout.tsx';
import { CheckList } from './check-list.tsx';
import { Defanged } from './defanged.tsx';
import { Disclosure } from './disclosure.tsx';
import { Doors } from './doors.tsx';
import { Empty } from './empty.tsx';
import * as form from './form.tsx';
import { renderPage } from './html.ts';
import { en } from './i18n/en/index.ts';
import { languages, messages } from './i18n/index.ts';
import { vi } from './i18n/vi/index.ts';
import { Icon, iconNames } from './icons.tsx';
import { Kv } from './kv.tsx';
import { ConsolePage, PortalPage, PrintPage } from './layout.tsx';
import { LinkList } from './link-list.tsx';
import { localPath } from './links.ts';
import { Pagination } from './pagination.tsx';
import { Panel } from './panel.tsx';
import { QrCode } from './qr.tsx';
import { SideNav } from './side-nav.tsx';
import { Steps } from './steps.tsx';
import { type Column, DataTable } from './table.tsx';
import { Timeline } from './timeline.tsx';
import { VeiledImage } from './veiled-image.tsx';
import { Verdict } from './verdict.tsx';

const lang = 'vi' as const;
const assets = (name: string): string => `/tinh/${name}`;
const EVIL = '<script>alert("x")</script>';
const BAD = 'javascript:alert(1)';

describe('messages', () => {
  it('has the same keys in every language', () => {
    const keys = (value: unknown, path = ''): string[] =>
      value && typeof value === 'object' ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`)) : [path];
    expect(keys(en)).toEqual(keys(vi));
    expect(languages.map((one) => messages(one).common.otherLanguage)).toEqual(['English', 'Tiếng Việt']);
  });
});

describe('pages', () => {
  const portal = renderPage(
    <PortalPage lang="vi" title="Gửi phản ánh" assets={assets} path="/bao-cao?a=1" current="report" description="Mô tả" operator="Sở">
      <p>nội dung</p>
    </PortalPage>,
  );
  const console_ = renderPage(
    <ConsolePage
      lang="vi" title="Chờ phân loại" assets={assets} clear="duyet" side={<p>bên</p>} crumbs={[{ label: 'Việc', href: BAD }]}
      search={{ action: BAD, label: 'Tìm' }} user={{ name: 'Lan', role: 'Sở', key: 'u1', signOut: { action: '/ra', fields: { token: 't' } } }}
    >
      <p>nội dung</p>
    </ConsolePage>,
  );
  const print = renderPage(<PrintPage lang="en" title="Receipt" assets={assets} back={{ label: 'Back', href: '/en' }}>nội dung</PrintPage>);

  it('are whole documents in their language, with a skip link to the one main', () => {
    for (const page of [portal, console_, print]) {
      expect(page).toMatch(/^<!doctype html><html lang="(vi|en)"><head><meta charset="utf-8"\/?>/);
      expect(page).toContain('<a class="skip" href="#main">');
      expect(page.match(/<main id="main"/g)).toHaveLength(1);
      expect(page.match(/nội dung/g)?.length).toBeGreaterThan(0);
      expect(page.slice(0, page.indexOf('</head>'))).not.toContain('nội dung');
    }
  });
  it('keep to the content security policy', () => {
    for (const page of [portal, console_, print]) {
      expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:|<script(?! type="module" src="\/tinh\/console\.js")/);
    }
    expect(portal).not.toContain('<script');
    expect(print).not.toContain('<script');
  });
  it('lead to the same page in the other language and mark the place', () => {
    expect(portal).toContain('<a class="lang" href="/en/bao-cao?a=1" lang="en" hreflang="en">English</a>');
    expect(portal).toMatch(/href="\/bao-cao" aria-current="page"/);
    expect(portal).toContain('Điều chúng tôi không làm');
    expect(portal).toContain('<title>Gửi phản ánh · Lá Chắn</title>');
    expect(localPath('en', '/')).toBe('/en');
    expect(localPath('en', '/?a=1')).toBe('/en?a=1');
    expect(localPath('en', '/tra-cuu')).toBe('/en/tra-cuu');
    expect(localPath('vi', '/tra-cuu')).toBe('/tra-cuu');
  });
  it('tell the script of the console what it needs', () => {
    expect(console_).toContain('<body data-clear="duyet" data-user="u1">');
    expect(console_).toContain('data-search');
    expect(console_).toContain('<dialog id="help"');
    expect(console_).toContain('<input type="hidden" name="token" value="t"');
    expect(console_).toContain('noindex');
  });
});

describe('fields', () => {
  it('tie label, hint and error to the control', () => {
    const out = html(<form.TextField lang={lang} name="a.b[0]" label="Nhãn" hint="Gợi ý" error="Sai" value={EVIL} optional autocomplete="off" inputmode="url" maxlength={9} code />);
    expect(out).toContain('<label for="f-a-b-0-">');
    expect(out).toContain('aria-describedby="f-a-b-0--hint f-a-b-0--error"');
    expect(out).toContain('aria-invalid="true"');
    expect(out).toContain('id="f-a-b-0--hint"');
    expect(out).toContain('id="f-a-b-0--error"');
    expect(out).toContain('(không bắt buộc)');
    expect(out).toMatch(/inputmode="url"/i);
    expect(out).toMatch(/maxlength="9"/i);
    expect(out).toMatch(/spellcheck="false"/i);
    expect(out).toContain('&lt;script');
    expect(out).not.toContain('<script');
  });
  it('describe nothing when there is nothing to say', () => {
    const out = html(<form.TextField lang={lang} name="a" label="Nhãn" />);
    expect(out).not.toContain('aria-');
    expect(out).not.toContain('hint');
  });
  it('keep what was written', () => {
    expect(html(<form.TextArea lang={lang} name="a" label="N" value={'dòng 1\n<b>'} maxlength={4000} />)).toContain('>dòng 1\n&lt;b></textarea>');
    expect(html(<form.TextArea lang={lang} name="a" label="N" maxlength={4000} />)).toContain('Tối đa 4.000 ký tự.');
    const select = html(<form.Select lang={lang} name="a" label="N" value="2" options={[{ value: '1', label: 'A' }, { label: 'G', options: [{ value: '2', label: 'B' }] }]} />);
    expect(select).toMatch(/<option (selected value="2"|value="2" selected)>B/);
    expect(select.match(/ selected/g)).toHaveLength(1);
    const radios = html(<form.RadioCards lang={lang} name="c" label="N" value="y" error="Chọn" heading options={[{ value: 'x', label: 'X' }, { value: 'y', label: 'Y', hint: 'h' }]} />);
    expect(radios).toMatch(/<legend><h1>N<\/h1><\/legend>/);
    expect(radios).toMatch(/value="x" id="f-c"/);
    expect(radios).toMatch(/value="y" id="f-c-2" checked/);
    expect(radios.match(/ checked/g)).toHaveLength(1);
    expect(radios).toContain('aria-describedby="f-c-error"');
    const boxes = html(<form.CheckboxList lang={lang} name="c" label="N" values={['x', 'y']} options={[{ value: 'x', label: 'X' }, { value: 'y', label: 'Y' }, { value: 'z', label: 'Z' }]} />);
    expect(boxes.match(/ checked/g)).toHaveLength(2);
    expect(html(<form.Checkbox lang={lang} name="ok" label="N" error="Cần" />)).toContain('aria-describedby="f-ok-error"');
  });
  it('ask for dates and images the way phones like', () => {
    const date = html(<form.DateField lang={lang} name="d" label="Ngày" value="31/02/2026" />);
    expect(date).toMatch(/type="text"/);
    expect(date).toMatch(/inputmode="numeric"/i);
    expect(date).toContain('Ví dụ: 22/11/2026');
    const file = html(<form.FileField lang={lang} name="f" label="Ảnh" maxFiles={5} maxMegabytes={8} />);
    expect(file).toContain('type="file"');
    expect(file).toContain(' multiple');
    expect(file).toContain('Tối đa 5 ảnh, mỗi ảnh không quá 8 MB.');
  });
  it('gather the errors above the form, in focus, each leading to its field', () => {
    const out = html(<form.ErrorSummary lang={lang} errors={{ 'a.b': 'Sai', c: undefined, '': 'Chung' }} />);
    expect(out).toMatch(/role="alert" tabindex="-1" autofocus/i);
    expect(out).toContain('<a href="#f-a-b">Sai</a>');
    expect(out).toContain('<li>Chung</li>');
    expect(out.match(/<li>/g)).toHaveLength(2);
    expect(html(<form.ErrorSummary lang={lang} errors={{ c: undefined }} />)).toBe('');
  });
  it('send forms only to safe places and name the button pressed', () => {
    const out = html(
      <form.Form action="//evil" multipart keep="duyet" hidden={{ token: 't', none: undefined }}>
        <form.Button name="do" value="save" kind="quiet" formaction={BAD}>Lưu</form.Button>
        <form.ButtonLink href={BAD}>Đi</form.ButtonLink>
      </form.Form>,
    );
    expect(out).toContain('action="#"');
    expect(out).toMatch(/novalidate/i);
    expect(out).toContain('enctype="multipart/form-data"');
    expect(out).toContain('data-keep="duyet"');
    expect(out.match(/type="hidden"/g)).toHaveLength(1);
    expect(out).toMatch(/<button class="btn q" type="submit" name="do" value="save" formaction="#"/i);
    expect(out).not.toContain('javascript:');
  });
});

describe('Defanged', () => {
  it('breaks scheme and names, highlights the registrable part, links nothing', () => {
    const out = html(<Defanged before="https://login.a." registrable="vneid-capnhat.example" after="/a.b?x=y.z" />);
    expect(out).toContain('<i>hxxps://login[.]a[.]</i><b>vneid-capnhat[.]example</b><i>/a.b?x=y.z</i>');
    expect(out).not.toMatch(/<a[ >]|href/);
    expect(out).toContain('translate="no"');
  });
  it('leaves alone what is defanged already', () => {
    expect(html(<Defanged before="hxxp://" registrable="x[.]example" />)).toContain('<i>hxxp://</i><b>x[.]example</b>');
  });
  it('shows hidden and turning characters openly', () => {
    const out = html(<Defanged registrable={'a\u202ecod.example'} after={'/\u200b\u0007x'} />);
    expect(out).toContain('a%E2%80%AEcod[.]example');
    expect(out).toContain('/%E2%80%8B%07x');
  });
  it('escapes markup', () => {
    expect(html(<Defanged before={EVIL} registrable={EVIL} after={EVIL} />)).not.toContain('<script');
  });
});

describe('DataTable', () => {
  interface Row { id: string; n: number }
  const columns: Column<Row>[] = [
    { key: 'id', label: 'Mã', cell: (row) => row.id, nowrap: true },
    { key: 'n', label: 'Số', cell: (row) => row.n, numeric: true, sortable: true, card: 'title' },
  ];
  const base = { lang, caption: 'Danh sách', columns, rowKey: (row: Row) => row.id };
  it('sorts by address, turning the order on the second press', () => {
    const at = (sort: { key: string; dir: 'asc' | 'desc' }): string => `/l?s=${sort.key}-${sort.dir}`;
    const out = html(<DataTable {...base} rows={[{ id: 'a', n: 1 }]} sort={{ key: 'n', dir: 'asc' }} sortHref={at} />);
    expect(out).toContain('aria-sort="ascending"');
    expect(out).toContain('href="/l?s=n-desc"');
    expect(html(<DataTable {...base} rows={[{ id: 'a', n: 1 }]} sortHref={at} />)).toContain('href="/l?s=n-asc"');
  });
  it('opens rows by a link and says which one is open', () => {
    const out = html(<DataTable {...base} rows={[{ id: 'a', n: 1 }, { id: 'b', n: 2 }]} rowHref={(row) => `/x/${row.id}`} selected="b" />);
    expect(out).toContain('<a class="open" href="/x/a">a</a>');
    expect(out).toContain('<a class="open" href="/x/b" aria-current="true">b</a>');
    expect(out.match(/data-row/g)).toHaveLength(2);
    expect(out.match(/class="on"/g)).toHaveLength(1);
    expect(out).toContain('data-label="Số"');
  });
  it('is never blank', () => {
    expect(html(<DataTable {...base} rows={[]} />)).toContain('Chưa có gì ở đây');
    expect(html(<DataTable {...base} rows={[]} empty={<p>riêng</p>} />)).toBe('<p>riêng</p>');
  });
});

describe('the rest', () => {
  it('never leads to an unsafe address', () => {
    const out = [
      <Pagination lang={lang} prevHref={BAD} nextHref={BAD} />,
      <SideNav label="x" groups={[{ title: 't', items: [{ href: BAD, label: 'l', count: 1, tone: 'rose', current: true }] }]} />,
      <Doors doors={[{ href: BAD, icon: 'report', title: 't', text: 'x' }]} />,
      <LinkList items={[{ href: BAD, title: 't' }]} />,
      <Kv items={[{ label: 'a', value: 'b', change: { href: BAD, label: 'Sửa' } }]} />,
      <Empty title="t" action={{ href: BAD, label: 'l' }} />,
      <VeiledImage lang={lang} src={BAD} alt="x" />,
    ].map((node) => html(node));
    for (const one of out) {
      expect(one).not.toContain('javascript:');
      expect(one).toMatch(/(href|src)="#"/);
    }
  });
  it('says in words what colours say', () => {
    expect(html(<CheckList lang={lang} items={[{ done: true, text: 'a' }, { done: false, text: 'b' }]} />)).toMatch(/aria-label="Xong".*aria-label="Chưa"/);
    expect(html(<Steps lang={lang} step={2} total={5} />)).toContain('Bước 2 / 5');
    expect(html(<Badge tone="rose">Quá hạn</Badge>)).toBe('<span class="tag rose">Quá hạn</span>');
    expect(html(<Callout kind="sos" title="Dừng" role="alert" />)).toContain('role="alert"');
    expect(html(<Verdict tone="rose" title="Đừng bấm">x</Verdict>)).toContain('Đừng bấm');
  });
  it('shows when things happened in the time of Vietnam', () => {
    const out = html(<Timeline lang={lang} items={[{ at: new Date('2026-11-22T02:12:00Z'), title: 'Đã nhận' }, { when: 'dự kiến', title: 'Sau', open: true }]} />);
    expect(out).toMatch(/<time datetime="2026-11-22T02:12:00.000Z">09:12 ngày 22\/11\/2026<\/time>/i);
    expect(out).toContain('class="leaf open"');
  });
  it('draws a QR code with words beside it', () => {
    const out = html(<QrCode value="https://lachan.example/tra-cuu" label="Mã QR" />);
    expect(out).toContain('role="img" aria-label="Mã QR"');
    expect(out).toMatch(/<path fill="#000" d="M4 4h7v1h-7z/);
  });
  it('has every icon, decorative unless named', () => {
    expect(iconNames.length).toBeGreaterThan(20);
    for (const name of iconNames) expect(html(<Icon name={name} />)).toContain('aria-hidden="true"');
    expect(html(<Icon name="print" label="In" />)).toContain('role="img" aria-label="In"');
  });
  it('gives pagination only where there is more', () => {
    expect(html(<Pagination lang={lang} />)).toBe('');
    expect(html(<Pagination lang={lang} nextHref="/l?p=2" from={1} to={20} total={1234} />)).toContain('1–20 trong 1.234');
  });
  it('folds and frames', () => {
    expect(html(<Disclosure summary="Mở" group="g" open>x</Disclosure>)).toContain('<details class="fold plain" open name="g">');
    expect(html(<Panel title="T" level={3} id="p">x</Panel>)).toContain('<section class="panel" id="p"><div class="panel-top"><h3>T</h3></div>');
  });
});
