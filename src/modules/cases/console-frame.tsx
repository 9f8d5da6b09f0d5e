import type { ComponentChildren, VNode } from 'preact';
import { consoleUser } from '#modules/identity/index.ts';
import { inTransaction } from '#platform/db.ts';
import type { Ctx } from '#platform/http.ts';
import type { Tone } from '#web/badge.tsx';
import { formatNumber } from '#web/format.ts';
import { ConsolePage } from '#web/layout.tsx';
import { frame } from '#web/portal-frame.ts';
import { SideNav, type SideItem } from '#web/side-nav.tsx';
import { mayRead, mayReview } from './policy.ts';
import { sideCounts, type SideCounts } from './queries.ts';

/** Addresses of the lists on the left, by the key that `current` takes. */
export const LISTS = {
  'cho-phan-loai': '/can-bo/phan-anh?muc=cho-phan-loai',
  'dang-xac-minh': '/can-bo/vu-viec?muc=dang-xac-minh',
  'cho-duyet': '/can-bo/quyet-dinh',
  'cua-toi': '/can-bo/vu-viec?muc=cua-toi',
  'sap-den-han': '/can-bo/phan-anh?muc=sap-den-han',
  'qua-han': '/can-bo/phan-anh?muc=qua-han',
  'phan-anh': '/can-bo/phan-anh?muc=tat-ca',
  'vu-viec': '/can-bo/vu-viec',
  'quyet-dinh': '/can-bo/quyet-dinh',
  'danh-ba': '/can-bo/danh-ba',
  'canh-bao': '/canh-bao',
  'tro-giup': '/can-bo/tro-giup',
} as const;

/** A list on the left. */
type ListKey = keyof typeof LISTS;

/**
 * A page of the console around its content: person, search, lists with live counts (one query).
 * @param props.current a key of {@link LISTS}, or any other word when the page belongs to no list
 * @param props.clear id of a kept form that was just accepted
 */
export async function consoleFrame(ctx: Ctx, props: {
  title: string; current: string; crumbs?: readonly { href?: string; label: string }[]; clear?: string; children: ComponentChildren;
}): Promise<VNode> {
  const counts = mayRead(ctx.officer) ? await inTransaction(ctx.desk, ctx.officer, (tx) => sideCounts(tx, ctx.officer)) : null;
  const { nav } = ctx.t.console;
  return (
    <ConsolePage
      {...frame(ctx)}
      title={props.title}
      user={ctx.signedIn ? consoleUser(ctx.signedIn) : undefined}
      search={counts ? { action: '/can-bo/phan-anh', label: nav.search, value: ctx.query('q') || undefined } : undefined}
      side={<SideNav label={ctx.t.common.nav.workMenu} groups={groupsOf(ctx, counts, props.current)} />}
      crumbs={props.crumbs}
      clear={props.clear}
    >
      {props.children}
    </ConsolePage>
  );
}

function groupsOf(ctx: Ctx, counts: SideCounts | null, current: string): { title: string; items: SideItem[] }[] {
  const { nav } = ctx.t.console;
  const item = (key: ListKey, label: string, count?: number, tone?: Tone): SideItem => (
    { href: LISTS[key], label, count: count === undefined || count === 0 ? count : formatNumber(count, ctx.lang), tone, current: key === current });
  const reviews = mayReview(ctx.officer);
  const lookUp = {
    title: nav.lookUp,
    items: [
      ...(counts ? [item('phan-anh', nav.reports), item('vu-viec', nav.cases)] : []),
      ...(counts && !reviews ? [item('quyet-dinh', nav.decisions)] : []),
      item('danh-ba', nav.directory), item('canh-bao', nav.warnings), item('tro-giup', nav.help),
    ],
  };
  if (!counts) return [lookUp];
  return [
    {
      title: nav.work,
      items: [
        item('cho-phan-loai', nav.triage, counts.triage), item('dang-xac-minh', nav.verifying, counts.verifying),
        ...(reviews ? [item('cho-duyet', nav.review, counts.review)] : []), item('cua-toi', nav.mine, counts.mine),
      ],
    },
    { title: nav.watch, items: [item('sap-den-han', nav.soon, counts.soon, 'amber'), item('qua-han', nav.late, counts.late, 'rose')] },
    lookUp,
  ];
}
