import type { ComponentChildren, VNode } from 'preact';
import { ROLES, type Role } from '#catalogue/roles.ts';
import type { SignedIn } from '#platform/http.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { ConsolePage, type ConsoleUser, type Crumb } from '#web/layout.tsx';
import type { Frame } from '#web/portal-frame.ts';
import { PATHS } from '../addresses.ts';

/** The name of a role in a language. */
export function roleLabel(role: Role, lang: Lang): string {
  return ROLES.find(({ code }) => code === role)?.label[lang] ?? role;
}

/** Several roles as one line, in the order of the catalogue. */
export function roleLine(roles: readonly Role[], lang: Lang): string {
  return ROLES.filter(({ code }) => roles.includes(code)).map(({ label }) => label[lang]).join(', ');
}

/** Who is signed in, for the header of every page of the console: name, agency and roles, own account, sign-out. */
export function consoleUser({ actor, lang, agencyShort }: SignedIn): ConsoleUser {
  return {
    name: actor.name, role: `${agencyShort} · ${roleLine(actor.roles, lang)}`, href: PATHS.account,
    key: actor.officerId.slice(-12), signOut: { action: PATHS.signOut },
  };
}

export interface ShellProps {
  readonly frame: Frame;
  readonly signedIn: SignedIn;
  readonly title: string;
  /** Of the way back, without the console itself and without this page. */
  readonly crumbs?: readonly Crumb[];
  readonly children: ComponentChildren;
}

/** A page of this module in the console. */
export function Shell({ frame, signedIn, title, crumbs = [], children }: ShellProps): VNode {
  const { common } = messages(frame.lang);
  return (
    <ConsolePage {...frame} title={title} user={consoleUser(signedIn)} crumbs={[{ label: common.product, href: PATHS.console }, ...crumbs, { label: title }]}>
      <h1>{title}</h1>
      {children}
    </ConsolePage>
  );
}
