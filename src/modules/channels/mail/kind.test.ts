import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bounceOf, kindOf, tagsIn } from './kind.ts';
import { readMail } from './read.ts';
import { mailTag, replyAddress } from '#platform/mail-tag.ts';

const MAILBOX = 'baocao@desk.example';
const TAG = mailTag('01890000-0000-7000-8000-00000000000a', (data) => createHmac('sha256', 'k').update(data).digest());
const REPLY_TO = replyAddress(MAILBOX, TAG);

async function kind(header: string, to = MAILBOX, subject = 'Báo lừa đảo'): Promise<string> {
  const raw = `${header.trim()}\r\nTo: ${to}\r\n${/^From:/m.test(header) ? '' : 'From: Hoa <hoa@mail.example>\r\n'}Subject: ${subject}\r\n\r\nNội dung\r\n`;
  return kindOf(await readMail(Buffer.from(raw)), MAILBOX);
}

describe('what a mail is', () => {
  test.each<[string, string, string?, string?]>([
    ['report', 'Message-ID: <1@mail.example>'],
    ['report', 'Auto-Submitted: no'],
    ['report', 'Auto-Submitted: No (sent by a person)'],
    ['report', 'X-Auto-Response-Suppress: OOF'],
    ['report', 'Precedence: first-class'],
    // Anybody may write such a subject; alone it says nothing.
    ['report', 'Message-ID: <2@mail.example>', MAILBOX, 'Trả lời tự động'],
    ['report', 'Message-ID: <2@mail.example>', MAILBOX, 'Out of office'],
    ['report', 'In-Reply-To: <x@mail.example>', MAILBOX, 'Fwd: Re: thư lạ'],
    ['report', 'Return-Path: <hoa@mail.example>'],
    ['reply', 'Message-ID: <3@mail.example>', REPLY_TO],
    ['reply', 'Message-ID: <3@mail.example>', `Khác <x@y.example>, Phòng trực <${REPLY_TO.toUpperCase()}>`],
    ['reply', `Delivered-To: ${REPLY_TO}`],
    ['reply', 'In-Reply-To: <abc@desk.example>'],
    ['reply', 'References: <x@mail.example> <abc@DESK.example>'],
    ['auto_reply', 'Auto-Submitted: auto-replied (vacation)'],
    ['auto_reply', 'Auto-Submitted: auto-generated', REPLY_TO],
    ['auto_reply', 'Auto-Submitted: auto-notified\r\nIn-Reply-To: <abc@desk.example>'],
    ['auto_reply', 'X-Autoreply: yes'],
    ['auto_reply', 'X-Autorespond: Vắng mặt'],
    ['auto_reply', 'Precedence: auto_reply'],
    ['auto_reply', 'Return-Path: <>'],
    ['auto_reply', 'X-Auto-Response-Suppress: All\r\nIn-Reply-To: <abc@desk.example>'],
    ...['Trả lời tự động: [PA-04]', 'Thư trả lời tự động', 'Vắng mặt: Nguyễn Văn A', 'Automatic reply: PA-04', 'Out of Office Re: PA-04', 'THÔNG BÁO VẮNG MẶT', 'Re: Tra loi tu dong']
      .map((subject): [string, string, string, string] => ['auto_reply', 'In-Reply-To: <abc@desk.example>', REPLY_TO, subject]),
    ['list', 'List-Id: Bản tin <tin.bao.example>'],
    ['list', 'Precedence: bulk'],
    ['list', 'Auto-Submitted: auto-generated'],
    ['loop', `From: Phòng trực <${MAILBOX.toUpperCase()}>`],
    ['loop', `From: ${REPLY_TO}`],
    ['loop', 'X-Lachan: 1'],
    ['bounce', 'From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nReturn-Path: <>', MAILBOX, 'Undelivered Mail Returned to Sender'],
    ['bounce', 'From: postmaster@mx.example', MAILBOX, 'Không thể gửi thư: địa chỉ không tồn tại'],
    ['bounce', 'X-Failed-Recipients: hoa@mail.example', MAILBOX, 'x'],
    ['report', 'From: postmaster@mx.example', MAILBOX, 'Trang giả mạo trên máy chủ của chúng tôi'],
  ])('%s: %s to %s, %s', async (expected, header, to, subject) => expect(await kind(header, to, subject)).toBe(expected));

  test('mail that went through more than fifty servers goes in circles', async () => {
    const received = 'Received: by a.example; Mon, 16 Nov 2026 09:00:00 +0700\r\n';
    expect([await kind(received.repeat(50)), await kind(received.repeat(51))]).toEqual(['report', 'loop']);
  });
});

