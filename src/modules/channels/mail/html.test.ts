import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HTML_LIMITS, htmlText } from './html.ts';

describe('HTML as text', () => {
  test('keeps the words of a link and where it really leads', () => {
    const { text, links } = htmlText('<p>Mời bấm <a href="https://vietcombank-xacthuc.example/dang-nhap">https://www.vietcombank.com.vn</a> ngay.</p>');
    expect(text).toBe('Mời bấm https://www.vietcombank.com.vn <https://vietcombank-xacthuc.example/dang-nhap> ngay.');
    expect(links).toEqual(['https://vietcombank-xacthuc.example/dang-nhap']);
  });

  test.each([
    ['<a href="https://lua.example/">lua.example</a>', 'lua.example'],
    ['<a href="mailto:hoa@mail.example">hoa@mail.example</a>', 'hoa@mail.example'],
    ['<a href="tel:+84901234567">Gọi</a>', 'Gọi <+84901234567>'],
    ['<a href="https://lua.example/x"></a>', 'https://lua.example/x'],
    ['<a href="https://lua.example/x"><img src="https://lua.example/a.png" alt="Nút đăng nhập"></a>', 'Nút đăng nhập <https://lua.example/x>'],
    ['<a href="javascript:alert(1)">bấm</a> <a href="#x">lên</a>', 'bấm lên'],
    ['<a href="https://lua\n.exam\tple/x">bấm</a>', 'bấm <https://lua.example/x>'],
  ])('%s', (html, text) => expect(htmlText(html).text).toBe(text));

  test('block elements begin lines, cells do not run together, quotations are marked', () => {
    const { text } = htmlText(`<html><head><title>Không hiện</title><style>p{}</style><body><h1>Cảnh&nbsp;báo</h1><div>một<br>hai</div><div>ba
      bốn</div><ul><li>năm<li>sáu</ul><table><tr><td>bảy</td><td>tám</td></tr></table><blockquote>chín<blockquote>mười</blockquote></blockquote><p>&lt;hết&gt; &amp; &#272;`);
    expect(text).toBe('Cảnh\u00a0báo\n\nmột\nhai\nba bốn\n- năm\n- sáu\n\nbảy tám\n\n> chín\n\n> > mười\n\n<hết> & Đ');
  });

  test.each([
    '<div style="display:none">x</div>', '<span style="color:red; font-size: 0px;">x</span>', '<p hidden>x', '<div style="font:0/0 a">x</div>', '<script>x</script>',
    '<style>x</style>', '<title>x</title>', '<div style="mso-hide:all">x<b>x</b></div>', '<!-- x -->', '<div style="VISIBILITY: HIDDEN">x<a href="https://x.example">x</a></div>',
    '<template>x</template>', '<span style="opacity:0">x</span>', '<span style="font-size:0!important">x</span>',
  ])('leaves out what is not shown: %s', (html) => expect(htmlText(`a ${html}`).text).toBe('a'));

  test.each(['<div style="font-size:0.9em">x</div>', '<div style="opacity:0.5">x</div>', '<noscript>x</noscript>', '<div style="display:block">x</div>', '<head>x'])(
    'keeps what is: %s', (html) => expect(htmlText(html).text).toBe('x'));

  test('a form says where it sends what is typed', () => {
    expect(htmlText('<form action="https://lua.example/otp">Nhập OTP</form>').links).toEqual(['https://lua.example/otp']);
  });

  test.each([
    ['deep', '<div>'.repeat(100_000)], ['unclosed links', '<a href="https://x.example">'.repeat(70_000)], ['wrong closing', '<a>'.repeat(300_000) + '</b>'.repeat(300_000)],
    ['long', '<p>chữ</p>'.repeat(200_000)], ['one tag', `<a ${'b="c" '.repeat(300_000)}>`], ['one word', 'x'.repeat(2_000_000)], ['open tag', `<${'a'.repeat(2_000_000)}`],
    ['entities', '&amp'.repeat(500_000)], ['comments', '<!--'.repeat(500_000)], ['styles', `<p style="${'font-size: 0 '.repeat(100_000)}">`.repeat(2)],
    ['quotations', '<blockquote>x'.repeat(150_000)],
  ])('is bounded: %s', (_, html) => {
    const started = performance.now();
    const { text, links } = htmlText(html);
    expect(text.length).toBeLessThanOrEqual(HTML_LIMITS.output);
    expect(links.length).toBeLessThanOrEqual(HTML_LIMITS.links);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('says when something was left out', () => {
    expect(htmlText('<p>x</p>').isCut).toBe(false);
    expect(htmlText('<p>chữ</p>'.repeat(100_000)).isCut).toBe(true);
    expect(htmlText('<b>'.repeat(600)).isCut).toBe(true);
  });

  test('never throws', () => {
    const piece = fc.constantFrom('<a href="', '">', '<div', '</', '>', '<p>', '&', '&#x', ';', '<blockquote>', '</blockquote>', '<pre>', '\n', '<!--', '-->', '<br', 'chữ', '"', "'", '<svg>', '</p>');
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))), (html) => {
      expect(typeof htmlText(html).text).toBe('string');
    }), { numRuns: 500 });
  });
});
