/** Reader of plain lists of indicators: domain lists, hosts files, adblock rules, and CSV exports in the manner of URLhaus or PhishTank. */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Indicator } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';
import { barOfBulk, barOfNothing, readTrace } from './traces.ts';
import type { MachineCategory, MachineReport, Read, ReadError, ReadReason } from './types.ts';

/** Lines read at most, comments included, and names in them; a longer list is refused as a whole, because half a list is another list. */
export const MOST_LINES = 50_000;
const LONGEST_LINE = 4096;
const MOST_ERRORS = 1000;
/** Characters a line may hold beside its indicator, for "STK" and a bank's name; more is prose. */
const MOST_WORDS_BESIDE = 40;

/** What a list does not say of itself. */
export interface ListFacts {
  /** Name of the list or its keeper, as the narrative says it; at most 200 characters are used. */
  readonly source: string;
  readonly category: MachineCategory;
  /** Day the list speaks of, yyyy-mm-dd, or null. */
  readonly happenedOn: string | null;
  /** Keyed hash of a telephone number or account for its id; the caller's, since a plain hash of a number is soon guessed. */
  readonly seal: (key: string) => string;
}

/** Column names that hold the indicator, best first. Source: headers of URLhaus, PhishTank, OpenPhish and ThreatFox exports. */
const INDICATOR_COLUMNS = ['url', 'indicator', 'ioc_value', 'ioc', 'domain', 'hostname', 'host', 'fqdn', 'phone', 'account', 'sha256_hash', 'sha256',
  'hash'] as const;
/** Names every hosts file begins with, for the machine itself. */
const HOSTS_OWN: ReadonlySet<string> = new Set(['localhost', 'localhost.localdomain', 'local', 'broadcasthost', 'ip6-localhost', 'ip6-loopback', '0.0.0.0']);
const KIND_WORDS: Readonly<Record<Indicator['kind'], string>> = {
  url: 'đường dẫn', domain: 'tên miền', phone: 'số điện thoại', bank_account: 'tài khoản', file_hash: 'mã băm tệp',
};

/**
 * One report a line. Comments (`#`, `;`, `!`, `//`), blank lines, headers and the own names of a hosts file count in `ignored`; a line that
 * names nothing, or something many people share (stop list, public suffix, local name), is an error with its line number. Repeats within the list
 * are `repeated`. The first 1,000 errors are told, the others count in `ignored`. Linear in the text; never throws.
 */
export function readList(text: string, facts: ListFacts): Read<MachineReport> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, MOST_LINES + 2);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MOST_LINES) return { ok: false, reason: 'too_many' };
  const items = new Map<string, MachineReport>();
  const errors: ReadError[] = [];
  let ignored = 0;
  let named = 0;
  let column: number | null = null;
  for (const [i, line] of lines.entries()) {
    const header = items.size === 0 ? headerColumn(line) : null;
    column = header ?? column;
    const values = header !== null || line.length > LONGEST_LINE ? [] : valuesOf(line, column);
    if (line.length > LONGEST_LINE) errors.push({ at: `line ${i + 1}`, reason: 'too_long' });
    else if (values.length === 0) ignored += 1;
    named += values.length;
    if (named > MOST_LINES) return { ok: false, reason: 'too_many' };
    for (const value of values) {
      const report = reportOf(value, facts);
      if (typeof report === 'string') errors.push({ at: `line ${i + 1}`, reason: report });
      else if (items.has(report.externalId)) errors.push({ at: `line ${i + 1}`, reason: 'repeated' });
      else items.set(report.externalId, report);
    }
  }
  const untold = Math.max(0, errors.length - MOST_ERRORS);
  return { ok: true, items: [...items.values()], ignored: ignored + untold, errors: errors.slice(0, MOST_ERRORS) };
}

/** Which column of a CSV holds the indicator, when the line is a header (URLhaus writes its as a comment); else null. */
function headerColumn(line: string): number | null {
  if (line.length > LONGEST_LINE || !line.includes(',')) return null;
  const names = cells(line.replace(/^\s*#\s*/, '')).map((cell) => cell.trim().toLowerCase());
  const wanted = INDICATOR_COLUMNS.find((name) => names.includes(name));
  return wanted === undefined || names.some((name) => !/^[a-z0-9_ ]*$/.test(name)) ? null : names.indexOf(wanted);
}

/** What a line names: nothing for comments, several for a hosts line with several names. */
function valuesOf(line: string, column: number | null): string[] {
  const bare = line.trim();
  if (bare === '' || /^(?:[#;!]|\/\/|\[adblock)/i.test(bare)) return [];
  if (column !== null) return [cells(bare)[column]?.trim() ?? ''];
  const [, hosts] = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?|fe80::1%lo0|255\.255\.255\.255)[ \t]+([^#]+)/.exec(bare) ?? [];
  if (hosts !== undefined) return hosts.trim().split(/[ \t]+/).filter((name) => !HOSTS_OWN.has(name.toLowerCase()));
  const [, rule] = /^\|\|([^/^$*|]+)\^(?:\$[\w,=|~.-]*)?$/.exec(bare) ?? [];
  if (rule !== undefined) return [rule];
  if (bare.startsWith('@@')) return [];
  const plain = bare.replace(/[ \t]+#.*$/, '').replace(/^\*\./, '');
  return [isCsv(plain) ? cells(plain)[0]?.trim() ?? '' : plain];
}

/** Without a header: one comma inside an address belongs to the address. */
function isCsv(line: string): boolean {
  const commas = line.split(',', 3).length - 1;
  return line.startsWith('"') || commas > 1 || (commas === 1 && !/^[^,]*\/[^\s]*$/.test(line));
}

/** Cells of one CSV line (RFC 4180, quotes may be loose); the line as one cell when it is none. */
function cells(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  try {
    return parse(line, { relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_LINE * 2 })[0] ?? [line];
  } catch {
    return [line];
  }
}

function reportOf(raw: string, { source, category, happenedOn, seal }: ListFacts): MachineReport | ReadReason {
  const { line: value, indicators: found } = readTrace(raw);
  const [indicator] = found;
  if (indicator === undefined) return barOfNothing(value);
  const isSeveral = found.length > 1 && (indicator.kind !== 'url' || value.includes(' '));
  if (isSeveral || value.length > indicator.asSent.length + MOST_WORDS_BESIDE) return 'not_an_indicator';
  const reason = barOfBulk(indicator);
  if (reason !== null) return reason;
  const name = normalise(source).replace(/\s+/g, ' ').slice(0, 200);
  return {
    externalId: `list:${externalKey(indicator, seal)}`,
    category,
    narrative: `Danh sách “${name}” nêu ${KIND_WORDS[indicator.kind]} ${indicator.display}.`,
    traces: indicator.kind === 'bank_account' ? value : indicator.asSent,
    happenedOn,
    evidence: [],
  };
}

/** Kind and key; a key that is personal data sealed, a long one by its SHA-256. */
function externalKey({ kind, key, personal }: Indicator, seal: ListFacts['seal']): string {
  const isNumber = personal && kind !== 'url';
  if (!isNumber && key.length <= 200) return `${kind}:${key}`;
  return `${kind}:${isNumber ? seal(`${kind}:${key}`) : `sha256:${createHash('sha256').update(key).digest('hex')}`}`;
}
