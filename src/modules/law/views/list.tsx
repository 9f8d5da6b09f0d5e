import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { citation, type Basis } from '#core/law.ts';
import { Badge } from '#web/badge.tsx';
import { ButtonLink, ButtonRow } from '#web/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { LinkList } from '#web/link-list.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable, type Column } from '#web/table.tsx';
import type { Change, DocumentLine, EndingDecision, Standing } from '../types.ts';
import { basisHref, changeHref, changeTitle, checkText, documentHref, LawyerNote, periodText, placeText, proposeHref, StateBadge, type ViewProps } from './parts.tsx';

interface ListProps extends ViewProps {
  readonly documents: readonly DocumentLine[];
  readonly open: readonly Change[];
  readonly ending: readonly EndingDecision[];
  readonly standing: Standing;
}

/** The whole catalogue by document, with what waits for a second person and what is about to lose its ground. */
export function ListView(props: ListProps): VNode {
  const { lang, documents, open, ending, standing } = props;
  const t = messages(lang).law;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <LawyerNote lang={lang} />
      {standing.proposes && (
        <ButtonRow>
          <ButtonLink kind="quiet" icon="law" href={proposeHref('add_basis')}>{t.list.addBasis}</ButtonLink>
          <ButtonLink kind="quiet" href={proposeHref('add_document')}>{t.list.addDocument}</ButtonLink>
        </ButtonRow>
      )}
      {open.length > 0 && (
        <Panel title={t.list.proposed(open.length, open.length === 1)} id="de-xuat">
          <LinkList items={open.map((change) => ({
            href: changeHref(change.id), title: changeTitle(change, lang), meta: t.proposal.by(change.proposer, formatDateTime(change.proposedAt, lang)),
          }))} />
        </Panel>
      )}
      <Panel title={t.list.ending} id="sap-het">
        {ending.length === 0 ? <p class="hint">{t.list.endingNone}</p> : <p class="hint">{t.list.endingLead}</p>}
        {ending.length > 0 && <Ending {...props} />}
      </Panel>
      {documents.map((document) => <Document {...props} document={document} />)}
    </>
  );
}

function Ending({ lang, ending, today }: ListProps): VNode {
  const t = messages(lang).law;
  const columns: Column<EndingDecision>[] = [
    { key: 'decision', label: t.list.decision, card: 'title', cell: (row) => row.title },
    { key: 'basis', label: t.list.basis, cell: (row) => citation(row.basis, lang) },
    { key: 'basisEnds', label: t.list.basisEnds, nowrap: true, cell: (row) => <StateBadge lang={lang} of={row.basis} today={today} /> },
    { key: 'ends', label: t.list.decisionEnds, nowrap: true, cell: (row) => (row.endsOn ? formatDate(row.endsOn) : t.list.noEnd) },
  ];
  return <DataTable lang={lang} caption={t.list.ending} columns={columns} rows={ending} rowKey={(row) => row.id} rowHref={(row) => `/can-bo/quyet-dinh/${row.id}`} />;
}

function Document({ lang, document, today }: ListProps & { document: DocumentLine }): VNode {
  const t = messages(lang).law;
  const { bases } = document;
  return (
    <Panel
      title={<a href={documentHref(document.code)}>{document.name[lang]}</a>} id={`vb-${document.code}`}
      aside={<span class="badges">{document.origin === 'local' && <Badge tone="plain">{t.list.local}</Badge>} <StateBadge lang={lang} of={document} today={today} /></span>}
    >
      <p class="hint">{periodText(document, lang)} · {document.source || document.code} · {t.list.count(formatNumber(bases.length, lang), bases.length === 1)}</p>
      {bases.length > 0 && <BasisTable lang={lang} today={today} document={document} />}
    </Panel>
  );
}

function asDocument(basis: Basis, document: DocumentLine): boolean {
  return basis.validFrom === document.validFrom && basis.validTo === document.validTo;
}

/** The provisions of a document, each leading to its page. */
export function BasisTable({ lang, today, document }: ViewProps & { document: DocumentLine }): VNode {
  const t = messages(lang).law;
  const columns: Column<Basis>[] = [
    { key: 'place', label: t.list.provision, card: 'title', nowrap: true, cell: (row) => placeText(row, lang) },
    { key: 'what', label: t.basis.what, cell: (row) => <div>{row.what[lang]}<br /><small class="hint">{t.list.elements}: {row.elements.map(({ label }) => label[lang]).join('; ')}</small></div> },
    { key: 'harm', label: t.list.harm, cell: (row) => categoryOf(row.category).label[lang] },
    {
      key: 'validity', label: t.list.validity,
      cell: (row) => <div><StateBadge lang={lang} of={row} today={today} />{asDocument(row, document) ? null : <><br /><small>{periodText(row, lang)}</small></>}<br /><small class="hint">{checkText(row, lang)}</small></div>,
    },
  ];
  return (
    <DataTable
      lang={lang} caption={t.list.caption(document.name[lang])} columns={columns} rows={document.bases} rowKey={(row) => row.code}
      rowHref={(row) => basisHref(row.code)} empty={<p class="hint">{t.list.noBases}</p>}
    />
  );
}
