import { categoryOf } from '#catalogue/categories.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { links, localPath } from '#web/links.ts';
import type { WarningCard } from './queries.ts';

// Characters XML 1.0 cannot carry (section 2.2), then its five special ones.
// oxlint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string => text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** The newest warnings as RSS 2.0 (rssboard.org/rss-specification). `base` is the public address without a slash at its end. */
export function rss(items: readonly WarningCard[], base: string, lang: Lang): string {
  const t = messages(lang).portal.warnings;
  const address = (path: string) => xml(base + localPath(lang, path));
  const entries = items.map((item) => {
    const link = address(`${links.warnings}/${item.slug}`);
    return `<item><title>${xml(item.title)}</title><link>${link}</link><guid isPermaLink="true">${link}</guid>`
      + `<pubDate>${item.publishedAt.toUTCString()}</pubDate><category>${xml(categoryOf(item.category).label[lang])}</category>`
      + `<description>${xml(item.agency)}</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>${xml(t.feedTitle)}</title>`
    + `<link>${address(links.warnings)}</link><description>${xml(t.description)}</description><language>${lang}</language>`
    + `${entries.join('')}</channel></rss>\n`;
}
