/** Provinces and communes of Viet Nam since 01/7/2025: two levels, no districts. Made by scripts/units.ts; licence beside. */
import rows from './units.json' with { type: 'json' };

/** First day of the two-level units (Luật Tổ chức chính quyền địa phương 72/2025/QH15; NQ 202/2025/QH15). */
export const UNITS_VALID_FROM = '2025-07-01';

export type ProvinceType = 'tinh' | 'thanh_pho_tw';
export type CommuneType = 'phuong' | 'xa' | 'dac_khu';

/** A province or centrally-run city; `code` is the two-digit code of the statistics office. */
export interface Province {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly fullNameEn: string;
  readonly type: ProvinceType;
}

/** A ward, commune or special zone; `code` is the five-digit code of the statistics office. */
export interface Commune {
  readonly code: string;
  readonly provinceCode: string;
  readonly name: string;
  readonly fullName: string;
  readonly fullNameEn: string;
  readonly type: CommuneType;
}

type CommuneRow = readonly [code: string, name: string, fullNameEn: string, type: CommuneType];
type ProvinceRow = readonly [
  code: string, name: string, fullNameEn: string, type: ProvinceType, communes: readonly CommuneRow[],
];

/** The word before a unit's name, for each type, in both languages. */
export const UNIT_TYPE_LABELS: Readonly<Record<ProvinceType | CommuneType, { vi: string; en: string }>> = {
  tinh: { vi: 'Tỉnh', en: 'Province' },
  thanh_pho_tw: { vi: 'Thành phố', en: 'City' },
  phuong: { vi: 'Phường', en: 'Ward' },
  xa: { vi: 'Xã', en: 'Commune' },
  dac_khu: { vi: 'Đặc khu', en: 'Special zone' },
};

const TABLE = rows as unknown as readonly ProvinceRow[];

/** The 34 provinces and cities, by code. */
export const PROVINCES: readonly Province[] = TABLE.map(([code, name, fullNameEn, type]) => ({
  code, name, fullName: `${UNIT_TYPE_LABELS[type].vi} ${name}`, fullNameEn, type,
}));

const COMMUNES: ReadonlyMap<string, readonly Commune[]> = new Map(TABLE.map(([provinceCode, , , , communes]) => [
  provinceCode,
  communes.map(([code, name, fullNameEn, type]) => ({
    code, provinceCode, name, fullName: `${UNIT_TYPE_LABELS[type].vi} ${name}`, fullNameEn, type,
  })),
]));

const BY_CODE: ReadonlyMap<string, Commune> = new Map([...COMMUNES.values()].flat().map((unit) => [unit.code, unit]));

/** The communes of a province, by code; empty for a code that is no province. */
export function communesOf(provinceCode: string): readonly Commune[] {
  return COMMUNES.get(provinceCode) ?? [];
}

/** The commune with this five-digit code, or undefined. */
export function communeByCode(code: string): Commune | undefined {
  return BY_CODE.get(code);
}

/** The province with this two-digit code, or undefined. */
export function provinceByCode(code: string): Province | undefined {
  return PROVINCES.find((province) => province.code === code);
}
