import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Keys } from '#platform/keys.ts';
import {
  adviceFor, answersOf, innocentOf, newForm, NO_MARKS, openForm, parseGo, parsePhotos, parseStep, qrTraces, readMarks, spamNumberOf, stepAfter, takesPhotos,
  tracesOf, trapOf, withDefaults,
} from './form-state.ts';

const keys = new Keys(randomBytes(32));
const now = new Date('2026-11-22T02:00:00Z');
const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe('the token of a form', () => {
  const form = newForm(keys, now);

  test('keeps its key for a day', () => {
    expect(form.key).toMatch(/^[0-9a-f]{32}$/);
    for (const hours of [0, 3, 23.9]) expect(openForm(keys, form.token, after(hours))).toMatchObject({ state: 'open', form: { key: form.key } });
  });

  test('gives a fresh form when it is old, altered or missing', () => {
    const old = openForm(keys, form.token, after(24.1));
    expect(old.state).toBe('expired');
    expect(old.form.key).not.toBe(form.key);
    expect(openForm(keys, old.form.token, after(25)).state).toBe('open');
    for (const token of ['', 'x', `${form.token.slice(0, -2)}AA`]) expect(openForm(keys, token, now).state).toBe('missing');
  });

  test('is no token of another purpose', () => {
    expect(openForm(keys, keys.token('receipt', { key: 'x' }, after(1)), now).state).toBe('missing');
  });
});

describe('what was sent', () => {
  test.each([
    ['next', { kind: 'next' }], ['', { kind: 'next' }], ['edit-9', { kind: 'next' }], ['send', { kind: 'send' }], ['back', { kind: 'back' }],
    ['add-photo', { kind: 'add-photo' }], ['met', { kind: 'met' }], ['hash', { kind: 'hash' }], ['edit-3', { kind: 'edit', step: 3 }],
    ['remove-photo-01890000-0000-7000-8000-000000000000', { kind: 'remove-photo', id: '01890000-0000-7000-8000-000000000000' }],
  ])('go=%s', (value, go) => expect(parseGo(value)).toEqual(go));

  test('step is 1 to 6', () => expect(['1', '6', '7', '', 'x'].map(parseStep)).toEqual([1, 6, 1, 1, 1]));

  test('goes on, or back to the check page', () => {
    expect([stepAfter(1, false), stepAfter(5, false), stepAfter(6, false), stepAfter(2, true)]).toEqual([2, 6, 6, 6]);
  });

  test('pictures are ids, each once, five at most', () => {
    const id = (n: number) => `01890000-0000-7000-8000-00000000000${n}`;
    expect(parsePhotos(`${id(1)},${id(1)},x,${id(2)}`)).toEqual([id(1), id(2)]);
    expect(parsePhotos([1, 2, 3, 4, 5, 6].map(id).join(','))).toHaveLength(5);
  });

  test('answers are the known fields only, as typed', () => {
    expect(answersOf({ narrative: ' x ', token: 't', go: 'next', name: '', secret: 's' })).toEqual({ narrative: ' x ' });
  });

  test('intimate images come without pictures', () => {
    expect([takesPhotos({ category: 'intimate_images' }), takesPhotos({ category: 'scam' }), takesPhotos({})]).toEqual([false, true, true]);
  });
});

describe('a sending by a program', () => {
  const form = { key: 'k', startedAt: now.getTime() };
  const later = (ms: number) => new Date(now.getTime() + ms);

  test.each([
    ['', 2999, 'form', 'fast'], ['', 3000, 'form', null], ['', 999, 'oneTap', 'fast'], ['', 1000, 'oneTap', null], ['http://x', 60_000, 'form', 'filled'],
    ['', -7_200_000, 'form', null],
  ] as const)('field %j after %i ms of %s', (filled, ms, least, trap) => expect(trapOf(filled, form, later(ms), least)).toBe(trap));

  test('is not what a form in the place of an old one is', () => {
    expect(trapOf('', openForm(keys, '', now).form, now, 'form')).toBeNull();
  });
});

