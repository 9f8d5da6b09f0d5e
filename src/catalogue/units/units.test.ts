import { describe, expect, it } from 'vitest';
import { toOldTone } from '../../../scripts/units.ts';
import { EARLIER_DISTRICTS_04, FORMER_DISTRICTS_04, LAST_DISTRICTS_04 } from './aliases-04.ts';
import { communeByCode, communesOf, provinceByCode, PROVINCES } from './index.ts';

describe('toOldTone', () => {
  it.each([
    ['Thuỷ', 'Thủy'], ['Hoà', 'Hòa'], ['HOÀ AN', 'HÒA AN'], ['Khánh Hoà', 'Khánh Hòa'], ['khoẻ', 'khỏe'], ['Luỹ', 'Lũy'],
    ['Thuỵ', 'Thụy'], ['Hoả', 'Hỏa'], ['Hoá-Quỳ', 'Hóa-Quỳ'], ['uỷ ban', 'ủy ban'], ['Hoà', 'Hòa'],
  ])('%s → %s', (given, wanted) => expect(toOldTone(given)).toBe(wanted.normalize('NFC')));

  it.each(['Quý', 'Quỳ', 'quỹ', 'Hoàng', 'Hoài', 'Huỳnh', 'Khoái', 'Toản', 'Quỳnh', 'Đoài', 'Úy', 'Chùa', 'Quế', 'Huế', 'Thuở', 'Quà'])(
    'leaves %s', (word) => expect(toOldTone(word)).toBe(word),
  );
});

describe('units', () => {
  const all = PROVINCES.flatMap((province) => communesOf(province.code));

  it('has 34 provinces and 3,321 communes with unique codes', () => {
    expect(PROVINCES).toHaveLength(34);
    expect(all).toHaveLength(3321);
    expect(new Set(all.map((unit) => unit.code)).size).toBe(3321);
    expect(all.every((unit) => /^\d{5}$/.test(unit.code))).toBe(true);
    expect(all.filter((unit) => unit.type === 'phuong')).toHaveLength(697);
    expect(all.filter((unit) => unit.type === 'dac_khu')).toHaveLength(13);
  });

  it('shows old tone placement everywhere', () => {
    for (const unit of [...PROVINCES, ...all]) expect(unit.fullName).toBe(toOldTone(unit.fullName));
    expect(communesOf('04').find((unit) => unit.code === '01501')?.fullName).toBe('Xã Đàm Thủy');
    expect(provinceByCode('38')?.fullName).toBe('Tỉnh Thanh Hóa');
  });

  it('answers for Cao Bằng and for codes it does not know', () => {
    expect(communesOf('04')).toHaveLength(56);
    expect(communeByCode('01654')).toMatchObject({ name: 'Hòa An', provinceCode: '04', fullNameEn: 'Hoa An Commune' });
    expect(communesOf('99')).toEqual([]);
    expect(communeByCode('99999')).toBeUndefined();
  });
});

describe('old districts of Cao Bằng', () => {
  const codes = communesOf('04').map((unit) => unit.code);

  it('cover the 56 communes exactly once', () => {
    expect(LAST_DISTRICTS_04).toHaveLength(10);
    expect(LAST_DISTRICTS_04.flatMap((district) => district.communes).sort()).toEqual(codes);
  });

  it('are runs of codes', () => {
    for (const { communes } of LAST_DISTRICTS_04) {
      const first = codes.indexOf(communes[0]!);
      expect(codes.slice(first, first + communes.length)).toEqual(communes);
    }
  });

  it('place communes that kept the district\'s name in it', () => {
    for (const { name, communes } of FORMER_DISTRICTS_04) {
      const same = communesOf('04').find((unit) => `Huyện ${unit.name}` === name);
      if (same) expect(communes).toContain(same.code);
    }
    const hoaAn = LAST_DISTRICTS_04.find((district) => district.key === 'huyen-hoa-an');
    expect(hoaAn?.communes.map((code) => communeByCode(code)?.name)).toContain('Hòa An');
  });

  it('name other districts\' communes in `partly`, and earlier districts lie inside their successor', () => {
    for (const { communes, partly } of FORMER_DISTRICTS_04) {
      expect(partly.every((code) => codes.includes(code) && !communes.includes(code))).toBe(true);
    }
    for (const { mergedInto, communes } of EARLIER_DISTRICTS_04) {
      const successor = LAST_DISTRICTS_04.find((district) => district.key === mergedInto);
      expect(communes.every((code) => successor?.communes.includes(code))).toBe(true);
    }
  });
});