function reportMail(type: string, machine: string, original: string): Buffer {
  return Buffer.from(`Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: ${MAILBOX}
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: multipart/report; report-type=${type}; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

Không gửi được thư.
--b1
Content-Type: message/${type}

${machine}
--b1
Content-Type: message/rfc822

${original}
--b1--
`);
}

const LETTER = `From: Phòng trực <${MAILBOX}>
Reply-To: <${REPLY_TO}>
To: hoa@mail.example
X-Lachan: 1
Message-ID: <abc@desk.example>
Subject: =?utf-8?Q?Ph=E1=BA=A3n_=C3=A1nh_PA-04?=

Kính gửi Ông/Bà`;

test('a bounce says which letter did not arrive, and why', async () => {
  const mail = await readMail(reportMail('delivery-status', `Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; hoa@mail.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user`, LETTER));
  // Our own header is in the letter inside, not in the bounce.
  expect(kindOf(mail, MAILBOX)).toBe('bounce');
  expect(bounceOf(mail, MAILBOX)).toEqual({ action: 'failed', status: '5.1.1', recipient: 'hoa@mail.example', tags: [TAG] });
  expect(mail.forwarded).toEqual([]);
  expect(mail.text).toBe('Không gửi được thư.');
});

test('a delayed letter is no failure; a bounce to a tagged address says its report by that', async () => {
  const source = reportMail('delivery-status', 'Final-Recipient: rfc822;hoa@mail.example\nAction: delayed\nStatus: 4.4.1 (timeout)', 'Subject: x').toString();
  const mail = await readMail(Buffer.from(source.replace(`To: ${MAILBOX}`, `To: <${REPLY_TO}>`)));
  expect(bounceOf(mail, MAILBOX)).toEqual({ action: 'delayed', status: '4.4.1', recipient: 'hoa@mail.example', tags: [TAG] });
  expect(tagsIn(mail, MAILBOX)).toEqual([TAG]);
});

test('a bounce without a machine-readable part still says what it can', async () => {
  const mail = await readMail(Buffer.from(`From: <>\nReturn-Path: <>\nX-Failed-Recipients: hoa@mail.example\nTo: ${REPLY_TO}\nSubject: Mail delivery failed\n\nx\n`));
  expect(kindOf(mail, MAILBOX)).toBe('bounce');
  expect(bounceOf(mail, MAILBOX)).toEqual({ action: 'unknown', status: null, recipient: 'hoa@mail.example', tags: [TAG] });
});

test('a feedback report (RFC 5965) is known, with the letter it is about', async () => {
  const mail = await readMail(reportMail('feedback-report', 'Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1', LETTER));
  expect(kindOf(mail, MAILBOX)).toBe('feedback');
  expect(mail.report).toMatchObject({ type: 'feedback-report' });
  expect(mail.report!.fields.get('feedback-type')).toEqual(['abuse']);
  expect(bounceOf(mail, MAILBOX).tags).toEqual([TAG]);
  expect(mail.forwarded).toHaveLength(1);
});

test('a read receipt is an automatic answer', async () => {
  expect(kindOf(await readMail(reportMail('disposition-notification', 'Disposition: manual-action/MDN-sent-manually; displayed', LETTER)), MAILBOX)).toBe('auto_reply');
});
