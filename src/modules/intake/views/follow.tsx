import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { generalSituation, situationByKey } from '#catalogue/first-aid.ts';
import { GATE_QUESTIONS } from '#catalogue/gate.ts';
import { hotlineByKey } from '#catalogue/hotlines.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { formatDate, formatDateTime, formatMoney, formatTime } from '#web/format.ts';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { PortalPage } from '#web/layout.tsx';
import { LinkList } from '#web/link-list.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import { Talk } from '#web/talk.tsx';
import { Timeline } from '#web/timeline.tsx';
import { UrgentLine } from '#web/urgent-line.tsx';
import { VeiledImage } from '#web/veiled-image.tsx';
import type { ReporterView, Upload } from '../types.ts';
import { StopReview } from './stop-review.tsx';
import { PhotoFields } from './report.tsx';

export interface FollowFormProps {
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

/** Where code and secret are typed. */
export function FollowForm({ frame, code, secret, wrong, expired, body }: FollowFormProps): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.follow;
  return (
    <PortalPage {...frame} title={t.title} path={links.follow} current="follow" noindex={wrong || expired || code !== ''}>
      <ErrorSummary lang={lang} errors={wrong ? { code: t.wrong } : {}} />
      {expired && (
        <Callout kind="look" role="status">
          {t.expired} {body && t.expiredReply}
        </Callout>
      )}
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={localPath(lang, links.follow)}>
        <TextField lang={lang} name="code" label={t.code} hint={t.codeHint} value={code} maxlength={40} width="medium" autocomplete="off" code />
        <TextField lang={lang} name="secret" label={t.secret} hint={t.secretHint} value={secret} maxlength={60} autocomplete="off" code />
        {body && <TextArea lang={lang} name="body" label={t.pending} value={body} />}
        <ButtonRow>
          <Button>{t.open}</Button>
        </ButtonRow>
      </Form>
      <Disclosure summary={t.lost}>
        <p>{t.lostText}</p>
      </Disclosure>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}

export interface FollowPageProps {
  readonly frame: Frame;
  readonly view: ReporterView;
  /** Seals code and secret, so that replies and images need neither cookies nor typing. */
  readonly token: string;
  readonly openUntil: Date;
  readonly body: string;
  readonly errors: FieldErrors;
  readonly uploads: readonly Upload[];
  /** A message was just taken. */
  readonly sent: boolean;
  /** The request for a review of the stop as typed, and what became of sending it. */
  readonly words: string;
  readonly asked: 'sent' | 'late' | null;
  readonly takesPhotos: boolean;
}

const TONES: Readonly<Record<ReporterView['state'], Tone>> = {
  received: 'leaf', acknowledged: 'leaf', need_info: 'amber', stopped: 'plain', erased: 'plain', attached: 'sky', answered: 'moss',
};

/** The reporter's own page: where it stands, what comes next and by when, messages both ways. */
export function FollowPage(props: FollowPageProps): VNode {
  const { frame, view } = props;
  const { lang } = frame;
  const { portal, common } = messages(lang);
  const t = portal.follow;
  const isOver = view.state === 'stopped' || view.state === 'erased' || view.state === 'answered';
  return (
    <PortalPage {...frame} title={t.state[view.state]} path={links.follow} current="follow" noindex>
      <ErrorSummary lang={lang} errors={props.errors} />
      {props.sent && <Callout kind="ok" title={t.replySent} role="status" />}
      <p class="over">
        <span class="mono" translate={false}>
          {view.code}
        </span>{' '}
        <Badge tone={TONES[view.state]}>{categoryOf(view.category).label[lang]}</Badge>
      </p>
      <h1>{t.state[view.state]}</h1>
      <p class="lead">
        {t.next[view.state]} {!isOver && view.dueOn && t.by(formatDate(view.dueOn))}
      </p>
      {view.stopCode && <Stopped lang={lang} view={view} />}
      <StopReview {...props} lang={lang} />
      {view.warnings.length > 0 && (
        <>
          <h2>{t.warnings}</h2>
          <LinkList items={view.warnings.map(({ slug, title }) => ({ href: localPath(lang, `${links.warnings}/${slug}`), title }))} />
        </>
      )}
      {view.minimisedAt && <Callout kind="note">{messages(lang).retention.own.minimised(formatDate(view.minimisedAt))}</Callout>}
      {view.state === 'answered' && <AskReview lang={lang} token={props.token} />}
      <h2>{t.messages}</h2>
      <Talk lang={lang} messages={view.messages} agency={view.agency} words={t} />
      <Reply {...props} lang={lang} />
      <h2>{t.history}</h2>
      <Timeline lang={lang} items={view.steps.map((step) => ({ at: step.at, title: stateWords(lang, step.to), body: reasonWords(lang, step) }))} />
      <Yours {...props} lang={lang} />
      <p class="hint">
        {t.keepOpen(formatTime(props.openUntil))} {common.printHelp}
      </p>
      <UrgentLine lang={lang} />
    </PortalPage>
  );
}

/** An answered report may be looked at again, by somebody else (S9); the page that takes it opens the token as this one does. */
function AskReview({ lang, token }: { lang: Lang; token: string }): VNode {
  const { ask } = messages(lang).appeals;
  return (
    <Form action={localPath(lang, links.appeal)} hidden={{ t: token }}>
      <p class="hint">{messages(lang).appeals.how.other}</p>
      <Button kind="quiet">{ask.title}</Button>
    </Form>
  );
}

function stateWords(lang: Lang, state: string): string {
  const words: Readonly<Record<string, string>> = messages(lang).portal.follow.state;
  return words[state] ?? state;
}

/** A stop gives its code, a question only that there is one; everything else was written for people. */
function reasonWords(lang: Lang, { to, reason }: ReporterView['steps'][number]): string | null {
  if (to === 'stopped') return GATE_QUESTIONS.find((question) => question.code === reason)?.told[lang] ?? null;
  return reason === to ? null : reason;
}

function Stopped({ lang, view }: { lang: Lang; view: ReporterView }): VNode {
  const t = messages(lang).portal.follow;
  const told = GATE_QUESTIONS.find((question) => question.code === view.stopCode)?.told[lang];
  const portalNumber = hotlineByKey('public_services')!.number;
  return (
    <Panel title={t.stopTitle}>
      {told && <p>{told}</p>}
      {view.eraseAfter && <p>{t.stopErase(formatDate(view.eraseAfter))}</p>}
      <h3>{t.stopElse}</h3>
      <ul>
        <li>{t.stopSpecific}</li>
        <li>
          {t.stopElsewhere} <a href={`tel:${portalNumber}`}>{portalNumber}</a>
        </li>
      </ul>
    </Panel>
  );
}

function Reply({ lang, view, token, body, errors, uploads, takesPhotos }: FollowPageProps & { lang: Lang }): VNode {
  const { portal } = messages(lang);
  const t = portal.follow;
  if (view.state === 'erased' || view.minimisedAt) return <p>{t.replyClosed}</p>;
  const photos = uploads.map((upload) => upload.id).join(',') || undefined;
  return (
    <Form action={localPath(lang, links.follow)} hidden={{ t: token, photos }} multipart={takesPhotos}>
      <TextArea lang={lang} name="body" label={t.reply} hint={t.replyHint} error={errors.body} value={body} />
      {takesPhotos && <PhotoFields lang={lang} uploads={uploads} error={errors.photos} />}
      <ButtonRow>
        <Button name="go" value="reply">
          {t.replySend}
        </Button>
        <Button kind="quiet" name="go" value="refresh">
          {t.refresh}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function Yours({ lang, view, token }: FollowPageProps & { lang: Lang }): VNode {
  const { portal } = messages(lang);
  const t = portal.follow;
  const r = portal.report;
  const situation = situationByKey(view.situation ?? '') ?? generalSituation(view.category);
  const rows = [
    { label: t.handledBy, value: view.agency },
    { label: portal.receipt.received, value: formatDateTime(view.receivedAt, lang) },
    !view.minimisedAt && { label: r.summaryStory, value: <p class="pre">{view.narrative}</p> },
    view.indicators.length > 0 && { label: t.indicators, value: view.indicators.map((trace) => <p class="mono" translate={false}>{trace}</p>) },
    view.moneyLost && { label: r.summaryMore.split(',')[0]!, value: formatMoney(view.moneyLost, lang) },
    view.happenedOn && { label: r.when, value: formatDate(view.happenedOn) },
    view.commune && { label: r.summaryPlace, value: view.commune },
  ].filter((row) => row !== false && row !== null && row !== 0 && row !== '');
  return (
    <>
      <h2>{t.yours}</h2>
      <Kv rows items={rows} />
      {view.attachments.length > 0 && (
        <div class="two">
          {view.attachments.map((attachment) => (
            <VeiledImage lang={lang} src={localPath(lang, `/tra-cuu/anh/${attachment.id}?t=${token}`)} alt={t.photo(attachment.name)} />
          ))}
        </div>
      )}
      <Form action={localPath(lang, links.ownData)} hidden={{ t: token }}>
        <ButtonRow>
          <Button kind="quiet" small icon="lock">
            {messages(lang).retention.own.button}
          </Button>
        </ButtonRow>
      </Form>
      <p>
        <ButtonLink kind="quiet" small href={localPath(lang, `${links.firstSteps}/${situation.key}`)}>
          {t.firstAid}: {situation.title[lang]}
        </ButtonLink>
      </p>
    </>
  );
}
