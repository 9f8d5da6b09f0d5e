import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { citation, type Basis } from '#core/law.ts';
import type { LegalChangeKind } from '#platform/schema.ts';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { LinkList } from '#web/link-list.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { Change, CompetenceLine, DocumentLine, Standing } from '../types.ts';
import { BasisTable } from './list.tsx';
import { changeHref, CheckBadge, documentHref, LawyerNote, OutcomeBadge, periodText, proposeHref, StateBadge, type ViewProps } from './parts.tsx';

interface BasisProps extends ViewProps {
  readonly basis: Basis;
  readonly use: { readonly drafts: number; readonly inForce: number };
  readonly competence: readonly CompetenceLine[];
  readonly history: readonly Change[];
  readonly standing: Standing;
}

/** One provision: what it says, what must be shown, who may act on it, who cites it, and every change. */
export function BasisView(props: BasisProps): VNode {
  const { lang, today, basis, use } = props;
  const t = messages(lang).law;
  const said = citation(basis, lang);
  return (
    <>
      <h1>{said.charAt(0).toLocaleUpperCase('vi') + said.slice(1)}</h1>
      <p class="lead">{basis.what[lang]}</p>
      <LawyerNote lang={lang} />
      <div class="two">
        <Panel title={t.basis.validity}>
          <Kv items={[
            { label: t.basis.document, value: <a href={documentHref(basis.document)}>{basis.documentName[lang]}</a> },
            { label: t.basis.category, value: categoryOf(basis.category).label[lang] },
            { label: t.basis.validity, value: <>{periodText(basis, lang)} <StateBadge lang={lang} of={basis} today={today} /></> },
            { label: t.basis.check, value: <CheckBadge lang={lang} basis={basis} /> },
            { label: t.basis.use, value: `${t.basis.drafts(formatNumber(use.drafts, lang), use.drafts === 1)}, ${t.basis.inForce(formatNumber(use.inForce, lang), use.inForce === 1)}` },
            { label: t.basis.code, value: <code>{basis.code}</code> },
          ]} />
        </Panel>
        <Panel title={t.basis.elements}>
          <p class="hint">{t.basis.elementsLead}</p>
          <ol>{basis.elements.map(({ label }) => <li>{label[lang]}</li>)}</ol>
        </Panel>
      </div>
      <Panel title={t.basis.competence}>
        <p class="hint">{t.basis.competenceLead}</p>
        <Competence lang={lang} lines={props.competence} />
      </Panel>
      <Propose kinds={['correct_basis', 'end_basis', 'mark_checked']} target={basis.code} {...props} />
      <History lang={lang} history={props.history} />
    </>
  );
}

/** One document: its dates, its provisions, every change. */
export function DocumentView(props: ViewProps & { document: DocumentLine; history: readonly Change[]; standing: Standing }): VNode {
  const { lang, today, document } = props;
  const t = messages(lang).law;
  return (
    <>
      <h1>{document.name[lang]}</h1>
      <LawyerNote lang={lang} />
      <Panel>
        <Kv items={[
          { label: t.basis.validity, value: <>{periodText(document, lang)} <StateBadge lang={lang} of={document} today={today} /></> },
          { label: t.basis.source, value: document.source || document.code },
          ...(document.endsWhy ? [{ label: t.basis.endsWhy, value: document.endsWhy }] : []),
          { label: t.basis.code, value: <code>{document.code}</code> },
        ]} />
      </Panel>
      <Panel title={t.list.count(formatNumber(document.bases.length, lang), document.bases.length === 1)}>
        <BasisTable lang={lang} today={today} document={document} />
      </Panel>
      <Propose kinds={['add_basis', 'end_document']} target={document.code} {...props} />
      <History lang={lang} history={props.history} />
    </>
  );
}

function Competence({ lang, lines }: { lang: Lang; lines: readonly CompetenceLine[] }): VNode {
  const t = messages(lang).law.basis;
  const { roles } = messages(lang).directory;
  const columns: Column<CompetenceLine>[] = [
    { key: 'agency', label: t.agency, card: 'title', cell: (row) => (row.agencies > row.names.length ? t.agencies(formatNumber(row.agencies, lang)) : row.names.map((name) => name[lang]).join(', ')) },
    { key: 'role', label: t.role, cell: (row) => roles[row.role] },
    { key: 'law', label: t.law, cell: (row) => row.law },
  ];
  return <DataTable lang={lang} caption={t.competence} columns={columns} rows={lines} rowKey={(row) => `${row.role}/${row.law}`} empty={<p class="late">{t.competenceNone}</p>} />;
}

function Propose({ lang, kinds, target, history, standing }: { lang: Lang; kinds: readonly LegalChangeKind[]; target: string; history: readonly Change[]; standing: Standing }): VNode | null {
  const t = messages(lang).law;
  if (!standing.proposes) return null;
  const waiting = history.some(({ outcome }) => outcome === null);
  return (
    <Panel title={t.basis.changes}>
      {waiting && <p class="hint">{t.basis.waiting}</p>}
      <LinkList items={kinds.filter((kind) => !waiting || kind === 'add_basis').map((kind) => ({ href: proposeHref(kind, target), title: t.kinds[kind] }))} />
    </Panel>
  );
}

function History({ lang, history }: { lang: Lang; history: readonly Change[] }): VNode {
  const t = messages(lang).law;
  return (
    <Panel title={t.basis.history} id="thay-doi">
      {history.length === 0 ? <p class="hint">{t.basis.noHistory}</p> : (
        <Timeline lang={lang} items={history.map((change) => ({
          when: formatDateTime(change.proposedAt, lang),
          title: <><a href={changeHref(change.id)}>{t.kinds[change.kind]}</a> <OutcomeBadge lang={lang} change={change} /></>,
          body: <span class="say">{change.proposer}: {change.reason}</span>, tone: change.outcome === 'approved' ? 'leaf' as const : 'plain' as const,
        }))} />
      )}
    </Panel>
  );
}
