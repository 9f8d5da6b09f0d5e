import type { VNode } from 'preact';
import { categoryOf } from '#catalogue/categories.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Doors } from '#web/doors.tsx';
import { formatDate, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { LinkList, type LinkListItem } from '#web/link-list.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';
import type { WarningCard } from '../queries.ts';

/** A count for the public; small ones are not told exactly (S13). */
export function publicCount(count: number, lang: Lang): string {
  return count < 5 ? messages(lang).portal.warnings.under : formatNumber(count, lang);
}

/** A warning as an entry of a list. */
export function warningItem(card: WarningCard, lang: Lang): LinkListItem {
  const t = messages(lang).portal.warnings;
  const facts = [formatDate(card.publishedAt), t.reports(publicCount(card.reportCount, lang)), t.communes(publicCount(card.communeCount, lang))];
  return {
    href: localPath(lang, `${links.warnings}/${card.slug}`),
    badges: <Badge tone="rose">{categoryOf(card.category).label[lang]}</Badge>,
    title: card.title,
    meta: facts.join(' · '),
  };
}

/** The front door: what to do at once, three ways in, the newest warnings. */
export function HomePage({ frame, latest }: { frame: Frame; latest: readonly WarningCard[] }): VNode {
  const { lang } = frame;
  const { portal, common } = messages(lang);
  const t = portal.home;
  return (
    <PortalPage {...frame} title={common.product} path={links.home} width="wide" description={t.description}>
      <div class="home">
        <div>
          <h1>{t.title}</h1>
          <p class="lead">{t.lead}</p>
          <Callout kind="sos" title={t.sosTitle}>
            {t.sosText} <a href="tel:113">113</a>.{' '}
            <a href={localPath(lang, `${links.firstSteps}/transfer_just_made`)}>{t.sosLink}</a>
          </Callout>
          <Doors
            doors={[
              { href: localPath(lang, links.report), icon: 'report', title: common.nav.report, text: t.reportText, first: true },
              { href: localPath(lang, links.check), icon: 'check', title: t.checkTitle, text: t.checkText },
              { href: localPath(lang, links.follow), icon: 'follow', title: t.followTitle, text: t.followText },
            ]}
          />
        </div>
        <div>
          <h2>{t.warningsTitle}</h2>
          {latest.length > 0 ? <LinkList items={latest.map((card) => warningItem(card, lang))} /> : <p>{t.warningsNone}</p>}
          {latest.length > 0 && (
            <p>
              <a href={localPath(lang, links.warnings)}>{t.warningsAll}</a>
            </p>
          )}
          <p class="hint">
            {t.promise} <a href={localPath(lang, '/dieu-khong-lam')}>{t.promiseLink}</a>
          </p>
        </div>
      </div>
    </PortalPage>
  );
}
