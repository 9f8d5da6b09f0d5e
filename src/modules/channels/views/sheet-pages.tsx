import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, Form } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import type { RefusedRow, SheetView } from '../sheet-queries.ts';
import { Bar, counted, issueWords, placeWords, reasonWords, sheetHref, SHEETS, Stack } from './sheet-words.tsx';

interface Base {
  readonly lang: Lang;
  readonly sheet: SheetView;
}

function Counts({ lang, sheet }: Base): VNode {
  const { list: t } = messages(lang).sheets;
  const items = [[t.taken, sheet.taken], [t.repeated, sheet.repeated], [t.refused, sheet.refused]] as const;
  return (
    <Kv items={[
      ...items.map(([label, count]) => ({ label, value: formatNumber(count, lang) })),
      { label: t.by, value: sheet.officer }, { label: t.at, value: formatDateTime(sheet.at, lang) },
    ]} />
  );
}

/** An import at work. @param props.refreshing the page comes again by itself */
export function RunningPage({ lang, sheet, refreshing }: Base & { readonly refreshing: boolean }): VNode {
  const { run: t } = messages(lang).sheets;
  const n = (count: number): string => formatNumber(count, lang);
  return (
    <>
      <h1>{t.title(sheet.name)}</h1>
      <Panel>
        {sheet.read === 0 ? <p>{t.waiting}</p> : <p><strong>{sheet.total === null ? t.progressOpen(n(sheet.read)) : t.progress(n(sheet.read), n(sheet.total))}</strong></p>}
        {sheet.total !== null && <Bar label={t.label} done={sheet.read} total={sheet.total} />}
        <Counts lang={lang} sheet={sheet} />
      </Panel>
      <p>
        {t.close} {refreshing ? t.refreshing : t.paused}{' '}
        {refreshing ? <a href={`${sheetHref(sheet.id)}?cap-nhat=khong`}>{t.pause}</a> : <a href={sheetHref(sheet.id)}>{t.resume}</a>}
      </p>
      <Form action={`${sheetHref(sheet.id)}/dung`}>
        <p class="hint">{t.stopHint}</p>
        <Button kind="quiet">{t.stop}</Button>
      </Form>
    </>
  );
}

export interface RefusedProps {
  readonly refused: readonly RefusedRow[];
  readonly page: number;
  readonly size: number;
  /** Rows a downloaded sheet has at most. */
  readonly most: number;
}

/** An import that came to its end. */
export function DonePage({ lang, sheet, reports, ...rest }: Base & RefusedProps & { readonly reports: 'seen' | 'elsewhere' | 'none' }): VNode {
  const { done: t } = messages(lang).sheets;
  const n = (count: number): string => formatNumber(count, lang);
  return (
    <>
      <h1>{t.title(sheet.name)}</h1>
      <Callout kind="ok" title={t.summary(n(sheet.read), n(sheet.taken))}>
        {sheet.repeated > 0 && <>{t.repeated(...counted(sheet.repeated, lang))} </>}
        {sheet.refused > 0 ? t.refused(...counted(sheet.refused, lang)) : t.clean}
        {reports === 'elsewhere' && <> {t.elsewhere}</>}
      </Callout>
      <RefusedPanel lang={lang} sheet={sheet} {...rest} />
      <ButtonRow>
        {reports === 'seen' && <ButtonLink kind="quiet" href="/can-bo/phan-anh?muc=tat-ca&kenh=spreadsheet">{t.reports}</ButtonLink>}
        <ButtonLink kind="quiet" href={SHEETS}>{t.again}</ButtonLink>
      </ButtonRow>
    </>
  );
}

/** An import that was stopped, before or while it ran. */
export function CancelledPage({ lang, sheet, ...rest }: Base & RefusedProps): VNode {
  const { cancelled: t, done } = messages(lang).sheets;
  return (
    <>
      <h1>{t.title(sheet.name)}</h1>
      <Callout kind="note" title={sheet.read === 0 ? t.nothing : t.kept(formatNumber(sheet.read, lang), formatNumber(sheet.taken, lang))}>{t.again}</Callout>
      <RefusedPanel lang={lang} sheet={sheet} {...rest} />
      <ButtonRow><ButtonLink kind="quiet" href={SHEETS}>{done.again}</ButtonLink></ButtonRow>
    </>
  );
}

function RefusedPanel({ lang, sheet, refused, page, size, most }: Base & RefusedProps): VNode | null {
  const { refused: t } = messages(lang).sheets;
  const n = (count: number): string => formatNumber(count, lang);
  if (sheet.refused === 0) return null;
  const href = (to: number): string => `${sheetHref(sheet.id)}?trang=${to}`;
  return (
    <section aria-label={t.title}>
      <h2>{t.title}</h2>
      <p>{sheet.ref ? t.lead : t.gone}</p>
      {sheet.ref && (
        <>
          <ButtonRow><ButtonLink download href={`${sheetHref(sheet.id)}/can-sua.xlsx`}>{t.download}</ButtonLink></ButtonRow>
          {sheet.refused > most && <p class="hint">{t.most(n(most))}</p>}
        </>
      )}
      <DataTable lang={lang} caption={t.caption} rows={refused} rowKey={({ number }) => String(number)} columns={[
        { key: 'row', label: t.row, cell: ({ number }) => n(number) },
        { key: 'column', label: t.column, cell: ({ problems }) => <Stack items={problems.map((problem) => placeWords(problem, lang))} /> },
        { key: 'what', label: t.what, cell: ({ problems }) => <Stack items={problems.map((problem) => issueWords(problem.issue, lang))} /> },
      ]} />
      <Pagination lang={lang} prevHref={page > 1 ? href(page - 1) : undefined} nextHref={page * size < sheet.refused ? href(page + 1) : undefined}
        from={(page - 1) * size + 1} to={(page - 1) * size + refused.length} total={sheet.refused} />
    </section>
  );
}

/** A file that was not opened. @param props.retried it was just tried again */
export function QuarantinedPage({ lang, sheet, retried }: Base & { readonly retried: boolean }): VNode {
  const { quarantined: t, map } = messages(lang).sheets;
  return (
    <>
      <h1>{t.title(sheet.name)}</h1>
      {retried && <Callout kind="note" role="status">{t.retried}</Callout>}
      <Callout kind="look" title={reasonWords(sheet.reason, lang)}>{t.safe}</Callout>
      <ButtonRow><ButtonLink href={SHEETS}>{t.upload}</ButtonLink></ButtonRow>
      {sheet.ref === null ? <p>{map.expired}</p> : (
        <Panel title={t.whatTitle}>
          {sheet.read === 0 && (
            <Form action={`${sheetHref(sheet.id)}/thu-lai`}>
              <p class="hint">{t.retryHint}</p>
              <Button kind="quiet" small>{t.retry}</Button>
            </Form>
          )}
          <Form action={`${sheetHref(sheet.id)}/tep-goc`}>
            <p class="hint">{t.originalHint}</p>
            <Button kind="quiet" small>{t.original}</Button>
          </Form>
        </Panel>
      )}
    </>
  );
}

/** A file that was deleted before anybody mapped its columns. */
export function ExpiredPage({ lang, sheet }: Base): VNode {
  const { map, quarantined } = messages(lang).sheets;
  return (
    <>
      <h1>{sheet.name}</h1>
      <Callout kind="note">{map.expired}</Callout>
      <ButtonRow><ButtonLink href={SHEETS}>{quarantined.upload}</ButtonLink></ButtonRow>
    </>
  );
}
