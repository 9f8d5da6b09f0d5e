import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { EARLIER_DISTRICTS_04, LAST_DISTRICTS_04, type FormerDistrict } from '#catalogue/units/aliases-04.ts';
import { communesOf, PROVINCES } from '#catalogue/units/index.ts';
import { searchKey } from '#core/vietnamese.ts';
import type { Db } from '#platform/db.ts';
import { writeUnits, type UnitRows } from './commands.ts';

/**
 * Makes the tables of provinces, communes and former districts equal to the catalogue; one query when they already are.
 * Units that left the catalogue stay in the tables, since reports and agencies may name them.
 * @param owner connection as the owner of the schema; the application only reads these tables
 */
export async function seedUnits(owner: Db): Promise<void> {
  const rows = unitRows();
  if (await storedDigest(owner) === digestOf(rows)) return;
  await owner.transaction().execute((tx) => writeUnits(tx, rows));
}

/** The catalogue as rows; `search` holds the key of the full name, then of the name: both can be found by prefix. */
function unitRows(): UnitRows {
  const communes = PROVINCES.flatMap((province) => communesOf(province.code));
  return {
    provinces: PROVINCES.map((unit) => (
      { code: unit.code, name: unit.name, full_name: unit.fullName, name_en: unit.fullNameEn, search: unitKey(unit) })),
    communes: communes.map((unit) => ({
      code: unit.code, province_code: unit.provinceCode, name: unit.name, full_name: unit.fullName,
      full_name_en: unit.fullNameEn, search: unitKey(unit),
    })),
    aliases: aliasRows(),
  };
}

function unitKey(unit: { readonly fullName: string; readonly name: string }): string {
  return searchKey(`${unit.fullName} ${unit.name}`);
}

/** A row for each way of writing a former district and each commune in it; a name twice goes to the later district. */
function aliasRows(): UnitRows['aliases'] {
  const rows = new Map<string, UnitRows['aliases'][number]>();
  for (const district of [...EARLIER_DISTRICTS_04, ...LAST_DISTRICTS_04]) {
    for (const search of waysToWrite(district)) {
      for (const commune_code of [...district.communes, ...district.partly]) {
        rows.set(`${search}/${commune_code}`, { alias: district.name, search, commune_code });
      }
    }
  }
  return [...rows.values()];
}

const KIND_OF_DISTRICT = /^(thanh pho|thi xa|huyen) /;

/** "huyen hoa an", "h. hoa an", and without its kind "hoa an". */
function waysToWrite({ name, alsoWritten }: FormerDistrict): ReadonlySet<string> {
  const keys = [name, ...alsoWritten].map(searchKey);
  return new Set([...keys, ...keys.map((key) => key.replace(KIND_OF_DISTRICT, ''))]);
}

const DIGEST_SQL = sql<{ digest: string }>`select md5(concat_ws(E'\n',
  (select string_agg(concat_ws('|', code, name, full_name, name_en, search), E'\n' order by code collate "C") from province),
  (select string_agg(concat_ws('|', code, province_code, name, full_name, full_name_en, search), E'\n' order by code collate "C")
    from commune),
  (select string_agg(concat_ws('|', alias, search, commune_code), E'\n' order by search collate "C", commune_code collate "C")
    from area_alias))) as digest`;

async function storedDigest(owner: Db): Promise<string | undefined> {
  return (await DIGEST_SQL.execute(owner)).rows[0]?.digest;
}

/** The same text as in {@link DIGEST_SQL}; the keys of the order are ASCII. MD5 only tells versions apart. */
function digestOf({ provinces, communes, aliases }: UnitRows): string {
  const lines = (rows: readonly object[], key: (row: never) => string) =>
    rows.map((row) => [key(row as never), Object.values(row).join('|')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line).join('\n');
  const code = (row: { code: string }) => row.code;
  const alias = (row: UnitRows['aliases'][number]) => `${row.search}\0${row.commune_code}`;
  const text = [lines(provinces, code), lines(communes, code), lines(aliases, alias)].join('\n');
  return createHash('md5').update(text).digest('hex');
}
