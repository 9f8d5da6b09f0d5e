import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { KeyHints } from '#web/kbd.tsx';
import { LinkList } from '#web/link-list.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { actedHref, handOverHref, takeOverHref, transferHref } from '../addresses.ts';
import type { Brief, HandOverRow, RoutingLists, Takeable, TransferView } from '../types.ts';
import { shortly, TransferBadges } from './parts.tsx';

interface ListProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly lists: RoutingLists;
  readonly mayHandOver: boolean;
  readonly mayTakeOver: boolean;
  /** Key of a step that was just taken. */
  readonly done: string;
}

/** Everything that goes between the own agency and others, what waits for us first. */
export function RoutingList({ lang, now, lists, mayHandOver, mayTakeOver, done }: ListProps): VNode {
  const t = messages(lang).routing;
  const words = t.done as Readonly<Record<string, string>>;
  const columns = transferColumns(lang, now);
  const table = (caption: string, rows: readonly TransferView[], side: 'from' | 'to') => (
    <DataTable lang={lang} caption={caption} columns={[...columns, agencyColumn(lang, side)]} rows={rows} rowKey={(row) => row.id} rowHref={(row) => transferHref(row.code)} />
  );
  return (
    <>
      <h1>{t.title}</h1>
      <p class="hint">{t.lead} <StatesHelp lang={lang} entity="transfer" /></p>
      {mayHandOver && <p><a href={handOverHref()}>{t.handOverLink}</a></p>}
      {Object.hasOwn(words, done) && <Callout kind="ok" role="status" title={words[done]} />}
      <section>
        <h2>{t.lists.toAnswer}</h2>
        {lists.toAnswer.length > 0 ? table(t.lists.toAnswer, lists.toAnswer, 'from') : <Empty title={t.empty.toAnswer} />}
      </section>
      {lists.takeable.length > 0 && (
        <section>
          <h2>{t.lists.takeable}</h2>
          <DataTable lang={lang} caption={t.lists.takeable} columns={takeableColumns(lang)} rows={lists.takeable} rowKey={(row) => row.id} rowHref={mayTakeOver ? (row) => takeOverHref(row.number) : undefined} />
        </section>
      )}
      <section>
        <h2>{t.lists.sent}</h2>
        {lists.sent.length > 0 ? table(t.lists.sent, lists.sent, 'to') : <p class="hint">{t.empty.sent} {t.empty.sentHelp}</p>}
      </section>
      {lists.toAct.length > 0 && (
        <section>
          <h2>{t.acted.crumb}</h2>
          <LinkList items={lists.toAct.map(({ number, category, relation }) => ({ href: actedHref(number), title: `${number}: ${categoryOf(category).label[lang]}`, meta: t.acted.who[relation] }))} />
        </section>
      )}
      <section>
        <h2>{t.lists.moved}</h2>
        {lists.moved.length > 0
          ? <DataTable lang={lang} caption={t.lists.moved} columns={movedColumns(lang)} rows={lists.moved} rowKey={(row) => row.id} />
          : <p class="hint">{t.empty.moved}</p>}
      </section>
      {lists.ended.length > 0 && (
        <section>
          <h2>{t.lists.ended}</h2>
          {table(t.lists.ended, lists.ended, 'to')}
        </section>
      )}
      {lists.toAnswer.length + lists.sent.length > 0 && <KeyHints lang={lang} />}
    </>
  );
}

/** "Lừa đảo, 3 phản ánh" */
function briefly(lang: Lang, { category, reports }: Pick<Brief, 'category' | 'reports'>): string {
  const harm = categoryOf(category).label[lang];
  return reports === null ? harm : `${harm}, ${messages(lang).routing.reports(formatNumber(reports, lang), reports === 1)}`;
}

function transferColumns(lang: Lang, now: Date): Column<TransferView>[] {
  const t = messages(lang).routing;
  return [
    {
      key: 'what', label: t.columns.what, card: 'title',
      cell: ({ brief, ofReport }) => (brief ? briefly(lang, brief) : ofReport ? t.report : t.things.case),
    },
    { key: 'number', label: t.columns.number, nowrap: true, cell: ({ brief }) => <span class="mono">{brief?.number ?? '–'}</span> },
    { key: 'code', label: t.columns.code, nowrap: true, cell: ({ code }) => <span class="mono">{code}</span> },
    { key: 'state', label: t.columns.state, cell: (row) => <TransferBadges lang={lang} now={now} row={row} /> },
    { key: 'due', label: t.columns.due, nowrap: true, cell: ({ dueOn }) => formatDate(dueOn) },
  ];
}

const agencyColumn = (lang: Lang, side: 'from' | 'to'): Column<TransferView> => (
  { key: side, label: messages(lang).routing.columns[side], cell: (row) => shortly(row[side], lang) });

function takeableColumns(lang: Lang): Column<Takeable>[] {
  const t = messages(lang).routing;
  return [
    { key: 'what', label: t.columns.what, card: 'title', cell: (row) => briefly(lang, row) },
    { key: 'number', label: t.columns.number, nowrap: true, cell: ({ number }) => <span class="mono">{number}</span> },
    { key: 'lead', label: t.columns.lead, cell: ({ lead }) => shortly(lead, lang) },
    { key: 'ground', label: t.columns.ground, cell: ({ ground }) => t.grounds[ground] },
  ];
}

function movedColumns(lang: Lang): Column<HandOverRow>[] {
  const t = messages(lang).routing;
  return [
    { key: 'what', label: t.columns.what, card: 'title', cell: ({ what, code }) => <>{t.things[what]} <span class="mono">{code}</span></> },
    { key: 'how', label: t.columns.how, cell: (row) => howItMoved(lang, row) },
    { key: 'when', label: t.columns.when, nowrap: true, cell: ({ at }) => formatDateTime(at, lang) },
  ];
}

/** "Chuyển từ UBND huyện Hòa An (hết ngày 30/06/2025)", "Sở A nhận thay Sở B", "Chị Lan bàn giao cho anh Tài". */
export function howItMoved(lang: Lang, row: HandOverRow): string {
  const { how } = messages(lang).routing;
  const [from, to] = [shortly(row.from, lang), shortly(row.to, lang)];
  switch (row.via) {
    case 'agency_ended': return how.agency_ended(row.from ? (lang === 'vi' ? row.from.name : row.from.nameEn) : '–', row.endedOn ? formatDate(row.endedOn) : '–');
    case 'officer': return how.officer(row.fromOfficer ?? '–', row.toOfficer ?? '–');
    default: return how[row.via](from, to);
  }
}
