import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignReports, STORIES } from '../../bench/campaigns.ts';
import { ALIKE, resemblance, sharedBands, SHORTEST_STORY, sketch, SKETCH } from './similarity.ts';
import { searchKey } from './vietnamese.ts';

const REPORTS = campaignReports({ seed: 3, campaigns: 40, reports: 600 });
const aReport = fc.constantFrom(...REPORTS).map((report) => report.narrative);
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

const told = 'Tôi nhận được tin nhắn báo tài khoản ngân hàng bị khóa, bấm vào đường dẫn thì trang đó hỏi mật khẩu và mã xác thực.';
const chatted = 'T nhận đc tin nhắn báo tk nh bị khóa, bấm vào đường dẫn thì trang đó hỏi mật khẩuuu vs mã xác thực';

describe('sketch', () => {
  it('never throws, and gives nothing or one signed 32-bit number for each band', () => {
    fc.assert(fc.property(anyText, (text) => {
      const bands = sketch(text);
      expect([0, SKETCH.bands]).toContain(bands.length);
      for (const key of bands) expect(key).toBe(key | 0);
    }));
  });

  it('stays what it is, since sketches are stored', () => {
    expect(sketch(told).slice(0, 4)).toEqual([1051596517, 1551346568, -2060070847, -470790852]);
  });

  it('is the same in NFC, NFD and without diacritics, in any case', () => {
    fc.assert(fc.property(aReport, (text) => {
      const bands = sketch(text);
      for (const other of [text.normalize('NFC'), text.normalize('NFD'), searchKey(text)]) expect(sketch(other)).toEqual(bands);
    }), { numRuns: 50 });
    expect(sketch(told.toUpperCase())).toEqual(sketch(told));
  });

  it.each([
    'https://trang-gia.example/dk?id=1', 'hxxps://trang[.]gia[.]example/dk', 'trang-gia.example', 'trang-gia(.)example/a', '0900 012 345', '00001234567', '12.000.000', 'vidu@gmail.com', '5/11/2026', 'SPXVN0123', '!!! …',
  ])('does not see %s', (trace) => {
    expect(sketch(`${told} ${trace} ${told}`)).toEqual(sketch(`${told} ${told}`));
    expect(resemblance(`${trace} ${told}`, told)).toBe(1);
  });

  it('is empty below the shortest story', () => {
    expect(sketch('Bị lừa 5 triệu, xin giúp')).toEqual([]);
    expect(sketch(`https://trang-gia.example/${'a-b-c/'.repeat(50)} 0900012345`)).toEqual([]);
    expect(sketch('bá cá '.repeat(SHORTEST_STORY))).toHaveLength(SKETCH.bands);
    expect(sketch('constructor toString __proto__ valueOf hasOwnProperty')).toHaveLength(SKETCH.bands);
  });

  it('takes 10,000 characters of anything in its stride', () => {
    for (const unit of ['a', 'a.', '@', 'h[.]', ' k', 'ạ́']) {
      const begun = performance.now();
      sketch(unit.repeat(10_000 / unit.length));
      expect(performance.now() - begun, unit).toBeLessThan(250);
    }
  });
});

describe('resemblance', () => {
  it('is 1 for the same story, symmetric, and between 0 and 1', () => {
    fc.assert(fc.property(aReport, (text) => resemblance(text, text.normalize('NFD')) === 1), { numRuns: 50 });
    fc.assert(fc.property(fc.oneof(aReport, anyText), fc.oneof(aReport, anyText), (a, b) => {
      const share = resemblance(a, b);
      expect(share).toBe(resemblance(b, a));
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }), { numRuns: 60 });
  });

  it('reads shorthand as what it stands for', () => {
    expect(resemblance(told, chatted)).toBeGreaterThan(0.8);
    expect(resemblance('em k biết làm sao để lấy lại tk, mn giúp e vs ạ', 'Em không biết làm sao để lấy lại tài khoản, mọi người giúp em với ạ')).toBe(1);
  });

  it('is low between different scripts: never enough for a suggestion', () => {
    const scripts = STORIES.map(({ sentences }) => sentences.join(' ').replace(/\{\w+\}|\[([^|\]]*)[^\]]*\]/g, '$1'));
    const shares = scripts.flatMap((a, i) => scripts.slice(i + 1).map((b) => resemblance(a, b)));
    expect(Math.max(...shares)).toBeLessThan(ALIKE.resemblance / 2 + 0.05);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.15);
  });
});

describe('bands over the reports of the generator', () => {
  const sketches = REPORTS.map((report) => sketch(report.narrative));
  const pairs = REPORTS.flatMap((a, i) => Array.from({ length: 40 }, (_, k) => {
    const j = (i + 1 + k * 13) % REPORTS.length;
    return { same: a.story === REPORTS[j]!.story, share: resemblance(a.narrative, REPORTS[j]!.narrative), bands: sharedBands(sketches[i]!, sketches[j]!) };
  })).filter(({ share }) => share < 1);
  const hitRate = (from: number, to: number) => {
    const range = pairs.filter(({ share }) => share >= from && share < to);
    expect(range.length).toBeGreaterThan(100);
    return range.filter(({ bands }) => bands >= ALIKE.bands).length / range.length;
  };

  it('finds nearly every near-duplicate and hardly a stranger', () => {
    expect(hitRate(0.6, 1)).toBeGreaterThan(0.95);
    expect(hitRate(0.5, 0.6)).toBeGreaterThan(0.8);
    expect(hitRate(0, 0.2)).toBeLessThan(0.01);
  });

  it('keeps near to what banding promises', () => {
    const share = 0.55 ** SKETCH.rows;
    const promised = 1 - (1 - share) ** SKETCH.bands - SKETCH.bands * share * (1 - share) ** (SKETCH.bands - 1);
    expect(Math.abs(hitRate(0.52, 0.58) - promised)).toBeLessThan(0.12);
  });

  it('suggests only reports of one script', () => {
    const suggested = pairs.filter(({ share, bands }) => bands >= ALIKE.bands && share >= ALIKE.resemblance);
    expect(suggested.length).toBeGreaterThan(100);
    expect(suggested.filter(({ same }) => same).length / suggested.length).toBeGreaterThan(0.99);
  });
});
