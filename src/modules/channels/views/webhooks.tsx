import type { VNode } from 'preact';
import type { ReportState } from '#core/transitions.ts';
import { ConnectionsShell, ProofField, type Proof } from '#modules/identity/index.ts';
import type { SignedIn } from '#platform/http.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, TextField } from '#web/form.tsx';
import { formatDateTime, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import type { Frame } from '#web/portal-frame.ts';
import { DataTable } from '#web/table.tsx';
import type { Fault } from '../webhook/address.ts';
import type { DeliveryRow, WebhookRow } from '../webhook/queries.ts';

interface Base {
  readonly frame: Frame;
  readonly signedIn: SignedIn;
  readonly path: string;
}

export interface WebhooksPageProps extends Base {
  readonly webhooks: readonly WebhookRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly proof: Proof;
  readonly done?: 'tested' | 'stopped' | 'started';
  /** Why a test did not arrive. */
  readonly testFault?: Fault;
  /** What was typed in the form of a new one, and what is wrong with it. */
  readonly typed?: string;
  readonly error?: Fault | 'many';
  readonly wrongProof?: boolean;
  /** Minutes to wait after too many wrong codes. */
  readonly wait?: number;
}

/** The webhooks of the agency: which there are, a new one, what was sent, how to check it. */
export function WebhooksPage(props: WebhooksPageProps): VNode {
  const { frame, signedIn, done, testFault, wait } = props;
  const { lang } = frame;
  const { connections: { webhooks: words }, identity } = messages(lang);
  return (
    <ConnectionsShell frame={frame} signedIn={signedIn} current="webhooks">
      {done && <Callout kind="ok" role="status">{words[done]}</Callout>}
      {testFault && <Callout kind="look" role="alert">{words.testFailed(words.faults[testFault])}</Callout>}
      {wait !== undefined && <Callout kind="look" title={identity.signIn.waitTitle} role="alert">{identity.signIn.wait(String(wait), wait === 1)}</Callout>}
      <p>{words.lead} {messages(lang).news.webhook.lead}</p>
      <WebhooksTable {...props} />
      <NewWebhookPanel {...props} />
      <DeliveriesPanel {...props} />
      <VerifyPanel lang={lang} />
    </ConnectionsShell>
  );
}

const STATE_TONE = { working: 'moss', failing: 'rose', stopped: 'plain' } as const satisfies Record<string, Tone>;

function State({ row, lang }: { row: WebhookRow; lang: Lang }): VNode {
  const { webhooks: words } = messages(lang).connections;
  const state = row.stoppedAt ? 'stopped' : row.failingSince ? 'failing' : 'working';
  return (
    <>
      <Badge tone={STATE_TONE[state]}>{words.states[state]}</Badge>
      {row.failingSince && row.lastError && <p class="hint">{words.failingSince(formatDateTime(row.failingSince, lang), words.faults[row.lastError])}</p>}
    </>
  );
}

function WebhooksTable({ frame: { lang }, webhooks, path }: WebhooksPageProps): VNode {
  const { webhooks: words } = messages(lang).connections;
  const act = (row: WebhookRow, verb: 'thu' | 'dung' | 'mo', label: string): VNode => (
    <Form action={`${path}/${row.id}/${verb}`}>
      <Button kind="quiet" small>{label}<span class="vh"> {row.url}</span></Button>
    </Form>
  );
  return (
    <DataTable lang={lang} caption={words.caption} rows={webhooks} rowKey={(row) => row.id} empty={<Empty title={words.empty} />} columns={[
      { key: 'url', label: words.url, card: 'title', cell: (row) => <code class="mono say">{row.url}</code> },
      { key: 'state', label: words.state, cell: (row) => <State row={row} lang={lang} /> },
      { key: 'ok', label: words.lastOk, cell: (row) => (row.lastOkAt ? formatDateTime(row.lastOkAt, lang) : words.never) },
      {
        key: 'action', label: words.action, cell: (row) => (
          <ButtonRow>
            {act(row, 'thu', words.test)}
            {row.stoppedAt ? act(row, 'mo', words.start) : act(row, 'dung', words.stop)}
          </ButtonRow>
        ),
      },
    ]} />
  );
}

function NewWebhookPanel({ frame: { lang }, path, typed, error, wrongProof, proof }: WebhooksPageProps): VNode {
  const { webhooks: words } = messages(lang).connections;
  const message = error && (error === 'many' ? words.errors.many : words.faults[error]);
  return (
    <Panel title={words.addTitle}>
      <ErrorSummary lang={lang} errors={{ 'dia-chi': message, 'xac-nhan': wrongProof ? messages(lang).connections.proof.wrong : undefined }} />
      <Form action={path}>
        <TextField lang={lang} name="dia-chi" label={words.url} hint={words.urlHint} type="url" inputmode="url" autocomplete="off" maxlength={500} value={typed} error={message} code />
        <ProofField lang={lang} proof={proof} wrong={wrongProof} />
        <Button>{words.create}</Button>
      </Form>
    </Panel>
  );
}

const RESULT_TONE = { waiting: 'amber', delivered: 'moss', given_up: 'rose' } as const satisfies Record<DeliveryRow['state'], Tone>;

function DeliveriesPanel({ frame: { lang }, deliveries }: WebhooksPageProps): VNode {
  const { connections: { webhooks: words }, news } = messages(lang);
  const result = (row: DeliveryRow): VNode => (
    <>
      <Badge tone={RESULT_TONE[row.state]}>{words.results[row.state]}</Badge> {row.status !== null && `HTTP ${row.status}`}
      {row.state === 'waiting' && row.attempts > 0 && <p class="hint">{words.nextAt(formatDateTime(row.nextAt, lang))}</p>}
    </>
  );
  return (
    <Panel title={words.deliveries}>
      <DataTable lang={lang} caption={words.deliveries} rows={deliveries} rowKey={(row) => row.id} empty={<p>{words.deliveriesEmpty}</p>} columns={[
        { key: 'code', label: news.webhook.code, card: 'title', nowrap: true, cell: (row) => row.code },
        { key: 'event', label: words.event, cell: (row) => messages(lang).console.reportState[row.event as ReportState] ?? news.webhook.events[row.event as keyof typeof news.webhook.events] ?? row.event },
        { key: 'at', label: words.at, cell: (row) => formatDateTime(row.at, lang) },
        { key: 'url', label: words.url, cell: (row) => <span class="say">{row.url}</span> },
        { key: 'result', label: words.result, cell: result },
        { key: 'attempts', label: words.attempts, numeric: true, cell: (row) => formatNumber(row.attempts, lang) },
      ]} />
    </Panel>
  );
}

/** Flat on purpose: it is read on narrow screens, too. */
const SAMPLE = `import { createHmac, timingSafeEqual } from 'node:crypto';

const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const signed = \`\${headers['webhook-id']}.\${headers['webhook-timestamp']}.\${body}\`;
const expected = createHmac('sha256', key).update(signed).digest();
const given = Buffer.from(headers['webhook-signature'].slice('v1,'.length), 'base64');
const isFresh = Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 300;
const isGenuine = isFresh && given.length === 32 && timingSafeEqual(given, expected);`;

function VerifyPanel({ lang }: { lang: Lang }): VNode {
  const { webhooks: words } = messages(lang).connections;
  return (
    <Panel title={words.verifyTitle}>
      <p>{words.verify}</p>
      <div class="mono say"><code>{SAMPLE}</code></div>
      <p>{words.retries}</p>
    </Panel>
  );
}

/** The secret of a webhook, shown once. */
export function SecretPage({ frame, signedIn, path, url, secret }: Base & { readonly url: string; readonly secret: string }): VNode {
  const { webhooks: words } = messages(frame.lang).connections;
  return (
    <ConnectionsShell frame={frame} signedIn={signedIn} current="webhooks">
      <h2>{words.shownTitle}</h2>
      <Callout kind="look">{words.shownLead}</Callout>
      <Kv rows items={[{ label: words.url, value: <code class="mono say">{url}</code> }, { label: words.secret, value: <code class="mono say">{secret}</code> }]} />
      <ButtonRow>
        <ButtonLink href={path}>{words.done}</ButtonLink>
      </ButtonRow>
    </ConnectionsShell>
  );
}
