import type { VNode } from 'preact';
import { identityPaths } from '#modules/identity/index.ts';
import { Badge } from '#web/badge.tsx';
import { Callout } from '#web/callout.tsx';
import { Empty } from '#web/empty.tsx';
import { Button, ButtonLink, Form } from '#web/form.tsx';
import { formatAgo, formatNumber } from '#web/format.ts';
import { messages, type Lang } from '#web/i18n/index.ts';
import { LinkList } from '#web/link-list.tsx';
import { Panel } from '#web/panel.tsx';
import { NEWS_PATH, SETTING_PATH } from '../paths.ts';
import type { Item } from '../types.ts';
import { newsWords } from '../words.ts';

export interface NewsProps {
  readonly lang: Lang;
  readonly now: Date;
  /** The latest first. */
  readonly unread: readonly Item[];
  /** There is more unread than is shown. */
  readonly more: boolean;
  readonly read: readonly Item[];
  /** Unread at other agencies the officer works for. */
  readonly elsewhere: number;
  readonly done: boolean;
}

/** What an officer was told: unread by code, each code with its button; below, what was read lately. */
export function NewsView(props: NewsProps): VNode {
  const { lang, unread, read, elsewhere, done } = props;
  const { news } = messages(lang);
  return (
    <>
      <header class="subject">
        <h1>{news.title}</h1>
        <p class="hint">{news.lead}</p>
      </header>
      {done && <Callout kind="ok" role="status">{news.done}</Callout>}
      {elsewhere > 0 && <Callout kind="note">{news.elsewhere(formatNumber(elsewhere, lang), elsewhere === 1)} <a href={identityPaths.agency}>{news.switchAgency}</a></Callout>}
      <div class="acts">
        {unread.length > 0 && (
          <Form action={`${NEWS_PATH}/da-doc`} hidden={{ den: unread[0]!.id, 'tat-ca': 1 }}>
            <Button kind="quiet" small>{news.readAll}</Button>
          </Form>
        )}
        <ButtonLink kind="quiet" small href={SETTING_PATH}>{news.settings}</ButtonLink>
      </div>
      {unread.length === 0 && <Empty title={news.empty}>{news.emptyHelp}</Empty>}
      {[...Map.groupBy(unread, ({ code }) => code)].map(([code, items]) => <Group {...props} code={code} items={items} />)}
      {props.more && <p class="hint">{news.more(formatNumber(unread.length, lang))}</p>}
      {read.length > 0 && (
        <Panel title={news.earlier}>
          <Lines {...props} items={read} />
        </Panel>
      )}
    </>
  );
}

function Group({ lang, now, code, items }: NewsProps & { code: string; items: readonly Item[] }): VNode {
  const { news } = messages(lang);
  return (
    <Panel title={news.group(formatNumber(items.length, lang), code, items.length === 1)} aside={(
      <Form action={`${NEWS_PATH}/da-doc`} hidden={{ den: items[0]!.id, ma: code }}>
        <Button kind="quiet" small>{news.read}<span class="vh"> {news.readGroup(code)}</span></Button>
      </Form>
    )}>
      <Lines lang={lang} now={now} items={items} />
    </Panel>
  );
}

function Lines({ lang, now, items }: { lang: Lang; now: Date; items: readonly Item[] }): VNode {
  const { news } = messages(lang);
  return (
    <LinkList items={items.map((item) => ({
      href: item.href, title: newsWords(item, lang), badges: item.urgent ? <Badge tone="rose">{news.urgent}</Badge> : undefined, meta: formatAgo(item.at, now, lang),
    }))} />
  );
}
