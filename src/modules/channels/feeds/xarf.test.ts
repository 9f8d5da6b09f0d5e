import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reports from '../../../../tests/data/xarf/reports.json' with { type: 'json' };
import required from '../../../../tests/data/xarf/required.schema.json' with { type: 'json' };
import type { MachineReport } from './types.ts';
import { readXarf } from './xarf.ts';

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const isXarf = ajv.compile(required);
type Name = keyof typeof reports;

function item(json: unknown): MachineReport {
  const read = readXarf(json);
  if (!read.ok) throw new Error(read.reason);
  return read.items[0]!;
}

function reasonOf(json: unknown): string {
  const read = readXarf(json);
  return read.ok ? 'read' : read.reason;
}

const with_ = (name: Name, changes: object) => ({ ...reports[name], ...changes });

describe('a XARF v4 report', () => {
  it.each(Object.keys(reports) as Name[])('%s: our sample is one by the specification', (name) => {
    expect(isXarf(reports[name]), JSON.stringify(isXarf.errors)).toBe(true);
  });

  it('becomes a report in this desk’s words', () => {
    const { evidence, ...said } = item(reports.phishing);
    expect(said).toEqual({
      externalId: 'xarf:1a5ec293-0849-40a4-9eba-d5926262f001',
      category: 'phishing_impersonation',
      narrative: 'XARF: trang giả mạo (mạo danh VNeID), do Trung tâm giám sát an toàn thông tin tỉnh Lạng Sơn báo, lúc 01:15 ngày 22/11/2026.\n'
        + 'Trang yêu cầu nhập số căn cước và mã OTP.\nPhát tán qua tin nhắn.',
      traces: 'https://vneid-capnhat.example/dk\nvneid-capnhat.example\nhttps://thu-thap.example/gui.php',
      happenedOn: '2026-11-22',
    });
    expect(evidence).toMatchObject([{ name: 'xarf-1.png', type: 'image/png' }]);
    expect(evidence[0]!.content.subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'));
    expect(readXarf(reports.phishing)).toMatchObject({ ignored: 1, errors: [] });
  });

  it('goes where the closed list has a place for it, and nowhere else', () => {
    const category = Object.fromEntries((Object.keys(reports) as Name[]).map((name) => {
      const read = readXarf(reports[name]);
      return [name, read.ok ? read.items[0]!.category : read.reason];
    }));
    expect(category).toEqual({
      phishing: 'phishing_impersonation', fraud: 'scam', state_fraud: 'phishing_impersonation', malware: 'malware_attack',
      counterfeit: 'counterfeit_unlicensed_goods', logo: 'outside_closed_list', registration: 'phishing_impersonation',
      sms_spam: 'spam_calls_messages', mail_spam: 'spam_calls_messages',
    });
  });

  it('keeps nothing that names a person, an innocent site or the sender’s own notes', () => {
    const kept = JSON.stringify((Object.keys(reports) as Name[]).map((name) => readXarf(reports[name])));
    for (const not of ['Nguyễn', 'ba.mau', 'khuyen-mai@', 'tran.mau', 'T-1', 'vneid.gov.vn', 'bit.ly', 'abuse@', '203.0.113', '198.51.100', 'Vay nhanh',
      'registrant']) {
      expect(kept).not.toContain(not);
    }
    for (const source of ['203.0.113.9/thue-bao', '203.0.113.9', '[2001:db8::1]', 'nguyen.mau@hop-thu.example', 'http://203.0.113.9/']) {
      expect(item(with_('phishing', { source_identifier: source })).traces).toBe(item(reports.phishing).traces);
    }
    expect(item(reports.sms_spam).traces).toBe('+84912345678\nhttps://vay-nhanh.example/a');
    expect(item(reports.malware).traces).toContain('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');
  });

  it.each([
    ['csam', { type: 'csam' }], ['csem', { type: 'csem' }], ['upper case', { type: 'CSAM' }], ['with its category', { type: 'content-csam' }], ['a tag',
      { tags: ['csam:a1'] }],
    ['broken otherwise', { type: 'csam', report_id: 7, reporter: null, xarf_version: '3' }],
  ])('on child abuse is refused and nothing of it kept: %s', (_, changes) => {
    expect(readXarf(with_('phishing', changes))).toEqual({ ok: false, reason: 'child_abuse_specialised_channel' });
  });

  it.each([
    ['copyright', 'p2p'], ['connection', 'ddos'], ['vulnerability', 'cve'], ['reputation', 'blocklist'], ['infrastructure', 'botnet'], ['messaging',
    'bulk_messaging'],
    ['content', 'exposed_data'], ['content', 'remote_compromise'], ['content', 'constructor'], ['content', '__proto__'],
  ])('of %s/%s is not taken', (category, type) => {
    expect(reasonOf(with_('phishing', { category, type }))).toBe('type_not_taken');
  });

  it('of another version, or none, is not read', () => {
    expect(reasonOf(with_('phishing', { xarf_version: '3' }))).toBe('version_not_read');
    expect(reasonOf({ Version: '2', ReporterInfo: {} })).toBe('version_not_read');
    expect(reasonOf(null)).toBe('not_readable');
    expect(reasonOf([reports.phishing])).toBe('not_readable');
    expect(reasonOf(with_('mail_spam', { spam_indicators: {} }))).toBe('no_traces');
  });

  it('is refused wherever the specification refuses a field that we read', () => {
    const fields = ['report_id', 'timestamp', 'reporter', 'sender', 'source_identifier', 'category', 'type', 'url', 'xarf_version'] as const;
    for (const name of ['phishing', 'fraud', 'malware', 'registration', 'counterfeit'] as const) {
      for (const field of fields) {
        for (const value of [undefined, null, 7, {}, [], '', 'x'.repeat(300)]) {
          const changed = JSON.parse(JSON.stringify(with_(name, { [field]: value }))) as unknown;
          if (!isXarf(changed)) expect([name, field, value, reasonOf(changed)]).not.toContain('read');
        }
      }
    }
  });

  it('says which pictures it did not take', () => {
    const [picture] = reports.phishing.evidence;
    const jpeg = { ...picture, content_type: 'image/jpeg', hash: undefined };
    const evidence = [
      picture, { ...picture, hash: `sha256:${'0'.repeat(64)}` }, jpeg, { ...picture, payload: 'iVBO' }, { ...picture, payload: 'a=bc', hash: undefined },
      { ...picture, payload: 'A'.repeat(8_000_000), hash: undefined }, {}, 7, picture, picture, picture, picture, picture, { content_type: 'image/svg+xml',
        payload: 'PHN2Zz4=' },
    ];
    const read = readXarf(with_('phishing', { evidence }));
    expect(read).toMatchObject({
      ok: true, ignored: 1,
      errors: [
        { at: 'evidence[1]', reason: 'evidence_hash_differs' }, { at: 'evidence[2]', reason: 'evidence_not_image' }, { at: 'evidence[3]',
          reason: 'evidence_not_image' },
        { at: 'evidence[4]', reason: 'evidence_unreadable' }, { at: 'evidence[5]', reason: 'evidence_too_large' }, { at: 'evidence[6]',
          reason: 'evidence_unreadable' },
        { at: 'evidence[7]', reason: 'evidence_unreadable' }, { at: 'evidence[12]', reason: 'evidence_too_many' },
      ],
    });
    expect(read.ok && read.items[0]!.evidence.map(({ name }) => name)).toEqual(['xarf-1.png', 'xarf-2.png', 'xarf-3.png', 'xarf-4.png', 'xarf-5.png']);
  });

  it('never throws, and never writes a trace of two lines or a name that is not the source’s', () => {
    const changed = fc.tuple(fc.constantFrom(...Object.keys(reports) as Name[]), fc.dictionary(fc.constantFrom(...Object.keys(reports.phishing), 'file_hashes',
      '__proto__'), fc.jsonValue()))
      .map(([name, changes]) => with_(name, changes));
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.anything(), changed), (json) => {
      const read = readXarf(json);
      if (read.ok) expect(read.items).toHaveLength(1);
    }), { numRuns: 500 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(item(with_('phishing', { url: 'https://a.example/\nhttps://ngan-hang.example/' })).traces.split('\n')).not.toContain('https://ngan-hang.example/');
  });
});
