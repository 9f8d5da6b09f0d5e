import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parseSync } from 'oxc-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { AIM_CODES } from '#catalogue/aims.ts';
import { CATEGORIES, CATEGORY_CODES } from '#catalogue/categories.ts';
import { CHANNEL_CODES } from '#catalogue/channels.ts';
import { GATE_QUESTIONS, STOP_CODES } from '#catalogue/gate.ts';
import { EXCLUDED, isExcluded, LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { LOCATOR_KINDS, MEASURE_CODES, RECIPIENT_KINDS } from '#catalogue/measures.ts';
import { ALLOWED_COLUMNS, FORBIDDEN_COLUMN } from '#catalogue/personal-data.ts';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { INDICATOR_KINDS } from '#core/indicators/index.ts';
import { APPEAL_STATES, CASE_STATES, DECISION_STATES, REPORT_STATES, TASK_STATES, TRANSITIONS } from '#core/transitions.ts';
import { APPEAL_OUTCOMES } from '#platform/schema.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { ROOT } from '../../src/app.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await testDesk();
});

interface Column {
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
}

async function columns(): Promise<Column[]> {
  const { rows } = await sql<{ table: string; column: string; nullable: string }>`select table_name as "table", column_name as "column", is_nullable as nullable
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%' order by 1, ordinal_position`.execute(desk.owner);
  return rows.map((row) => ({ ...row, nullable: row.nullable === 'YES' }));
}

describe('the closed lists are one list', () => {
  const domains: Record<string, readonly string[]> = {
    harm_category: CATEGORY_CODES, measure_code: MEASURE_CODES, aim_code: AIM_CODES, stop_code: STOP_CODES, channel_code: CHANNEL_CODES, role_code: ROLE_CODES,
    indicator_kind: INDICATOR_KINDS, report_state: REPORT_STATES, case_state: CASE_STATES, decision_state: DECISION_STATES,
    appeal_state: APPEAL_STATES, task_state: TASK_STATES, appeal_outcome: APPEAL_OUTCOMES, locator_kind: LOCATOR_KINDS, recipient_kind: RECIPIENT_KINDS.map(({ code }) => code),
  };

  test.each(Object.entries(domains))('domain %s equals the catalogue', async (domain, codes) => {
    const { rows } = await sql<{ definition: string }>`select pg_get_constraintdef(c.oid) as definition from pg_constraint c join pg_type t on t.oid = c.contypid
      where t.typname = ${domain}`.execute(desk.owner);
    const inSql = [...rows[0]!.definition.matchAll(/'([^']+)'/g)].map((match) => match[1]!);
    expect(inSql.sort()).toEqual([...codes].sort());
  });

  test('no domain is left out of this comparison', async () => {
    const { rows } = await sql<{ name: string }>`select typname as name from pg_type where typtype = 'd' and typnamespace = 'public'::regnamespace`.execute(desk.owner);
    expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(domains).sort());
  });

  test('the gate has seven questions, one for each stop code and each column of gate_check', async () => {
    expect(GATE_QUESTIONS.map((question) => question.code)).toEqual([...STOP_CODES]);
    const found = (await columns()).filter(({ table }) => table === 'gate_check').map(({ column }) => column);
    expect(found).toEqual(expect.arrayContaining([...STOP_CODES]));
  });

  test('the tables of the catalogue hold exactly the typed catalogue', async () => {
    const rows = await inTransaction(desk, system('test'), async (tx) => ({
      categories: await tx.selectFrom('category').selectAll().execute(),
      bases: await tx.selectFrom('legal_basis').select('code').execute(),
      transitions: await tx.selectFrom('state_transition').select(['entity', 'action', 'from_state', 'to_state']).execute(),
      excluded: await tx.selectFrom('excluded_provision').select('article').execute(),
    }));
    expect(rows.categories.map((row) => [row.code, row.stores_images, row.interim]).sort()).toEqual(CATEGORIES.map((one) => [one.code, one.storesImages, one.interim]).sort());
    expect(rows.bases.map((row) => row.code).sort()).toEqual(LEGAL_BASES.map((basis) => basis.code).sort());
    expect(rows.excluded).toHaveLength(EXCLUDED.length);
    const typed = Object.entries(TRANSITIONS).flatMap(([entity, list]) => list.flatMap((one) => one.from.map((from) => `${entity}/${one.action}/${from}/${one.to}`)));
    expect(rows.transitions.map((row) => `${row.entity}/${row.action}/${row.from_state}/${row.to_state}`).sort()).toEqual(typed.sort());
  });

  test('no legal basis touches an excluded provision, in the data and in the database', async () => {
    expect(LEGAL_BASES.filter(isExcluded)).toEqual([]);
    const attempt = (article: string, clause: string | null) => sql`insert into legal_basis (code, document, article, clause, point, category, what, elements)
      values ('thu', 'N330', ${article}, ${clause}, null, 'scam', 'x', '{deceives}')`.execute(desk.owner);
    await expect(attempt('9', null)).rejects.toThrow(/S3/);
    await expect(attempt('9', '2')).rejects.toThrow(/S3/);
    await expect(attempt('11', null)).rejects.toThrow(/S3/);
    await expect(inTransaction(desk, system('test'), (tx) => sql`insert into legal_document values ('X', 'x', '2020-01-01', null)`.execute(tx))).rejects.toThrow(/permission denied/);
  });
});

