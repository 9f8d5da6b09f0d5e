import type { ComponentChildren, VNode } from 'preact';
import { Callout } from '#web/callout.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Button, ButtonLink, ButtonRow, ErrorSummary, Form, HiddenFields, RadioCards, TextField } from '#web/form.tsx';
import { messages, type Lang } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import { QrCode } from '#web/qr.tsx';
import { safeHref } from '#web/safe-href.ts';
import { PATHS, withNext } from '../addresses.ts';
import { PASSWORD } from '../limits.ts';
import type { PasswordFault } from '../passwords.ts';
import type { Place } from '../queries.ts';

/** What is carried from step to step: where to go afterwards, and what had been written when the session ended. */
export interface Carried {
  /** A page of the console, or empty. */
  readonly next: string;
  /** A sealed draft, or empty. */
  readonly draft: string;
}

interface PageProps {
  readonly frame: Frame;
  readonly carried: Carried;
  /** Whole minutes to wait after too many wrong attempts. */
  readonly wait?: number;
}

const STEP = 'buoc';

function hiddenOf({ next, draft }: Carried, step?: string, note?: string): Record<string, string | undefined> {
  return { [STEP]: step, 'giu-cho': note, tiep: next || undefined, 'ban-nhap': draft || undefined };
}

function Page({ frame, carried, title, children }: { frame: Frame; carried: Carried; title: string; children: ComponentChildren }): VNode {
  return (
    <PortalPage {...frame} title={title} path={withNext(PATHS.signIn, carried.next)} noindex>
      <h1>{title}</h1>
      {children}
    </PortalPage>
  );
}

function Wait({ lang, minutes }: { lang: Lang; minutes?: number }): VNode | null {
  const { signIn } = messages(lang).identity;
  if (minutes === undefined) return null;
  return (
    <Callout kind="look" title={signIn.waitTitle} role="alert">
      {signIn.wait(String(minutes), minutes === 1)}
    </Callout>
  );
}

/** What is wrong where passwords and codes are typed; unlike `ErrorSummary` it does not promise that they were kept. */
export function Faults({ title, messages: texts }: { readonly title: string; readonly messages: readonly (string | undefined)[] }): VNode | null {
  const found = texts.filter(Boolean);
  return found.length === 0 ? null : <Callout kind="look" title={title} role="alert">{found.join(' ')}</Callout>;
}

export interface SignInPageProps extends PageProps {
  readonly email?: string;
  readonly fault?: 'wrong' | 'expired' | 'no_role';
  readonly signedOut?: boolean;
  /** The session had ended during a sending; what became of it. */
  readonly ended?: { readonly kept: boolean; readonly hadFiles: boolean };
}

/** First step: e-mail and password. */
export function SignInPage(props: SignInPageProps): VNode {
  const { frame, carried, fault } = props;
  const { lang } = frame;
  const { identity, common } = messages(lang);
  return (
    <Page frame={frame} carried={carried} title={identity.signIn.title}>
      <Ended lang={lang} ended={props.ended} />
      {props.signedOut && <Callout kind="ok" role="status">{identity.signIn.signedOut}</Callout>}
      <Wait lang={lang} minutes={props.wait} />
      {fault && <Callout kind="look" title={identity.signIn.summary} role="alert">{identity.signIn[fault]}</Callout>}
      <p class="lead">{identity.signIn.lead}</p>
      <Form action={localPath(lang, PATHS.signIn)} hidden={hiddenOf(carried)}>
        <TextField lang={lang} name="thu" label={identity.email} type="email" inputmode="email" autocomplete="username" value={props.email} width="medium" code />
        <TextField lang={lang} name="mat-khau" label={identity.password} type="password" autocomplete="current-password" width="medium" />
        <ButtonRow>
          <Button>{common.button.signIn}</Button>
        </ButtonRow>
      </Form>
      <p>{identity.signIn.forgot}</p>
      <p>
        {identity.signIn.notOfficer} <a href={localPath(lang, links.report)}>{common.nav.report}</a> · <a href={localPath(lang, links.follow)}>{common.nav.follow}</a>
      </p>
    </Page>
  );
}

function Ended({ lang, ended }: { lang: Lang; ended: SignInPageProps['ended'] }): VNode | null {
  const { signIn } = messages(lang).identity;
  if (!ended) return null;
  return (
    <Callout kind={ended.kept ? 'note' : 'look'} title={signIn.endedTitle} role="alert">
      {ended.kept ? signIn.draftKept : signIn.draftTooLong} {ended.hadFiles && signIn.draftFiles}
    </Callout>
  );
}

/** Second step: the code of the authenticator app. */
export function CodePage(props: PageProps & { readonly note: string; readonly fault?: 'wrong_code' }): VNode {
  const { frame, carried } = props;
  const { lang } = frame;
  const { identity, common } = messages(lang);
  const error = props.fault && identity.codeStep[props.fault];
  return (
    <Page frame={frame} carried={carried} title={identity.codeStep.title}>
      <Wait lang={lang} minutes={props.wait} />
      <Faults title={identity.signIn.summary} messages={[error]} />
      <Form action={localPath(lang, PATHS.signIn)} hidden={hiddenOf(carried, 'ma', props.note)}>
        <CodeField lang={lang} label={identity.code} hint={identity.codeStep.hint} error={error} />
        <ButtonRow>
          <Button>{common.button.signIn}</Button>
        </ButtonRow>
      </Form>
      <p>
        <a href={safeHref(localPath(lang, withNext(PATHS.signIn, carried.next)))}>{identity.codeStep.restart}</a>
      </p>
    </Page>
  );
}

