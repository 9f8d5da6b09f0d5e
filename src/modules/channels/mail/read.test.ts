import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { readMail, type ReadMail } from './read.ts';
import { Unreadable, UNREADABLE } from './unreadable.ts';

function read(source: string | Uint8Array): Promise<ReadMail> {
  return readMail(typeof source === 'string' ? Buffer.from(source.replace(/\r?\n/g, '\r\n')) : source);
}

async function reasonOf(source: string | Uint8Array): Promise<string> {
  try {
    await readMail(typeof source === 'string' ? Buffer.from(source) : source);
    return 'read';
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.reason;
  }
}

const PLAIN = `Return-Path: <hoa@mail.example>
Delivered-To: baocao@desk.example
X-Original-To: lienhe@desk.example
Message-ID: <m1@mail.example>
In-Reply-To: <m0@desk.example>
References: <a@desk.example> <m0@desk.example>
From: =?UTF-8?B?Q2jhu4sgSG9h?= <Hoa@mail.example>
To: "Phòng trực" <baocao@desk.example>, Nhóm: nam@mail.example, lan@mail.example;
Cc: x@mail.example
Subject: =?utf-8?Q?B=C3=A1o_trang_?= =?utf-8?Q?gi=E1=BA=A3_m=E1=BA=A1o?=
Date: Mon, 16 Nov 2026 09:12:00 +0700
Content-Type: text/plain; charset=utf-8

Trang lua.example giả mạo ngân hàng.
`;

describe('a plain mail', () => {
  test('gives its facts', async () => {
    expect(await read(PLAIN)).toMatchObject({
      messageId: 'm1@mail.example', inReplyTo: 'm0@desk.example', references: ['a@desk.example', 'm0@desk.example'], from: { address: 'Hoa@mail.example', name: 'Chị Hoa' },
      to: [{ address: 'baocao@desk.example', name: 'Phòng trực' }, { address: 'nam@mail.example', name: '' }, { address: 'lan@mail.example', name: '' }],
      cc: [{ address: 'x@mail.example', name: '' }], deliveredTo: ['baocao@desk.example', 'lienhe@desk.example'], subject: 'Báo trang giả mạo',
      date: new Date('2026-11-16T02:12:00Z'), text: 'Trang lua.example giả mạo ngân hàng.', reply: 'Trang lua.example giả mạo ngân hàng.', quoted: '',
      links: [], images: [], files: [], forwarded: [], report: null, isCut: false,
    });
  });

  test('in NFD, with lone line feeds, controls and direction marks, is the same text', async () => {
    const odd = PLAIN.replace('Trang lua', 'Trang\0 \u202elua').normalize('NFD');
    expect((await readMail(Buffer.from(odd))).text).toBe('Trang lua.example giả mạo ngân hàng.');
  });

  test('in windows-1258, quoted-printable', async () => {
    // "Tiền đã chuyển" as Windows writes it: base letters, then combining tones.
    const { text, subject } = await read(`Subject: =?windows-1258?Q?Ti=EA=CCn?=
Content-Type: text/plain; charset="Windows-1258"
Content-Transfer-Encoding: quoted-printable

Ti=EA=CCn =F0a=DE chuy=EA=D2n cho s=F4=
 t=E0i kho=E0n =zz =3D
`);
    expect(subject).toBe('Tiền');
    expect(text).toBe('Tiền đã chuyển cho sô tài khoàn =zz =');
  });

  test.each([
    ['no charset', '', 'utf8'], ['unknown', '; charset=x-khong-co', 'utf8'], ['careless', '; charset=us-ascii', 'utf8'], ['latin1 said, UTF-8 sent', '; charset=iso-8859-1', 'utf8'],
    ['unknown, windows-1258', '; charset=viscii', '1258'], ['UTF-8 said, windows-1258 sent', '; charset=utf-8', '1258'], ['nothing said, windows-1258 sent', '', '1258'],
  ])('with a wrong charset: %s', async (_, said, sent) => {
    const header = Buffer.from(`Subject: x\r\nContent-Type: text/plain${said}\r\n\r\n`);
    const body = sent === 'utf8' ? Buffer.from('Tiền đã chuyển') : Buffer.from([0x54, 0x69, 0xea, 0xcc, 0x6e, 0x20, 0xf0, 0x61, 0xde, 0x20, 0x63, 0x68, 0x75, 0x79, 0xea, 0xd2, 0x6e]);
    expect((await read(Buffer.concat([header, body]))).text).toBe('Tiền đã chuyển');
  });

  test('in UTF-8 with one broken byte stays UTF-8', async () => {
    expect((await read(Buffer.concat([Buffer.from('Subject: x\r\n\r\nTiền đã '), Buffer.from([0xff]), Buffer.from(' chuyển')]))).text).toBe('Tiền đã \ufffd chuyển');
  });

  test('flowed lines are whole again (RFC 3676)', async () => {
    const { text } = await read('Subject: x\nContent-Type: text/plain; format=flowed\n\nMột câu dài \nhai dòng.\n Lùi\n> trích \n> tiếp\n-- \nHoa\n');
    expect(text).toBe('Một câu dài hai dòng.\nLùi\n> trích tiếp\n-- \nHoa');
  });

  test('raw UTF-8 in the header and RFC 2231 names of files', async () => {
    const { subject, files } = await read(`Subject: Báo
 trang
Content-Type: multipart/mixed; boundary="=_b"

--=_b
Content-Type: application/pdf; name*0*=utf-8''h%C3%B3a%20; name*1*=%C4%91%C6%A1n; name*2=".pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--=_b
Content-Type: application/zip; name="=?utf-8?B?xJHGoW4uemlw?="
Content-Disposition: attachment; filename="../../etc/đơn.zip"

PK
--=_b--
`);
    expect(subject).toBe('Báo trang');
    expect(files).toEqual([
      { name: 'hóa đơn.pdf', type: 'application/pdf', bytes: 5, sha256: createHash('sha256').update('%PDF-').digest('hex') },
      { name: '.._.._etc_đơn.zip', type: 'application/zip', bytes: 2, sha256: createHash('sha256').update('PK').digest('hex') },
    ]);
  });
});

