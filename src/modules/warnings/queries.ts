import type { CategoryCode } from '#catalogue/categories.ts';
import { localDate } from '#core/deadlines.ts';
import { displayParts, extract, hostOf, registrableDomain, urlKey, type Indicator } from '#core/indicators/index.ts';
import { citation } from '#core/law.ts';
import { normalise } from '#core/vietnamese.ts';
import { agencyNames } from '#modules/directory/index.ts';
import { matchKeyOf } from '#modules/intake/index.ts';
import { basisByCode } from '#modules/law/index.ts';
import { PUBLIC } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

/** An address cut in three for the screen; the middle decides who owns it. */
export interface AskedThing {
  readonly kind: 'url' | 'domain' | 'phone' | 'bank_account' | 'text';
  readonly before: string;
  readonly registrable: string;
  readonly after: string;
}

/** Three answers only; "not known" is never "safe". Nothing about the asker is kept. */
export type CheckAnswer =
  | { readonly kind: 'warned'; readonly slug: string; readonly title: string; readonly summary: string; readonly category: CategoryCode; readonly agency: string; readonly since: Date; readonly until: Date; readonly asked: AskedThing }
  | { readonly kind: 'unknown'; readonly asked: AskedThing }
  | { readonly kind: 'unreadable' };

export interface WarningCard {
  readonly slug: string;
  readonly title: string;
  readonly category: CategoryCode;
  readonly agency: string;
  readonly publishedAt: Date;
  readonly endsAt: Date;
  readonly reportCount: number;
  readonly communeCount: number;
}

export interface WarningPage extends WarningCard {
  readonly summary: string;
  readonly advice: string;
  readonly targets: readonly { before: string; registrable: string; after: string }[];
  readonly legalBasis: string;
}

const LONGEST_QUESTION = 2000;
const PAGE = 20;

/** Looks what was typed or pasted up in the live warnings: the exact address, and each name above it down to the registrable one. */
export async function check(desk: Desk, q: string): Promise<CheckAnswer> {
  const found = extract(normalise(q.slice(0, LONGEST_QUESTION)));
  const asked = found[0];
  if (!asked) return { kind: 'unreadable' };
  const keys = found.flatMap((indicator) => lookupKeys(desk, indicator));
  const hit = keys.length === 0 ? undefined : await inTransaction(desk, PUBLIC, async (tx) => {
    const row = await tx.selectFrom('warning_target').innerJoin('warning', 'warning.id', 'warning_id')
      .select(['slug', 'title', 'summary', 'category', 'agency_id', 'published_at', 'ends_at']).where('match_key', 'in', keys)
      .orderBy('published_at', 'desc').executeTakeFirst();
    return row && { ...row, agency: (await agencyNames(tx, [row.agency_id], localDate(tx.now))).get(row.agency_id)?.name ?? '' };
  });
  const shown = askedThing(asked);
  if (!hit) return { kind: 'unknown', asked: shown };
  return { kind: 'warned', slug: hit.slug, title: hit.title, summary: hit.summary, category: hit.category, agency: hit.agency, since: hit.published_at, until: hit.ends_at, asked: shown };
}

/** People's numbers are never in a public list; only addresses are looked up. */
function lookupKeys(desk: Desk, indicator: Indicator): Buffer[] {
  if (indicator.kind !== 'url' && indicator.kind !== 'domain') return [];
  const host = hostOf(indicator.key);
  const owner = host && registrableDomain(host);
  const names = host && owner ? namesBetween(host, owner) : host ? [host] : [];
  const url = indicator.kind === 'url' ? urlKey(indicator.key) : null;
  return [...names.map((key) => ({ kind: 'domain' as const, key })), ...(url ? [{ kind: 'url' as const, key: url }] : [])]
    .map((key) => matchKeyOf(desk, { ...key, personal: false }));
}

/** a.b.evil.example … evil.example */
function namesBetween(host: string, owner: string): string[] {
  const labels = host.slice(0, -owner.length).split('.').filter(Boolean);
  return labels.map((_, index) => `${labels.slice(index).join('.')}.${owner}`).concat(owner);
}

function askedThing(indicator: Indicator): AskedThing {
  if (indicator.personal) return { kind: indicator.kind as 'phone', before: '', registrable: indicator.display, after: '' };
  if (indicator.kind === 'file_hash') return { kind: 'text', before: indicator.asSent, registrable: '', after: '' };
  return { kind: indicator.kind as 'url', ...displayParts(indicator.asSent) };
}

const CARD = ['slug', 'title', 'category', 'agency_id', 'published_at', 'ends_at', 'report_count', 'commune_count'] as const;

interface CardRow {
  slug: string; title: string; category: CategoryCode; agency_id: string; published_at: Date; ends_at: Date; report_count: number; commune_count: number;
}

async function cards(tx: Tx, rows: readonly CardRow[]): Promise<WarningCard[]> {
  const names = await agencyNames(tx, [...new Set(rows.map((row) => row.agency_id))], localDate(tx.now));
  return rows.map((row) => ({
    slug: row.slug, title: row.title, category: row.category, agency: names.get(row.agency_id)?.name ?? '', publishedAt: row.published_at, endsAt: row.ends_at,
    reportCount: row.report_count, communeCount: row.commune_count,
  }));
}

/** Warnings in force, newest first; `page` counts from 1. */
export async function liveWarnings(desk: Desk, { page, category, size = PAGE }: { page: number; category: CategoryCode | null; size?: number }): Promise<{ items: WarningCard[]; pages: number }> {
  return inTransaction(desk, PUBLIC, async (tx) => {
    const live = tx.selectFrom('warning').$if(category !== null, (query) => query.where('category', '=', category!));
    const { count } = await live.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    const rows = await live.select(CARD).orderBy('published_at', 'desc').orderBy('id').limit(size).offset((page - 1) * size).execute();
    return { items: await cards(tx, rows), pages: Math.max(1, Math.ceil(count / size)) };
  });
}

/** One warning in force, or null when there is none (any more) at this address. */
export async function warningPage(desk: Desk, slug: string): Promise<WarningPage | null> {
  return inTransaction(desk, PUBLIC, async (tx) => {
    const row = await tx.selectFrom('warning').select([...CARD, 'id', 'summary', 'advice', 'legal_basis']).where('slug', '=', slug).executeTakeFirst();
    if (!row) return null;
    const [card] = await cards(tx, [row]);
    const targets = await tx.selectFrom('warning_target').select('value').where('warning_id', '=', row.id).orderBy('value').execute();
    const basis = await basisByCode(tx, row.legal_basis);
    return {
      ...card!, summary: row.summary, advice: row.advice, legalBasis: basis ? citation(basis) : row.legal_basis,
      targets: targets.map(({ value }) => displayParts(value)),
    };
  });
}

