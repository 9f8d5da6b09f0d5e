import type { VNode } from 'preact';
import { ROLES } from '#catalogue/roles.ts';
import { Badge, type Tone } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, CheckboxList, DateField, ErrorSummary, Form, RadioCards, TextField } from '#web/form.tsx';
import { formatDate } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { Panel } from '#web/panel.tsx';
import { DataTable } from '#web/table.tsx';
import { PATHS } from '../addresses.ts';
import type { GrantForm, OfficerForm } from '../forms.ts';
import { GRANTED_BY_ADMINISTRATOR } from '../policy.ts';
import type { OfficerRow, RoleRow } from '../queries.ts';
import { roleLabel, Shell, type ShellProps } from './shell.tsx';

type Base = Pick<ShellProps, 'frame' | 'signedIn'>;

/** Address of one officer's page. */
export function officerPath(id: string): string {
  return `${PATHS.officers}/${id}`;
}

const STATE_TONE = { active: 'moss', disabled: 'rose', new: 'amber', demo: 'sky' } as const satisfies Record<string, Tone>;

function State({ officer, lang }: { officer: OfficerRow; lang: Lang }): VNode {
  const { states } = messages(lang).identity.officers;
  const state = officer.disabled ? 'disabled' : officer.demo ? 'demo' : officer.enrolled ? 'active' : 'new';
  return <Badge tone={STATE_TONE[state]}>{states[state]}</Badge>;
}

/** All who have or had a role in the agency. */
export function OfficersPage({ frame, signedIn, officers }: Base & { readonly officers: readonly OfficerRow[] }): VNode {
  const { lang } = frame;
  const words = messages(lang).identity;
  return (
    <Shell frame={frame} signedIn={signedIn} title={words.officers.title}>
      <ButtonRow>
        <ButtonLink href={PATHS.newOfficer}>{words.officers.add}</ButtonLink>
      </ButtonRow>
      <DataTable lang={lang} caption={words.officers.caption} rows={officers} rowKey={(row) => row.id} rowHref={(row) => officerPath(row.id)} columns={[
        { key: 'name', label: words.officers.name, card: 'title', cell: (row) => row.name },
        { key: 'email', label: words.email, cell: (row) => row.email },
        { key: 'roles', label: words.officers.roles, cell: (row) => rolesNow(row, lang) || words.officers.noRoles },
        { key: 'state', label: words.officers.state, cell: (row) => <State officer={row} lang={lang} /> },
      ]} />
    </Shell>
  );
}

function rolesNow({ roles }: OfficerRow, lang: Lang): string {
  return roles.filter((role) => role.state !== 'ended').map((role) => roleLabel(role.role, lang)).join(', ');
}

const CRUMB = (lang: Lang) => [{ label: messages(lang).identity.officers.title, href: PATHS.officers }];

function DateFields({ lang, form }: { lang: Lang; form: Pick<GrantForm, 'typed' | 'errors'> }): VNode {
  const { officers } = messages(lang).identity;
  return (
    <>
      <DateField lang={lang} name="tu" label={officers.from} value={form.typed.from} error={wordsOf(lang, form.errors).tu} />
      <DateField lang={lang} name="den" label={officers.to} hint={officers.toHint} optional value={form.typed.to} error={wordsOf(lang, form.errors).den} />
    </>
  );
}

function wordsOf(lang: Lang, errors: OfficerForm['errors']): Record<string, string | undefined> {
  const { errors: words } = messages(lang).identity.officers;
  return Object.fromEntries(Object.entries(errors).map(([field, code]) => [field, code && words[code]]));
}

const roleOptions = (lang: Lang) =>
  ROLES.filter(({ code }) => GRANTED_BY_ADMINISTRATOR.includes(code)).map(({ code, label }) => ({ value: code, label: label[lang] }));

/** A new officer with the first roles. */
export function NewOfficerPage({ frame, signedIn, form }: Base & { readonly form: OfficerForm }): VNode {
  const { lang } = frame;
  const { identity } = messages(lang);
  const { officers } = identity;
  const errors = wordsOf(lang, form.errors);
  return (
    <Shell frame={frame} signedIn={signedIn} title={officers.addTitle} crumbs={CRUMB(lang)}>
      <ErrorSummary lang={lang} errors={errors} />
      <p class="lead">{officers.addLead}</p>
      <Form action={PATHS.newOfficer}>
        <TextField lang={lang} name="ten" label={officers.name} autocomplete="off" value={form.typed.name} error={errors.ten} width="medium" />
        <TextField lang={lang} name="thu" label={identity.email} hint={officers.emailHint} type="email" inputmode="email" autocomplete="off" value={form.typed.email}
          error={errors.thu} width="medium" code />
        <CheckboxList lang={lang} name="vai-tro" label={officers.roles} options={roleOptions(lang)} values={form.typed.roles} error={errors['vai-tro']} />
        <DateFields lang={lang} form={form} />
        <Button>{officers.create}</Button>
      </Form>
    </Shell>
  );
}

