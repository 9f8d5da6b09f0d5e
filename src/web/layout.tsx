import type { ComponentChildren, VNode } from 'preact';
import { Button, HiddenFields } from './form.tsx';
import { type Lang, messages } from './i18n/index.ts';
import { Icon } from './icons.tsx';
import { KeyHelp } from './kbd.tsx';
import { links, localPath } from './links.ts';
import { safeHref } from './safe-href.ts';
import { Shield } from './shield.tsx';

/** Gives the public address of a built asset: `portal.css`, `console.css`, `console.js`, `shield.svg`. */
export type Assets = (name: string) => string;

/** What every page needs. */
export interface PageProps {
  lang: Lang;
  /** The page's heading as a sentence; the product's name is added. */
  title: string;
  assets: Assets;
  children: ComponentChildren;
  /** One line above everything, such as "Bản chạy thử: dữ liệu giả". */
  banner?: string;
  /** Keep search engines away (personal pages, results of forms). */
  noindex?: boolean;
}

function Head(props: PageProps & { css: string; more?: ComponentChildren }): VNode {
  const { product } = messages(props.lang).common;
  return (
    <head>
      <meta charset="utf-8" />
      <title>{props.title === product ? product : `${props.title} · ${product}`}</title>
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {props.noindex && <meta name="robots" content="noindex" />}
      <link rel="stylesheet" href={props.assets(props.css)} />
      <link rel="icon" href={props.assets('shield.svg')} type="image/svg+xml" />
      {props.more}
    </head>
  );
}

function Skip({ lang }: { lang: Lang }): VNode {
  return (
    <a class="skip" href="#main">
      {messages(lang).common.skip}
    </a>
  );
}

function Brand({ lang, href }: { lang: Lang; href: string }): VNode {
  const { common } = messages(lang);
  return (
    <a class="brand" href={safeHref(href)} aria-label={common.homeLabel}>
      <Shield />
      <b>{common.product}</b>
    </a>
  );
}

/** Places of the portal that the header can mark as current. */
export type PortalPlace = 'report' | 'check' | 'follow' | 'warnings';

export interface PortalPageProps extends PageProps {
  /** The page's address in Vietnamese without `/en`, query allowed; the language switch leads to the same page. Default: home. */
  path?: string;
  current?: PortalPlace;
  /** `column` (default, at most 720 px), `wide` (1120 px, for the home page and tables). */
  width?: 'column' | 'wide';
  /** One sentence for search engines. */
  description?: string;
  /** Name of the agency that runs this desk, for the footer. */
  operator?: string;
  /** Extra elements of the head (feeds, `rel=canonical`). */
  head?: ComponentChildren;
}

/** A page of the public portal: header with language switch, one column, footer. Works without any script. */
export function PortalPage(props: PortalPageProps): VNode {
  const { lang, path = '/', width = 'column' } = props;
  const other: Lang = lang === 'vi' ? 'en' : 'vi';
  const { common } = messages(lang);
  const places: readonly PortalPlace[] = ['report', 'check', 'follow', 'warnings'];
  return (
    <html lang={lang}>
      <Head {...props} css="portal.css" more={<PortalMeta {...props} />} />
      <body>
        <Skip lang={lang} />
        <header class="bar">
          {props.banner && <p class="banner">{props.banner}</p>}
          <div class="bar-in">
            <Brand lang={lang} href={localPath(lang, links.home)} />
            <nav aria-label={common.nav.label}>
              {places.map((place) => (
                <a
                  class={place === 'warnings' ? undefined : 'roomy'}
                  href={localPath(lang, links[place])}
                  aria-current={props.current === place ? 'page' : undefined}
                >
                  {common.nav[place]}
                </a>
              ))}
              <a class="lang" href={safeHref(localPath(other, path))} lang={other} hreflang={other}>
                {common.otherLanguage}
              </a>
            </nav>
          </div>
        </header>
        <main id="main" class={width === 'wide' ? 'wide' : undefined} tabIndex={-1}>
          {props.children}
        </main>
        <PortalFooter lang={lang} operator={props.operator} />
      </body>
    </html>
  );
}

function PortalMeta({ description, head }: PortalPageProps): VNode {
  return (
    <>
      {description && <meta name="description" content={description} />}
      {head}
    </>
  );
}

function PortalFooter({ lang, operator }: { lang: Lang; operator?: string }): VNode {
  const { nav, footer, product } = messages(lang).common;
  const to = (path: string, text: string): VNode => (
    <li>
      <a href={localPath(lang, path)}>{text}</a>
    </li>
  );
  const call = (number: string, text: string): VNode => (
    <li>
      <a href={`tel:${number}`}>
        <b>{number}</b> {text}
      </a>
    </li>
  );
  return (
    <footer class="foot" aria-label={footer.label}>
      <div class="foot-in">
        <div>
          <h2>{footer.doTitle}</h2>
          <ul>
            {to(links.report, nav.report)}
            {to(links.check, footer.check)}
            {to(links.follow, nav.follow)}
            {to(links.appeal, messages(lang).appeals.ask.title)}
            {to(links.firstSteps, footer.firstSteps)}
          </ul>
        </div>
        <div>
          <h2>{footer.aboutTitle}</h2>
          <ul>
            {to(links.notDone, footer.notDone)}
            {to(links.privacy, footer.privacy)}
            <li>
              <a href={links.console}>{footer.officers}</a>
            </li>
          </ul>
        </div>
        <div>
          <h2>{footer.urgentTitle}</h2>
          <ul>
            {call('113', footer.police)}
            {call('111', footer.children)}
            {call('115', footer.ambulance)}
          </ul>
        </div>
        <p>
          {footer.promise}
          <br />
          {operator ? footer.operatedBy(operator) : product} · {footer.source}
        </p>
      </div>
    </footer>
  );
}