describe('personal data', () => {
  test('every column is on the allow-list; a column about a person is found', async () => {
    const breaches = (all: readonly Column[]) => all.filter(({ table, column }) => !ALLOWED_COLUMNS[table]?.includes(column) || FORBIDDEN_COLUMN.test(column)).map(({ table, column }) => `${table}.${column}`);
    expect(breaches(await columns())).toEqual([]);
    await desk.owner.transaction().execute(async (tx) => {
      await sql`alter table report add column author_name text`.execute(tx);
      const { rows } = await sql<{ table: string; column: string }>`select table_name as "table", column_name as "column" from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'`.execute(tx);
      expect(breaches(rows.map((row) => ({ ...row, nullable: true })))).toEqual(['report.author_name']);
      await sql`alter table report drop column author_name`.execute(tx);
    });
  });

  test('every table forces row-level security, and the application owns none', async () => {
    const { rows } = await sql<{ name: string; rls: boolean; forced: boolean; owner: string }>`select relname as name, relrowsecurity as rls, relforcerowsecurity as forced,
      pg_get_userbyid(relowner) as owner from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`.execute(desk.owner);
    expect(rows.filter((row) => !row.rls || !row.forced || row.owner === 'lachan_app')).toEqual([]);
  });
});

test('src/platform/schema.ts has the columns of the database, nullable where they are', async () => {
  const declared = await declaredColumns();
  const found = (await columns()).map(({ table, column, nullable }) => `${table}.${column}${nullable ? '?' : ''}`);
  expect(declared.sort()).toEqual(found.sort());
});

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Reads the Database interface from its source: "table.column" with "?" where null is allowed. */
async function declaredColumns(): Promise<string[]> {
  const path = join(ROOT, 'src/platform/schema.ts');
  const { program } = parseSync(path, await readFile(path, 'utf8'));
  const interfaces = new Map<string, Node[]>();
  for (const statement of program.body as unknown as Node[]) {
    const declaration = (statement['declaration'] ?? statement) as Node;
    if (declaration.type === 'TSInterfaceDeclaration') interfaces.set((declaration['id'] as { name: string }).name, (declaration['body'] as { body: Node[] }).body);
  }
  const nameOf = (member: Node) => (member['key'] as { name: string }).name;
  const typeOf = (member: Node) => (member['typeAnnotation'] as { typeAnnotation: Node }).typeAnnotation;
  const membersOf = (type: Node): { name: string; nullable: boolean }[] => {
    if (type.type === 'TSIntersectionType') return (type['types'] as Node[]).flatMap(membersOf);
    if (type.type === 'TSTypeReference') {
      const name = (type['typeName'] as { name: string }).name;
      if (name === 'Record') return STOP_CODES.map((code) => ({ name: code, nullable: false }));
      return interfaces.get(name)!.map(member);
    }
    return (type['members'] as Node[]).map(member);
  };
  const member = (one: Node) => {
    const type = typeOf(one);
    return { name: nameOf(one), nullable: type.type === 'TSUnionType' && (type['types'] as Node[]).some((part) => part.type === 'TSNullKeyword') };
  };
  return interfaces.get('Database')!.flatMap((table) => membersOf(typeOf(table)).map(({ name, nullable }) => `${nameOf(table)}.${name}${nullable ? '?' : ''}`));
}
