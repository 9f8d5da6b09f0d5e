import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURE_CODES, FIGURE_KINDS, QUALIFIER_CODES, UNITS } from '#catalogue/figures.ts';
import { readFigures, sayFigure } from './figures.ts';

/** The figures of the Hưng Yên report of 2023 (R23). */
const SENT = {
  source: 'Trung tâm giám sát an toàn thông tin',
  period: { from: '2022-12-15', to: '2023-06-14' },
  figures: [
    { kind: 'phishing_sites', value: 253 }, { kind: 'miner_connections', value: 1878 }, { kind: 'c2_connections', value: 42_000, qualifier: 'more_than' },
    { kind: 'worm_connections', value: 2 }, { kind: 'botnet_connections', value: 205 }, { kind: 'domains_verified', value: 1 }, { kind: 'fraud_loss',
      value: 1_526_950_000 },
  ],
};

const reasonOf = (json: unknown) => {
  const read = readFigures(json);
  return read.ok ? read.errors.map(({ at, reason }) => `${at} ${reason}`).join() || 'read' : read.reason;
};
const one = (figure: object) => reasonOf({ ...SENT, figures: [figure] });

describe('aggregated figures', () => {
  it('are read with their period and source and said as the report says them', () => {
    const read = readFigures(SENT);
    expect(read).toMatchObject({ ok: true, ignored: 0, errors: [] });
    const items = read.ok ? read.items : [];
    expect(items[0]).toEqual({ kind: 'phishing_sites', value: 253, qualifier: '', from: '2022-12-15', to: '2023-06-14',
      source: 'Trung tâm giám sát an toàn thông tin' });
    expect(items.map((item) => sayFigure(item, 'vi'))).toEqual(['253 trang', '1.878 kết nối', 'hơn 42.000 kết nối', '2 kết nối', '205 kết nối', '1 tên miền',
      '1.526.950.000 đồng']);
    expect(items.map((item) => sayFigure(item, 'en'))).toEqual(
      ['253 sites', '1,878 connections', 'more than 42,000 connections', '2 connections', '205 connections', '1 domain', '1,526,950,000 dong']);
  });

  it('carry nothing but figures', () => {
    expect(one({ kind: 'phishing_sites', value: 1, traces: 'https://a.example' })).toBe('figures[0] field_unknown');
    expect(reasonOf({ ...SENT, urls: ['https://a.example'] })).toBe('field_unknown');
    expect(reasonOf({ ...SENT, period: { ...SENT.period, note: 'x' } })).toBe('period_wrong');
    expect(reasonOf(JSON.parse(JSON.stringify(SENT).replace('{', '{"__proto__":{"x":1},')))).toBe('field_unknown');
  });

  it.each([
    [{ kind: 'phishing_sites' }, 'field_missing'], [{ value: 3 }, 'field_missing'], [{ kind: 'bad_posts', value: 3 }, 'value_wrong'], [{ kind: 'attacks',
      value: -1 }, 'value_wrong'],
    [{ kind: 'attacks', value: 1.5 }, 'value_wrong'], [{ kind: 'attacks', value: 1e15 + 1 }, 'value_wrong'], [{ kind: 'attacks', value: '3' }, 'value_wrong'],
    [{ kind: 'attacks', value: 3, qualifier: 'many' }, 'value_wrong'], [7, 'value_wrong'],
  ])('%j is refused: %s', (figure, reason) => {
    expect(one(figure as object)).toBe(`figures[0] ${reason}`);
  });

  it('need a source, a period in order, and at least one figure, each kind once', () => {
    expect(reasonOf({ ...SENT, period: { from: '2023-06-14', to: '2022-12-15' } })).toBe('period_wrong');
    expect(reasonOf({ ...SENT, period: { from: '2023-02-30', to: '2023-06-14' } })).toBe('period_wrong');
    expect(reasonOf({ ...SENT, source: ' ' })).toBe('value_wrong');
    expect(reasonOf({ ...SENT, source: 'x'.repeat(201) })).toBe('value_wrong');
    expect(reasonOf({ ...SENT, figures: [] })).toBe('value_wrong');
    expect(reasonOf({ ...SENT, figures: Array.from({ length: 201 }, () => 0) })).toBe('too_many');
    expect(reasonOf({ ...SENT, figures: [SENT.figures[0], SENT.figures[0]] })).toBe('figures[1] repeated');
    expect(reasonOf({ ...SENT, source: undefined })).toBe('field_missing');
    expect(reasonOf([])).toBe('not_readable');
    expect(one({ kind: 'attacks', value: 1e15 })).toBe('read');
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.anything(), fc.anything().map((figure) => ({ ...SENT, figures: [figure] }))), (json) => {
      expect(typeof readFigures(json).ok).toBe('boolean');
    }), { numRuns: 500 });
  });

  it('have a unit and words for every kind and qualifier', () => {
    expect(new Set(FIGURE_CODES).size).toBe(FIGURE_KINDS.length);
    expect(FIGURE_KINDS.every(({ unit }) => UNITS.some(({ code }) => code === unit))).toBe(true);
    for (const kind of FIGURE_CODES) {
      for (const qualifier of QUALIFIER_CODES) expect(sayFigure({ kind, value: 1, qualifier }, 'vi')).toMatch(/^(?:(?:hơn|khoảng|dưới) )?1 \p{L}+(?: \p{L}+)*$/u);
    }
  });
});
