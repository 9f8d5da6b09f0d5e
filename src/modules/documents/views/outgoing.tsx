import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, DateField, ErrorSummary, Form, TextArea, TextField } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { kindWord, outgoingCells, outgoingNumber } from '../cells.ts';
import { OUT_PATH, type FiledDocument, type OutgoingRow } from '../types.ts';
import { FilesPanel } from './files.tsx';
import { Done, errorsOf, KindField, Lines, UrgencyBadge, UrgencyField, valueOf, type Typed } from './parts.tsx';

/** A document by hand, or the correction of one. */
export function AddPage({ lang, typed, corrects }: { lang: Lang; typed: Typed | null; corrects: OutgoingRow | null }): VNode {
  const t = messages(lang).registers.out;
  const stored = corrects ? { kind: 'cong_van', title: t.correctSubject(outgoingNumber(corrects)), addressees: corrects.addressees, signer: corrects.signer, urgency: null } : null;
  return (
    <>
      <header class="subject">
        <h1>{corrects ? t.correct : t.add}</h1>
        <p class="hint">{t.addLead}</p>
      </header>
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Form action={`${OUT_PATH}/them`} hidden={{ corrects: corrects?.id }} class="ask">
        <ContentsFields lang={lang} form="them" typed={typed} stored={stored} />
        <Button>{t.saveNew}</Button>
      </Form>
    </>
  );
}

type Stored = Pick<OutgoingRow, 'kind' | 'title' | 'addressees' | 'signer' | 'urgency'>;

function ContentsFields({ lang, form, typed, stored }: { lang: Lang; form: string; typed: Typed | null; stored: Stored | null }): VNode {
  const t = messages(lang).registers.out;
  const errors = errorsOf(typed, form);
  return (
    <>
      <KindField lang={lang} label={t.kind} value={valueOf(typed, form, 'kind', stored?.kind)} error={errors['kind']} />
      <TextArea lang={lang} name="title" label={t.subject} hint={t.subjectHint} rows={2} maxlength={500} value={valueOf(typed, form, 'title', stored?.title)} error={errors['title']} />
      <TextArea lang={lang} name="addressees" label={t.addressees} hint={t.addresseesHint} rows={3} optional value={valueOf(typed, form, 'addressees', stored?.addressees.join('\n'))} error={errors['addressees']} />
      <TextField lang={lang} name="signer" label={t.signer} optional maxlength={200} value={valueOf(typed, form, 'signer', stored?.signer)} error={errors['signer']} />
      <UrgencyField lang={lang} label={t.urgency} value={valueOf(typed, form, 'urgency', stored?.urgency ?? '')} />
    </>
  );
}

export interface OutgoingProps {
  readonly lang: Lang;
  readonly row: OutgoingRow;
  readonly files: readonly FiledDocument[];
  readonly keeps: boolean;
  readonly late: boolean;
  readonly done: string;
  readonly typed: Typed | null;
  /** What the form of a number begins with. */
  readonly proposed: { readonly number: number; readonly symbol: string; readonly on: string };
}

/** One outgoing document: to be numbered, or as it stands in the register. */
export function OutgoingPage(props: OutgoingProps): VNode {
  const { lang, row, keeps, typed } = props;
  const t = messages(lang).registers;
  const isWaiting = row.number === null && !row.cancelledAt;
  const isLive = row.number !== null && !row.cancelledAt;
  return (
    <>
      <header class="subject">
        <div class="badges">
          {row.cancelledAt ? <Badge tone="plain">{t.cancelledBadge}</Badge> : isWaiting ? <Badge tone="amber">{t.waitingBadge}</Badge> : null}
          {props.late && <Badge tone="rose">{t.late}</Badge>}<UrgencyBadge lang={lang} urgency={row.urgency} />
        </div>
        <h1>{row.number === null ? t.kindTitle(kindWord(row.kind, lang) || row.kind, row.title) : outgoingNumber(row)}</h1>
        {props.late && <p class="hint">{t.out.lateHint}</p>}
      </header>
      <Done lang={lang} done={props.done} />
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <Facts {...props} />
      {isWaiting && (keeps ? <IssueForm {...props} /> : <Callout kind="note">{t.out.issueOnly}</Callout>)}
      {isLive && keeps && <DispatchForm {...props} />}
      <FilesPanel lang={lang} path={`${OUT_PATH}/${row.id}`} files={props.files} adds={keeps && !row.cancelledAt} typed={typed} />
      {keeps && !row.cancelledAt && <Endings {...props} isLive={isLive} />}
    </>
  );
}

