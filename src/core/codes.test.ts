import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNumber, parseReportCode, parseSecret, reportCode, secretFrom } from './codes.ts';

const parts = fc.record({
  province: fc.integer({ min: 1, max: 99 }).map((n) => String(n).padStart(2, '0')),
  date: fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  sequence: fc.integer({ min: 1, max: 999_999_999 }),
});

describe('report code', () => {
  it('has its form and grows', () => {
    expect(reportCode({ province: '04', date: '2026-11-22', sequence: 1 })).toBe('PA-04-261122-0001-5');
    expect(reportCode({ province: '04', date: '2026-11-22', sequence: 12_345 })).toMatch(/^PA-04-261122-12345-\d$/);
  });

  it("agrees with Damm's published example, 572 → 4", () => {
    // Province, date and sequence chosen so that the leading digits bring the interim digit back to 0 before 0572.
    const sequence = 572;
    const candidates = Array.from({ length: 99 }, (_, i) => String(i + 1).padStart(2, '0'))
      .map((province) => ({ province, head: reportCode({ province, date: '2026-11-22', sequence: 1 }) }));
    const neutral = candidates.find(({ head }) => head.endsWith('-3')); // interim 0, then digits 0001: table[0][1] is 3
    expect(reportCode({ province: neutral?.province ?? '', date: '2026-11-22', sequence }).slice(-1)).toBe('4');
  });

  it.each([
    'PA-04-261122-0001-5', 'pa 04 261122 0001 5', 'PA042611220001' + '5', ' Pa–04—261122−0001‑5 ',
    'PA-O4-26ll22-oooI-5', 'PA-04-261122-0001-5', 'PA.04.261122.0001.5\u200b',
  ])('reads %j', (typed) => {
    expect(parseReportCode(typed)).toEqual(
      { province: '04', date: '2026-11-22', sequence: 1, code: 'PA-04-261122-0001-5' },
    );
  });

  it.each([
    '', 'PA', 'PA-04-261122-0001-6', 'PA-04-261322-0001-5', 'VV-04-261122-0001-5', 'PA-04-261122-001-5',
    'PA-04-261122-00001-5', 'PA-04-261122-0000-0', 'PA-04-261122-0001-5-5',
  ])('refuses %j', (typed) => expect(parseReportCode(typed)).toBeNull());

  it('reads back every code it writes', () => {
    fc.assert(fc.property(parts, (p) => {
      expect(parseReportCode(reportCode(p))).toMatchObject(p);
    }));
  });

  it('catches every single wrong digit and every swap of neighbours', () => {
    fc.assert(fc.property(parts, fc.nat({ max: 30 }), fc.integer({ min: 1, max: 9 }), (p, position, add) => {
      const code = reportCode(p);
      const digits = code.replace(/\D/g, '');
      const i = position % digits.length;
      const wrong = digits.slice(0, i) + ((Number(digits[i]) + add) % 10) + digits.slice(i + 1);
      expect(parseReportCode(`PA${wrong}`)?.code ?? null).toBeNull();
      const j = position % (digits.length - 1);
      const swapped = digits.slice(0, j) + digits[j + 1] + digits[j] + digits.slice(j + 2);
      if (swapped !== digits) expect(parseReportCode(`PA${swapped}`)).toBeNull();
    }));
  });

  it('refuses parts that do not fit', () => {
    const good = { province: '04', date: '2026-11-22', sequence: 1 };
    const wrong = [{ province: '4' }, { date: '2026-02-30' }, { date: '1999-01-01' }, { sequence: 0 }];
    for (const bad of wrong) {
      expect(() => reportCode({ ...good, ...bad })).toThrow(RangeError);
    }
  });
});

it('writes case numbers', () => {
  expect(caseNumber({ province: '04', year: 2026, sequence: 412 })).toBe('VV-04-2026-0412');
  expect(caseNumber({ province: '04', year: 2026, sequence: 10_412 })).toBe('VV-04-2026-10412');
  expect(() => caseNumber({ province: '04', year: 26, sequence: 1 })).toThrow(RangeError);
});

describe('secret', () => {
  it('spreads 100 bits over twenty characters', () => {
    expect(secretFrom(new Uint8Array(13))).toBe('0000-0000-0000-0000-0000');
    expect(secretFrom(new Uint8Array(13).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    expect(secretFrom(Uint8Array.from([8, 66, 16, 132, 33, 8, 66, 16, 132, 33, 8, 66, 16]))).toBe(
      '1111-1111-1111-1111-1111',
    );
    expect(() => secretFrom(new Uint8Array(12))).toThrow(RangeError);
  });

  it('keeps each of the 100 bits', () => {
    const seen = Array.from({ length: 104 }, (_, bit) => {
      const bytes = new Uint8Array(13);
      bytes[bit >> 3] = 128 >> (bit & 7);
      return secretFrom(bytes);
    });
    expect(new Set(seen).size).toBe(101);
  });

  it('reads back what it wrote, however it is typed', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 13, maxLength: 32 }), (bytes) => {
      const secret = secretFrom(bytes);
      const typed = secret.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      expect(parseSecret(typed)).toBe(secret);
    }));
  });

  it.each(['', '7K2M-9QXR', 'UUUU-UUUU-UUUU-UUUU-UUUU', '0000-0000-0000-0000-00000', 'đ000-0000-0000-0000-0000'])(
    'refuses %j', (typed) => expect(parseSecret(typed)).toBeNull(),
  );
});
