import type { VNode } from 'preact';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ErrorSummary, FileField, Form } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { SheetLine } from '../sheet-queries.ts';
import { Lines, sheetHref, SHEETS, StateBadge } from './sheet-words.tsx';

export interface SheetListProps {
  readonly lang: Lang;
  readonly rows: readonly SheetLine[];
  readonly page: number;
  readonly more: boolean;
  /** Largest file taken. */
  readonly megabytes: number;
  /** Why the file that was sent was not taken. */
  readonly error?: 'empty' | 'too_large';
}

/** Where a spreadsheet is uploaded, and those that were. */
export function SheetList({ lang, rows, page, more, megabytes, error }: SheetListProps): VNode {
  const { sheets: t } = messages(lang);
  const most = formatNumber(megabytes, lang);
  const said = error && (error === 'empty' ? t.upload.errors.empty : t.upload.errors.too_large(most));
  const n = (count: number): string => formatNumber(count, lang);
  return (
    <>
      <h1>{t.title}</h1>
      <ErrorSummary lang={lang} errors={{ tep: said }} />
      <p>{t.lead}</p>
      <div class="two">
        <Panel>
          <Form action={SHEETS} multipart>
            <FileField lang={lang} name="tep" label={t.upload.file} hint={t.upload.hint(most)} error={said} multiple={false} accept=".xlsx,.csv,.tsv,.txt" />
            <Button>{t.upload.send}</Button>
          </Form>
        </Panel>
        <Panel title={t.upload.nextTitle}>
          <Lines items={t.upload.next} />
          <p>{t.upload.templateHint}</p>
          <ButtonLink kind="quiet" small download href={`${SHEETS}/mau.xlsx`}>{t.upload.template}</ButtonLink>
        </Panel>
      </div>
      <h2>{t.list.title}</h2>
      <DataTable lang={lang} caption={t.list.caption} rows={rows} rowKey={(row) => row.id} rowHref={(row) => sheetHref(row.id)} empty={<Empty title={t.list.empty}>{t.list.emptyHelp}</Empty>} columns={[
        { key: 'file', label: t.list.file, card: 'title', cell: (row) => <span class="say">{row.name}</span> },
        { key: 'state', label: t.list.state, cell: (row) => <StateBadge lang={lang} state={row.state} /> },
        { key: 'at', label: t.list.at, cell: (row) => formatDateTime(row.at, lang) },
        { key: 'by', label: t.list.by, cell: (row) => row.officer },
        { key: 'taken', label: t.list.taken, numeric: true, cell: (row) => n(row.taken) },
        { key: 'repeated', label: t.list.repeated, numeric: true, cell: (row) => n(row.repeated) },
        { key: 'refused', label: t.list.refused, numeric: true, cell: (row) => n(row.refused) },
      ]} />
      <Pagination lang={lang} prevHref={page > 1 ? `${SHEETS}?trang=${page - 1}` : undefined} nextHref={more ? `${SHEETS}?trang=${page + 1}` : undefined} />
    </>
  );
}
