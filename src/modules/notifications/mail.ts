import { createHash } from 'node:crypto';
import type { Mail } from '#platform/mail.ts';
import { formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { NEWS_PATH, SETTING_PATH } from './paths.ts';
import type { Item } from './types.ts';
import { newsWords } from './words.ts';

/** Things told line by line; the rest is a number. */
const MOST_LINES = 50;

/**
 * The letter about some news: one sentence and a link for each, those of one code together. Nothing else: no title, no name, no content.
 * @param base the desk's public address
 * @param domain right of the @ in the letter's name, which is the same for the same news, so that a second sending is known as such
 */
export function newsMail(to: string, lang: Lang, items: readonly Item[], base: string, domain: string): Mail {
  const { mail } = messages(lang).news;
  const count = formatNumber(items.length, lang);
  const groups = [...Map.groupBy(items.slice(0, MOST_LINES), ({ code }) => code).values()];
  const lines = groups.map((group) => group.map((item) => `- ${newsWords(item, lang)}\n  ${base}${item.href}`).join('\n'));
  const rest = items.length - MOST_LINES;
  const last = `${rest > 0 ? mail.more(formatNumber(rest, lang)) : mail.all} ${base}${NEWS_PATH}`;
  return {
    to, subject: mail.subject(count, items.length === 1), messageId: `${nameOf(items)}@${domain}`,
    text: [mail.lead(count, items.length === 1), ...lines, last, `-- \n${mail.footer(`${base}${SETTING_PATH}`)}`].join('\n\n') + '\n',
  };
}

function nameOf(items: readonly Item[]): string {
  return `news-${createHash('sha256').update(items.map(({ id }) => id).toSorted().join()).digest('hex').slice(0, 32)}`;
}
