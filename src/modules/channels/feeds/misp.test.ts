import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMisp } from './misp.ts';
import type { MachineReport } from './types.ts';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const attribute = (type: string, value: string, more: object = {}) =>
  ({ uuid: '5e1f2a3b-0000-4000-8000-000000000001', type, category: 'Network activity', to_ids: true, value, timestamp: '1795000000', comment: '', ...more });
const EVENT = {
  uuid: '5E1F2A3B-4C5D-4E6F-8A9B-0C1D2E3F4A5B', info: 'Chiến dịch mạo danh ngân hàng nhắm người dân Cao Bằng', date: '2026-11-20', published: true,
    timestamp: '1795000000',
  threat_level_id: '3', analysis: '2', distribution: '3', Orgc: { name: 'VNCERT Mẫu', uuid: '5e1f2a3b-0000-4000-8000-00000000000a' }, Tag: [{ name: 'tlp:green',
    colour: '#0f0' }],
  Attribute: [
    attribute('url', 'https://vietcombank-xacthuc.example/dang-nhap'), attribute('domain', 'vietcombank-xacthuc.example'),
    attribute('phone-number', '0912345678', { category: 'Financial fraud', to_ids: false }), attribute('bank-account-nr', '19012345678901',
      { category: 'Financial fraud' }),
    attribute('filename|sha256', `ngan|hang.apk|${SHA256}`, { category: 'Payload delivery' }),
    attribute('url', 'https://vietcombank-xacthuc.example/dang-nhap'),
  ],
  Object: [{ name: 'phishing', Attribute: [attribute('hostname', 'www.otp-nhanh.example'), attribute('text', 'ghi chú')] }],
};

function read(event: unknown): MachineReport[] {
  const found = readMisp(event, 'scam');
  if (!found.ok) throw new Error(found.reason);
  return found.items;
}

