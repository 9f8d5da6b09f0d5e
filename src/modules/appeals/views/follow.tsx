import type { VNode } from 'preact';
import { localDate, type Calendar } from '#core/deadlines.ts';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, ErrorSummary, Form, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatDate, formatDateTime, formatNumber, formatTime } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import { Talk } from '#web/talk.tsx';
import { Timeline } from '#web/timeline.tsx';
import { isLate, remediesOf, secondUntil } from '../policy.ts';
import type { AppellantView } from '../types.ts';
import { DENOUNCE_PATH, FOLLOW_PATH, StateBadge, subjectLine } from './parts.tsx';

export interface AppealCodesProps {
  readonly frame: Frame;
  readonly code: string;
  readonly secret: string;
  /** Code and secret were given and open nothing. */
  readonly wrong: boolean;
  /** The hour of the follow-up page is over. */
  readonly expired: boolean;
  /** A message that was being written when the hour ended. */
  readonly body: string;
}

/** Where code and secret of an appeal are typed. */
export function AppealCodesPage({ frame, code, secret, wrong, expired, body }: AppealCodesProps): VNode {
  const { lang } = frame;
  const { follow: t, ask } = messages(lang).appeals;
  return (
    <PortalPage {...frame} title={t.title} path={FOLLOW_PATH} noindex={wrong || expired || code !== ''}>
      <ErrorSummary lang={lang} errors={wrong ? { code: t.wrong } : {}} />
      {expired && (
        <Callout kind="look" role="status">
          {t.expired} {body && t.expiredReply}
        </Callout>
      )}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={localPath(lang, FOLLOW_PATH)}>
        <TextField lang={lang} name="code" label={t.code} hint={t.codeHint} value={code} maxlength={40} width="medium" autocomplete="off" code />
        <TextField lang={lang} name="secret" label={ask.secret} value={secret} maxlength={60} autocomplete="off" code />
        {body && <TextArea lang={lang} name="body" label={t.pending} value={body} />}
        <ButtonRow>
          <Button>{t.open}</Button>
        </ButtonRow>
      </Form>
    </PortalPage>
  );
}

export interface AppealFollowProps {
  readonly frame: Frame;
  readonly view: AppellantView;
  readonly calendar: Calendar;
  /** Seals code and secret, so that replies need neither cookies nor typing. */
  readonly token: string;
  readonly openUntil: Date;
  readonly now: Date;
  readonly body: string;
  readonly errors: FieldErrors;
  readonly done: 'sent' | 'takenBack' | null;
}

/** The appellant's own page: where it stands, by when, messages both ways, the outcome and what was done. */
export function AppealFollowPage(props: AppealFollowProps): VNode {
  const { frame, view } = props;
  const { lang } = frame;
  const t = messages(lang).appeals.follow;
  const title = view.outcome ? t.outcome[view.outcome] : t.heading[view.state];
  const isOpen = view.state === 'filed' || view.state === 'accepted';
  return (
    <PortalPage {...frame} title={title} path={FOLLOW_PATH} noindex>
      <ErrorSummary lang={lang} errors={props.errors} />
      {props.done && <Callout kind="ok" title={t[props.done]} role="status" />}
      <p class="over">
        <span class="mono" translate={false}>
          {view.code}
        </span>{' '}
        <StateBadge lang={lang} state={view.state} />
      </p>
      <h1>{title}</h1>
      <p class="lead">{leadOf(lang, view)}</p>
      {isLate(view, localDate(props.now)) && <Callout kind="sos">{t.late}</Callout>}
      {isOpen && view.subject.stayedAt && <Callout kind="note">{t.stayed}</Callout>}
      {isOpen && !view.subject.stayedAt && view.asksStay && <p class="hint">{t.notStayed}</p>}
      <Outcome lang={lang} view={view} now={props.now} calendar={props.calendar} />
      <h2>{t.messages}</h2>
      <Talk lang={lang} messages={view.messages} agency={view.agency} words={t} />
      <Reply {...props} lang={lang} isOpen={isOpen} />
      <h2>{t.clocks}</h2>
      <Kv rows items={clocksOf(lang, view)} />
      <h2>{t.history}</h2>
      <Timeline lang={lang} items={view.steps.map(({ at, step }) => ({ at, title: stepWords(lang, step) }))} />
      <h2>{t.yours}</h2>
      <Kv
        rows
        items={[
          { label: t.about, value: subjectLine(lang, view.subject) },
          { label: t.agency, value: view.agency },
          ...(view.state === 'routed' ? [] : [{ label: t.wordsLabel, value: <p class="pre">{view.words}</p> }]),
          ...(view.hasContact ? [{ label: t.contact, value: t.contactYes }] : []),
        ]}
      />
      {isOpen && <TakeBack lang={lang} token={props.token} />}
      <p class="hint">
        {t.keepOpen(formatTime(props.openUntil))} {messages(lang).common.printHelp}
      </p>
    </PortalPage>
  );
}

