import type { ComponentChildren, VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { ButtonLink } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { PrintPage, type Assets } from '#web/layout.tsx';
import { LinkList } from '#web/link-list.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { followCells, incomingCells, kindWord, outgoingCells, type Book } from '../cells.ts';
import { FORMATS, periodLine } from '../register-files.ts';
import { IN_PATH, OUT_PATH, type IncomingRow, type OutgoingRow, type Period } from '../types.ts';
import { BOOK_PATHS, Done, Lines, PeriodForm, Tabs, UrgencyBadge } from './parts.tsx';

interface BookProps {
  readonly lang: Lang;
  readonly period: Period;
  readonly periodError: string | undefined;
  /** Whether the officer is the clerk. */
  readonly keeps: boolean;
  readonly done: string;
  readonly most: number;
}

/** A row with its cells, and what is to be said beside them. */
interface Line {
  readonly id: string;
  readonly cells: readonly string[];
  readonly badges: ComponentChildren;
}

function Head({ lang, book, period, periodError, done }: BookProps & { book: Book }): VNode {
  const t = messages(lang).registers;
  return (
    <>
      <header class="subject">
        <h1>{t.books[book]}</h1>
        <p class="hint">{t.leads[book]}</p>
      </header>
      <Tabs lang={lang} book={book} />
      <Done lang={lang} done={done} />
      <PeriodForm lang={lang} book={book} period={period} error={periodError} />
    </>
  );
}

function Files({ lang, book, period }: { lang: Lang; book: Book; period: Period }): VNode {
  const { exports } = messages(lang).registers;
  const href = (format: string) => `${BOOK_PATHS[book]}/xuat?dang=${format}&tu=${period.from}&den=${period.to}`;
  return (
    <p class="modes">
      {exports.label} <a href={href('in')}>{exports.print}</a>{FORMATS.map((format) => <> · <a href={href(format)} download>{format.toUpperCase()}</a></>)}
    </p>
  );
}

/** The prescribed columns; on the screen the one people look for stands first. */
function Rows({ lang, book, lines, most, first, path }: { lang: Lang; book: Book; lines: readonly Line[]; most: number; first: number; path: string }): VNode {
  const t = messages(lang).registers;
  const heads = t.columns[book];
  const order = [first, ...heads.map((_, index) => index).filter((index) => index !== first)];
  const columns = order.map((index): Column<Line> => ({
    key: String(index), label: heads[index]!, cell: ({ cells, badges }) => (index === first ? <>{cells[index]}<br />{badges}</> : cells[index] === '' ? null : <Lines text={cells[index]!} />),
  }));
  return (
    <>
      {lines.length >= most && <Callout kind="look">{t.exports.more(formatNumber(most, lang))}</Callout>}
      <div class="ten">
        <DataTable lang={lang} caption={t.books[book]} columns={columns} rows={lines} rowKey={({ id }) => id} rowHref={({ id }) => `${path}/${id}`}
          empty={<Empty icon="leaf" title={t.empty[book]}>{t.empty[`${book}Help`]}</Empty>} />
      </div>
    </>
  );
}

/** The outgoing register, under what waits for a number. */
export function OutgoingBook(props: BookProps & { waiting: readonly OutgoingRow[]; rows: readonly OutgoingRow[]; isLate: (row: OutgoingRow) => boolean; gaps: { list: string; year: string } | null }): VNode {
  const { lang, waiting, rows, keeps, period } = props;
  const t = messages(lang).registers;
  const lines = rows.map((row): Line => ({
    id: row.id, cells: outgoingCells(row, lang),
    badges: row.cancelledAt ? <Badge tone="plain">{t.cancelledBadge}</Badge> : <>{props.isLate(row) && <Badge tone="rose">{t.late}</Badge>}<UrgencyBadge lang={lang} urgency={row.urgency} /></>,
  }));
  return (
    <>
      <Head {...props} book="di" />
      <section id="cho">
        <h2>{t.out.waiting}</h2>
        {waiting.length === 0 ? <p class="hint">{t.out.waitingNone}</p> : (
          <LinkList items={waiting.map((row) => ({
            href: `${OUT_PATH}/${row.id}`, title: t.kindTitle(kindWord(row.kind, lang) || row.kind, row.title), badges: row.urgency && <UrgencyBadge lang={lang} urgency={row.urgency} />,
            meta: t.out.reserved(row.reservedBy, formatDateTime(row.reservedAt, lang)),
          }))} />
        )}
        {keeps && <ButtonLink kind="quiet" href={`${OUT_PATH}/them`}>{t.out.add}</ButtonLink>}
      </section>
      <h2>{periodLine(period, lang)}</h2>
      {props.gaps && <Callout kind="look">{t.gaps(props.gaps.list, props.gaps.year)}</Callout>}
      <Files lang={lang} book="di" period={period} />
      <Rows lang={lang} book="di" lines={lines} most={props.most} first={0} path={OUT_PATH} />
    </>
  );
}

/** The incoming register. */
export function IncomingBook(props: BookProps & { rows: readonly IncomingRow[]; isLate: (row: IncomingRow) => boolean }): VNode {
  const { lang, rows, keeps, period } = props;
  const t = messages(lang).registers;
  const lines = rows.map((row): Line => ({
    id: row.id, cells: incomingCells(row, lang),
    badges: row.cancelReason !== null ? <Badge tone="plain">{t.cancelledBadge}</Badge> : <>{props.isLate(row) && <Badge tone="rose">{t.late}</Badge>}<UrgencyBadge lang={lang} urgency={row.urgency} /></>,
  }));
  return (
    <>
      <Head {...props} book="den" />
      {keeps && <ButtonLink href={`${IN_PATH}/them`}>{t.incoming.add}</ButtonLink>}
      <h2>{periodLine(period, lang)}</h2>
      <Files lang={lang} book="den" period={period} />
      <Rows lang={lang} book="den" lines={lines} most={props.most} first={1} path={IN_PATH} />
    </>
  );
}

/** The follow-up register. */
export function FollowBook(props: BookProps & { rows: readonly IncomingRow[]; today: string }): VNode {
  const { lang, rows, period } = props;
  const lines = rows.map((row): Line => ({ id: row.id, cells: followCells(row, lang), badges: <FollowState lang={lang} row={row} today={props.today} /> }));
  return (
    <>
      <Head {...props} book="theo-doi" />
      <h2>{periodLine(period, lang)}</h2>
      <Files lang={lang} book="theo-doi" period={period} />
      <Rows lang={lang} book="theo-doi" lines={lines} most={props.most} first={0} path={IN_PATH} />
    </>
  );
}

/** Where the handling stands. */
export function FollowState({ lang, row, today }: { lang: Lang; row: IncomingRow; today: string }): VNode {
  const t = messages(lang).registers.incoming;
  if (row.answeredOn !== null) return <Badge tone="moss">{t.done}</Badge>;
  return row.dueOn !== null && row.dueOn < today ? <Badge tone="rose">{t.overdue}</Badge> : <Badge tone="sky">{t.openBadge}</Badge>;
}

/** A register as it is printed: A4 landscape, the prescribed columns with their numbers. */
export function PrintedBook({ lang, book, agency, period, rows, assets }: { lang: Lang; book: Book; agency: string; period: Period; rows: readonly (readonly string[])[]; assets: Assets }): VNode {
  const t = messages(lang).registers;
  return (
    <PrintPage lang={lang} title={t.books[book]} assets={assets} back={{ label: t.exports.back, href: BOOK_PATHS[book] }} operator={agency}>
      <link rel="stylesheet" href={assets('registers.css')} />
      <div class="register">
        <h1>{t.books[book]}</h1>
        <p>{periodLine(period, lang)}</p>
        <p class="hint">{t.exports.printLead}</p>
        <table class="data">
          <thead>
            <tr>{t.columns[book].map((head) => <th scope="col">{head}</th>)}</tr>
            <tr>{t.columns[book].map((_, index) => <td>({index + 1})</td>)}</tr>
          </thead>
          <tbody>{rows.map((row) => <tr>{row.map((cell) => <td><Lines text={cell} /></td>)}</tr>)}</tbody>
        </table>
      </div>
    </PrintPage>
  );
}

