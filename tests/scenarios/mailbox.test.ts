import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { watchMailbox, type MailboxHealth, type MailboxOptions, type MailMeta, type WatchedMailbox } from '#modules/channels/mail/mailbox.ts';
import { readMail } from '#modules/channels/mail/read.ts';
import { dovecot, type Dovecot } from '../support/dovecot.ts';

const USERS = { first: 'mật khẩu 1@/?', live: 'b', down: 'c', wrong: 'd', again: 'e', poison: 'f', large: 'g', crash: 'h', user: 'k', missing: 'l' };
const log = { info: () => {}, warn: () => {} };
let server: Dovecot;
const watched: WatchedMailbox[] = [];

beforeAll(async () => {
  server = await dovecot(USERS);
});
afterAll(() => server.close());
afterEach(async () => {
  await Promise.all(watched.splice(0).map((one) => one.stop()));
});

interface Seen {
  readonly mails: { raw: Buffer; meta: MailMeta }[];
  readonly subjects: string[];
  readonly health: MailboxHealth[];
  readonly box: WatchedMailbox;
}

function watch(url: string, more: Partial<MailboxOptions> = {}): Seen {
  const [mails, subjects, health]: [Seen['mails'], string[], MailboxHealth[]] = [[], [], []];
  const box = watchMailbox({
    url, log, pollSeconds: 60, onHealth: (one) => void health.push(one),
    async onMail(raw, meta) {
      mails.push({ raw, meta });
      subjects.push((await readMail(raw)).subject);
    },
    ...more,
  });
  watched.push(box);
  return { mails, subjects, health, box };
}

function mail(subject: string, text = 'Tôi nhận được đường dẫn lạ.'): string {
  return `From: Chị Hoa <hoa@mail.example>\r\nTo: baocao@desk.example\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
}

const soon = { timeout: 15_000, interval: 50 };

test('mail that waited and mail that comes are each read once, oldest first, and marked', async () => {
  for (const n of [1, 2, 3]) await server.deliver('first', mail(`Thư ${n}`));
  const seen = watch(server.url('first'));
  await vi.waitFor(() => expect(seen.subjects).toEqual(['Thư 1', 'Thư 2', 'Thư 3']), soon);
  expect(seen.health).toEqual([{ ok: true }]);
  expect(seen.mails[0]!.meta).toMatchObject({ uid: 1, truncated: false, size: seen.mails[0]!.raw.length });
  expect(Math.abs(Date.now() - seen.mails[0]!.meta.internalDate.getTime())).toBeLessThan(60_000);

  // Told by IDLE: the next poll is a minute away.
  await server.deliver('first', mail('Thư 4'));
  await vi.waitFor(() => expect(seen.subjects).toEqual(['Thư 1', 'Thư 2', 'Thư 3', 'Thư 4']), soon);
  // Maildir writes the first keyword of a box as "a"; none is \Seen ("S").
  await vi.waitFor(async () => expect(await server.flags('first')).toEqual(['a', 'a', 'a', 'a']), soon);

  await seen.box.stop();
  await server.deliver('first', mail('Thư 5'));
  const next = watch(server.url('first'));
  await vi.waitFor(() => expect(next.subjects).toEqual(['Thư 5']), soon);
  expect(seen.subjects).toHaveLength(4);
});

test('a server that dies is said to be unreachable; when it is back, so is the mail', async () => {
  const seen = watch(server.url('down'));
  await vi.waitFor(() => expect(seen.health).toEqual([{ ok: true }]), soon);
  await server.kill();
  await vi.waitFor(() => expect(seen.health.at(-1)).toMatchObject({ ok: false, reason: 'unreachable' }), soon);
  await server.deliver('down', mail('Gửi lúc máy chủ tắt'));
  await server.restart();
  await vi.waitFor(() => expect(seen.subjects).toEqual(['Gửi lúc máy chủ tắt']), soon);
  // Every change once, however often it tried in between.
  expect(seen.health.map((one) => one.ok)).toEqual([true, false, true]);
});

test('a wrong password and a missing folder are told apart, without the password', async () => {
  const wrong = watch(server.url('wrong').replace(':d@', ':khong-phai@'));
  const missing = watch(server.url('missing').replace('INBOX', 'KhongCo'));
  await vi.waitFor(() => expect(wrong.health).toMatchObject([{ ok: false, reason: 'sign_in' }]), soon);
  await vi.waitFor(() => expect(missing.health).toMatchObject([{ ok: false, reason: 'refused' }]), soon);
  expect(JSON.stringify(wrong.health)).not.toContain('khong-phai');
});

test('a mail that could not be taken over comes again, others do not wait for it', async () => {
  for (const n of [1, 2]) await server.deliver('again', mail(`Lần ${n}`));
  const order: number[] = [];
  const seen = watch(server.url('again'), {
    pollSeconds: 1,
    async onMail(_raw, { uid }) {
      order.push(uid);
      if (order.length === 1) throw new Error('the database is away');
    },
  });
  await vi.waitFor(() => expect(order).toEqual([1, 2, 1]), soon);
  await vi.waitFor(async () => expect(await server.flags('again')).toEqual(['a', 'a']), soon);
  expect(seen.health).toEqual([{ ok: true }]);
});

test('a mail that never succeeds is left alone after some tries, unmarked', async () => {
  await server.deliver('poison', mail('Hỏng'));
  let tries = 0;
  const refuse = { pollSeconds: 0.2, mostTries: 3, onMail: async () => Promise.reject(new Error(`no ${(tries += 1)}`)) };
  const seen = watch(server.url('poison'), refuse);
  await vi.waitFor(() => expect(tries).toBe(3), soon);
  await server.deliver('poison', mail('Cũng hỏng'));
  await vi.waitFor(() => expect(tries).toBe(6), soon);
  await seen.box.stop();
  expect(tries).toBe(6);
  expect(await server.flags('poison')).toEqual(['', '']);
});

test('a mail larger than the limit is not downloaded: its beginning comes, marked as such', async () => {
  await server.deliver('large', mail('Rất lớn', 'x'.repeat(70) + '\r\n' + `${'y'.repeat(70)}\r\n`.repeat(30_000)));
  const seen = watch(server.url('large'), { mostBytes: 2 ** 20 });
  await vi.waitFor(() => expect(seen.subjects).toEqual(['Rất lớn']), soon);
  expect(seen.mails[0]!.raw).toHaveLength(256 * 1024);
  expect(seen.mails[0]!.meta.truncated).toBe(true);
  expect(seen.mails[0]!.meta.size).toBeGreaterThan(2 ** 21);
});

test('stopping in the middle of a mail that takes long marks nothing and is quick', async () => {
  await server.deliver('crash', mail('Đang xử lý'));
  let began = 0;
  const seen = watch(server.url('crash'), { onMail: () => new Promise(() => void (began += 1)) });
  await vi.waitFor(() => expect(began).toBe(1), soon);
  const before = performance.now();
  await seen.box.stop();
  expect(performance.now() - before).toBeLessThan(4000);
  const next = watch(server.url('crash'));
  await vi.waitFor(() => expect(next.subjects).toEqual(['Đang xử lý']), soon);
});

test('an idle watch stops at once', async () => {
  const seen = watch(server.url('live'));
  await vi.waitFor(() => expect(seen.health).toEqual([{ ok: true }]), soon);
  const before = performance.now();
  await seen.box.stop();
  expect(performance.now() - before).toBeLessThan(500);
});

test('a port nobody listens on, and one that hangs up, are unreachable', async () => {
  const web = createServer((socket) => void socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const other = watch(`imap://a:b@127.0.0.1:${(web.address() as AddressInfo).port}/INBOX`);
  const nobody = watch('imap://a:b@127.0.0.1:1/INBOX');
  for (const { health } of [other, nobody]) await vi.waitFor(() => expect(health).toMatchObject([{ ok: false, reason: 'unreachable' }]), soon);
  web.close();
});

