import type { VNode } from 'preact';
import { CATEGORIES, categoryOf, type CategoryCode } from '#catalogue/categories.ts';
import { generalSituation } from '#catalogue/first-aid.ts';
import { BackLink } from '#web/back-link.tsx';
import { Badge } from '#web/badge.tsx';
import { Defanged } from '#web/defanged.tsx';
import { Disclosure } from '#web/disclosure.tsx';
import { Empty } from '#web/empty.tsx';
import { formatDate, formatDateTime } from '#web/format.ts';
import { Button, ButtonLink, Form } from '#web/form.tsx';
import { messages } from '#web/i18n/index.ts';
import { Kv } from '#web/kv.tsx';
import { PortalPage } from '#web/layout.tsx';
import { LinkList } from '#web/link-list.tsx';
import { links, localPath } from '#web/links.ts';
import { Pagination } from '#web/pagination.tsx';
import type { Frame } from '#web/portal-frame.ts';
import type { WarningCard, WarningPage } from '../queries.ts';
import { MET_PATH } from './check.tsx';
import { publicCount, warningItem } from './home.tsx';

/** Where news readers get new warnings. */
export const RSS_PATH = '/canh-bao/rss.xml';

export interface WarningListProps {
  readonly frame: Frame;
  readonly items: readonly WarningCard[];
  readonly page: number;
  readonly pages: number;
  readonly category: CategoryCode | null;
}

/** The warnings in force, newest first, of one kind or all. */
export function WarningListPage({ frame, items, page, pages, category }: WarningListProps): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.warnings;
  const address = (code: CategoryCode | null, to = 1) => {
    const query = [code && `nhom=${code}`, to > 1 && `trang=${to}`].filter(Boolean).join('&');
    return links.warnings + (query && `?${query}`);
  };
  const to = (number: number) => (number < 1 || number > pages ? undefined : localPath(lang, address(category, number)));
  const filters = [{ code: null, label: t.all }, ...CATEGORIES.map(({ code, label }) => ({ code, label: label[lang] }))];
  return (
    <PortalPage {...frame} title={t.title} path={address(category)} current="warnings" description={t.description} head={feedLink(frame)}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Disclosure summary={`${t.filter}: ${filters.find(({ code }) => code === category)!.label}`}>
        <nav class="chips" aria-label={t.filter}>
          {filters.map(({ code, label }) => (
            <a href={localPath(lang, address(code))} aria-current={code === category ? 'true' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      </Disclosure>
      {items.length === 0 ? <Empty title={t.none}>{t.noneText}</Empty> : <LinkList items={items.map((card) => warningItem(card, lang))} />}
      <Pagination lang={lang} prevHref={to(page - 1)} nextHref={to(page + 1)} />
      <p>
        <a href={localPath(lang, RSS_PATH)}>{t.rss}</a>
      </p>
    </PortalPage>
  );
}

function feedLink({ lang }: Frame): VNode {
  return <link rel="alternate" type="application/rss+xml" title={messages(lang).portal.warnings.feedTitle} href={localPath(lang, RSS_PATH)} />;
}

/**
 * One warning: addresses to avoid, what goes on, what to do, who says so until when, and how to contest it. `token` of a form makes
 * "I met it too" a single press; never on a page that a cache keeps for others.
 */
export function WarningPageView({ frame, warning, token }: { frame: Frame; warning: WarningPage; token?: string }): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.warnings;
  const path = `${links.warnings}/${warning.slug}`;
  const situation = generalSituation(warning.category).key;
  return (
    <PortalPage {...frame} title={warning.title} path={path} current="warnings" description={warning.summary.slice(0, 160)} head={feedLink(frame)}>
      <BackLink href={localPath(lang, links.warnings)}>{t.back}</BackLink>
      <p class="over">
        <Badge tone="rose">{categoryOf(warning.category).label[lang]}</Badge>
      </p>
      <h1>{warning.title}</h1>
      {warning.targets.length > 0 && (
        <section class="verdict rose">
          <h2>{t.targets}</h2>
          <p class="hint">{t.targetsText}</p>
          <ul class="found">
            {warning.targets.map((target) => (
              <li>
                <Defanged lang={lang} {...target} after={target.after === '/' ? '' : target.after} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <h2>{t.what}</h2>
      <p class="pre">{warning.summary}</p>
      {warning.advice && (
        <>
          <h2>{t.advice}</h2>
          <p class="pre">{warning.advice}</p>
        </>
      )}
      <Form class="btns" action={localPath(lang, MET_PATH)} hidden={{ token, warning: warning.slug }}>
        <ButtonLink href={localPath(lang, `${links.firstSteps}/${situation}`)}>{t.aid}</ButtonLink>
        <Button kind="quiet">{t.met}</Button>
      </Form>
      <h2>{t.facts}</h2>
      <Kv
        rows
        items={[
          { label: t.agency, value: warning.agency },
          { label: t.published, value: formatDateTime(warning.publishedAt, lang) },
          { label: t.ends, value: formatDate(warning.endsAt) },
          { label: t.seen, value: `${t.reports(publicCount(warning.reportCount, lang))} · ${t.communes(publicCount(warning.communeCount, lang))}` },
          { label: t.basis, value: warning.legalBasis },
        ]}
      />
      <section id="xem-lai">
        <h2>{t.contest}</h2>
        <p>{t.contestText(warning.agency)}</p>
        <p>
          <a href={localPath(lang, `${links.appeal}?canh-bao=${warning.slug}`)}>{messages(lang).appeals.ask.title}</a>
        </p>
      </section>
    </PortalPage>
  );
}
