import type { VNode } from 'preact';
import { messages, type Lang } from '#web/i18n/index.ts';
import { Panel } from '#web/panel.tsx';

/** Where work with other agencies on a case begins; each page says itself when the case is not ready for it. */
export function CoordinationLinks({ lang, number }: { lang: Lang; number: string }): VNode {
  const t = messages(lang).coordination.caseLinks;
  const links = [
    { href: `/can-bo/y-kien/moi?vu-viec=${number}`, label: t.opinions }, { href: `/can-bo/y-kien?vu-viec=${number}`, label: t.asked }, { href: `/can-bo/hop/moi?vu-viec=${number}`, label: t.meeting },
    { href: `/can-bo/chuyen/moi?vu-viec=${number}`, label: t.transfer }, { href: `/can-bo/phoi-hop/${number}/chia-se`, label: t.share },
  ];
  return <Panel title={t.title}><ul>{links.map(({ href, label }) => <li><a href={href}>{label}</a></li>)}</ul></Panel>;
}
