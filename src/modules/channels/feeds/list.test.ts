import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListFacts, MOST_LINES, readList } from './list.ts';

const FACTS: ListFacts = { source: 'Danh sách mẫu', category: 'phishing_impersonation', happenedOn: '2026-11-20', seal: (key) => `sealed-${key.length}` };

function read(text: string): { traces: string[]; errors: string[]; ignored: number } {
  const found = readList(text, FACTS);
  if (!found.ok) throw new Error(found.reason);
  return { traces: found.items.map(({ traces }) => traces), errors: found.errors.map(({ at, reason }) => `${at} ${reason}`), ignored: found.ignored };
}

describe('a plain list', () => {
  it('gives one report a line, with a stable id', () => {
    expect(readList('vneid-capnhat.example\n', FACTS)).toEqual({
      ok: true, ignored: 0, errors: [],
      items: [{
        externalId: 'list:domain:vneid-capnhat.example', category: 'phishing_impersonation', traces: 'vneid-capnhat.example', happenedOn: '2026-11-20', evidence: [],
        narrative: 'Danh sách “Danh sách mẫu” nêu tên miền vneid-capnhat[.]example.',
      }],
    });
    expect(read('\ufeffhttps://a.example/x?y=1,2\r\n0912345678\rSTK 1903456789012 Vietcombank\nhxxps://b[.]example/\n*.c.example').traces)
      .toEqual(['https://a.example/x?y=1,2', '0912345678', 'STK 1903456789012 Vietcombank', 'hxxps://b[.]example/', 'c.example']);
  });

  it('keeps telephone numbers and accounts out of ids and words', () => {
    const found = readList('0912345678\nSTK 1903456789012 Vietcombank', FACTS);
    const said = JSON.stringify(found.ok && found.items.map(({ externalId, narrative }) => [externalId, narrative]));
    expect(said).not.toMatch(/912345678|1903456789012/);
    expect(found.ok && found.items.map(({ externalId }) => externalId)).toEqual(['list:phone:sealed-18', 'list:bank_account:sealed-33']);
  });

  it('passes over comments, blanks and a machine’s own names', () => {
    expect(read('# a.example\n; b.example\n! c.example\n// d.example\n\n  \n[Adblock Plus 2.0]\n127.0.0.1 localhost\n@@||tot.example^\ne.example # ghi chú'))
      .toEqual({ traces: ['e.example'], errors: [], ignored: 9 });
  });

  it('reads hosts files and adblock rules', () => {
    expect(read('0.0.0.0 a.example b.example # hai tên\n'
      + '127.0.0.1\tc.example\n::1 localhost\n||d.example^\n||e.example^$all\n||f.example^$third-party,important').traces)
      .toEqual(['a.example', 'b.example', 'c.example', 'd.example', 'e.example', 'f.example']);
  });

  it('reads exports like URLhaus and PhishTank by their header, others by the first column', () => {
    const urlhaus = '################\n# Terms Of Use: https://example/terms, see there\n# id,dateadded,url,url_status,threat,tags,reporter\n'
      + '"3","2026-11-20 10:00:00","https://a.example/x,y.apk","online","malware_download","apk,android","ai_do"\n';
    const phishtank = 'phish_id,url,phish_detail_url,submission_time,verified\n'
      + '1,https://b.example/dang-nhap,https://phishtank.example/1,2026-11-20T10:00:00+00:00,yes\n';
    expect(read(urlhaus).traces).toEqual(['https://a.example/x,y.apk']);
    expect(read(phishtank)).toEqual({ traces: ['https://b.example/dang-nhap'], errors: [], ignored: 1 });
    expect(read('c.example,phishing,2026\nhttps://d.example/a,online,x\n"https://e.example/a,b","x"').traces).toEqual(['c.example', 'https://d.example/a',
      'https://e.example/a,b']);
  });

  it('names the line and the reason of what is everybody’s, nobody’s or not an indicator', () => {
    expect(read([
      'a.example', 'com.vn', 'hungyen.vn', 'vercel.app', 'facebook.com', 'https://bit.ly/', 'https://bit.ly/lua-dao', 'vietcombank.com.vn', 'gov.vn',
      'localhost', '10.0.0.1', 'http://192.168.1.1/x', 'xin chào', 'A.EXAMPLE',
      'https://www.facebook.com/nguyen.van.mau', 'b.example c.example', `${'x'.repeat(5000)}.example`,
      'Trang này rất nguy hiểm cho mọi người và tên của nó là d.example', 'abc.vercel.app',
    ].join('\n'))).toEqual({
      traces: ['a.example', 'https://bit.ly/lua-dao', 'abc.vercel.app'], ignored: 0,
      errors: [
        'line 2 public_suffix', 'line 3 public_suffix', 'line 4 shared_host', 'line 5 shared_host', 'line 6 shared_host', 'line 8 shared_host',
        'line 9 shared_host', 'line 10 local_name', 'line 11 local_name',
        'line 12 local_name', 'line 13 not_an_indicator', 'line 14 repeated', 'line 15 shared_host', 'line 16 not_an_indicator', 'line 17 too_long',
        'line 18 not_an_indicator',
      ],
    });
  });

  it('reads a real public list whole', () => {
    const text = readFileSync(new URL('../../../../tests/data/domains/vn-threat-300.txt', import.meta.url), 'utf8');
    const { traces, errors } = read(text);
    expect(errors).toEqual([]);
    expect(traces).toHaveLength(300);
  });

  it('takes 50,000 lines, and of more none', () => {
    const lines = Array.from({ length: MOST_LINES }, (_, i) => `gia-mao-${i}.example`);
    expect(read(`${lines.join('\n')}\n`).traces).toHaveLength(MOST_LINES);
    expect(readList([...lines, 'b.example'].join('\n'), FACTS)).toEqual({ ok: false, reason: 'too_many' });
    expect(readList(`0.0.0.0 ${'a.example '.repeat(400)}\n`.repeat(200), FACTS)).toEqual({ ok: false, reason: 'too_many' });
    const junk = readList('x y\n'.repeat(MOST_LINES), FACTS);
    expect(junk.ok && [junk.errors.length, junk.ignored]).toEqual([1000, MOST_LINES - 1000]);
  }, 60_000);

  it('never throws, and every trace is one line', () => {
    const line = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', '|', '^', '#', ' ', 'a.example', '0.0.0.0', '/', '\n', '\\', '$',
      '0912345678', 'url') }));
    fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      expect(read(lines.join('\n')).traces.every((trace) => trace !== '' && !trace.includes('\n'))).toBe(true);
    }), { numRuns: 500 });
  });
});
