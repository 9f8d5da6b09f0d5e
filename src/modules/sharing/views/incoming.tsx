import type { VNode } from 'preact';
import { CATEGORIES, type CategoryCode } from '#catalogue/categories.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ErrorSummary, FileField, Form, Select, TextArea } from '#web/form.tsx';
import { formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { PackContents } from '../packs/reading.ts';
import type { IncomingRow } from '../packs/types.ts';
import { ItemFacts, KINDS } from './items.tsx';
import { Outcome, typedIn, type Typed } from './parts.tsx';

export const INCOMING_PATH = '/can-bo/goi-nhan/nhap';

type State = 'waiting' | 'accepted' | 'declined' | 'lapsed' | 'recalled';
const TONES: Record<State, Tone> = { waiting: 'amber', accepted: 'moss', declined: 'plain', lapsed: 'plain', recalled: 'rose' };
const stateOf = ({ outcome, recalledAt }: IncomingRow): State => (recalledAt ? 'recalled' : outcome ?? 'waiting');

/** Upload of a signed pack, and what was taken in before. */
export function IncomingListPage({ lang, rows, done, fault }: { lang: Lang; rows: readonly IncomingRow[]; done: string; fault?: string }): VNode {
  const { incoming: t, done: words } = messages(lang).peers;
  return (
    <>
      <ErrorSummary lang={lang} errors={fault ? { tep: fault } : {}} />
      <Outcome lang={lang} done={done} words={words} />
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={INCOMING_PATH} multipart>
        <FileField lang={lang} name="tep" label={t.file} hint={t.fileHint} accept=".zip,application/zip" multiple={false} error={fault} />
        <Button>{t.submit}</Button>
      </Form>
      <h2>{t.rows}</h2>
      <DataTable lang={lang} caption={t.rows} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => `${INCOMING_PATH}/${id}`} empty={<p class="hint">{t.none}</p>}
        columns={[
          { key: 'code', label: t.code, cell: ({ code }) => <span class="mono">{code}</span>, card: 'title' }, { key: 'from', label: t.from, cell: ({ peerName }) => peerName },
          { key: 'state', label: t.state, cell: (row) => <Badge tone={TONES[stateOf(row)]}>{t.states[stateOf(row)]}</Badge> },
          { key: 'at', label: t.imported, cell: ({ importedAt }) => formatDateTime(importedAt, lang), nowrap: true },
        ]} />
    </>
  );
}

export interface IncomingPageProps {
  readonly lang: Lang;
  readonly pack: IncomingRow;
  /** Null once it was decided: then it is read in its report, or waits to be deleted. */
  readonly contents: PackContents | null;
  readonly done: string;
  readonly typed?: Typed;
}

/** What a pack says, and the two answers to it. */
export function IncomingPage({ lang, pack, contents, done, typed }: IncomingPageProps): VNode {
  const { incoming: t, done: words } = messages(lang).peers;
  const { kindsTitle } = messages(lang).sharing;
  const state = stateOf(pack);
  return (
    <>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Outcome lang={lang} done={done} typed={typed} words={words} />
      <h1>{t.title}</h1>
      {pack.recalledAt && <Callout kind="look" title={t.recalled}>{pack.recallReason}</Callout>}
      <Kv items={[
        { label: t.code, value: <span class="mono">{pack.code}</span> }, { label: t.state, value: <Badge tone={TONES[state]}>{t.states[state]}</Badge> }, { label: t.from, value: pack.peerName },
        { label: t.case, value: <span class="mono">{pack.caseNumber}</span> }, { label: t.made, value: formatDateTime(pack.madeAt, lang) }, { label: t.imported, value: formatDateTime(pack.importedAt, lang) },
        { label: t.hash, value: <span class="mono hash">{pack.sha256}</span> },
        ...(pack.reportCode ? [{ label: t.report, value: <a href={`/can-bo/phan-anh/${pack.reportCode}`}>{t.openReport(pack.reportCode)}</a> }] : []), ...(pack.declineReason ? [{ label: t.reason, value: pack.declineReason }] : []),
      ]} />
      {contents === null ? <p class="hint">{t.closed}</p> : (
        <>
          <h2>{t.items}</h2>
          {KINDS.map((kind) => ({ kind, own: contents.items.filter((item) => item.kind === kind) })).filter(({ own }) => own.length > 0)
            .map(({ kind, own }) => <Panel title={kindsTitle[kind]}>{own.map((item) => <ItemFacts lang={lang} item={item} />)}</Panel>)}
          {contents.pictures.length > 0 && (
            <Panel title={t.pictures}>
              {contents.pictures.map((_, index) => <VeiledImage lang={lang} src={`${INCOMING_PATH}/${pack.id}/anh/${index + 1}`} alt={t.picture(String(index + 1))} />)}
            </Panel>
          )}
        </>
      )}
      {(pack.outcome === null || (pack.outcome === 'accepted' && pack.reportId === null && pack.arrivalId !== null)) && !pack.recalledAt && (
        <Answer lang={lang} pack={pack} category={contents?.items.find((item) => item.kind === 'report')?.content.category ?? pack.category ?? undefined} typed={typed} />
      )}
      {pack.outcome === null && pack.recalledAt && <Decline lang={lang} pack={pack} typed={typed} />}
    </>
  );
}

function Answer({ lang, pack, category, typed }: { lang: Lang; pack: IncomingRow; category: CategoryCode | undefined; typed: Typed | undefined }): VNode {
  const t = messages(lang).peers.incoming;
  const own = typedIn(typed, 'tiep-nhan');
  return (
    <>
      <Panel title={t.accept} id="tiep-nhan">
        <Form action={`${INCOMING_PATH}/${pack.id}/tiep-nhan`}>
          <p>{t.acceptHint}</p>
          <Select lang={lang} name="category" label={t.category} hint={t.acceptPictures} prompt={t.category} value={own.value('category') || category} error={own.errors.category}
            options={CATEGORIES.map(({ code, label }) => ({ value: code, label: label[lang] }))} />
          <Button>{t.accept}</Button>
        </Form>
      </Panel>
      {pack.outcome === null && <Decline lang={lang} pack={pack} typed={typed} />}
    </>
  );
}

function Decline({ lang, pack, typed }: { lang: Lang; pack: IncomingRow; typed: Typed | undefined }): VNode {
  const t = messages(lang).peers.incoming;
  const own = typedIn(typed, 'khong-nhan');
  return (
    <Disclosure kind="danger" summary={t.decline} open={Object.keys(own.errors).length > 0}>
      <p class="hint">{t.declineHint}</p>
      <Form action={`${INCOMING_PATH}/${pack.id}/khong-nhan`}>
        <TextArea lang={lang} name="reason" label={t.reason} rows={2} maxlength={300} value={own.value('reason')} error={own.errors.reason} />
        <Button kind="danger">{t.decline}</Button>
      </Form>
    </Disclosure>
  );
}