const HTML = Buffer.from('<p>Kính gửi, bấm <a href="https://vietcombank-xacthuc.example/otp">vietcombank.com.vn</a></p>').toString('base64');

describe('HTML', () => {
  test('alone, becomes text with the targets of its links', async () => {
    const { text, links } = await read(`Subject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${HTML}\n`);
    expect(text).toBe('Kính gửi, bấm vietcombank.com.vn <https://vietcombank-xacthuc.example/otp>');
    expect(links).toEqual([]);
  });

  test('beside plain text, gives the targets the text does not show', async () => {
    const { text, links } = await read(`Subject: x
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

Kính gửi, bấm vietcombank.com.vn
--a
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${HTML}
--a--
--r
Content-Type: image/png
Content-ID: <logo>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--r--
`);
    expect(text).toBe('Kính gửi, bấm vietcombank.com.vn');
    expect(links).toEqual(['https://vietcombank-xacthuc.example/otp']);
    await expect(read('Subject: x\n\nx')).resolves.toMatchObject({ links: [] });
  });
});

describe('attachments', () => {
  const part = (type: string, name: string, body: string): string => `--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${body}\n`;
  const mixed = (parts: string): string => `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nChào\n${parts}--b--\n`;

  test('pictures are kept, at most five, also those sent as octets; the rest is hashed', async () => {
    const { images, files, text } = await read(mixed(part('image/png', 'a.png', 'AAAA') + part('application/octet-stream', 'IMG_1.JPG', 'AAAA') + part('image/jpeg', 'c.jpg', 'AAAA').repeat(5)));
    expect(text).toBe('Chào');
    expect(images.map(({ name }) => name)).toEqual(['a.png', 'IMG_1.JPG', 'c.jpg', 'c.jpg', 'c.jpg']);
    expect(images[0]!.content).toEqual(Buffer.from([0, 0, 0]));
    expect(files).toHaveLength(2);
  });

  test('text as an attachment is not the body', async () => {
    const { text, files } = await read(mixed(part('text/plain', 'ghi chú.txt', Buffer.from('khác').toString('base64'))));
    expect(text).toBe('Chào');
    expect(files).toMatchObject([{ name: 'ghi chú.txt', bytes: 5 }]);
  });

  test.each([['broken', '!!!QUJD\0*RA==trailing', 'ABCD'], ['padded by line', 'QQ==\nQg==\nQ0Q=', 'ABCD'], ['cut', 'QUJDR', 'ABC'], ['url-safe', '_-_-', '\xff\xef\xfe']])(
    'base64, %s, is read as far as it goes', async (_, body, content) => {
      const { images } = await read(mixed(part('image/png', 'a', body)));
      expect(images[0]!.content.subarray(0, content.length).toString('latin1')).toBe(content);
    });

  test('more than fifty are refused', async () => {
    expect(await reasonOf(mixed(part('image/png', 'a', 'AAAA').repeat(50)))).toBe('read');
    expect(await reasonOf(mixed(part('image/png', 'a', 'AAAA').repeat(51)))).toBe('too_many_parts');
  });
});

