import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, Checkbox, DateField, ErrorSummary, FileField, Form, Select, TextArea, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { followCells, incomingCells } from '../cells.ts';
import { IN_PATH, type FiledDocument, type IncomingRow } from '../types.ts';
import { FollowState } from './books.tsx';
import { FILE_ACCEPT, FilesPanel } from './files.tsx';
import { Done, errorsOf, KindField, Lines, UrgencyBadge, UrgencyField, valueOf, type Typed } from './parts.tsx';

/** A document that did not pass the counter; `alike` are those that may be the same. */
export function RegisterPage({ lang, today, typed, alike }: { lang: Lang; today: string; typed: Typed | null; alike: readonly IncomingRow[] }): VNode {
  const t = messages(lang).registers.incoming;
  const errors = errorsOf(typed, 'them');
  const value = (name: string, stored = '') => valueOf(typed, 'them', name, stored);
  return (
    <>
      <header class="subject">
        <h1>{t.add}</h1>
        <p class="hint">{t.addLead}</p>
      </header>
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={`${IN_PATH}/them`} multipart class="ask">
        {alike.length > 0 && (
          <Callout kind="look" title={t.alikeTitle}>
            <p>{t.alikeLead}</p>
            <ul>{alike.map((row) => <li><a href={`${IN_PATH}/${row.id}`}>{t.alikeRow(`${row.number}/${row.year}`, formatDate(row.arrivedOn))}</a></li>)}</ul>
            <Checkbox lang={lang} name="khac" label={t.alikeGo} checked={value('khac') === '1'} error={errors['khac']} />
          </Callout>
        )}
        <div class="three">
          <DateField lang={lang} name="arrived" label={t.arrived} value={value('arrived', formatDate(today))} error={errors['arrived']} />
          <TextField lang={lang} name="number" label={t.number} hint={t.numberHint} optional inputmode="numeric" width="short" value={value('number')} error={errors['number']} />
        </div>
        <TextField lang={lang} name="issuer" label={t.issuer} hint={t.issuerHint} maxlength={200} value={value('issuer')} error={errors['issuer']} />
        <div class="three">
          <TextField lang={lang} name="code" label={t.code} optional maxlength={60} value={value('code')} error={errors['code']} />
          <DateField lang={lang} name="issued" label={t.issued} optional value={value('issued')} error={errors['issued']} />
        </div>
        <KindField lang={lang} label={t.kind} value={value('kind')} error={errors['kind']} />
        <TextArea lang={lang} name="title" label={t.subject} rows={2} maxlength={500} value={value('title')} error={errors['title']} />
        <UrgencyField lang={lang} label={t.urgency} value={value('urgency')} />
        <TextField lang={lang} name="note" label={t.note} optional maxlength={500} value={value('note')} error={errors['note']} />
        <FileField lang={lang} name="tep" label={t.scan} hint={t.scanHint} optional accept={FILE_ACCEPT} multiple={false} error={errors['tep']} />
        <Button>{t.save}</Button>
      </Form>
    </>
  );
}

export interface IncomingProps {
  readonly lang: Lang;
  readonly today: string;
  readonly row: IncomingRow;
  readonly files: readonly FiledDocument[];
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  readonly keeps: boolean;
  readonly passes: boolean;
  /** Whether the officer says how the handling goes. */
  readonly handles: boolean;
  readonly late: boolean;
  readonly done: string;
  readonly typed: Typed | null;
}

/** One incoming document. */
export function IncomingPage(props: IncomingProps): VNode {
  const { lang, row, typed, keeps } = props;
  const t = messages(lang).registers;
  const isLive = row.cancelReason === null;
  return (
    <>
      <header class="subject">
        <div class="badges">
          {!isLive && <Badge tone="plain">{t.cancelledBadge}</Badge>}
          {props.late && <Badge tone="rose">{t.late}</Badge>}<UrgencyBadge lang={lang} urgency={row.urgency} />
          {isLive && (row.dueOn !== null || row.officerId !== null) && <FollowState lang={lang} row={row} today={props.today} />}
        </div>
        <h1>{t.incoming.heading(`${row.number}/${row.year}`)}</h1>
        {props.late && <p class="hint">{t.incoming.lateHint}</p>}
      </header>
      <Done lang={lang} done={props.done} />
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      <Facts {...props} />
      {isLive && props.passes && <PassForm {...props} />}
      {isLive && row.isOwn && props.handles && <ProgressForm {...props} />}
      {row.arrivalId === null && <FilesPanel lang={lang} path={`${IN_PATH}/${row.id}`} files={props.files} adds={keeps && isLive} typed={typed} />}
      {isLive && keeps && row.isOwn && row.arrivalId === null && <Cancel {...props} />}
    </>
  );
}