/** A server of before 1997: no IDLE (RFC 2177), no keywords (PERMANENTFLAGS without `\*`). */
test('a server without IDLE and without keywords is polled, and \\Seen marks', async () => {
  const said: string[] = [];
  let isSeen = false;
  const letter = mail('Máy chủ cũ');
  const old = createServer((socket) => {
    const answer = (text: string): void => void socket.write(`${text}\r\n`);
    answer('* OK old');
    let waiting = '';
    socket.on('error', () => {}).setEncoding('utf8').on('data', (chunk) => {
      const lines = (waiting + String(chunk)).split('\r\n');
      waiting = lines.pop()!;
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        said.push(command.replace(/^LOGIN.*/, 'LOGIN'));
        if (command.startsWith('CAPABILITY')) answer('* CAPABILITY IMAP4rev1');
        if (command.startsWith('SELECT')) {
          for (const text of ['FLAGS (\\Seen \\Deleted)', '1 EXISTS', '0 RECENT', 'OK [PERMANENTFLAGS (\\Seen)] limited', 'OK [UIDVALIDITY 7] ok', 'OK [UIDNEXT 2] ok']) answer(`* ${text}`);
        }
        if (command.startsWith('UID SEARCH')) answer(isSeen || polls() < 2 ? '* SEARCH' : '* SEARCH 1');
        if (/^UID FETCH 1 .*RFC822.SIZE/.test(command)) answer(`* 1 FETCH (UID 1 FLAGS () INTERNALDATE "22-Nov-2026 08:00:00 +0700" RFC822.SIZE ${Buffer.byteLength(letter)})`);
        if (/^UID FETCH 1 .*BODY/.test(command)) answer(`* 1 FETCH (UID 1 BODY[]<0> {${Buffer.byteLength(letter)}}\r\n${letter})`);
        if (command.startsWith('UID STORE 1')) isSeen = true;
        answer(`${tag} OK ${command.startsWith('SELECT') ? '[READ-WRITE] ' : ''}done`);
      }
    });
  }).listen(0, '127.0.0.1');
  const polls = (): number => said.filter((command) => command.startsWith('UID SEARCH')).length;
  await once(old, 'listening');
  const seen = watch(`imap://a:b@127.0.0.1:${(old.address() as AddressInfo).port}/INBOX`, { pollSeconds: 0.2 });
  await vi.waitFor(() => expect(isSeen).toBe(true), soon);
  expect(seen.subjects).toEqual(['Máy chủ cũ']);
  expect(seen.mails[0]!.meta).toMatchObject({ uid: 1, uidValidity: '7', internalDate: new Date('2026-11-22T01:00:00Z') });
  expect(said).toContainEqual(expect.stringMatching(/^UID STORE 1 \+FLAGS\.SILENT \(\\Seen\)/));
  expect(said).not.toContain('IDLE');
  await seen.box.stop();
  old.close();
});