test('a mail as a mail program builds it', async () => {
  const composer = createTransport({ streamTransport: true, buffer: true });
  const name = 'Ảnh chụp màn hình trang giả mạo ngân hàng lúc chín giờ sáng thứ hai, gửi để cơ quan xác minh.png';
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('Tôi', 'bị', 'lừa', 'nặng.', '\n', '=3D', '日本', '😀', 'x'.repeat(90)), { minLength: 1, maxLength: 40 }), async (words) => {
    const subject = `Phản ánh ${words.filter((word) => word !== '\n').join(' ')}`.trim();
    const text = `Kính gửi\n${words.join(' ')} hết`;
    const { message } = await composer.sendMail({
      from: { name: 'Nguyễn, "Hoa"', address: 'hoa@mail.example' }, to: ['baocao@desk.example', 'Đội xử lý <doi@desk.example>'], subject,
      text, html: '<p>Bấm <a href="https://lua.example/x?a=1&amp;b=2">đây</a></p>',
      attachments: [{ filename: name, content: Buffer.from('PNG') }, { filename: 'thư.eml', content: SCAM, contentType: 'message/rfc822' }],
    });
    const mail = await readMail(message as Buffer);
    expect(mail.text.replace(/[ \n]+/g, ' ')).toBe(text.replace(/[ \n]+/g, ' '));
    expect(mail).toMatchObject({
      from: { name: 'Nguyễn, "Hoa"', address: 'hoa@mail.example' }, subject: subject.slice(0, 500), links: ['https://lua.example/x?a=1&b=2'],
      to: [{ address: 'baocao@desk.example', name: '' }, { address: 'doi@desk.example', name: 'Đội xử lý' }], images: [{ name, content: Buffer.from('PNG') }], forwarded: [{ subject: 'Tài khoản bị khóa' }],
    });
  }), { numRuns: 60 });
});

const SCAM = `Received: from a.example by b.example; Mon, 16 Nov 2026 09:00:00 +0700
Received: from c.example by a.example; Mon, 16 Nov 2026 08:59:00 +0700
Authentication-Results: mx.mail.example; dkim=fail
From: "Vietcombank" <hotro@vietcombank-xacthuc.example>
Subject: =?utf-8?Q?T=C3=A0i_kho=E1=BA=A3n_b=E1=BB=8B_kh=C3=B3a?=
Date: Mon, 16 Nov 2026 09:00:00 +0700
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${HTML}`;

function withMail(inner: string, header = 'Content-Type: message/rfc822'): string {
  return `Subject: Fwd\nContent-Type: multipart/mixed; boundary="o${inner.length}"\n\n--o${inner.length}\n\nNhờ kiểm tra\n--o${inner.length}\n${header}\n\n${inner}\n--o${inner.length}--\n`;
}

