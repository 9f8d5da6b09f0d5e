import { generateKeyPairSync } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DnsLookup } from '#platform/dns.ts';
import { authenticateMail } from './auth.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const RECORDS: Readonly<Record<string, string[][]>> = {
  's1._domainkey.mail.example TXT': [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]],
  'mail.example TXT': [['v=spf1 ip4:203.0.113.9 -all']],
  '_dmarc.mail.example TXT': [['v=DMARC1; p=reject']],
};
const asked: string[] = [];
const lookup: DnsLookup = async (name, type) => {
  asked.push(`${name} ${type}`);
  const records = RECORDS[`${name} ${type}`];
  if (!records) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  return records;
};

let signed: string;

beforeAll(async () => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', dkim: { domainName: 'mail.example', keySelector: 's1', privateKey } });
  const { message } = await transport.sendMail({ from: 'Hoa <hoa@mail.example>', to: 'baocao@desk.example', subject: 'Báo lừa đảo', text: 'Trang giả mạo ngân hàng.' });
  signed = `Return-Path: <hoa@mail.example>\r\nReceived: from mx.mail.example (mx.mail.example [203.0.113.9]) by mx.desk.example; Mon, 16 Nov 2026 09:00:00 +0700\r\n${(message as Buffer).toString()}`;
});

describe('where a mail came from', () => {
  test('a signed mail from the domain’s own server passes', async () => {
    expect(await authenticateMail(Buffer.from(signed), lookup)).toEqual({
      spf: 'pass', dkim: [{ domain: 'mail.example', result: 'pass' }], dmarc: 'pass', arc: 'none', receivedFrom: '203.0.113.9',
    });
  });

  test('with its body altered, the signature fails', async () => {
    const altered = signed.replace(/\r\n\r\n[^]*$/, '\r\n\r\nTrang khác.\r\n');
    const found = await authenticateMail(Buffer.from(altered), lookup);
    expect(found.dkim).toEqual([{ domain: 'mail.example', result: 'fail' }]);
    // The server it came from is still the domain's own.
    expect(found).toMatchObject({ spf: 'pass', dmarc: 'pass' });
  });

  test('from another server, and with a header altered, everything fails', async () => {
    const forged = signed.replace('203.0.113.9', '198.51.100.7').replace('Subject: ', 'Subject: X ');
    expect(await authenticateMail(Buffer.from(forged), lookup)).toMatchObject({ spf: 'fail', dkim: [{ result: 'fail' }], dmarc: 'fail', receivedFrom: '198.51.100.7' });
  });

  test('an unsigned mail of an unknown domain has nothing', async () => {
    const plain = 'Received: from x.khac.example ([198.51.100.7]) by mx.desk.example; Mon, 16 Nov 2026 09:00:00 +0700\r\nReturn-Path: <a@khac.example>\r\nFrom: a@khac.example\r\n\r\nx\r\n';
    expect(await authenticateMail(Buffer.from(plain.replace(/^Received.*\r\n/, '')), lookup)).toMatchObject({ spf: 'unknown', receivedFrom: null });
    expect(await authenticateMail(Buffer.from(plain), lookup)).toEqual({ spf: 'none', dkim: [], dmarc: 'none', arc: 'none', receivedFrom: '198.51.100.7' });
  });
});

describe('it never throws and never asks much', () => {
  test('names that do not answer', async () => {
    const found = await authenticateMail(Buffer.from(signed), async () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' })));
    expect(found).toMatchObject({ spf: 'temperror', dkim: [{ result: 'temperror' }] });
  });

  const signature = (selector: string): string => /DKIM-Signature:[^]*?\r\n(?=\S)/.exec(signed)![0].replace('s=s1', `s=${selector}`);

  test('at most twenty lookups', async () => {
    asked.length = 0;
    const deep = (name: string): string[][] => [[`v=spf1 include:a.${name} include:b.${name} include:c.${name} -all`]];
    const found = await authenticateMail(Buffer.from(Array.from({ length: 9 }, (_, i) => signature(`s${i + 2}`)).join('') + signed), async (name, type) => {
      asked.push(name);
      return type === 'TXT' && !name.startsWith('_') ? deep(name) : await lookup(name, type);
    });
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(found.dkim).toHaveLength(10);
    expect(found.spf).toMatch(/error$/);
  });

  test('a mail made to be slow is not checked', async () => {
    const nothing = { spf: 'unknown', dkim: [], dmarc: 'unknown', arc: 'unknown', receivedFrom: null };
    expect(await authenticateMail(Buffer.from(Array.from({ length: 1500 }, (_, i) => signature(`s${i}`)).join('') + signed), lookup)).toEqual(nothing);
    for (const filler of ['\n'.repeat(10_000_000), ' x'.repeat(5_000_000), 'x'.repeat(200_000), `${'x'.repeat(998)}\r\n`.repeat(53_000)]) {
      const started = performance.now();
      expect(await authenticateMail(Buffer.from(signed + filler), lookup)).toEqual(nothing);
      expect(performance.now() - started).toBeLessThan(1000);
    }
    // Ten lengths are ten hashes of the whole body.
    const lengths = Array.from({ length: 10 }, (_, i) => signature('s1').replace('v=1;', `v=1; l=${i};`)).join('');
    expect(await authenticateMail(Buffer.from(`${lengths}From: a@mail.example\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(6000)}`), lookup)).toEqual(nothing);
  });

  test('a large ordinary one is', async () => {
    const body = `${'QUJD'.repeat(19)}\r\n`.repeat(300_000);
    expect(await authenticateMail(Buffer.from(signature('s1') + signed.replace(/\r\n\r\n[^]*$/, `\r\n\r\n${body}`)), lookup)).toMatchObject({ spf: 'pass', dkim: [{ result: 'fail' }, { result: 'fail' }] });
  });

  test.each(['', 'x', '\0\0\0', 'DKIM-Signature: v=1; a=rsa-sha256; d=; s=; b=', 'Received: from (((\r\n\r\n', 'From: \r\nDKIM-Signature: d=..;s=..;b=%;bh=%;h=from;a=rsa-sha256\r\n\r\nx'])(
    'bytes %j', async (raw) => expect((await authenticateMail(Buffer.from(raw), lookup)).arc).toMatch(/none|unknown/));
});