function leadOf(lang: Lang, view: AppellantView): string {
  const t = messages(lang).appeals.follow;
  switch (view.state) {
    case 'filed': return t.next.filed(formatDate(view.acceptBy));
    case 'accepted': return t.next.accepted(formatDate(view.decideBy ?? view.acceptBy));
    case 'routed': case 'taken_back': return t.next[view.state];
    case 'not_accepted': case 'decided': return subjectLine(lang, view.subject);
  }
}

function stepWords(lang: Lang, step: string): string {
  const words: Readonly<Record<string, string>> = messages(lang).appeals.steps;
  return words[step] ?? step;
}

/** Reasons, what was done, and what else there is. */
function Outcome({ lang, view, now, calendar }: { lang: Lang; view: AppellantView; now: Date; calendar: Calendar }): VNode | null {
  const t = messages(lang).appeals.follow;
  if (view.state === 'routed') {
    return (
      <p>
        <a href={localPath(lang, DENOUNCE_PATH)}>{t.denounceLink}</a>
      </p>
    );
  }
  if (view.state !== 'decided' && view.state !== 'not_accepted') return null;
  const done = view.outcome ? doneOf(lang, view) : [];
  return (
    <>
      <Panel title={t.reasons}>
        <p class="pre">{view.reasons}</p>
      </Panel>
      {done.length > 0 && (
        <>
          <h2>{t.doneTitle}</h2>
          <ul>{done.map((line) => <li>{line}</li>)}</ul>
        </>
      )}
      <h2>{t.remediesTitle}</h2>
      <ul>
        {remediesLines(lang, view, localDate(now), calendar).map((line) => <li>{line}</li>)}
        <li>
          {t.remedyAgain} <a href={localPath(lang, links.appeal)}>{t.askLink}</a>
        </li>
      </ul>
    </>
  );
}

function doneOf(lang: Lang, { outcome, subject, steps }: AppellantView): string[] {
  const t = messages(lang).appeals.follow;
  if (outcome === 'upheld') return [steps.some(({ step }) => step === 'resume') ? t.resumed : t.nothing];
  return [
    subject.measure && subject.measure !== 'NO_ACTION' && t.ended,
    (subject.measure === 'PUBLIC_WARNING' || subject.measure === 'CORRECTION') && t.warningGone,
    subject.told > 0 && t.told(formatNumber(subject.told, lang)),
    outcome === 'reversed' && subject.measure && subject.measure !== 'NO_ACTION' ? false : outcome === 'changed' && t.newDecision,
    (outcome === 'remitted' || !subject.measure || subject.measure === 'NO_ACTION') && t.reopened,
  ].filter((line): line is string => typeof line === 'string');
}

function remediesLines(lang: Lang, view: AppellantView, today: string, calendar: Calendar): string[] {
  const t = messages(lang).appeals.follow;
  const complaint = view.subject.decidedAt ? remediesOf(view.subject.decidedAt, calendar).complaint : null;
  return [
    ...(view.decidedAt ? [t.remedySecond(formatDate(secondUntil(view.decidedAt, calendar)))] : []),
    ...(complaint && complaint >= today ? [t.remedyComplaint(formatDate(complaint))] : []),
  ];
}

function clocksOf(lang: Lang, view: AppellantView): { label: string; value: string }[] {
  const t = messages(lang).appeals.follow;
  const longer = [view.isComplex && t.complex, view.isRemote && t.remote].filter(Boolean).join(', ');
  return [
    { label: t.acceptBy, value: formatDate(view.acceptBy) },
    ...(view.acceptedAt ? [{ label: t.acceptedOn, value: formatDateTime(view.acceptedAt, lang) }] : []),
    ...(view.decideBy ? [{ label: t.decideBy, value: formatDate(view.decideBy) + (longer && ` (${longer})`) }] : []),
    ...(view.decidedAt ? [{ label: t.decidedOn, value: formatDateTime(view.decidedAt, lang) }] : []),
  ];
}

function Reply({ lang, token, body, errors, isOpen }: AppealFollowProps & { lang: Lang; isOpen: boolean }): VNode {
  const t = messages(lang).appeals.follow;
  if (!isOpen) return <p class="hint">{t.replyClosed}</p>;
  return (
    <Form action={localPath(lang, FOLLOW_PATH)} hidden={{ t: token }}>
      <TextArea lang={lang} name="body" label={t.reply} hint={t.replyHint} error={errors.body} value={body} maxlength={5000} />
      <ButtonRow>
        <Button name="go" value="reply">
          {t.send}
        </Button>
        <Button kind="quiet" name="go" value="refresh">
          {t.refresh}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function TakeBack({ lang, token }: { lang: Lang; token: string }): VNode {
  const t = messages(lang).appeals.follow;
  return (
    <Disclosure summary={t.takeBack}>
      <p>{t.takeBackText}</p>
      <Form action={localPath(lang, FOLLOW_PATH)} hidden={{ t: token }}>
        <Button kind="danger" name="go" value="take-back">
          {t.takeBackSend}
        </Button>
      </Form>
    </Disclosure>
  );
}
