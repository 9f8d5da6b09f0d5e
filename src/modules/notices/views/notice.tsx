import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, DateField, ErrorSummary, Form, RadioCards, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { Timeline } from '#web/timeline.tsx';
import type { NoticeDetail } from '../types.ts';
import { EffectWords, Locator, noticeName, noticePath, StateBadge } from './parts.tsx';

export interface NoticeProps {
  readonly lang: Lang;
  readonly today: string;
  readonly notice: NoticeDetail;
  readonly silent: boolean;
  /** Whether the officer records what was sent and answered. */
  readonly maySend: boolean;
  readonly canMail: boolean;
  readonly done: string;
  /** A form that came back. */
  readonly typed: { readonly form: 'gui' | 'ket-qua' | ''; readonly values: Readonly<Record<string, string>>; readonly errors: FieldErrors } | null;
}

/** One notice: what it says, the files, how it left, and what came of it. */
export function NoticePage(props: NoticeProps): VNode {
  const { lang, notice, typed, done } = props;
  const t = messages(lang).notices;
  const said: Readonly<Record<string, string>> = t.one.done;
  const isOpen = notice.state === 'prepared' || notice.state === 'failed';
  return (
    <>
      <header class="subject">
        <h1>{notice.recipient}</h1>
        <div class="badges"><StateBadge lang={lang} state={notice.state} /> <EffectWords lang={lang} row={notice} today={props.today} silent={props.silent} /></div>
        <p class="hint">{noticeName(notice, lang)}</p>
      </header>
      {Object.hasOwn(said, done) && <Callout kind="ok" role="status">{said[done]}</Callout>}
      {typed && <ErrorSummary lang={lang} errors={typed.errors} />}
      {notice.failure && <Callout kind="look">{t.failures[notice.failure]}</Callout>}
      <div class="split">
        <div>
          <Panel title={t.one.facts}><Kv items={factsOf(props)} /></Panel>
          <Panel title={t.one.says}><Says lang={lang} notice={notice} /></Panel>
        </div>
        <div>
          <Files lang={lang} notice={notice} />
          {props.maySend && isOpen && notice.renderedAt && <DispatchPanel {...props} />}
          {props.maySend && notice.sentAt && notice.effectDue && <EffectPanel {...props} />}
          <Panel title={t.one.history}>
            <Timeline lang={lang} items={notice.steps.map(({ at, action, by }) => ({ at, title: (t.steps as Readonly<Record<string, string>>)[action] ?? action, body: by }))} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function factsOf({ lang, notice }: NoticeProps): KvItem[] {
  const t = messages(lang).notices;
  const { says, affected } = notice;
  const facts: (KvItem | false | null)[] = [
    { label: t.one.to, value: says.recipient.name },
    says.recipient.address !== '' && { label: t.one.address, value: says.recipient.address },
    { label: t.one.email, value: notice.email ?? t.one.noEmail },
    { label: t.one.code, value: <span class="mono">{says.code}</span> },
    affected && { label: t.one.affected, value: affected.delayUntil && says.affectedCode === null ? t.one.affectedLater(formatDateTime(affected.delayUntil, lang)) : t.one.affectedNow(affected.code) },
    notice.number !== null && { label: t.one.number, value: `${notice.number}, ${formatDate(notice.numberedOn!)}` },
    notice.sentAt && { label: t.one.sent, value: formatDateTime(notice.sentAt, lang) },
    notice.effectDue !== null && { label: t.one.due, value: formatDate(notice.effectDue) },
    notice.effect !== null && {
      label: t.one.effect, value: <>{t.one.effectFacts(t.effects[notice.effect], formatDate(notice.effectOn!), t.effectBy[notice.effectBy!])}{notice.effectNumber ? `, ${notice.effectNumber}` : ''}<p class="say">{notice.effectNote}</p></>,
    },
    notice.remindedAt && { label: t.one.reminded, value: formatDateTime(notice.remindedAt, lang) },
  ];
  return facts.filter((fact) => fact !== false && fact !== null);
}

function Says({ lang, notice }: { lang: Lang; notice: NoticeDetail }): VNode {
  const t = messages(lang).notices;
  const { says } = notice;
  const { parts } = t.letter;
  if (notice.kind !== 'notice' && notice.kind !== 'hand_over') {
    const earlier = says.earlier ? t.letter.earlier(says.earlier.code, formatDate(says.earlier.on), says.earlier.number) : '';
    const words = {
      withdrawal: t.letter.withdrawal(t.letter.endings[notice.ending ?? 'withdrawn'], earlier), stay: t.letter.stay(earlier), resumption: t.letter.resumption(earlier, says.endsOn && formatDate(says.endsOn)),
      reminder: t.letter.reminder(earlier, says.earlier?.effectDue ? formatDate(says.earlier.effectDue) : ''),
    };
    return <p class="say">{words[notice.kind]}</p>;
  }
  return (
    <Kv items={[
      { label: parts.basis, value: `${says.law.citation[lang]}: ${says.law.what[lang]}` },
      { label: parts.why, value: <><p class="say">{says.facts}</p><ul>{says.elements.map(({ label, why }) => <li><b>{label[lang]}</b>: {why}</li>)}</ul></> },
      { label: parts.authority, value: `${says.agency.name}; ${says.competence.law}` },
      { label: parts.locators, value: <>{says.locators.map((locator) => <p><Locator lang={lang} locator={locator} /></p>)}{says.detail['asked'] && <p class="say">{says.detail['asked']}</p>}</> },
    ]} />
  );
}

function Files({ lang, notice }: { lang: Lang; notice: NoticeDetail }): VNode {
  const t = messages(lang).notices.one;
  return (
    <Panel title={t.files}>
      {notice.files.length === 0 && <p class="hint">{t.filesNone}</p>}
      {notice.files.map((file) => (
        <p>
          <ButtonLink kind="quiet" small icon="download" href={noticePath(notice.id, `/tep/${file.place}`)}>{t.download} {file.name}</ButtonLink>
          <small class="sub mono hash">{t.hash} {file.sha256} · {formatBytes(file.bytes, lang)}</small>
        </p>
      ))}
    </Panel>
  );
}

function DispatchPanel({ lang, notice, typed, canMail, today }: NoticeProps): VNode {
  const t = messages(lang).notices.one;
  const own = typed?.form === 'gui' ? typed : null;
  return (
    <Panel title={t.dispatchTitle}>
      <p class="hint">{t.dispatchHint}</p>
      <Form action={noticePath(notice.id, '/gui-tay')}>
        <div class="pair">
          <TextField lang={lang} name="number" label={t.dispatchNumber} value={own?.values['number']} error={own?.errors['number']} maxlength={60} autocomplete="off" />
          <DateField lang={lang} name="on" label={t.dispatchDate} value={own?.values['on'] ?? formatDate(today)} error={own?.errors['on']} />
        </div>
        <Button>{t.dispatch}</Button>
      </Form>
      {canMail && notice.email && (
        <Form action={noticePath(notice.id, '/gui-lai')}>
          <p class="hint">{t.againHint}</p>
          <Button kind="quiet" icon="mail">{t.again}</Button>
        </Form>
      )}
    </Panel>
  );
}

function EffectPanel({ lang, notice, typed, today }: NoticeProps): VNode {
  const { one: t, effects } = messages(lang).notices;
  const own = typed?.form === 'ket-qua' ? typed : null;
  return (
    <Panel title={t.effectTitle}>
      <p class="hint">{t.effectHint}</p>
      <Form action={noticePath(notice.id, '/ket-qua')}>
        <RadioCards lang={lang} name="effect" label={t.effect} value={own?.values['effect']} error={own?.errors['effect']} options={(['done', 'partly', 'refused', 'none'] as const).map((value) => ({ value, label: effects[value] }))} />
        <TextArea lang={lang} name="note" label={t.effectNote} rows={3} maxlength={2000} value={own?.values['note']} error={own?.errors['note']} />
        <div class="pair">
          <TextField lang={lang} optional name="effectNumber" label={t.effectNumber} value={own?.values['effectNumber']} error={own?.errors['effectNumber']} maxlength={60} autocomplete="off" />
          <DateField lang={lang} name="on" label={t.effectDate} value={own?.values['on'] ?? formatDate(today)} error={own?.errors['on']} />
        </div>
        <Button>{t.record}</Button>
      </Form>
    </Panel>
  );
}