describe('a forwarded mail', () => {
  const expected = {
    via: 'attachment', from: { address: 'hotro@vietcombank-xacthuc.example', name: 'Vietcombank' }, subject: 'Tài khoản bị khóa', date: new Date('2026-11-16T02:00:00Z'),
    text: 'Kính gửi, bấm vietcombank.com.vn <https://vietcombank-xacthuc.example/otp>', authenticationResults: ['mx.mail.example; dkim=fail'], received: 2,
  };

  test('as an attachment is read apart from what the sender wrote', async () => {
    const { text, forwarded } = await read(withMail(SCAM));
    expect(text).toBe('Nhờ kiểm tra');
    expect(forwarded).toMatchObject([expected]);
  });

  test('as an .eml file in base64', async () => {
    const file = Buffer.from(SCAM).toString('base64');
    const { forwarded, files } = await read(withMail(file, 'Content-Type: application/octet-stream; name="thư.eml"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64'));
    expect(forwarded).toMatchObject([expected]);
    expect(files).toEqual([]);
  });

  test('in a forwarded mail, to the third; a deeper one is a file', async () => {
    const { forwarded } = await read(withMail(withMail(withMail(withMail(SCAM)))));
    const third = forwarded[0]!.forwarded[0]!.forwarded[0]!;
    expect(third.text).toBe('Nhờ kiểm tra');
    expect(third.forwarded).toEqual([]);
    expect(third.files).toMatchObject([{ type: 'message/rfc822', bytes: Buffer.byteLength(SCAM.replace(/\n/g, '\r\n')) }]);
  });

  test('in the text', async () => {
    const { text, reply, forwarded } = await read(`Subject: Fwd: x\n\nXem giúp.\n\n---------- Forwarded message ---------\nFrom: VCB <hotro@vietcombank-xacthuc.example>\nDate: Mon, 16 Nov 2026 09:00:00 +0700\nSubject: Khóa\nTo: Hoa\n\nBấm lua.example\n`);
    expect(text).toContain('Forwarded message');
    expect(reply).toBe('Xem giúp.');
    expect(forwarded).toMatchObject([
      { via: 'inline', from: { address: 'hotro@vietcombank-xacthuc.example', name: 'VCB' }, subject: 'Khóa', date: new Date('2026-11-16T02:00:00Z'), text: 'Bấm lua.example', received: 0 },
    ]);
  });
});

