/**
 * The rules of CONTRIBUTING.md about who may import and write what, as far as the linter cannot say them. Each rule is
 * also run on a planted breach, so that a rule which no longer bites fails here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, type StaticExportEntry, type StaticImport } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

const RULES = [
  'core-pure', 'core-deterministic', 'catalogue-pure', 'platform-below', 'web-below', 'views-without-database',
  'routes-without-sql', 'door', 'module-order', 'module-ring', 'only-commands-write', 'desk-calendar', 'late-libraries', 'no-cycle',
] as const;
type Rule = (typeof RULES)[number];

interface Violation {
  readonly rule: Rule;
  readonly file: string;
  readonly why: string;
}

interface Import {
  /** `src/…` for files of ours, else the name of the package. */
  readonly target: string;
  readonly isTypeOnly: boolean;
  /** `import(…)`, which loads when it is first needed. */
  readonly isLate?: true;
}

interface Source {
  readonly path: string;
  /** The text with comments blanked out. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Left of an arrow never imports from the right of it; neighbours may, but not in a ring. */
const ORDER: readonly (readonly string[])[] = [
  ['directory', 'identity'], ['law', 'notifications', 'documents'], ['tasks'], ['intake', 'indicators'], ['cases'], ['sharing'], ['channels', 'routing', 'opinions', 'meetings', 'evidence'],
  ['decisions'], ['notices'], ['warnings', 'appeals', 'alerts'], ['returns', 'transparency', 'retention'],
];
const PURE_NEVER = /^(node:(?!crypto$)|(kysely|pg|pg-boss|hono|preact)(\/|$)|@hono\/|src\/(?!core\/|catalogue\/))/;
const NOT_DETERMINISTIC =
  /\b(Date\.now\(|new Date\(\s*\)|Math\.random\(|performance\.now\(|random(Bytes|UUID|Int)\b|getRandomValues\b)/;
const DATABASE = /^(kysely|pg|pg-boss)(\/|$)|^src\/platform\/(db|postgres)/;
/** Large, and not needed by most requests: loaded with the first file that asks for them, so that the desk starts fast and small. */
const LATE = /^(docx|easy-template-x|fflate|ical-generator|write-excel-file|sharp|mailauth)(\/|$)/;
/** What is loaded when the desk starts. */
const START = 'src/commands/start.ts';
const WRITES = /\.(insertInto|updateTable|deleteFrom|mergeInto)\s*(<[^(]*>)?\(/;
const WRITES_RAW =
  /\bsql(<[^`]*>)?`[^`]*\b(insert\s+into|update\s+[\w."]+\s+set|delete\s+from|merge\s+into|truncate)\b/i;

/**
 * Every breach of the rules in a set of files.
 * @param files path from the root (`src/…`) → text
 */
function violations(files: ReadonlyMap<string, string>): Violation[] {
  const sources = [...files]
    .filter(([path]) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map(([path, text]) => read(path, text));
  return [...sources.flatMap(importBreaches), ...sources.flatMap(codeBreaches), ...moduleRings(sources),
    ...earlyLibraries(sources), ...fileCycles(sources)];
}

function read(path: string, text: string): Source {
  const { module, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  let code = text;
  for (const { start, end } of comments) code = code.slice(0, start) + ' '.repeat(end - start) + code.slice(end);
  const exports = module.staticExports.flatMap(({ entries }) => entries);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  return {
    path,
    code,
    imports: [
      ...module.staticImports.map((one) => toImport(path, one.moduleRequest.value, isTypeImport(one))),
      ...exports.flatMap((one) =>
        one.moduleRequest === null ? [] : [toImport(path, one.moduleRequest.value, isType(one))]),
      ...dynamic.filter((name) => /^['"]/.test(name)).map((name) => ({ ...toImport(path, name.slice(1, -1), false), isLate: true as const })),
    ],
  };
}

function isTypeImport({ entries }: StaticImport): boolean {
  return entries.length > 0 && entries.every(isType);
}

function isType(entry: Pick<StaticExportEntry, 'isType'>): boolean {
  return entry.isType;
}

function toImport(from: string, name: string, isTypeOnly: boolean): Import {
  if (name.startsWith('#')) return { target: `src/${name.slice(1)}`, isTypeOnly };
  if (name.startsWith('.')) return { target: posix.join(posix.dirname(from), name), isTypeOnly };
  return { target: name, isTypeOnly };
}

function importBreaches({ path, imports }: Source): Violation[] {
  return imports.flatMap((one) => {
    const rules = [layerBreach(path, one), doorBreach(path, one.target), orderBreach(path, one.target)];
    return rules.flatMap((rule) => (rule === undefined ? [] : [{ rule, file: path, why: one.target }]));
  });
}

function layerBreach(path: string, { target, isTypeOnly }: Import): Rule | undefined {
  if (path.startsWith('src/core/')) return PURE_NEVER.test(target) ? 'core-pure' : undefined;
  if (path.startsWith('src/catalogue/')) {
    return target === 'zod' || target.startsWith('src/catalogue/') ? undefined : 'catalogue-pure';
  }
  if (path.startsWith('src/platform/')) return target.startsWith('src/modules/') ? 'platform-below' : undefined;
  if (path.startsWith('src/web/')) return target.startsWith('src/modules/') ? 'web-below' : undefined;
  if (/^src\/modules\/[^/]+\/views\//.test(path)) {
    const isReader = !isTypeOnly && /\/(commands|queries|jobs)(\.ts|\/[^/]+\.ts)$/.test(target);
    return DATABASE.test(target) || isReader ? 'views-without-database' : undefined;
  }
  return /\/routes\.tsx?$/.test(path) && /^(kysely|pg)(\/|$)/.test(target) ? 'routes-without-sql' : undefined;
}

function moduleOf(path: string): string | undefined {
  return /^src\/modules\/([^/]+)\//.exec(path)?.[1];
}

function doorBreach(path: string, target: string): Rule | undefined {
  const to = moduleOf(target);
  return to === undefined || to === moduleOf(path) || target === `src/modules/${to}/index.ts` ? undefined : 'door';
}

function orderBreach(path: string, target: string): Rule | undefined {
  const [from, to] = [moduleOf(path), moduleOf(target)];
  if (from === undefined || to === undefined || from === to) return undefined;
  const [here, there] = [rank(from), rank(to)];
  return here === -1 || there === -1 || there > here ? 'module-order' : undefined;
}

function rank(module: string): number {
  return ORDER.findIndex((group) => group.includes(module));
}

function codeBreaches({ path, code }: Source): Violation[] {
  const found: Violation[] = [];
  const clock = path.startsWith('src/core/') ? NOT_DETERMINISTIC.exec(code) : null;
  if (clock !== null) found.push({ rule: 'core-deterministic', file: path, why: clock[0] });
  // platform keeps tables of its own (rate limits, jobs, settings); in the rooms there is one writer.
  const mayWrite = path.startsWith('src/platform/') || /^src\/modules\/[^/]+\/(commands|jobs)(\.ts|\/[^/]+\.ts)$/.test(path);
  const write = mayWrite ? null : WRITES.exec(code) ?? WRITES_RAW.exec(code);
  if (write !== null) found.push({ rule: 'only-commands-write', file: path, why: write[0].slice(0, 60) });
  // Deadlines count by the calendar that officers keep (platform/calendar.ts), not by the one that came along.
  if (moduleOf(path) !== undefined && /\bcalendarOf\b/.test(code)) found.push({ rule: 'desk-calendar', file: path, why: 'calendarOf' });
  return found;
}

function moduleRings(sources: readonly Source[]): Violation[] {
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of sources) {
    const from = moduleOf(path);
    if (from === undefined) continue;
    const targets = imports.flatMap(({ target }) => moduleOf(target) ?? []).filter((to) => to !== from);
    graph.set(from, new Set([...graph.get(from) ?? [], ...targets]));
  }
  return ring(graph).map((members) =>
    ({ rule: 'module-ring', file: `src/modules/${members[0]}`, why: members.join(' → ') }));
}

/** Libraries of LATE that are loaded at the start, each with the file that brings it. */
function earlyLibraries(sources: readonly Source[]): Violation[] {
  const early = (path: string) => (byPath.get(path)?.imports ?? []).filter(({ isTypeOnly, isLate }) => !isTypeOnly && !isLate).map(({ target }) => target);
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const loaded = new Set([START]);
  for (const path of loaded) for (const target of early(path)) loaded.add(target);
  return [...loaded].flatMap((file) => early(file).filter((target) => LATE.test(target)).map((why) => ({ rule: 'late-libraries', file, why } as const)));
}

/** Imports of types vanish at run time and may go round. */
function fileCycles(sources: readonly Source[]): Violation[] {
  const graph = new Map(sources.map(({ path, imports }) =>
    [path, new Set(imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ target }) => target))]));
  return ring(graph).map((members) => ({ rule: 'no-cycle', file: members[0] ?? '', why: members.join(' → ') }));
}

/** The rings met on a walk through every node; empty exactly when the graph has none. */
function ring(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const done = new Set<string>();
  const rings: string[][] = [];
  const walk = (node: string, trail: string[]): void => {
    const at = trail.indexOf(node);
    if (at !== -1) rings.push([...trail.slice(at), node]);
    if (at !== -1 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return rings;
}

function sourceFiles(): Map<string, string> {
  const names = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  return new Map(names.filter((name) => /\.tsx?$/.test(name)).map((name) =>
    [posix.join('src', name), readFileSync(join(import.meta.dirname, name), 'utf8')]));
}

/** One breach or more for each rule: files → the rule that must be reported, exactly once. */
const PLANTED: readonly (readonly [Rule, Record<string, string>])[] = [
  ['core-pure', { 'src/core/a.ts': "import { readFileSync } from 'node:fs';" }],
  ['core-pure', { 'src/core/a.ts': "import { Hono } from 'hono';" }],
  ['core-pure', { 'src/core/a.ts': "import type { Db } from '#platform/db.ts';" }],
  ['core-pure', { 'src/core/a.ts': "export * from '../modules/cases/index.ts';", 'src/modules/cases/index.ts': '' }],
  ['core-pure', { 'src/core/a.ts': "export const late = () => import('pg');" }],
  ['core-deterministic', { 'src/core/a.ts': 'export const now = () => new Date();' }],
  ['core-deterministic', { 'src/core/a.ts': "import { randomUUID } from 'node:crypto';" }],
  ['catalogue-pure', { 'src/catalogue/a.ts': "import { b } from '../core/b.ts';", 'src/core/b.ts': '' }],
  ['catalogue-pure', { 'src/catalogue/a.ts': "import { parse } from 'tldts';" }],
  ['platform-below', { 'src/platform/a.ts': "import { b } from '#modules/cases/index.ts';" }],
  ['web-below', { 'src/web/a.tsx': "import { b } from '#modules/cases/index.ts';" }],
  ['views-without-database', { 'src/modules/cases/views/a.tsx': "import { db } from '#platform/db.ts';" }],
  ['views-without-database', { 'src/modules/cases/views/a.tsx': "import { list } from '../queries.ts';" }],
  ['routes-without-sql', { 'src/modules/cases/routes.tsx': "import { sql } from 'kysely';" }],
  ['door', { 'src/modules/cases/queries.ts': "import { b } from '#modules/intake/queries.ts';" }],
  ['door', { 'src/main.ts': "import { b } from './modules/intake/commands.ts';" }],
  ['module-order', { 'src/modules/intake/a.ts': "import { b } from '#modules/cases/index.ts';" }],
  ['module-order', { 'src/modules/newroom/a.ts': "import { b } from '#modules/cases/index.ts';" }],
  ['module-ring', {
    'src/modules/intake/a.ts': "import type { b } from '#modules/indicators/index.ts';",
    'src/modules/indicators/b.ts': "import type { a } from '#modules/intake/index.ts';",
  }],
  ['only-commands-write', { 'src/modules/cases/queries.ts': "db.insertInto('x').execute();" }],
  ['only-commands-write', { 'src/modules/cases/routes.tsx': "tx\n  .updateTable('x');" }],
  ['only-commands-write', { 'src/main.ts': 'await sql<{ id: string }>`delete from reports`.execute(db);' }],
  ['desk-calendar', { 'src/modules/cases/commands.ts': "import { calendarOf } from '#catalogue/holidays.ts';", 'src/catalogue/holidays.ts': '' }],
  ['late-libraries', { 'src/commands/start.ts': "import '../modules/cases/index.ts';", 'src/modules/cases/index.ts': "export { p } from '#web/a.ts';", 'src/web/a.ts': "import { Packer } from 'docx';" }],
  ['no-cycle', { 'src/web/a.ts': "import { b } from './b.ts';", 'src/web/b.ts': "export { a } from '#web/a.ts';" }],
];

/** Allowed, though near a rule. */
const INNOCENT = {
  'src/commands/start.ts': "import type { Row } from 'write-excel-file/node';\nexport const paper = () => import('#web/paper.ts');",
  'src/web/paper.ts': "import { Packer } from 'docx';",
  'src/core/b.ts': "import { createHash } from 'node:crypto';",
  'src/core/a.ts': "import { parse } from 'tldts';\n'ừ ả'; // new Date()\nnew Date(0);",
  'src/catalogue/a.ts': "import { z } from 'zod';\nimport { b } from './b.ts';",
  'src/web/a.ts': "import type { B } from './b.ts';",
  'src/web/b.ts': "import { a } from './a.ts';",
  'src/modules/cases/commands.ts': "import { b } from '#modules/intake/index.ts';\ntx.insertInto('x');",
  'src/modules/cases/views/a.tsx': "import type { Row } from '../queries.ts';",
  'src/modules/identity/index.ts': "import { b } from '#modules/directory/index.ts';",
  'src/modules/cases/queries.test.ts': "db.deleteFrom('x');",
  'src/modules/cases/policy.test.ts': "import { calendarOf } from '#catalogue/holidays.ts';",
  'src/modules/cases/policy.ts': "import type { Calendar } from '#catalogue/holidays.ts'; // never calendarOf()",
};

describe('the architecture', () => {
  it('is kept by every file', () => {
    expect(violations(sourceFiles())).toEqual([]);
  });

  it.each(PLANTED)('%s is reported in %j', (rule, files) => {
    expect(violations(new Map(Object.entries(files))).map((violation) => violation.rule)).toEqual([rule]);
  });

  it('has a planted breach for every rule', () => {
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(RULES));
  });

  it('leaves innocent files alone', () => {
    expect(violations(new Map(Object.entries(INNOCENT)))).toEqual([]);
  });
});
