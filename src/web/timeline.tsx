import type { ComponentChildren, VNode } from 'preact';
import type { Tone } from './badge.tsx';
import { formatDateTime } from './format.ts';
import type { Lang } from './i18n/index.ts';

/** One thing that happened, or is still to come. */
export interface TimelineItem {
  at?: Date;
  /** Shown instead of the date and time, as in "dự kiến 25/11/2026". */
  when?: string;
  title: ComponentChildren;
  body?: ComponentChildren;
  tone?: Tone;
  /** Still to come: the dot is hollow. */
  open?: boolean;
}

/** What happened, in order. */
export function Timeline({ lang, items }: { lang: Lang; items: readonly TimelineItem[] }): VNode {
  return (
    <ol class="tl">
      {items.map((item) => (
        <li class={`${item.tone ?? 'leaf'}${item.open ? ' open' : ''}`}>
          {(item.at || item.when) && (
            <time dateTime={item.at?.toISOString()}>{item.when ?? (item.at && formatDateTime(item.at, lang))}</time>
          )}
          <div>
            <b>{item.title}</b>
            {item.body && <div>{item.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