describe('traces', () => {
  const fields = { narrative: 'Họ gọi từ 0912 345 678 và gửi http://xau.example/otp', traces: 'http://vneid–capnhat.example/b' };
  const body = (values: Record<string, string>, culprits: string[] = []) => ({ get: (name: string) => values[name] ?? '', all: () => culprits });

  test('are the wrongdoer’s unless unticked or unusual', () => {
    const found = tracesOf(fields, '', NO_MARKS);
    expect(found.map(({ culprit, unusual }) => [culprit, unusual])).toEqual([[true, false], [true, false], [false, true]]);
    const asked = found.map(({ id }) => id);
    const marks = readMarks(body({ asked: asked.join(',') }, [asked[1]!, asked[2]!]), 6);
    expect(tracesOf(fields, '', marks).map(({ culprit }) => culprit)).toEqual([false, true, true]);
    expect(innocentOf(tracesOf(fields, '', marks))).toEqual(['phone +84912345678']);
    // On every other page what was said travels along.
    const carried = readMarks(body({ asked: [...marks.asked].join(','), innocent: [...marks.innocent].join(',') }), 3);
    expect(carried).toEqual(marks);
  });

  test('that are new since the last look count as before', () => {
    const marks = readMarks(body({ asked: tracesOf(fields, '', NO_MARKS).map(({ id }) => id).join(',') }), 6);
    expect(tracesOf({ ...fields, traces: 'moi.example' }, '', marks).filter(({ culprit }) => culprit).map(({ key }) => key)).toEqual(['moi.example']);
  });

  test('of marks that are none, nothing comes', () => {
    expect(readMarks(body({ asked: '<script>,../..,' + 'x'.repeat(5000), innocent: 'a' }), 6)).toEqual(NO_MARKS);
  });

  test('of QR codes are the traces alone', () => {
    expect(qrTraces(['WIFI:S:nha toi;P:matkhau123;;', 'Vào https://xau.example/a ngay', 'https://xau.example/a'])).toBe('https://xau.example/a');
    expect(qrTraces(Array.from({ length: 40 }, (_, i) => `https://xau-${i}.example/${'a'.repeat(1900)}`)).length).toBeLessThanOrEqual(5000);
    expect(tracesOf({ traces: 'https://xau.example/a' }, 'https://xau.example/a', NO_MARKS)).toMatchObject([{ fromPicture: true }]);
  });

  test('give 156 the first number that is the wrongdoer’s and not the reporter’s', () => {
    const found = tracesOf({ traces: '0911 111 111\n0922 222 222' }, '', NO_MARKS);
    expect(spamNumberOf({ category: 'scam', contact: null }, found)).toEqual({ phone: '0911111111', kinds: ['scam_call'] });
    expect(spamNumberOf({ category: 'spam_calls_messages', contact: { phone: '0911111111' } }, found)?.phone).toBe('0922222222');
    expect(spamNumberOf({ category: 'threat_harassment', contact: null }, found)).toBeNull();
    expect(spamNumberOf({ category: 'scam', contact: null }, found.map((one) => ({ ...one, culprit: false })))).toBeNull();
  });
});

test('one press fills in what was not said and keeps what was', () => {
  const said = { category: 'phishing_impersonation', narrative: 'Tôi cũng gặp xau[.]example.' } as const;
  expect(withDefaults({}, said)).toEqual({ category: 'phishing_impersonation', narrative: said.narrative, commune: '-', contact_kind: 'anonymous' });
  const typed = { category: 'scam', narrative: 'Chuyện dài hơn mười chữ', commune_text: 'thuc phan', email: 'an@thu.example' };
  expect(withDefaults(typed, said)).toEqual({ ...typed, contact_kind: 'contact' });
  expect(withDefaults({ narrative: 'mất 5tr' }, said).narrative).toBe(`${said.narrative} mất 5tr`);
});

describe('advice for the receipt', () => {
  const report = { situation: null, category: 'scam', moneyLost: 5_000_000, happenedOn: '2026-11-21' } as const;
  test('bank first when money went lately', () => expect(adviceFor(report, now)).toBe('transfer_just_made'));
  test('what was chosen wins', () => expect(adviceFor({ ...report, situation: 'parcel' }, now)).toBe('parcel'));
  test('general when it was long ago, nothing was lost, or it is another harm', () => {
    expect(adviceFor({ ...report, happenedOn: '2026-11-01' }, now)).toBe('general_scam');
    expect(adviceFor({ ...report, moneyLost: 0 }, now)).toBe('general_scam');
    expect(adviceFor({ ...report, category: 'threat_harassment' }, now)).toBe('general_threat_harassment');
  });
});