function Facts({ lang, row }: IncomingProps): VNode {
  const t = messages(lang).registers;
  const shown = (labels: readonly string[], cells: readonly string[], which: readonly number[]) => which.filter((index) => cells[index] !== '').map((index) => ({ label: labels[index]!, value: <Lines text={cells[index]!} /> }));
  return (
    <Panel title={t.incoming.facts}>
      <Kv rows items={[...shown(t.columns.den, incomingCells(row, lang), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), ...shown(t.columns['theo-doi'], followCells(row, lang), [3, 4, 5])]} />
      {row.arrivalId !== null && <p class="hint">{t.incoming.fromChannel} {row.media === 'edxml' && <a href={`/can-bo/van-ban/${row.arrivalId}`}>{t.incoming.open}</a>}</p>}
    </Panel>
  );
}

function PassForm({ lang, today, row, colleagues, typed }: IncomingProps): VNode {
  const t = messages(lang).registers.incoming;
  const errors = errorsOf(typed, 'chuyen');
  const value = (name: string, stored = '') => valueOf(typed, 'chuyen', name, stored);
  return (
    <Panel title={t.passTitle} id="chuyen">
      <p class="hint">{t.passLead}</p>
      <Form action={`${IN_PATH}/${row.id}/chuyen`} class="ask">
        <TextField lang={lang} name="recipient" label={t.recipient} maxlength={200} value={value('recipient', row.recipient)} error={errors['recipient']} />
        <Select lang={lang} name="officer" label={t.officer} optional prompt={t.officerNone} value={value('officer', row.officerId ?? '')} error={errors['officer']} options={colleagues.map(({ id, name }) => ({ value: id, label: name }))} />
        <div class="three">
          <DateField lang={lang} name="passed" label={t.passed} value={value('passed', formatDate(row.passedOn ?? today))} error={errors['passed']} />
          <DateField lang={lang} name="due" label={t.due} optional value={value('due', row.dueOn ? formatDate(row.dueOn) : '')} error={errors['due']} />
          <TextField lang={lang} name="receipt" label={t.receipt} optional maxlength={200} value={value('receipt', row.receipt)} error={errors['receipt']} />
        </div>
        <TextField lang={lang} name="note" label={t.note} optional maxlength={500} value={value('note', row.note)} error={errors['note']} />
        <Button>{t.pass}</Button>
      </Form>
    </Panel>
  );
}

function ProgressForm({ lang, row, typed, passes }: IncomingProps): VNode {
  const t = messages(lang).registers.incoming;
  const errors = errorsOf(typed, 'tien-do');
  const value = (name: string, stored = '') => valueOf(typed, 'tien-do', name, stored);
  return (
    <Panel title={t.progressTitle} id="tien-do">
      <Form action={`${IN_PATH}/${row.id}/tien-do`} class="ask">
        <TextArea lang={lang} name="progress" label={t.progress} optional rows={3} maxlength={1000} value={value('progress', row.progress)} error={errors['progress']} />
        <div class="three">
          <TextField lang={lang} name="answer" label={t.answer} optional maxlength={60} value={value('answer', row.answerCode)} error={errors['answer']} />
          <DateField lang={lang} name="answered" label={t.answered} hint={t.answeredHint} optional value={value('answered', row.answeredOn ? formatDate(row.answeredOn) : '')} error={errors['answered']} />
        </div>
        <Button kind={passes ? 'quiet' : 'primary'}>{t.progressSave}</Button>
      </Form>
    </Panel>
  );
}

function Cancel({ lang, row, typed }: IncomingProps): VNode {
  const { incoming: t, out } = messages(lang).registers;
  return (
    <Disclosure kind="danger" summary={t.cancelTitle} open={typed?.form === 'huy'} id="huy">
      <Form action={`${IN_PATH}/${row.id}/huy`}>
        <p class="hint">{t.cancelLead}</p>
        <TextArea lang={lang} name="reason" label={out.reason} rows={2} maxlength={500} value={valueOf(typed, 'huy', 'reason')} error={errorsOf(typed, 'huy')['reason']} />
        <Button kind="danger">{out.cancel}</Button>
      </Form>
    </Disclosure>
  );
}