function nested(depth: number): string {
  const open = Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=n${i}\n\n--n${i}\n`).join('');
  return `Subject: x\n${open}Content-Type: text/plain\n\nđáy\n`;
}

describe('limits, before anything is decoded', () => {
  const many = (count: number): string => `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(count)}--b--\n`;
  const letters = (count: number): string => (count === 0 ? 'Subject: x\n\nx' : `Subject: x\nContent-Type: message/rfc822\n\n${letters(count - 1)}`);

  test.each<[string, () => string | Uint8Array, string]>([
    ['nothing', () => '', 'empty'],
    ['white space', () => ' \r\n\t\r\n'.repeat(1000), 'empty'],
    ['no header', () => '\r\nchỉ có nội dung', 'malformed'],
    ['8 deep', () => nested(8), 'read'],
    ['9 deep', () => nested(9), 'too_deep'],
    ['8 mails in mails', () => letters(8), 'read'],
    ['9 mails in mails', () => letters(9), 'too_deep'],
    ['199 parts', () => many(199), 'read'],
    ['200 parts and their multipart', () => many(200), 'too_many_parts'],
    ['10,000 parts', () => many(10_000), 'too_many_parts'],
    ['a header of 50 MB', () => `Subject: x\n${'X-A: b\n'.repeat(7_200_000)}\n\nx`, 'too_large'],
    ['a header of 30 MB', () => `Subject: x\n${'X-A: b\n'.repeat(4_300_000)}\n\nx`, 'header_too_large'],
    ['a header of 257 kB', () => `Subject: x\n${'X-A: bb\n'.repeat(32_900)}\n\nx`, 'header_too_large'],
    ['a header of 200 kB', () => `Subject: x\n${'X-A: bb\n'.repeat(25_000)}\n\nx`, 'read'],
    ['one line of 65 kB', () => `Subject: ${'x'.repeat(66_000)}\n\nx`, 'header_too_large'],
    ['headers of parts', () => many(199).replaceAll('--b\n', `--b\n${'X-A: b\n'.repeat(1000)}`), 'header_too_large'],
    ['41 MB', () => Buffer.alloc(41 * 2 ** 20, 'a'), 'too_large'],
  ])('%s', async (_, source, reason) => {
    const raw = Buffer.from(source());
    const started = performance.now();
    expect(await reasonOf(raw)).toBe(reason);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('a clock that runs out ends it', async () => {
    let now = 0;
    await expect(readMail(Buffer.from(many(100)), () => (now += 200))).rejects.toMatchObject({ reason: 'too_slow' });
  });

  const LARGEST = 39 * 2 ** 20;
  test.each<[string, (bytes: number) => string]>([
    ['empty lines', (bytes) => `Subject: x\n\n${'\n'.repeat(bytes)}`],
    ['empty lines as base64', (bytes) => `Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${'\n'.repeat(bytes)}`],
    ['dashes', (bytes) => `Subject: x\nContent-Type: multipart/mixed; boundary=--\n\n${'--\n'.repeat(bytes / 3)}`],
    ['almost boundaries', (bytes) => `Subject: x\nContent-Type: multipart/mixed; boundary=${'a'.repeat(199)}\n\n${`--${'a'.repeat(198)}b\n`.repeat(bytes / 202)}`],
    ['padding', (bytes) => `Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${'=a'.repeat(bytes / 2)}`],
    ['one HTML line', (bytes) => `Subject: x\nContent-Type: text/html\n\n${'<a>'.repeat(bytes / 3)}`],
    ['escapes', (bytes) => `Subject: x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n${'='.repeat(bytes)}`],
    ['a picture', (bytes) => `Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${`${'A'.repeat(76)}\n`.repeat(bytes / 77)}`],
    ['quotations', (bytes) => `Subject: x\n\n${'>a\nb\n'.repeat(bytes / 5)}`],
  ])('40 MB of %s take little time and memory', async (_, source) => {
    const raw = Buffer.from(source(LARGEST));
    globalThis.gc?.();
    const [started, memory] = [performance.now(), process.memoryUsage().rss];
    await reasonOf(raw);
    expect(performance.now() - started).toBeLessThan(4000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(400 * 2 ** 20);
  });
});

describe('strange mails are still read', () => {
  test.each([
    ['multipart without a boundary', 'Subject: x\nContent-Type: multipart/mixed\n\nNội dung', 'Nội dung'],
    ['a boundary that never comes', 'Subject: x\nContent-Type: multipart/mixed; boundary=q\n\nNội dung', 'Nội dung'],
    ['no closing boundary', 'Subject: x\nContent-Type: multipart/mixed; boundary=q\n\nlời đầu\n--q\n\nNội dung', 'Nội dung'],
    ['two boundaries said', 'Subject: x\nContent-Type: multipart/mixed; boundary=q; boundary=z\n\n--q\n\nNội dung\n--q--\nlời cuối', 'Nội dung'],
    ['white space after the boundary', 'Subject: x\nContent-Type: multipart/mixed; boundary="q r"\n\n--q r  \n\nNội dung\n--q r-- \n', 'Nội dung'],
    ['an inner multipart not closed', 'Subject: x\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nNội\n--o\n\ndung\n--o--', 'Nội\n\ndung'],
    ['nonsense as a type', 'Subject: x\nContent-Type: ; =;=";\n\nNội dung', 'Nội dung'],
    ['header only', 'Subject: x', ''],
    ['a line that is no header', 'From hoa Mon Nov 16\nSubject: x\n???\n\nNội dung', 'Nội dung'],
    ['NUL bytes', 'Subject: x\0y\n\nNội\0 dung\0', 'Nội dung'],
    ['a boundary like another', 'Subject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nNội dung\n--qq\nhết\n--q--', 'Nội dung\n--qq\nhết'],
  ])('%s', async (_, source, text) => expect((await read(source)).text).toBe(text));

  test('bytes of any kind are read or refused for a reason, quickly', async () => {
    const pieces = fc.constantFrom('Subject: x\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: text/html; charset=', 'Content-Type: message/rfc822\r\n', '\r\n', '--b\r\n', '--b--\r\n',
      'Content-Transfer-Encoding: base64\r\n', 'Content-Transfer-Encoding: quoted-printable\r\n', '=E1=BB', '=?utf-8?Q?=E1', '?=', 'From: "', '<a href="', ' filename*0*=utf-16\'\'%', 'References: <', '\0', '\xff', '>', ';');
    const mail = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 60 }).map((parts) => Uint8Array.from(Buffer.from(parts.join(''), 'latin1'))),
      fc.uint8Array({ maxLength: 300 }).map((body) => Uint8Array.from(Buffer.concat([Buffer.from(PLAIN), body]))),
    );
    await fc.assert(fc.asyncProperty(mail, async (bytes) => {
      const started = performance.now();
      expect(['read', ...UNREADABLE]).toContain(await reasonOf(bytes));
      expect(performance.now() - started).toBeLessThan(1000);
    }), { numRuns: 1500 });
  });
});