describe('a MISP event', () => {
  it('becomes a report with its traces, those of its objects too, each once', () => {
    const lines = ['https://vietcombank-xacthuc.example/dang-nhap', 'vietcombank-xacthuc.example', '0912345678', 'Số tài khoản 19012345678901', SHA256,
      'www.otp-nhanh.example'];
    expect(readMisp({ Event: EVENT }, 'scam')).toEqual({
      ok: true, ignored: 2, errors: [],
      items: [{
        externalId: 'misp:5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b', category: 'phishing_impersonation', happenedOn: '2026-11-20', evidence: [],
          traces: lines.join('\n'),
        narrative: 'MISP: sự kiện “Chiến dịch mạo danh ngân hàng nhắm người dân Cao Bằng”, do VNCERT Mẫu báo, ngày 20/11/2026, 6 dấu vết.',
      }],
    });
    expect(read({ response: [{ Event: EVENT }, { Event: { ...EVENT, uuid: '5e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5c' } }] })).toHaveLength(2);
  });

  it.each([
    'email-src', 'email-dst', 'target-user', 'target-email', 'whois-registrant-name', 'whois-registrant-email', 'whois-registrant-phone', 'github-username',
    'twitter-id', 'jabber-id', 'passport-number', 'first-name', 'last-name', 'full-name', 'date-of-birth', 'place-of-birth', 'identity-card-number', 'eppn', 'ip-src', 'text',
    'attachment',
  ])('never gives what names or may name a person: %s', (type) => {
    const found = readMisp({ Event: { ...EVENT, Attribute: [attribute('domain', 'gia-mao.example'), attribute(type, 'nguyen-van-mau.example')], Object: [] } },
      'scam');
    expect(found).toMatchObject({ ok: true, ignored: 1, errors: [], items: [{ traces: 'gia-mao.example' }] });
    expect(JSON.stringify(found)).not.toContain('nguyen-van-mau');
  });

  it.each(['Person', 'Attribution', 'Targeting data', 'Social network'])('gives nothing of the group %s', (category) => {
    const Attribute = [attribute('domain', 'gia-mao.example'), attribute('phone-number', '0912345678', { category }), attribute('domain', 'nan-nhan.example',
      { category })];
    expect(read({ Event: { ...EVENT, Attribute, Object: [] } })[0]!.traces).toBe('gia-mao.example');
  });

  it('takes what is for detection or in a technical group, not what was deleted', () => {
    const Attribute = [
      attribute('domain', 'a.example', { to_ids: false }), attribute('domain', 'b.example', { category: 'Other' }), attribute('domain', 'c.example',
        { category: 'Other', to_ids: false }),
      attribute('domain', 'd.example', { deleted: true }), attribute('domain', 'e.example', { category: 'Other', to_ids: '1' }), attribute('domain',
        'f.example', { category: 'External analysis', to_ids: false }),
    ];
    expect(read({ Event: { ...EVENT, Attribute, Object: [] } })[0]!.traces).toBe('a.example\nb.example\ne.example');
  });

  it.each([
    ['tlp:red', 'tlp_not_shareable'], ['TLP:AMBER+STRICT', 'tlp_not_shareable'], ['rsit:abusive-content="harmful-speech"', 'outside_closed_list'],
    ['disarm:technique="T0002"', 'outside_closed_list'], ['misp-galaxy:misinformation-pattern="x"', 'outside_closed_list'],
    ['dark-web:topic="child-sexual-abuse"', 'child_abuse_specialised_channel'],
  ])('tagged %s is refused', (name, reason) => {
    const refused = { ...EVENT, Tag: [{ name: 'tlp:green' }, { name }] };
    expect(readMisp({ Event: refused }, 'scam')).toEqual({ ok: false, reason });
    expect(readMisp({ response: [{ Event: refused }, { Event: EVENT }] }, 'scam')).toMatchObject({ ok: true, items: [{}], errors: [{ at: 'response[0].Event',
      reason }] });
  });

  it('may hold back single attributes', () => {
    const Attribute = [attribute('domain', 'a.example'), attribute('domain', 'b.example', { Tag: [{ name: 'tlp:red' }] })];
    expect(readMisp({ Event: { ...EVENT, Attribute, Object: [] } }, 'scam')).toMatchObject({ items: [{ traces: 'a.example' }],
      errors: [{ at: 'Event.Attribute[1]', reason: 'tlp_not_shareable' }] });
  });

  it.each([
    [['rsit:fraud="phishing"'], 'x', 'phishing_impersonation'], [['circl:incident-classification="malware"'], 'Lừa đảo', 'malware_attack'], [[],
    'Web cá độ bóng đá', 'illegal_gambling_ads'],
    [[], 'Danh sách tin rác', 'spam_calls_messages'], [[], 'LỪA ĐẢO đầu tư', 'scam'], [[], 'Lộ lọt dữ liệu khách hàng', 'personal_data_abuse'], [[],
    'Bán hàng giả', 'counterfeit_unlicensed_goods'],
    [['tlp:clear'], 'Sự kiện 12', 'malware_attack'],
  ])('tagged %j and called %s is of category %s', (tags, info, category) => {
    expect(readMisp({ Event: { ...EVENT, info, Tag: tags.map((name) => ({ name })) } }, 'malware_attack')).toMatchObject({ items: [{ category }] });
  });

  it('says what is not an indicator or belongs to everybody', () => {
    const Attribute = [
      attribute('domain', 'a.example'), attribute('domain', 'gọi 0912345678'), attribute('domain', 'com.vn'), attribute('url',
        'https://www.facebook.com/nguyen.van.mau'), attribute('domain', 'vietcombank.com.vn'),
      attribute('url', 'https://a.example/x\nhttps://b.example/'), attribute('sha256', 'abc'), attribute('domain', 'x'.repeat(3000)), 7, attribute('domain',
        'a.example b.example'),
    ];
    const found = readMisp({ Event: { ...EVENT, Attribute, Object: [] } }, 'scam');
    expect(found.ok && found.errors.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      'Event.Attribute[1] not_an_indicator', 'Event.Attribute[2] public_suffix', 'Event.Attribute[3] shared_host', 'Event.Attribute[4] shared_host',
      'Event.Attribute[5] not_an_indicator',
      'Event.Attribute[6] not_an_indicator', 'Event.Attribute[7] not_an_indicator', 'Event.Attribute[8] not_readable', 'Event.Attribute[9] not_an_indicator',
    ]);
    expect(readMisp({ Event: { ...EVENT, Attribute: [], Object: [] } }, 'scam')).toEqual({ ok: false, reason: 'no_traces' });
  });

  it('with many traces becomes several reports, none over the limits of a report', () => {
    const many = Array.from({ length: 450 }, (_, i) => attribute('domain', `gia-mao-${i}.example`));
    const long = Array.from({ length: 20 }, (_, i) => attribute('url', `https://gia-mao.example/${i}/${'x'.repeat(900)}`));
    const items = read({ Event: { ...EVENT, Attribute: [...many, ...long], Object: [] } });
    expect(items.map(({ externalId }) => externalId.slice(41))).toEqual(items.map((_, i) => (i === 0 ? '' : `#${i + 1}`)));
    expect(items.flatMap(({ traces }) => traces.split('\n'))).toHaveLength(470);
    expect(items.every(({ traces }) => traces.length <= 5000 && traces.split('\n').length <= 200)).toBe(true);
    expect(items.at(-1)!.narrative).toContain(`(phần ${items.length}/${items.length})`);
    expect(readMisp({ Event: { ...EVENT, Attribute: Array.from({ length: 20_001 }, () => 0) } }, 'scam')).toEqual({ ok: false, reason: 'too_many' });
    expect(readMisp({ response: Array.from({ length: 201 }, () => ({})) }, 'scam')).toEqual({ ok: false, reason: 'too_many' });
  });

  it('never throws', () => {
    const changed = fc.dictionary(fc.constantFrom(...Object.keys(EVENT), '__proto__'), fc.jsonValue()).map((changes) => ({ Event: { ...EVENT, ...changes } }));
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.anything(), changed, fc.record({ response: fc.array(fc.anything()) })), (json) => {
      expect(typeof readMisp(json, 'scam').ok).toBe('boolean');
    }), { numRuns: 500 });
    expect(readMisp(null, 'scam')).toEqual({ ok: false, reason: 'not_readable' });
  });
});
