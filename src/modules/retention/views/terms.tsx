import type { VNode } from 'preact';
import { RETENTION, type RetentionRow } from '#catalogue/retention.ts';
import { Callout } from '#web/callout.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { DataTable, type Column } from '#web/table.tsx';
import type { Due } from '../queries/due.ts';
import { sayTerm, termSource } from '../terms.ts';

export const TERMS_PATH = '/can-bo/luu-giu';

export interface TermsProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly due: ReadonlyMap<string, Due>;
}

/** The catalogue of terms with what is due: the dry run as a page. */
export function TermsPage({ lang, now, due }: TermsProps): VNode {
  const t = messages(lang).retention.terms;
  const tonight = RETENTION.filter(({ job }) => job !== null).reduce((sum, { key }) => sum + (due.get(key)?.due ?? 0), 0);
  const decisions = due.get('decision')?.due ?? 0;
  return (
    <>
      <header class="subject">
        <h1>{t.title}</h1>
        <p class="hint">{t.lead}</p>
      </header>
      <Callout kind={tonight > 0 ? 'look' : 'ok'} title={tonight > 0 ? t.someDue(formatNumber(tonight, lang)) : t.nothingDue}>
        {t.counted(formatDateTime(now, lang))} {t.night}
      </Callout>
      {decisions > 0 && <Callout kind="note">{t.reviewDecisions}: {formatNumber(decisions, lang)}</Callout>}
      <h2>{t.automatic}</h2>
      <DataTable lang={lang} caption={t.caption} rows={RETENTION.filter(({ job }) => job !== null)} rowKey={(row) => row.key} columns={[...shared(lang), ...counted(lang, due)]} />
      <h2>{t.staying}</h2>
      <DataTable lang={lang} caption={t.stayingCaption} rows={RETENTION.filter(({ job }) => job === null)} rowKey={(row) => row.key} columns={[
        ...shared(lang), { key: 'why', label: t.why, cell: (row) => row.why?.[lang] },
      ]} />
    </>
  );
}

function shared(lang: Lang): Column<RetentionRow>[] {
  const t = messages(lang).retention.terms;
  return [
    { key: 'what', label: t.what, card: 'title', cell: (row) => <><b>{row.what[lang]}</b><small class="sub mono" translate={false}>{row.key}</small></> },
    { key: 'purpose', label: t.purpose, cell: (row) => <>{row.purpose[lang]}<small class="sub">{row.basis[lang]}</small></> },
    {
      key: 'term', label: t.term,
      cell: (row) => (row.term === null ? t.notEnding : <>{t.after(sayTerm(row.term, lang), row.from[lang])}<small class="sub">{termSource(row.term, lang)}</small></>),
    },
  ];
}

function counted(lang: Lang, due: ReadonlyMap<string, Due>): Column<RetentionRow>[] {
  const t = messages(lang).retention.terms;
  const count = (value: number | undefined): string => formatNumber(value ?? 0, lang);
  return [
    { key: 'end', label: t.end, cell: (row) => <>{t.ends[row.end]}<small class="sub mono" translate={false}>{row.job}</small></> },
    { key: 'due', label: t.due, numeric: true, cell: (row) => count(due.get(row.key)?.due) },
    { key: 'soon', label: t.soon, numeric: true, cell: (row) => count(due.get(row.key)?.soon) },
    { key: 'oldest', label: t.oldest, nowrap: true, cell: (row) => { const oldest = due.get(row.key)?.oldest; return oldest ? formatDate(oldest) : '–'; } },
  ];
}
