import type { ComponentChildren, VNode } from 'preact';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, ErrorSummary, Form, RadioCards, TextField } from '#web/form.tsx';
import { formatDate, formatDays } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { PATHS } from '../addresses.ts';
import type { GivenToken } from '../commands.ts';
import { LIFES, type TokenForm } from '../forms.ts';
import type { TokenRow } from '../queries.ts';
import type { Proof } from '../step-up.ts';
import { SCOPES, type TokenState } from '../tokens.ts';
import { ProofField } from './proof-field.tsx';
import { Shell, type ShellProps } from './shell.tsx';

type Base = Pick<ShellProps, 'frame' | 'signedIn'>;

/** The two pages of connections, tokens here and webhooks in the module of channels, each leading to the other. */
export function ConnectionsShell({ frame, signedIn, current, children }: Base & { readonly current: 'tokens' | 'webhooks'; readonly children: ComponentChildren }): VNode {
  const { connections } = messages(frame.lang);
  const tab = (key: 'tokens' | 'webhooks', href: string, label: string): VNode => <li><a href={href} aria-current={key === current ? 'page' : undefined}>{label}</a></li>;
  return (
    <Shell frame={frame} signedIn={signedIn} title={connections.title}>
      <p class="lead">{connections.lead}</p>
      <nav aria-label={connections.pages}>
        <ul class="filters">
          {tab('tokens', PATHS.connections, connections.tokensTab)}
          {tab('webhooks', PATHS.webhooks, connections.webhooksTab)}
        </ul>
      </nav>
      {children}
      <p class="hint">{connections.guide} <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
    </Shell>
  );
}

export interface ConnectionsPageProps extends Base {
  readonly tokens: readonly TokenRow[];
  readonly form: TokenForm;
  readonly proof: Proof;
  readonly done?: 'revoked';
  /** What stopped the last act: a wrong proof, a token that is ending already, or minutes to wait. */
  readonly fault?: 'proof' | 'ending' | { readonly wait: number };
}

/** The tokens of the agency's systems. */
export function ConnectionsPage(props: ConnectionsPageProps): VNode {
  const { frame, signedIn, tokens, proof, done, fault } = props;
  const { lang } = frame;
  const { connections, identity } = messages(lang);
  const wait = typeof fault === 'object' ? fault.wait : undefined;
  return (
    <ConnectionsShell frame={frame} signedIn={signedIn} current="tokens">
      {done && <Callout kind="ok" role="status">{connections.tokens[done]}</Callout>}
      {fault === 'proof' && <Callout kind="look" role="alert">{connections.proof.wrong}</Callout>}
      {fault === 'ending' && <Callout kind="look" role="alert">{connections.tokens.ending}</Callout>}
      {wait !== undefined && <Callout kind="look" title={identity.signIn.waitTitle} role="alert">{identity.signIn.wait(String(wait), wait === 1)}</Callout>}
      <DataTable lang={lang} caption={connections.tokens.caption} rows={tokens} rowKey={(row) => row.id} empty={<Empty title={connections.tokens.empty} />} columns={[
        { key: 'name', label: connections.tokens.name, card: 'title', cell: (row) => row.name },
        { key: 'scopes', label: connections.tokens.scopes, cell: (row) => row.scopes.map((scope) => connections.scopes[scope]).join('; ') },
        { key: 'used', label: connections.tokens.lastUsed, nowrap: true, cell: (row) => (row.lastUsedOn ? formatDate(row.lastUsedOn) : connections.tokens.never) },
        { key: 'ends', label: connections.tokens.ends, nowrap: true, cell: (row) => formatDate(row.endsAt) },
        { key: 'state', label: connections.tokens.state, cell: (row) => <State state={row.state} lang={lang} /> },
        { key: 'action', label: connections.tokens.action, cell: (row) => <Acts row={row} lang={lang} proof={proof} /> },
      ]} />
      <NewTokenPanel {...props} />
    </ConnectionsShell>
  );
}

const STATE_TONE = { active: 'moss', ending: 'amber', rotated: 'amber', expired: 'plain', revoked: 'plain' } as const satisfies Record<TokenState, Tone>;

function State({ state, lang }: { state: TokenState; lang: Lang }): VNode {
  return <Badge tone={STATE_TONE[state]}>{messages(lang).connections.states[state]}</Badge>;
}

function Acts({ row, lang, proof }: { row: TokenRow; lang: Lang; proof: Proof }): VNode | null {
  const { tokens: words } = messages(lang).connections;
  const act = (verb: 'doi' | 'thu-hoi', label: string, help: string): VNode => (
    <Disclosure summary={<>{label}<span class="vh"> {row.name}</span></>} kind={verb === 'doi' ? 'button' : 'danger'} group={row.id}>
      <Form action={`${PATHS.connections}/${row.id}/${verb}`}>
        <p>{help}</p>
        <ProofField lang={lang} proof={proof} id={`${verb}-${row.id}`} />
        <Button kind={verb === 'doi' ? 'quiet' : 'danger'}>{label}</Button>
      </Form>
    </Disclosure>
  );
  if (row.state === 'expired' || row.state === 'revoked') return null;
  return (
    <>
      {row.state !== 'rotated' && act('doi', words.rotate, words.rotateHelp)}
      {act('thu-hoi', words.revoke, words.revokeHelp)}
    </>
  );
}

function NewTokenPanel({ frame: { lang }, form, proof, fault }: ConnectionsPageProps): VNode {
  const { connections } = messages(lang);
  const { errors: words } = connections.tokens;
  const errors = Object.fromEntries(Object.entries(form.errors).map(([field, code]) => [field, code && words[code]]));
  const options = SCOPES.map((scope) => ({ value: scope, label: connections.scopes[scope], hint: connections.scopeHints[scope] }));
  return (
    <Panel title={connections.tokens.addTitle}>
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={PATHS.connections}>
        <TextField lang={lang} name="ten" label={connections.tokens.name} hint={connections.tokens.nameHint} autocomplete="off" width="medium" maxlength={100}
          value={form.typed.name} error={errors['ten']} />
        <CheckboxList lang={lang} name="quyen" label={connections.tokens.scopes} options={options} values={form.typed.scopes} error={errors['quyen']} />
        <RadioCards lang={lang} name="ngay" label={connections.tokens.days} hint={connections.tokens.daysHint} inline value={form.typed.days}
          options={LIFES.map((days) => ({ value: String(days), label: formatDays(days, lang) }))} error={errors['ngay']} />
        <ProofField lang={lang} proof={proof} wrong={fault === 'proof'} />
        <Button>{connections.tokens.create}</Button>
      </Form>
    </Panel>
  );
}

/** A token, shown once. */
export function TokenPage({ frame, signedIn, given }: Base & { readonly given: GivenToken }): VNode {
  const { lang } = frame;
  const { connections } = messages(lang);
  const { tokens: words } = connections;
  return (
    <Shell frame={frame} signedIn={signedIn} title={words.shownTitle(given.name)} crumbs={[{ label: connections.title, href: PATHS.connections }]}>
      <Callout kind="look">{words.shownLead}</Callout>
      <Kv rows items={[{ label: words.token, value: <code class="mono">{given.token}</code> }, { label: words.until, value: formatDate(given.expiresAt) }]} />
      <ButtonRow>
        <ButtonLink href={PATHS.connections}>{words.done}</ButtonLink>
      </ButtonRow>
    </Shell>
  );
}
