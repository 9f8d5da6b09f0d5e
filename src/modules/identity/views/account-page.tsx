import type { VNode } from 'preact';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Button, ButtonLink, ButtonRow, Form, RadioCards, TextField } from '#web/form.tsx';
import { formatAgo, formatDateTime } from '#web/format.ts';
import { messages } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { PATHS } from '../addresses.ts';
import type { PasswordFault } from '../passwords.ts';
import type { OwnSession } from '../queries.ts';
import { roleLine, Shell, type ShellProps } from './shell.tsx';
import { Faults, NewPasswordFields, passwordError } from './sign-in-pages.tsx';

export interface AccountPageProps extends Pick<ShellProps, 'frame' | 'signedIn'> {
  readonly now: Date;
  readonly agency: string;
  /** More than one agency to work for. */
  readonly canSwitch: boolean;
  readonly sessions: readonly OwnSession[];
  /** Id of the session of this very browser. */
  readonly current: string;
  readonly done?: 'passwordChanged' | 'revoked' | 'languageSet';
  readonly faults?: { readonly old?: true; readonly password?: PasswordFault };
  readonly wait?: number;
}

/** The own account: for whom one works, language, password, signed-in browsers. */
export function AccountPage(props: AccountPageProps): VNode {
  const { frame, signedIn, done, wait } = props;
  const { lang } = frame;
  const { account, agency, signIn } = messages(lang).identity;
  return (
    <Shell frame={frame} signedIn={signedIn} title={account.title}>
      {done && <Callout kind="ok" role="status">{account[done]}</Callout>}
      {wait !== undefined && <Callout kind="look" title={signIn.waitTitle} role="alert">{signIn.wait(String(wait), wait === 1)}</Callout>}
      <Kv rows items={[
        { label: account.name, value: signedIn.actor.name },
        { label: account.agency, value: props.agency, change: props.canSwitch ? { href: PATHS.agency, label: agency.switch } : undefined },
        { label: account.roles, value: roleLine(signedIn.actor.roles, lang) },
      ]} />
      <div class="two">
        <PasswordPanel {...props} />
        <LanguagePanel {...props} />
      </div>
      <NewsPanel {...props} />
      <SessionsPanel {...props} />
    </Shell>
  );
}

function PasswordPanel({ frame: { lang }, faults }: AccountPageProps): VNode {
  const { identity: { account }, common } = messages(lang);
  const oldError = faults?.old && account.oldWrong;
  return (
    <Panel title={account.passwordTitle}>
      <Faults title={common.form.errorTitle} messages={[oldError, passwordError(lang, faults?.password)]} />
      <Form action={PATHS.password}>
        <TextField lang={lang} name="mat-khau" label={account.oldPassword} type="password" autocomplete="current-password" width="medium" error={oldError} />
        <NewPasswordFields lang={lang} label={account.newPassword} fault={faults?.password} />
        <p class="hint">{account.passwordNote}</p>
        <Button>{account.changePassword}</Button>
      </Form>
    </Panel>
  );
}

function LanguagePanel({ frame: { lang } }: AccountPageProps): VNode {
  const { identity, common } = messages(lang);
  return (
    <Panel title={identity.account.languageTitle}>
      <Form action={PATHS.language}>
        <RadioCards lang={lang} name="ngon-ngu" label={identity.account.language} value={lang} inline
          options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        <Button kind="quiet">{common.button.save}</Button>
      </Form>
    </Panel>
  );
}

/** The way to the page of the module of notifications. */
function NewsPanel({ frame: { lang } }: AccountPageProps): VNode {
  const { setting } = messages(lang).news;
  return (
    <Panel title={setting.title}>
      <p>{setting.onAccount}</p>
      <ButtonLink kind="quiet" href={PATHS.news}>{setting.title}</ButtonLink>
    </Panel>
  );
}

function SessionsPanel({ frame: { lang }, sessions, current, now }: AccountPageProps): VNode {
  const { account } = messages(lang).identity;
  return (
    <Panel title={account.sessionsTitle}>
      <p>{account.sessionsHelp}</p>
      <DataTable lang={lang} caption={account.sessionsCaption} rows={sessions} rowKey={(row) => row.id} columns={[
        { key: 'browser', label: account.browser, card: 'title', cell: (row) => <>{row.browser || account.unknownBrowser} {row.id === current && <Badge tone="moss">{account.thisOne}</Badge>}</> },
        { key: 'since', label: account.since, nowrap: true, cell: (row) => formatDateTime(row.since, lang) },
        { key: 'seen', label: account.lastSeen, cell: (row) => formatAgo(row.lastSeenAt, now, lang) },
        { key: 'action', label: account.action, cell: (row) => row.id !== current && <Revoke session={row.id} label={account.revoke} /> },
      ]} />
      {sessions.length > 1 && (
        <ButtonRow>
          <Revoke session="khac" label={account.revokeOthers} />
        </ButtonRow>
      )}
    </Panel>
  );
}

function Revoke({ session, label }: { session: string; label: string }): VNode {
  return (
    <Form action={PATHS.sessions} hidden={{ phien: session }}>
      <Button kind="quiet" small>{label}</Button>
    </Form>
  );
}
