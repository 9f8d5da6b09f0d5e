import type { VNode } from 'preact';
import { Button, Form } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Pagination } from '#web/pagination.tsx';
import { Panel } from '#web/panel.tsx';
import type { Tone } from '#web/badge.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { RegroupingView, Weight } from '../queries/grouping.ts';
import { caseHref } from './cases.tsx';
import { Heading } from './words.tsx';

const TONES: Readonly<Record<RegroupingView['kind'], Tone>> = { move: 'leaf', split: 'sky', merge: 'amber', undo: 'plain' };

/** "12 phản ánh và 2 dấu hiệu". */
export function weightWords(lang: Lang, { reports, indicators }: Pick<Weight, 'reports' | 'indicators'>): string {
  const t = messages(lang).console.regroup;
  const one = t.reports(formatNumber(reports, lang), reports === 1);
  return indicators > 0 ? t.and(one, t.indicators(formatNumber(indicators, lang), indicators === 1)) : one;
}

/** The way back from one regrouping; asks no reason. @param action where the undo is sent */
function Undo({ lang, one, action }: { lang: Lang; one: RegroupingView; action: string }): VNode {
  const t = messages(lang).console.regroup;
  return (
    <Form action={action} hidden={{ lan: one.id }}>
      <Button kind="quiet" small>{t.undo}<span class="vh"> {t.undoWhat(t.kinds[one.kind], formatDateTime(one.at, lang))}</span></Button>
    </Form>
  );
}

/** What was just done, under the confirmation, with its undo. */
export function RegroupDone({ lang, one, action }: { lang: Lang; one: RegroupingView; action: string }): VNode {
  const t = messages(lang).console.regroup;
  if (one.undoneAt) {
    const stayed = one.reports - one.back;
    return (
      <p>
        {t.returned(t.reports(formatNumber(one.back, lang), one.back === 1), one.from ?? t.noCase)}
        {stayed > 0 && ` ${t.stayed(t.reports(formatNumber(stayed, lang), stayed === 1))}`}
      </p>
    );
  }
  return (
    <>
      <p>{t.went(weightWords(lang, one), one.to ?? t.noCase)}</p>
      {one.undoable && <Undo lang={lang} one={one} action={action} />}
    </>
  );
}

export interface HistoryProps {
  readonly lang: Lang;
  /** The case whose history it is. */
  readonly number: string;
  readonly rows: readonly RegroupingView[];
  readonly total: number;
  readonly works: boolean;
}

/** Who moved, split, merged and took back what, when and why; with the undo where it is still possible. */
export function History({ lang, number, rows, works }: Omit<HistoryProps, 'total'>): VNode {
  const t = messages(lang).console.regroup;
  const place = (of: string | null): VNode | string => (of === null ? t.noCase : of === number ? t.thisCase : <a href={caseHref(of)}>{of}</a>);
  return (
    <Timeline lang={lang} items={rows.map((one) => ({
      at: one.at, tone: one.undoneAt ? 'plain' : TONES[one.kind], title: <>{t.kinds[one.kind]}: {weightWords(lang, one)}</>,
      body: (
        <>
          <span class="by">{place(one.from)} → {place(one.to)} · {one.officer}</span>
          {one.kind === 'undo' ? one.undoesAt && <p>{t.undoes(formatDateTime(one.undoesAt, lang))}</p> : <p>{one.reason}</p>}
          {one.undoneAt && <p class="hint">{t.undone(one.undoneBy ?? '', formatDateTime(one.undoneAt, lang))}</p>}
          {works && one.undoable && <Undo lang={lang} one={one} action={caseHref(number, 'hoan-tac')} />}
        </>
      ),
    }))} />
  );
}

/** The newest of it on the page of the case; nothing when nothing was ever moved. */
export function HistoryPanel(props: HistoryProps): VNode | null {
  const { lang, number, rows, total } = props;
  const t = messages(lang).console.regroup;
  if (total === 0) return null;
  return (
    <Panel title={t.history} id="lich-su">
      <History {...props} />
      {total > rows.length && <p><a href={caseHref(number, 'lich-su')}>{t.allHistory(formatNumber(total, lang))}</a></p>}
    </Panel>
  );
}

/** All of it, page by page. */
export function HistoryPage(props: HistoryProps & { page: number; size: number }): VNode {
  const { lang, number, rows, total, page, size } = props;
  const t = messages(lang).console;
  const href = (to: number): string => `${caseHref(number, 'lich-su')}${to > 1 ? `?trang=${to}` : ''}`;
  return (
    <>
      <Heading title={t.regroup.history} lead={t.cases.title(number)} />
      {rows.length === 0 ? <p class="hint">{t.regroup.noHistory}</p> : <Panel><History {...props} /></Panel>}
      <Pagination lang={lang} prevHref={page > 1 ? href(page - 1) : undefined} nextHref={page * size < total ? href(page + 1) : undefined}
        from={(page - 1) * size + 1} to={(page - 1) * size + rows.length} total={total} />
    </>
  );
}
