import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { CHANNELS } from '#catalogue/channels.ts';
import { REQUEST_RULES, type RequestKind, type RequestState } from '#core/data-requests.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonRow, ErrorSummary, Form, RadioCards, TextArea, TextField, type FieldErrors } from '#web/form.tsx';
import { formatBytes, formatDate, formatDateTime, formatMoney } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv, type KvItem } from '#web/kv.tsx';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import type { Holdings, OwnRequest } from '../queries/holdings.ts';

/** Kinds a person asks for in words; the others are buttons of their own. */
export const ASKED = ['correct', 'erase', 'restrict', 'object'] as const satisfies readonly RequestKind[];

export interface EnterProps {
  readonly frame: Frame;
  readonly code: string;
  readonly secret: string;
  readonly wrong: boolean;
  readonly expired: boolean;
  /** What was being written when the hour ended. */
  readonly words: string;
  readonly kind: string;
}

/** Where code and secret are typed to see one's own data. */
export function EnterPage({ frame, code, secret, wrong, expired, words, kind }: EnterProps): VNode {
  const { lang } = frame;
  const { own: t } = messages(lang).retention;
  const { follow } = messages(lang).portal;
  return (
    <PortalPage {...frame} title={t.enterTitle} path={links.ownData} current="follow" noindex={wrong || expired}>
      <ErrorSummary lang={lang} errors={wrong ? { code: follow.wrong } : {}} />
      {expired && <Callout kind="look" role="status">{t.expired} {words && t.expiredWords}</Callout>}
      <h1>{t.enterTitle}</h1>
      <p class="lead">{t.enterLead}</p>
      <Form action={localPath(lang, links.ownData)} hidden={{ kind: kind || undefined }}>
        <TextField lang={lang} name="code" label={follow.code} hint={follow.codeHint} value={code} maxlength={40} width="medium" autocomplete="off" code />
        <TextField lang={lang} name="secret" label={follow.secret} hint={follow.secretHint} value={secret} maxlength={60} autocomplete="off" code />
        {words && <TextArea lang={lang} name="words" label={t.pending} value={words} />}
        <ButtonRow><Button>{t.enter}</Button></ButtonRow>
      </Form>
    </PortalPage>
  );
}

export interface OwnDataProps {
  readonly frame: Frame;
  readonly holdings: Holdings;
  /** Seals code and secret for an hour. */
  readonly token: string;
  readonly typed: { readonly kind: string; readonly words: string; readonly errors: FieldErrors };
  /** Years whose days off an official notice gave. */
  readonly announced: ReadonlySet<number>;
  /** What was just done, as a sentence. */
  readonly said: string | null;
}

/** A person's own data: what is kept, a copy, what they may ask, and where their requests stand. */
export function OwnDataPage({ frame, holdings, token, typed, announced, said }: OwnDataProps): VNode {
  const { lang } = frame;
  const { own: t } = messages(lang).retention;
  const action = localPath(lang, links.ownData);
  return (
    <PortalPage {...frame} title={t.title} path={links.ownData} current="follow" noindex>
      <ErrorSummary lang={lang} errors={typed.errors} />
      {said && <Callout kind="ok" title={said} role="status" />}
      <p class="over"><span class="mono" translate={false}>{holdings.view.code}</span></p>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Form action={localPath(lang, links.follow)} hidden={{ t: token }}><Button kind="quiet" small icon="back">{t.back}</Button></Form>
      {holdings.requests.length > 0 && <OwnRequests lang={lang} requests={holdings.requests} announced={announced} />}
      <h2>{t.keptTitle}</h2>
      <Kept lang={lang} holdings={holdings} />
      <h2>{t.downloadTitle}</h2>
      <p class="hint">{t.downloadHelp}</p>
      <Form action={action} hidden={{ t: token }}>
        <ButtonRow>
          <Button kind="quiet" icon="download" name="go" value="html">{t.downloadHtml}</Button>
          <Button kind="quiet" icon="download" name="go" value="json">{t.downloadJson}</Button>
        </ButtonRow>
      </Form>
      <h2>{t.askTitle}</h2>
      <Form action={action} hidden={{ t: token }}>
        <RadioCards lang={lang} name="kind" label={t.kindLabel} value={typed.kind} error={typed.errors.kind} options={ASKED.map((kind) => ({ value: kind, label: t.kinds[kind], hint: t.kindHints[kind] }))} />
        <TextArea lang={lang} name="words" label={t.words} hint={t.wordsHint} value={typed.words} error={typed.errors.words} maxlength={2000} />
        <p class="hint">{t.promise}</p>
        <ButtonRow><Button name="go" value="ask">{t.send}</Button></ButtonRow>
      </Form>
      {holdings.contact && (
        <Disclosure kind="danger" summary={t.withdrawTitle}>
          <p>{t.withdrawText}</p>
          <Form action={action} hidden={{ t: token }}><Button kind="danger" name="go" value="withdraw">{t.withdraw}</Button></Form>
        </Disclosure>
      )}
      <p class="hint">{t.complain} <a href={localPath(lang, links.privacy)}>{messages(lang).portal.privacy.title}</a></p>
    </PortalPage>
  );
}

const TONES: Readonly<Record<RequestState, Tone>> = { filed: 'amber', acknowledged: 'leaf', done: 'moss', refused: 'plain' };

