import type { VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, RadioCards, TextArea } from '#web/form.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { StatesHelp } from '#web/states-help.tsx';
import { proposeHref, ROUTING, takeOverHref, transferHref } from '../addresses.ts';
import type { Takeable, TransferView } from '../types.ts';
import { briefItems, named, TransferBadges, type Typed } from './parts.tsx';

interface TransferProps {
  readonly lang: Lang;
  readonly now: Date;
  readonly view: TransferView;
  readonly own: string;
  readonly may: { readonly answer: boolean; readonly withdraw: boolean };
  readonly typed: Typed | null;
  readonly done: string;
}

/** One transfer: what is known of it, and the one thing the viewer can do. */
export function TransferPage(props: TransferProps): VNode {
  const { lang, now, view, own, may, typed } = props;
  const t = messages(lang).routing;
  const words = t.done as Readonly<Record<string, string>>;
  const receives = view.toAgency === own;
  const open = view.state === 'proposed';
  return (
    <>
      <p class="over"><span class="mono">{view.code}</span> <TransferBadges lang={lang} now={now} row={view} /> <StatesHelp lang={lang} entity="transfer" /></p>
      <h1>{t.page.title[view.state]}</h1>
      {Object.hasOwn(words, props.done) && <Callout kind="ok" role="status" title={words[props.done]} />}
      {typed?.refused && <Callout kind="look" role="alert" title={typed.refused} />}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      {view.late && <Callout kind="look">{t.page.lateNote(formatDate(view.dueOn))}</Callout>}
      <Panel title={t.page.what}>
        <Kv items={[
          ...(view.brief ? briefItems(lang, view.brief) : [{ label: t.page.number, value: t.notShown }]),
          { label: t.page.from, value: named(view.from, lang) }, { label: t.page.to, value: named(view.to, lang) }, { label: t.page.law, value: view.law || '–' },
          { label: t.page.sent, value: formatDateTime(view.proposedAt, lang) }, { label: t.page.due, value: formatDate(view.dueOn) },
          ...(view.answeredAt ? [{ label: t.page.answered, value: formatDateTime(view.answeredAt, lang) }] : []),
        ]} />
        <h3>{t.page.reason}</h3>
        <p class="pre">{view.reason}</p>
        {view.answerReason && <><h3>{t.page.answerReason}</h3><p class="pre">{view.answerReason}</p></>}
        <After {...props} />
      </Panel>
      {open && receives && (may.answer ? <Answer {...props} /> : <p class="hint">{t.page.whoAnswers}</p>)}
      {open && !receives && may.withdraw && (
        <Panel title={t.page.withdrawTitle}>
          <Form action={`${transferHref(view.code)}/rut`} keep={`rut-${view.code}`} lang={lang}>
            <TextArea lang={lang} name="reason" label={t.page.withdrawReason} value={typed?.values['reason']} error={typed?.errors['reason']} rows={3} maxlength={1000} />
            <ButtonRow><Button kind="quiet">{t.page.withdraw}</Button></ButtonRow>
          </Form>
        </Panel>
      )}
    </>
  );
}

/** Where to go on. */
function After({ lang, view, own }: TransferProps): VNode | null {
  const t = messages(lang).routing;
  if (view.state === 'proposed') return null;
  const receives = view.toAgency === own;
  if (view.state === 'accepted' && receives && view.brief) {
    return <p><a href={`/can-bo/${view.ofReport ? 'phan-anh' : 'vu-viec'}/${view.brief.number}`}>{view.ofReport ? t.page.openReport : t.page.open}</a></p>;
  }
  if (view.state === 'accepted') return receives || !view.brief ? null : <p class="hint">{t.page.gone} <a href={`/can-bo/phoi-hop/${view.brief.number}`}>{t.page.follow}</a></p>;
  if (receives || !view.brief) return null;
  return <p>{t.page.next.refused} <a href={proposeHref({ kind: view.ofReport ? 'report' : 'case', number: view.brief.number })}>{t.page.next.nextLink}</a></p>;
}

/** The guided answer: one choice, and a reason where it is no. */
function Answer({ lang, view, typed }: TransferProps): VNode {
  const t = messages(lang).routing;
  return (
    <Panel title={t.page.answerTitle}>
      <Form action={`${transferHref(view.code)}/tra-loi`} keep={`tra-loi-${view.code}`} lang={lang}>
        <RadioCards
          lang={lang} name="answer" label={t.page.answer} value={typed?.values['answer']} error={typed?.errors['answer']}
          options={[{ value: 'accept', label: t.page.accept, hint: t.page.acceptHint }, { value: 'refuse', label: t.page.refuse, hint: t.page.refuseHint }]}
        />
        <TextArea lang={lang} name="reason" label={t.page.refuseReason} hint={t.page.refuseReasonHint} optional value={typed?.values['reason']} error={typed?.errors['reason']} rows={3} maxlength={1000} />
        <ButtonRow><Button>{t.page.submit}</Button></ButtonRow>
      </Form>
    </Panel>
  );
}

/** A case that may be taken over, why, and the form. */
export function TakeOverPage({ lang, found, typed }: { lang: Lang; found: Takeable; typed: Typed | null }): VNode {
  const t = messages(lang).routing;
  return (
    <>
      <h1>{t.takeOver.title(found.number)}</h1>
      <p class="lead">{t.takeOver.lead}</p>
      {typed?.refused && <Callout kind="look" role="alert" title={typed.refused} />}
      <ErrorSummary lang={lang} errors={typed?.errors ?? {}} />
      <Kv items={[
        ...briefItems(lang, found), { label: t.columns.lead, value: named(found.lead, lang) }, { label: t.takeOver.why, value: t.grounds[found.ground] },
        ...(found.why ? [{ label: t.takeOver.proposal, value: found.why }] : []),
      ]} />
      <Form action={takeOverHref(found.number)} keep={`nhan-thay-${found.number}`} lang={lang}>
        <TextArea lang={lang} name="reason" label={t.takeOver.reason} value={typed?.values['reason']} error={typed?.errors['reason']} rows={4} maxlength={1000} />
        <ButtonRow><Button>{t.takeOver.submit}</Button><ButtonLink kind="plain" href={ROUTING}>{t.title}</ButtonLink></ButtonRow>
      </Form>
    </>
  );
}
