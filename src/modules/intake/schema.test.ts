import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { communesOf } from '#catalogue/units/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import { FIELDS, findCommunes, firstOpenStep, OTHER, OUTSIDE, readDay, reportFromFields, stepIssues, type Fields, type SendContext } from './schema.ts';

const now = new Date('2026-11-22T02:00:00Z');
const communes = communesOf('04').map(({ code, fullName, name }) => ({ code, name: fullName, search: searchKey(`${fullName} ${name}`) }));
const context: SendContext = { now, communes, channel: 'web', language: 'vi', idempotencyKey: 'k'.repeat(32), uploads: [] };
const good: Fields = {
  category: 'scam', narrative: 'Có người gọi bảo chuyển tiền phí hồ sơ.', commune: OUTSIDE, contact_kind: 'anonymous',
};
const read = (changes: Fields) => reportFromFields({ ...good, ...changes }, context);
const errorsOf = (changes: Fields) => {
  const result = read(changes);
  return result.ok ? {} : result.errors;
};

describe('a report from its fields', () => {
  test('needs only what happened, where, and whether to leave contact', () => {
    expect(read({})).toMatchObject({
      ok: true,
      report: {
        category: 'scam', happenedOn: null, moneyLost: null, inDanger: false, forChild: false, communeCode: null, contact: null, situation: null,
        channel: 'web', uploads: [], idempotencyKey: context.idempotencyKey,
      },
    });
  });

  test('takes everything a person may say', () => {
    const result = read({
      situation: 'transfer_just_made', traces: 'javascript:alert(1)', happened_on: '21/11/2026', money_lost: '12 triệu', in_danger: '1', for_child: 'yes',
      commune: '', commune_text: 'thuc phan', contact_kind: 'contact', email: 'an@vidu.example', phone: '0912 345 678', name: 'Lan',
    });
    expect(result).toMatchObject({
      ok: true,
      report: {
        situation: 'transfer_just_made', traces: 'javascript:alert(1)', happenedOn: '2026-11-21', moneyLost: 12_000_000, inDanger: true, forChild: true,
        communeCode: findCommunes('Phường Thục Phán', communes)[0]!.code, contact: { email: 'an@vidu.example', phone: '0912 345 678', name: 'Lan' },
      },
    });
  });

  test.each<[Fields, Fields | object]>([
    [{ category: '' }, { category: 'category_missing' }],
    [{ category: OTHER }, { category: 'category_missing' }],
    [{ category: 'opinion' }, { category: 'category_missing' }],
    [{ narrative: '' }, { narrative: 'narrative_missing' }],
    [{ narrative: '  \u200b ' }, { narrative: 'narrative_missing' }],
    [{ narrative: 'ngắn quá' }, { narrative: 'narrative_short' }],
    [{ narrative: 'a'.repeat(5001) }, { narrative: 'narrative_long' }],
    [{ narrative: 'a'.repeat(5000) }, {}],
    [{ traces: 'a'.repeat(5001) }, { traces: 'traces_long' }],
    [{ happened_on: '31/02/2026' }, { happened_on: 'date_unreadable' }],
    [{ happened_on: '23/11/2026' }, { happened_on: 'date_future' }],
    [{ happened_on: '22/11/2026' }, {}],
    [{ happened_on: '31/12/1989' }, { happened_on: 'date_old' }],
    [{ money_lost: 'nhiều lắm' }, { money_lost: 'money_unreadable' }],
    [{ money_lost: '-5' }, { money_lost: 'money_unreadable' }],
    [{ money_lost: '1000000000000' }, {}],
    [{ money_lost: '1000000000001' }, { money_lost: 'money_large' }],
    [{ money_lost: 'không' }, {}],
    [{ commune: '99999' }, { commune: 'commune_unknown' }],
    [{ commune: '', commune_text: '' }, { commune_text: 'commune_missing' }],
    [{ commune: '', commune_text: 'Hà Nội' }, { commune_text: 'commune_unknown' }],
    [{ contact_kind: '' }, { contact_kind: 'contact_missing' }],
    [{ contact_kind: 'contact' }, { email: 'contact_empty' }],
    [{ contact_kind: 'contact', email: 'khong-phai-thu' }, { email: 'email_wrong' }],
    [{ contact_kind: 'contact', email: 'a@b.example,c@d.example' }, { email: 'email_wrong' }],
    [{ contact_kind: 'contact', phone: '12' }, { phone: 'phone_wrong' }],
    [{ contact_kind: 'contact', phone: '+84 912-345-678' }, {}],
    [{ contact_kind: 'anonymous', email: 'khong-phai-thu' }, {}],
  ])('%j gives %j', (changes, errors) => expect(errorsOf(changes)).toEqual(errors));

  test('anonymous drops what was typed as contact', () => {
    expect(read({ email: 'an@vidu.example', name: 'Lan' })).toMatchObject({ ok: true, report: { contact: null } });
  });

  test('a situation that does not fit the category is left out', () => {
    expect(read({ category: 'spam_calls_messages', situation: 'investment' })).toMatchObject({ ok: true, report: { situation: null } });
    expect(read({ situation: 'no_such' })).toMatchObject({ ok: true, report: { situation: null } });
  });

  test('a typed and a chosen place must agree', () => {
    const [one, two] = communes as [(typeof communes)[0], (typeof communes)[0]];
    expect(errorsOf({ commune: one.code, commune_text: one.name })).toEqual({});
    expect(errorsOf({ commune: one.code, commune_text: two.name })).toEqual({ commune: 'commune_two' });
  });

  test('never throws, and what it accepts is clean', () => {
    const anything = fc.record(Object.fromEntries(FIELDS.map((field) => [field, fc.string({ unit: 'binary', maxLength: 40 })])), { requiredKeys: [] });
    fc.assert(fc.property(anything, fc.constantFrom(...CATEGORY_CODES), (fields, category) => {
      const result = reportFromFields({ ...fields, category, commune: OUTSIDE, contact_kind: 'anonymous', money_lost: '', happened_on: '' }, context);
      if (result.ok) expect(result.report.narrative).toBe(result.report.narrative.normalize('NFC').trim());
    }));
  });
});