function OwnRequests({ lang, requests, announced }: { lang: Lang; requests: readonly OwnRequest[]; announced: ReadonlySet<number> }): VNode {
  const { own: t } = messages(lang).retention;
  return (
    <>
      <h2>{t.requestsTitle}</h2>
      {requests.map((request) => (
        <Panel level={3} title={REQUEST_RULES[request.kind].label[lang]} aside={<Badge tone={TONES[request.state]}>{t.states[request.state]}</Badge>}>
          <p class="hint"><span class="mono" translate={false}>{request.code}</span> · {formatDateTime(request.filedAt, lang)}</p>
          {request.words && <p class="pre">{request.words}</p>}
          {clocksOf(lang, request, announced).map((line) => <p>{line}</p>)}
          {request.outcome && <p class="pre">{request.outcome}</p>}
        </Panel>
      ))}
    </>
  );
}

/** What a person may expect of an open request, and by when; nothing once it is decided. */
function clocksOf(lang: Lang, request: OwnRequest, announced: ReadonlySet<number>): string[] {
  const { own: t } = messages(lang).retention;
  if (request.doneAt) return [];
  const last = request.extendedUntil ?? request.doBy;
  return [
    ...(request.state === 'filed' ? [t.answerBy(formatDate(request.answerBy))] : []),
    request.extendedUntil ? t.extended(formatDate(last), request.extensionReason ?? '') : t.doBy(formatDate(last)),
    ...(announced.has(Number(last.slice(0, 4))) ? [] : [t.notAnnounced]),
  ];
}

function Kept({ lang, holdings }: { lang: Lang; holdings: Holdings }): VNode {
  const { own: t } = messages(lang).retention;
  const { contact } = holdings;
  return (
    <>
      <Kv rows items={[
        ...factsOf(lang, holdings),
        { label: t.contact, value: contact ? t.contactKept(formatDate(contact.until)) : t.contactNone },
        { label: t.openings, value: openingsOf(lang, holdings) },
        { label: t.until, value: untilOf(lang, holdings) },
      ]} />
      <p class="hint">{t.notHere}</p>
    </>
  );
}

function openingsOf(lang: Lang, { openings }: Holdings): VNode | string {
  const { own: t } = messages(lang).retention;
  if (openings.length === 0) return t.openingsNone;
  return <ul>{openings.map(({ at, byPerson }) => <li>{formatDateTime(at, lang)}: {byPerson ? t.byPerson : t.byMachine}</li>)}</ul>;
}

/** Until when the contents are kept, in a sentence. */
export function untilOf(lang: Lang, { minimisedAt, view, caseUntil }: Holdings): string {
  const { own: t } = messages(lang).retention;
  if (minimisedAt) return t.minimised(formatDate(minimisedAt));
  if (view.eraseAfter) return t.untilStopped(formatDate(view.eraseAfter));
  return caseUntil ? t.untilCase(formatDate(caseUntil)) : t.untilOpen;
}

/** The facts of the report and its conversation, by name. */
export function factsOf(lang: Lang, { view, channel, reviewWords, inDanger, forChild, files, minimisedAt }: Holdings): KvItem[] {
  const { own: t } = messages(lang).retention;
  const states: Readonly<Record<string, string>> = messages(lang).portal.follow.state;
  const items: (KvItem | false | null)[] = [
    { label: t.code, value: <span class="mono" translate={false}>{view.code}</span> },
    { label: t.category, value: categoryOf(view.category).label[lang] },
    { label: t.state, value: states[view.state] ?? view.state },
    { label: t.received, value: formatDateTime(view.receivedAt, lang) },
    { label: t.channel, value: CHANNELS.find(({ code }) => code === channel)?.label[lang] ?? channel },
    { label: t.agency, value: view.agency },
    view.commune !== null && { label: t.place, value: view.commune },
    view.happenedOn !== null && { label: t.happened, value: formatDate(view.happenedOn) },
    view.moneyLost !== null && { label: t.money, value: formatMoney(view.moneyLost, lang) },
    inDanger && { label: t.danger, value: t.yes },
    forChild && { label: t.child, value: t.yes },
    minimisedAt === null && { label: t.story, value: <p class="pre">{view.narrative}</p> },
    view.indicators.length > 0 && { label: t.traces, value: view.indicators.map((trace) => <p class="mono" translate={false}>{trace}</p>) },
    files.length > 0 && { label: t.pictures, value: files.map((file) => <p>{file.name} · {formatBytes(file.bytes, lang)} · <span class="mono" translate={false}>{file.sha256.slice(0, 16)}…</span></p>) },
    view.messages.length > 0 && { label: t.messages, value: view.messages.map((message) => <p class="pre"><b>{message.sentBy === 'desk' ? t.fromDesk : t.fromYou}</b> · {formatDateTime(message.at, lang)}{'\n'}{message.body}</p>) },
    reviewWords !== null && minimisedAt === null && { label: t.review, value: <p class="pre">{[reviewWords, view.review?.reason].filter(Boolean).join('\n→ ')}</p> },
    { label: t.steps, value: view.steps.map((step) => <p>{formatDateTime(step.at, lang)}: {states[step.to] ?? step.to}</p>) },
  ];
  return items.filter((item): item is KvItem => Boolean(item));
}