/** Who is signed in to the console. */
export interface ConsoleUser {
  name: string;
  /** Agency and role, as in "Sở VHTTDL · người duyệt". */
  role: string;
  /** Own account page. */
  href?: string;
  /** Opaque and stable; keeps unfinished forms of two people on one machine apart. */
  key?: string;
  signOut?: { action: string; fields?: Record<string, string> };
}

/** One step of the way back to the top. */
export interface Crumb {
  label: string;
  href?: string;
}

export interface ConsolePageProps extends PageProps {
  user?: ConsoleUser;
  /** Address behind the mark. Default `/can-bo`. */
  home?: string;
  search?: { action: string; value?: string; label: string; name?: string };
  /** What the person was told and has not read: a word, a count such as `3` or `99+`, and both as a sentence for who listens. */
  news?: { href: string; label: string; unread: string; spoken: string; any: boolean };
  /** Usually `<SideNav …/>`. */
  side?: ComponentChildren;
  crumbs?: readonly Crumb[];
  /** Id of a form (`Form keep`) that was just accepted: the copy in the browser is dropped. */
  clear?: string;
}

/** A page of the console: header with search and person, lists on the left, one subject on the right. The script only adds keys and drafts. */
export function ConsolePage(props: ConsolePageProps): VNode {
  const { lang, user } = props;
  const { common } = messages(lang);
  return (
    <html lang={lang}>
      <Head {...props} noindex css="console.css" more={<script type="module" src={props.assets('console.js')} />} />
      <body data-clear={props.clear} data-user={user?.key}>
        <Skip lang={lang} />
        <header class="bar">
          {props.banner && <p class="banner">{props.banner}</p>}
          <div class="bar-in">
            <Brand lang={lang} href={props.home ?? links.console} />
            {props.side && (
              <a class="to-side" href="#side">
                <Icon name="list" size={20} />
                {common.nav.workMenu}
              </a>
            )}
            {props.search && <ConsoleSearch lang={lang} {...props.search} />}
            {props.news && <NewsLink {...props.news} />}
            {user && <Account lang={lang} user={user} />}
          </div>
        </header>
        <div class={props.side ? 'desk' : 'desk alone'}>
          {props.side && <aside id="side">{props.side}</aside>}
          <main id="main" tabIndex={-1}>
            {props.crumbs && <Crumbs lang={lang} crumbs={props.crumbs} />}
            {props.children}
          </main>
        </div>
        <KeyHelp lang={lang} />
      </body>
    </html>
  );
}

function NewsLink({ href, label, unread, spoken, any }: NonNullable<ConsolePageProps['news']>): VNode {
  return (
    <a class="to-news" href={safeHref(href)} title={any ? spoken : label} aria-label={any ? `${label}: ${spoken}` : label}>
      <Icon name="mail" size={22} />
      {any && <b class="tag rose">{unread}</b>}
    </a>
  );
}

function ConsoleSearch(props: { lang: Lang } & NonNullable<ConsolePageProps['search']>): VNode {
  return (
    <search>
      <form action={safeHref(props.action)}>
        <Icon name="search" size={18} />
        <input
          type="search"
          name={props.name ?? 'q'}
          value={props.value}
          aria-label={props.label}
          placeholder={props.label}
          autocomplete="off"
          data-search
        />
      </form>
    </search>
  );
}

function Account({ lang, user }: { lang: Lang; user: ConsoleUser }): VNode {
  const { common } = messages(lang);
  const who = (
    <>
      <b>{user.name}</b> <small>{user.role}</small>
    </>
  );
  return (
    <div class="who">
      {user.href ? (
        <a href={safeHref(user.href)} title={common.nav.account}>
          {who}
        </a>
      ) : (
        <span>{who}</span>
      )}
      {user.signOut && (
        <form method="post" action={safeHref(user.signOut.action)} data-sign-out>
          <HiddenFields values={user.signOut.fields ?? {}} />
          <Button kind="plain" small>
            {common.button.signOut}
          </Button>
        </form>
      )}
    </div>
  );
}

/** The way back, above a heading; the last step is the page itself when it has no link. */
export function Crumbs({ lang, crumbs }: { lang: Lang; crumbs: readonly Crumb[] }): VNode {
  return (
    <nav class="crumbs" aria-label={messages(lang).common.nav.breadcrumbs}>
      <ol>
        {crumbs.map((crumb) => (
          <li>{crumb.href ? <a href={safeHref(crumb.href)}>{crumb.label}</a> : <span aria-current="page">{crumb.label}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}

export interface PrintPageProps extends PageProps {
  /** Where to go after printing; hidden on paper. */
  back?: Crumb;
  /** Name of the agency, at the top right of the sheet. */
  operator?: string;
}

/** A sheet to print (a receipt, a register): mark, content, nothing else on paper. */
export function PrintPage(props: PrintPageProps): VNode {
  const { common } = messages(props.lang);
  return (
    <html lang={props.lang}>
      <Head {...props} noindex css="portal.css" />
      <body class="sheet">
        <Skip lang={props.lang} />
        <header>
          {props.banner && <p class="banner">{props.banner}</p>}
          <p class="sheet-tools">
            {props.back && (
              <a href={safeHref(props.back.href)}>
                <Icon name="back" size={18} />
                {props.back.label}
              </a>
            )}
            <span>
              <Icon name="print" size={18} />
              {common.printHelp}
            </span>
          </p>
        </header>
        <main id="main" tabIndex={-1}>
          <div class="sheet-top">
            <Shield />
            <b>{common.product}</b>
            {props.operator && <span>{props.operator}</span>}
          </div>
          {props.children}
        </main>
      </body>
    </html>
  );
}
