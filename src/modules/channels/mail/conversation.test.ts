import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REPLY_MARKER } from '#platform/mail.ts';
import { conversationOf } from './conversation.ts';

describe('a forward inside the text', () => {
  test.each([
    ['Gmail', `Tôi nhận được thư này, nhờ kiểm tra.

---------- Forwarded message ---------
Từ: Ngân hàng <hotro@vietcombank-xacthuc.example>
Date: Th 2, 16 thg 11, 2026 vào lúc 09:12
Subject: Tài khoản của bạn bị khóa
To: <hoa@mail.example>


Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Gmail tiếng Việt', `Tôi nhận được thư này, nhờ kiểm tra.

---------- Thư đã chuyển tiếp ---------
Từ: *Ngân hàng* <hotro@vietcombank-xacthuc.example>
Ngày: Th 2, 16 thg 11, 2026 vào lúc 09:12
Chủ đề: Tài khoản của bạn bị khóa
Đến: <hoa@mail.example>

Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Outlook tiếng Việt', `Tôi nhận được thư này, nhờ kiểm tra.
________________________________
Từ: Ngân hàng <hotro@vietcombank-xacthuc.example>
Đã gửi: Thứ Hai, 16 Tháng Mười Một 2026 9:12 SA
Đến: hoa@mail.example <hoa@mail.example>;
 nam@mail.example
Chủ đề: Tài khoản của bạn bị khóa

Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Outlook', `Tôi nhận được thư này, nhờ kiểm tra.

-----Original Message-----
From: Ngân hàng <hotro@vietcombank-xacthuc.example>
Sent: Monday, November 16, 2026 9:12 AM
To: hoa@mail.example
Subject: Tài khoản của bạn bị khóa

Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Outlook without a rule', `Tôi nhận được thư này, nhờ kiểm tra.

*From:* Ngân hàng <hotro@vietcombank-xacthuc.example>
*Sent:* Monday, November 16, 2026 9:12 AM
*To:* hoa@mail.example
*Subject:* Tài khoản của bạn bị khóa

Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Apple Mail', `Tôi nhận được thư này, nhờ kiểm tra.

Begin forwarded message:

> From: Ngân hàng <hotro@vietcombank-xacthuc.example>
> Subject: Tài khoản của bạn bị khóa
> Date: 16 November 2026 at 09:12:00 GMT+7
> To: hoa@mail.example
> 
> Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
    ['Apple Mail from HTML', `Tôi nhận được thư này, nhờ kiểm tra.

> Bắt đầu thư được chuyển tiếp:
>
> Từ: Ngân hàng <hotro@vietcombank-xacthuc.example>
> Chủ đề: Tài khoản của bạn bị khóa
> Ngày: 16 tháng 11, 2026 lúc 09:12:00 GMT+7
> Đến: hoa@mail.example
>
> Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap`],
  ])('%s', (_, text) => {
    const { reply, quoted, forwards } = conversationOf(text, false);
    expect(reply).toBe('Tôi nhận được thư này, nhờ kiểm tra.');
    expect(quoted).toBe('');
    expect(forwards).toHaveLength(1);
    expect(forwards[0]).toMatchObject({ subject: 'Tài khoản của bạn bị khóa', text: 'Mời xác thực tại https://vietcombank-xacthuc.example/dang-nhap' });
    expect(forwards[0]!.from).toMatch(/^\*?Ngân hàng\*? <hotro@vietcombank-xacthuc\.example>$/);
    expect(forwards[0]!.date).toMatch(/16/);
  });

  test('of a forward is found too, and what follows a quoted one is the sender’s', () => {
    const { reply, forwards } = conversationOf(`Xem giúp.

Begin forwarded message:

> From: Nam <nam@mail.example>
> Subject: Fwd: Trúng thưởng
> Date: 16 November 2026
>
> Gửi chị.
>
> ---------- Forwarded message ---------
> From: Xổ số <x@trungthuong.example>
> Date: 15 November 2026
> Subject: Trúng thưởng
>
> Nộp phí 500.000đ để nhận.

Cảm ơn anh chị.`, false);
    expect(reply).toBe('Xem giúp.\n\nCảm ơn anh chị.');
    expect(forwards).toEqual([
      { from: 'Nam <nam@mail.example>', subject: 'Fwd: Trúng thưởng', date: '16 November 2026', text: 'Gửi chị.' },
      { from: 'Xổ số <x@trungthuong.example>', subject: 'Trúng thưởng', date: '15 November 2026', text: 'Nộp phí 500.000đ để nhận.' },
    ]);
  });
});

describe('an answer', () => {
  const ours = 'Vui lòng cho biết thêm số tài khoản đã chuyển.';
  test.each([
    ['Gmail', `Số là 0123456789.\n\nVào Th 2, 16 thg 11, 2026 vào lúc 09:12 Phòng trực <baocao@desk.example> đã\nviết:\n\n> ${ours}\n>`],
    ['Thunderbird', `Số là 0123456789.\n\nOn 16/11/2026 09:12, Phòng trực wrote:\n> ${ours}`],
    ['Outlook', `Số là 0123456789.\n\n________________________________\nTừ: Phòng trực <baocao@desk.example>\nĐã gửi: Thứ Hai, 16 Tháng Mười Một 2026\nĐến: Hoa\nChủ đề: PA-04\n\n${ours}`],
    ['our marker', `Số là 0123456789.\n\n${REPLY_MARKER}\n${ours}`],
    ['our marker, quoted', `Số là 0123456789.\n\n> ${REPLY_MARKER}\n> ${ours}`],
    ['no attribution', `Số là 0123456789.\n> ${ours}`],
    ['Vào lúc', `Số là 0123456789.\nVào lúc 09:12 Th 2, 16 thg 11, 2026 Phòng trực <baocao@desk.example> đã viết:\n> ${ours}`],
  ])('%s', (_, text) => {
    const { reply, quoted, forwards } = conversationOf(text, true);
    expect(reply).toBe('Số là 0123456789.');
    expect(quoted).toContain(ours);
    expect(forwards).toEqual([]);
  });

  test('between the quoted lines and below them is the sender’s too', () => {
    const { reply, quoted } = conversationOf('Vào 16/11/2026, Phòng trực đã viết:\n> Số tài khoản?\n\n0123456789\n\n> Ngày chuyển?\n\n15/11', true);
    expect(reply).toBe('0123456789\n\n15/11');
    expect(quoted).toContain('> Ngày chuyển?');
  });
});

describe('ordinary text stays whole', () => {
  test.each([
    'Từ: hôm qua tôi bị gọi liên tục.\nNội dung: đòi nợ.',
    'Vào ngày 16/11 tôi nhận được tin nhắn\nNội dung như sau:\n"Mời nhận quà"',
    'On this page he wrote:\nsomething',
    '--- Danh sách ---\n1. một\n2. hai',
    'Số dư < 5 triệu\na > b',
  ])('%s', (text) => expect(conversationOf(text, false)).toEqual({ reply: text, quoted: '', forwards: [] }));

  test('a report that is all quoted is still a report', () => {
    expect(conversationOf('> Tôi bị lừa\n> 5 triệu', false)).toEqual({ reply: 'Tôi bị lừa\n5 triệu', quoted: '', forwards: [] });
  });
});

test('every word is kept, nothing throws, time is bounded', () => {
  const line = fc.constantFrom('', '> ', '> > x', 'Từ: a <a@b.example>', 'Chủ đề: x', 'Ngày: 1', '---------- Forwarded message ---------', '-----Original Message-----', 'On 1 Jan',
    'x wrote:', 'Vào 1/1, A đã viết:', '_'.repeat(32), REPLY_MARKER, 'Begin forwarded message:', '> Begin forwarded message:');
  fc.assert(fc.property(fc.array(fc.oneof(line, fc.string({ maxLength: 5 }), fc.integer({ min: 0, max: 999 }).map((n) => `chu${n}`)), { maxLength: 40 }), fc.boolean(), (lines, isAnswer) => {
    const { reply, quoted, forwards } = conversationOf(lines.join('\n'), isAnswer);
    const all = [reply, quoted, ...forwards.map(({ text }) => text)].join('\n');
    for (const word of lines.filter((one) => one.startsWith('chu'))) expect(all).toContain(word);
  }), { numRuns: 2000 });
  const started = performance.now();
  for (const many of ['x\n', '>\n', 'On 1\n', '>x\nOn 1 wrote:\n', '---------- Forwarded message ---------\n', 'From: a\n', '-----Original Message-----\n', ' - '.repeat(100) + '\n']) {
    conversationOf(many.repeat(200_000 / many.length), false);
    conversationOf(many.repeat(200_000 / many.length), true);
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