function CodeField(props: { lang: Lang; label: string; hint: string; error?: string }): VNode {
  return <TextField {...props} name="ma" inputmode="numeric" autocomplete="one-time-code" maxlength={7} width="short" code />;
}

/** The words for what is wrong with a new password. */
export function passwordError(lang: Lang, fault: PasswordFault | undefined): string | undefined {
  const { newPassword } = messages(lang).identity;
  if (!fault) return undefined;
  if (fault === 'too_short') return newPassword.too_short(String(PASSWORD.least));
  return fault === 'too_long' ? newPassword.too_long(String(PASSWORD.most)) : newPassword[fault];
}

/** A new password, twice. */
export function NewPasswordFields({ lang, label, fault }: { lang: Lang; label: string; fault?: PasswordFault }): VNode {
  const { newPassword } = messages(lang).identity;
  const error = passwordError(lang, fault);
  const isSecond = fault === 'differs';
  return (
    <>
      <TextField lang={lang} name="mat-khau-moi" label={label} hint={newPassword.hint(String(PASSWORD.least))} type="password" autocomplete="new-password"
        width="medium" error={isSecond ? undefined : error} />
      <TextField lang={lang} name="nhap-lai" label={newPassword.again} type="password" autocomplete="new-password" width="medium" error={isSecond ? error : undefined} />
    </>
  );
}

export interface EnrolPageProps extends PageProps {
  readonly note: string;
  readonly secret: string;
  /** `otpauth://…` */
  readonly address: string;
  readonly faults: { readonly code?: 'wrong_code'; readonly password?: PasswordFault };
}

/** First sign-in: connect a phone, choose a password of one's own. */
export function EnrolPage({ frame, carried, note, secret, address, faults }: EnrolPageProps): VNode {
  const { lang } = frame;
  const { identity } = messages(lang);
  const { enrol } = identity;
  const codeError = faults.code && identity.codeStep[faults.code];
  return (
    <Page frame={frame} carried={carried} title={enrol.title}>
      <Faults title={identity.signIn.summary} messages={[codeError, passwordError(lang, faults.password)]} />
      <p class="lead">{enrol.lead}</p>
      <h2>{enrol.scanTitle}</h2>
      <p>{enrol.scan}</p>
      <QrCode value={address} label={enrol.qr} size={200} />
      <p>
        {enrol.byHand} <code class="mono">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Form action={localPath(lang, PATHS.signIn)} hidden={hiddenOf(carried, 'lan-dau', note)}>
        <CodeField lang={lang} label={enrol.codeLabel} hint={enrol.codeHint} error={codeError} />
        <NewPasswordFields lang={lang} label={enrol.passwordLabel} fault={faults.password} />
        <Button>{enrol.done}</Button>
      </Form>
    </Page>
  );
}

/** The name of an agency in a language. */
export function placeName({ name, nameEn }: Pick<Place, 'name' | 'nameEn'>, lang: Lang): string {
  return lang === 'en' ? nameEn : name;
}

/** An officer of several agencies says for which one they work now. */
export function AgencyPage(props: PageProps & { readonly places: readonly Place[]; readonly current?: string; readonly missing?: boolean }): VNode {
  const { frame, carried, places } = props;
  const { lang } = frame;
  const { identity, common } = messages(lang);
  const error = props.missing ? identity.agency.missing : undefined;
  return (
    <PortalPage {...frame} title={identity.agency.title} path={withNext(PATHS.signIn, carried.next)} noindex>
      <ErrorSummary lang={lang} errors={{ 'co-quan': error }} />
      <Form action={PATHS.agency} hidden={hiddenOf(carried)}>
        <RadioCards lang={lang} name="co-quan" label={identity.agency.title} hint={identity.agency.hint} heading error={error} value={props.current}
          options={places.map((place) => ({ value: place.agencyId, label: placeName(place, lang) }))} />
        <Button>{common.button.continue}</Button>
      </Form>
    </PortalPage>
  );
}

export interface DraftPageProps {
  readonly frame: Frame;
  readonly agency: string;
  readonly path: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** After the sign-in: what had been written, sent on by one button to where it was going. */
export function DraftPage({ frame, agency, path, fields }: DraftPageProps): VNode {
  const { draft } = messages(frame.lang).identity;
  return (
    <PortalPage {...frame} title={draft.title} path={PATHS.signIn} noindex>
      <h1>{draft.title}</h1>
      <p class="lead">{draft.lead}</p>
      <p>
        {draft.agency(agency)} {draft.files}
      </p>
      <Form action={path}>
        {fields.map(([name, value]) => <HiddenFields values={{ [name]: value }} />)}
        <ButtonRow>
          <Button>{draft.send}</Button>
          <ButtonLink kind="quiet" href={PATHS.console}>{draft.leave}</ButtonLink>
        </ButtonRow>
      </Form>
      <Disclosure summary={draft.show}>
        {fields.filter(([, value]) => value.trim()).map(([, value]) => <p>{value.split('\n').map((line, index) => [index > 0 && <br />, line])}</p>)}
      </Disclosure>
    </PortalPage>
  );
}

/** After the sign-in: what had been written was kept too long ago. */
export function DraftLostPage({ frame, next }: { readonly frame: Frame; readonly next: string }): VNode {
  const { identity, common } = messages(frame.lang);
  return (
    <PortalPage {...frame} title={identity.draft.lostTitle} path={PATHS.signIn} noindex>
      <h1>{identity.draft.lostTitle}</h1>
      <p class="lead">{identity.draft.lost}</p>
      <ButtonLink href={next}>{common.button.continue}</ButtonLink>
    </PortalPage>
  );
}
