import { parseArgs } from 'node:util';
import { Invalid } from '../platform/errors.ts';

/** One measured figure beside the limit measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
  readonly ratio?: number;
}

export interface BenchResult {
  readonly name: string;
  readonly figures: readonly Figure[];
}

const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<BenchResult> }>>> = {
  pages: () => import('../../bench/pages.ts'),
  sheet: () => import('../../bench/sheet.ts'),
  intake: () => import('../../bench/intake.ts'),
  start: () => import('../../bench/start.ts'),
  extract: () => import('../../bench/extract.ts'),
  grouping: () => import('../../bench/grouping.ts'),
  search: () => import('../../bench/search.ts'),
  coordination: () => import('../../bench/coordination.ts'),
};

/** `lachan bench NAME [--json]` */
export async function bench(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  const [name] = positionals;
  if (values.help || !name) return console.log(`./lachan bench ${Object.keys(BENCHES).join('|')} [--json]`);
  const load = BENCHES[name];
  if (!load) throw new Invalid(`Không có phép đo “${name}”. / No such bench: ${Object.keys(BENCHES).join(', ')}`);
  const result = await (await load()).run();
  console.log(values.json ? JSON.stringify(result) : asTable(result));
}

function asTable({ name, figures }: BenchResult): string {
  const number = (value: number | undefined) => (value === undefined ? '' : Number(value.toPrecision(4)).toLocaleString('en'));
  const rows = figures.map((figure) => [figure.name, `${number(figure.value)} ${figure.unit}`, figure.limit === undefined ? '' : `limit ${number(figure.limit)} ${figure.unit}`, figure.ratio === undefined ? '' : `ratio ${number(figure.ratio)}`]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [`bench ${name}`, ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd())].join('\n');
}
