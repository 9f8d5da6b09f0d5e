import type { VNode } from 'preact';
import { CATEGORIES } from '#catalogue/categories.ts';
import { hotlineByKey } from '#catalogue/hotlines.ts';
import { messages } from '#web/i18n/index.ts';
import { PortalPage } from '#web/layout.tsx';
import { links, localPath } from '#web/links.ts';
import type { Frame } from '#web/portal-frame.ts';

/** The short form of docs/scope.md: what the desk will not do, and what it does. */
export function NotDonePage({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.notDone;
  const portalNumber = hotlineByKey('public_services')!.number;
  return (
    <PortalPage {...frame} title={t.title} path={links.notDone} description={t.lead}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ul class="todo">
        {t.items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      <h2>{t.doTitle}</h2>
      <ul>
        {CATEGORIES.map((category) => (
          <li>
            <b>{category.label[lang]}</b>: {category.plain[lang]}
          </li>
        ))}
      </ul>
      <h2>{t.elseTitle}</h2>
      <p>
        {t.elseText} <a href={`tel:${portalNumber}`}>{portalNumber}</a>.
      </p>
      <h2>{t.limitTitle}</h2>
      <p>{t.limitText}</p>
      <p>
        <a href={localPath(lang, links.privacy)}>{messages(lang).portal.privacy.title}</a>
      </p>
    </PortalPage>
  );
}

/** What is kept about a visitor or reporter, and for how long. */
export function PrivacyPage({ frame }: { frame: Frame }): VNode {
  const { lang } = frame;
  const t = messages(lang).portal.privacy;
  return (
    <PortalPage {...frame} title={t.title} path={links.privacy} description={t.lead}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ul class="todo">
        {t.items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      <h2>{t.rightsTitle}</h2>
      <p>{t.rights}</p>
      <p>
        <a href={localPath(lang, links.ownData)}>{messages(lang).retention.own.enterTitle}</a>
      </p>
      <p>
        <a href={localPath(lang, links.notDone)}>{messages(lang).portal.notDone.title}</a>
      </p>
    </PortalPage>
  );
}
