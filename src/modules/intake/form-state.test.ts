import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Keys } from '#platform/keys.ts';
import { adviceFor, answersOf, newForm, openForm, parseGo, parsePhotos, parseStep, stepAfter, takesPhotos } from './form-state.ts';

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
    ['add-photo', { kind: 'add-photo' }], ['edit-3', { kind: 'edit', step: 3 }],
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
