/**
 * Makes src/catalogue/units/units.json from the published list of Vietnamese administrative units.
 *
 *   node scripts/units.ts path/to/vn-units-2026.min.json
 *
 * Source: thanglequoc/vietnamese-provinces-database (MIT, licence beside the result), data of July 2026:
 * NQ 202/2025/QH15, NQ 30/2026/QH16 and the 34 resolutions of 16/6/2025 (1654–1687/NQ-UBTVQH15).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** o/u then a/e/y at the end of a syllable; "qu" is a consonant, so the y of "quý" keeps its mark. */
const OPEN_PAIR = /(?:([oO])([aeAE])|(?<![qQ])([uU])([yY]))([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}\p{M}])/gu;

/**
 * Moves the tone mark of open "oa", "oe", "uy" from the second vowel to the first: "Thuỷ" → "Thủy", "Hoà" → "Hòa",
 * "khoẻ" → "khỏe". Leaves closed syllables ("Hoàng", "Hoài", "Huỳnh") and "quý", "quỳ" as they are. Idempotent; gives NFC.
 */
export function toOldTone(text: string): string {
  const moved = text
    .normalize('NFD')
    .replace(OPEN_PAIR, (_all, o, a, u, y, tone) => `${o ?? u}${tone}${a ?? y}`);
  return moved.normalize('NFC');
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  tinh: 'Tỉnh',
  thanh_pho_tw: 'Thành phố',
  phuong: 'Phường',
  xa: 'Xã',
  dac_khu: 'Đặc khu',
};

interface SourceUnit {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly fullNameEn: string;
  readonly type: string;
  readonly communes?: readonly SourceUnit[];
}

/**
 * One unit as [code, name, English full name, type]; the Vietnamese full name is type word + name.
 * Throws when a full name cannot be derived, so that nothing is lost silently (case aside: the source has a "xã Bắc Sơn").
 */
function row(unit: SourceUnit): [string, string, string, string] {
  const name = toOldTone(unit.name);
  const full = `${TYPE_WORDS[unit.type]} ${name}`;
  if (full.toLowerCase() !== toOldTone(unit.fullName).toLowerCase()) throw new Error(`${unit.code}: "${unit.fullName}" is not "${full}"`);
  return [unit.code, name, unit.fullNameEn, unit.type];
}

/** The compact form: one line per province, so that a change of units gives a readable difference. */
export function compactUnits(source: readonly SourceUnit[]): string {
  const lines = source.map((province) => {
    const communes = (province.communes ?? []).map(row).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    return JSON.stringify([...row(province), communes]);
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , from, to = fileURLToPath(new URL('../src/catalogue/units/units.json', import.meta.url))] = process.argv;
  if (!from) throw new Error('usage: node scripts/units.ts SOURCE.json [RESULT.json]');
  writeFileSync(to, compactUnits(JSON.parse(readFileSync(from, 'utf8'))));
}