describe('one page at a time', () => {
  test('complains only about its own questions', () => {
    expect(stepIssues(1, {}, context)).toEqual({ category: 'category_missing' });
    expect(stepIssues(3, {}, context)).toEqual({});
    expect(stepIssues(5, { contact_kind: 'contact', email: 'x' }, context)).toEqual({ email: 'email_wrong' });
    expect(stepIssues(6, {}, context)).toEqual({});
  });

  test('the first open page is the first with a missing or wrong answer', () => {
    expect(firstOpenStep({}, context)).toBe(1);
    expect(firstOpenStep({ ...good, narrative: 'x' }, context)).toBe(2);
    expect(firstOpenStep({ ...good, happened_on: 'mai' }, context)).toBe(3);
    expect(firstOpenStep(good, context)).toBe(6);
  });
});

describe('a day', () => {
  test.each([
    ['22/11/2026', '2026-11-22'], ['2-1-26', '2026-01-02'], ['2026-11-01', '2026-11-01'], ['hôm nay', '2026-11-22'], ['Hom qua', '2026-11-21'],
    ['TODAY', '2026-11-22'], ['hôm kia', '2026-11-20'],
  ])('%s is %s', (typed, day) => expect(readDay(typed, now)).toBe(day));
  test.each(['mai', '32/1/2026', '2026-13-01', '12', 'constructor', ''])('%j is none', (typed) => expect(readDay(typed, now)).toBeNull());
  test('is the day in Vietnam', () => expect(readDay('hôm nay', new Date('2026-11-22T17:30:00Z'))).toBe('2026-11-23'));
});

describe('a commune', () => {
  test('is found by its name in any spelling', () => {
    for (const { code, name } of communes) {
      expect(findCommunes(name, communes).map((found) => found.code)).toContain(code);
      expect(findCommunes(searchKey(name), communes).map((found) => found.code)).toContain(code);
      expect(findCommunes(name.normalize('NFD').toUpperCase(), communes).map((found) => found.code)).toContain(code);
    }
  });
  test('is not found by part of a word', () => expect(findCommunes('hu', communes)).toEqual([]));
});