/** A first password, shown once. */
export function FirstPasswordPage({ frame, signedIn, officer, password }: Base & { readonly officer: { id: string; name: string; email: string }; readonly password: string }): VNode {
  const { lang } = frame;
  const { identity } = messages(lang);
  const { officers } = identity;
  return (
    <Shell frame={frame} signedIn={signedIn} title={officers.secretTitle(officer.name)} crumbs={CRUMB(lang)}>
      <Callout kind="look">{officers.secretLead}</Callout>
      <Kv rows items={[{ label: identity.email, value: <code class="mono">{officer.email}</code> }, { label: identity.password, value: <code class="mono">{password}</code> }]} />
      <ButtonRow>
        <ButtonLink href={officerPath(officer.id)}>{officers.secretDone}</ButtonLink>
      </ButtonRow>
    </Shell>
  );
}

export interface OfficerPageProps extends Base {
  readonly officer: OfficerRow;
  readonly form: GrantForm;
  readonly saved: boolean;
  /** What the administrator may do here (policy.ts). */
  readonly may: { readonly roles: boolean; readonly account: boolean; readonly isSelf: boolean };
}

/** One officer: roles in the agency, and the account. */
export function OfficerPage(props: OfficerPageProps): VNode {
  const { frame, signedIn, officer, form, may } = props;
  const { lang } = frame;
  const { identity } = messages(lang);
  return (
    <Shell frame={frame} signedIn={signedIn} title={officer.name} crumbs={CRUMB(lang)}>
      {props.saved && <Callout kind="ok" role="status">{identity.officers.saved}</Callout>}
      {may.isSelf && <Callout kind="note">{identity.officers.self}</Callout>}
      <Kv rows items={[{ label: identity.email, value: officer.email }, { label: identity.officers.state, value: <State officer={officer} lang={lang} /> }]} />
      <RolesTable {...props} />
      {may.roles && <GrantPanel lang={lang} officer={officer} form={form} />}
      {!may.isSelf && (may.account ? <AccountPanel lang={lang} officer={officer} /> : <Callout kind="note">{identity.officers.elsewhere}</Callout>)}
    </Shell>
  );
}

function RolesTable({ frame: { lang }, officer, may }: OfficerPageProps): VNode {
  const { officers, account } = messages(lang).identity;
  return (
    <Panel title={officers.roles}>
      <DataTable lang={lang} caption={officers.roles} rows={officer.roles} rowKey={(row) => `${row.role} ${row.from}`} columns={[
        { key: 'role', label: officers.roles, card: 'title', cell: (row) => roleLabel(row.role, lang) },
        { key: 'from', label: officers.from, nowrap: true, cell: (row) => formatDate(row.from) },
        { key: 'to', label: officers.to, nowrap: true, cell: (row) => (row.to ? formatDate(row.to) : officers.noEnd) },
        { key: 'state', label: officers.state, cell: (row) => officers.roleStates[row.state] },
        { key: 'action', label: account.action, cell: (row) => mayEnd(row, may.roles) && <EndRole lang={lang} officer={officer} row={row} /> },
      ]} />
    </Panel>
  );
}

function mayEnd(row: RoleRow, mayChange: boolean): boolean {
  return mayChange && row.state !== 'ended' && GRANTED_BY_ADMINISTRATOR.includes(row.role);
}

function EndRole({ lang, officer, row }: { lang: Lang; officer: OfficerRow; row: RoleRow }): VNode {
  const { officers } = messages(lang).identity;
  return (
    <Form action={`${officerPath(officer.id)}/ket-thuc`} hidden={{ 'vai-tro': row.role, tu: row.from }} label={officers.endNowLong(roleLabel(row.role, lang))}>
      <Button kind="quiet" small>{officers.endNow}</Button>
    </Form>
  );
}

function GrantPanel({ lang, officer, form }: { lang: Lang; officer: OfficerRow; form: GrantForm }): VNode {
  const { officers } = messages(lang).identity;
  const errors = wordsOf(lang, form.errors);
  return (
    <Panel title={officers.grantTitle}>
      <ErrorSummary lang={lang} errors={errors} />
      <Form action={`${officerPath(officer.id)}/vai-tro`}>
        <RadioCards lang={lang} name="vai-tro" label={officers.roles} options={roleOptions(lang)} value={form.typed.roles[0]} error={errors['vai-tro']} />
        <DateFields lang={lang} form={form} />
        <Button>{officers.grant}</Button>
      </Form>
    </Panel>
  );
}

function AccountPanel({ lang, officer }: { lang: Lang; officer: OfficerRow }): VNode {
  const { officers } = messages(lang).identity;
  const act = (verb: string, label: string, help?: string): VNode => (
    <Disclosure summary={label} kind="button">
      <Form action={`${officerPath(officer.id)}/${verb}`}>
        {help && <p>{help}</p>}
        <Button kind={verb === 'khoa' ? 'danger' : 'quiet'}>{label}</Button>
      </Form>
    </Disclosure>
  );
  return (
    <Panel title={officers.accountTitle}>
      {act('dat-lai', officers.reset, officers.resetHelp)}
      {officer.disabled ? act('mo', officers.enable) : act('khoa', officers.disable, officers.disableHelp)}
    </Panel>
  );
}
