import type { VNode } from 'preact';
import type { AgencyLevel } from '#platform/schema.ts';
import { Badge } from '#web/badge.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, DateField, Form, type FieldErrors, TextField } from '#web/form.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { type Lang, messages } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { ConsolePage } from '#web/layout.tsx';
import { type Column, DataTable } from '#web/table.tsx';
import type { AgencyListRow } from '../types.ts';
import { LEVELS, nameIn } from '../words.ts';
import { agencyHref, type Frame, PATHS } from './frame.ts';

/** What the list is narrowed to; all of it stands in the address. */
export interface ListFilter {
  readonly search: string;
  /** The day as typed, shown again. */
  readonly onText: string;
  readonly on: string;
  readonly level: AgencyLevel | undefined;
}

export interface ListProps {
  readonly frame: Frame;
  readonly filter: ListFilter;
  readonly errors: FieldErrors;
  readonly rows: readonly AgencyListRow[];
}

/** All agencies of one day, by kind, found by any name they ever had. */
export function ListPage({ frame, filter, errors, rows }: ListProps): VNode {
  const { lang } = frame;
  const t = messages(lang).directory;
  const day = formatDate(filter.on);
  return (
    <ConsolePage {...frame} crumbs={undefined} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <p>
        <ButtonLink kind="quiet" small icon="law" href={PATHS.ask}>
          {t.list.ask}
        </ButtonLink>
      </p>
      <Form method="get" action={PATHS.list} hidden={{ level: filter.level }} label={t.list.show}>
        <div class="two">
          <TextField
            lang={lang}
            name="q"
            type="search"
            label={t.list.search}
            hint={t.list.searchHint}
            value={filter.search}
            autocomplete="off"
            optional
          />
          <DateField lang={lang} name="on" label={t.list.on} value={filter.onText} error={errors.on} />
        </div>
        <ButtonRow>
          <Button kind="quiet" small icon="search">
            {t.list.show}
          </Button>
        </ButtonRow>
      </Form>
      <Levels lang={lang} filter={filter} />
      <p class="hint">{t.list.count(formatNumber(rows.length, lang), day, rows.length === 1)}</p>
      <DataTable
        lang={lang}
        caption={t.list.caption(day)}
        columns={columns(lang)}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => agencyHref(row.id)}
        empty={<Empty title={t.list.empty}>{t.list.emptyHelp}</Empty>}
      />
      <KeyHints lang={lang} />
    </ConsolePage>
  );
}

function Levels({ lang, filter }: { lang: Lang; filter: ListFilter }): VNode {
  const t = messages(lang).directory;
  const pill = (level: AgencyLevel | undefined, label: string): VNode => (
    <li>
      <a href={listHref({ ...filter, level })} aria-current={filter.level === level ? 'true' : undefined}>
        {label}
      </a>
    </li>
  );
  return (
    <ul class="filters" aria-label={t.list.level}>
      {pill(undefined, t.list.all)}
      {LEVELS.map((level) => pill(level, t.levels[level]))}
    </ul>
  );
}

function listHref({ search, onText, level }: ListFilter): string {
  const fields = { q: search, on: onText, level: level ?? '' };
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  return query.size > 0 ? `${PATHS.list}?${query.toString()}` : PATHS.list;
}

function columns(lang: Lang): Column<AgencyListRow>[] {
  const t = messages(lang).directory;
  return [
    { key: 'name', label: t.list.name, cell: (row) => nameIn(row, lang), card: 'title' },
    { key: 'level', label: t.list.levelColumn, cell: (row) => t.levels[row.level] },
    { key: 'parent', label: t.list.parent, cell: (row) => (lang === 'vi' ? row.parent : row.parentEn) },
    {
      key: 'period', label: t.list.period, nowrap: true,
      cell: (row) => (
        <>
          {periodText(row, lang)} {!row.acting && <Badge tone="plain">{t.list.ended}</Badge>}
        </>
      ),
    },
  ];
}

/** "từ 01/07/2025", "01/03/2020 – 30/06/2025". */
export function periodText({ from, to }: { readonly from: string; readonly to: string | null }, lang: Lang): string {
  const t = messages(lang).directory;
  return to ? t.period(formatDate(from), formatDate(to)) : t.from(formatDate(from));
}