function Facts({ lang, row }: OutgoingProps): VNode {
  const t = messages(lang).registers;
  const cells = outgoingCells(row, lang);
  const shown = t.columns.di.map((label, index) => ({ label, value: <Lines text={cells[index]!} />, text: cells[index]! })).filter(({ text }) => text !== '');
  const more = [
    { label: t.out.from, value: t.out.reserved(row.reservedBy, formatDateTime(row.reservedAt, lang)) },
    ...(row.isByHand ? [] : [{ label: t.out.source, value: <a href={row.href}>{t.out.open}</a> }]),
    ...(row.corrects ? [{ label: t.out.corrects, value: <a href={`${OUT_PATH}/${row.corrects.id}`}>{outgoingNumber(row.corrects)}</a> }] : []),
    ...(row.registeredAt ? [{ label: t.out.registered, value: t.out.issuedBy(row.issuedBy ?? '', formatDateTime(row.registeredAt, lang)) }] : []),
  ];
  return <Panel title={t.out.facts}><Kv rows items={[...shown, ...more]} /></Panel>;
}

function DispatchFields({ lang, form, typed, row }: { lang: Lang; form: string; typed: Typed | null; row: OutgoingRow }): VNode {
  const t = messages(lang).registers.out;
  const errors = errorsOf(typed, form);
  return (
    <>
      <div class="three">
        <TextField lang={lang} name="copies" label={t.copies} optional inputmode="numeric" width="short" value={valueOf(typed, form, 'copies', row.copies === null ? '' : String(row.copies))} error={errors['copies']} />
        <DateField lang={lang} name="dispatched" label={t.dispatched} optional value={valueOf(typed, form, 'dispatched', row.dispatchedOn ? formatDate(row.dispatchedOn) : '')} error={errors['dispatched']} />
        <TextField lang={lang} name="receipt" label={t.receipt} hint={t.receiptHint} optional maxlength={200} value={valueOf(typed, form, 'receipt', row.receipt)} error={errors['receipt']} />
      </div>
      <TextField lang={lang} name="kept_by" label={t.keptBy} optional maxlength={200} value={valueOf(typed, form, 'kept_by', row.keptBy)} error={errors['kept_by']} />
      <TextField lang={lang} name="note" label={t.note} optional maxlength={500} value={valueOf(typed, form, 'note', row.note)} error={errors['note']} />
    </>
  );
}

function IssueForm({ lang, row, typed, proposed }: OutgoingProps): VNode {
  const t = messages(lang).registers.out;
  const errors = errorsOf(typed, 'cap-so');
  const value = (name: string, stored: string) => valueOf(typed, 'cap-so', name, stored);
  return (
    <Panel title={t.issueTitle} id="cap-so">
      <p class="hint">{t.issueLead}</p>
      <Form action={`${OUT_PATH}/${row.id}/cap-so`} class="ask">
        <div class="three">
          <TextField lang={lang} name="number" label={t.number} hint={t.numberHint(String(proposed.number))} inputmode="numeric" width="short" value={value('number', String(proposed.number))} error={errors['number']} />
          <TextField lang={lang} name="symbol" label={t.symbol} hint={t.symbolHint} maxlength={30} value={value('symbol', row.symbol || proposed.symbol)} error={errors['symbol']} />
          <DateField lang={lang} name="on" label={t.on} value={value('on', formatDate(proposed.on))} error={errors['on']} />
        </div>
        <TextField lang={lang} name="gap_reason" label={t.gapReason} hint={t.gapReasonHint} optional maxlength={500} value={value('gap_reason', '')} error={errors['gap_reason']} />
        <ContentsFields lang={lang} form="cap-so" typed={typed} stored={row} />
        <DispatchFields lang={lang} form="cap-so" typed={typed} row={row} />
        <Button>{t.issue}</Button>
      </Form>
    </Panel>
  );
}

function DispatchForm({ lang, row, typed }: OutgoingProps): VNode {
  const t = messages(lang).registers.out;
  return (
    <Panel title={t.dispatchTitle} id="chuyen">
      <Form action={`${OUT_PATH}/${row.id}/chuyen`} class="ask">
        <DispatchFields lang={lang} form="chuyen" typed={typed} row={row} />
        <Button>{t.save}</Button>
      </Form>
    </Panel>
  );
}

function Endings({ lang, row, typed, isLive }: OutgoingProps & { isLive: boolean }): VNode {
  const t = messages(lang).registers.out;
  const errors = errorsOf(typed, 'huy');
  return (
    <>
      {isLive && <p><ButtonLink kind="quiet" href={`${OUT_PATH}/them?dinh-chinh=${row.id}`}>{t.correct}</ButtonLink></p>}
      <Disclosure kind="danger" summary={isLive ? t.cancelTitle : t.dropTitle} open={typed?.form === 'huy'} id="huy">
        <Form action={`${OUT_PATH}/${row.id}/huy`}>
          <p class="hint">{isLive ? t.cancelLead : t.dropLead}</p>
          <TextArea lang={lang} name="reason" label={t.reason} rows={2} maxlength={500} value={valueOf(typed, 'huy', 'reason')} error={errors['reason']} />
          <Button kind="danger">{isLive ? t.cancel : t.drop}</Button>
        </Form>
      </Disclosure>
    </>
  );
}
