import type { ComponentChildren, VNode } from 'preact';
import type { Role } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleUser } from '#modules/identity/index.ts';
import { holds } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
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
  'cau-mau': '/can-bo/cau-mau',
  'danh-ba': '/can-bo/danh-ba',
  'canh-bao': '/canh-bao',
  'tro-giup': '/can-bo/tro-giup',
  'tiep-nhan': '/can-bo/tiep-nhan',
  'kenh': '/can-bo/kenh',
  'bang-tinh': '/can-bo/bang-tinh',
  'van-ban': '/can-bo/van-ban',
  'so-lieu': '/can-bo/so-lieu',
} as const;

/** A list on the left. */
type ListKey = keyof typeof LISTS;

/** Where things come in: which roles see which list (the rooms above have the last word). */
const INFLOW = [
  { key: 'tiep-nhan', name: 'counter', roles: ['intake', 'case_officer', 'clerk'] },
  { key: 'kenh', name: 'channels', roles: ['intake', 'case_officer', 'clerk', 'administrator'] },
  { key: 'bang-tinh', name: 'sheets', roles: ['intake', 'case_officer', 'focal', 'clerk'] },
  { key: 'van-ban', name: 'documents', roles: ['intake', 'case_officer', 'clerk'] },
  { key: 'so-lieu', name: 'figures', roles: ['intake', 'case_officer', 'clerk', 'focal', 'leader', 'auditor'] },
] as const satisfies readonly { key: ListKey; name: string; roles: readonly Role[] }[];

/** Channels that fail, for the agency that runs them, and arrivals of the own agency that could not be read. */
async function troubles(tx: Tx, agencyId: string): Promise<number> {
  const today = localDate(tx.now);
  const failing = await tx.selectFrom('channel_health').select((eb) => eb.fn.countAll<number>().as('n')).where('state', '=', 'failing')
    .where((eb) => eb.exists(eb.selectFrom('competence').select('id').where('agency_id', '=', agencyId).where('role', '=', 'coordinate').where('valid_from', '<=', today)
      .where((or) => or.or([or('valid_to', 'is', null), or('valid_to', '>=', today)])))).executeTakeFirstOrThrow();
  const unread = await tx.selectFrom('arrival').select((eb) => eb.fn.countAll<number>().as('n')).where('state', '=', 'quarantined').executeTakeFirstOrThrow();
  return failing.n + unread.n;
}

/**
 * A page of the console around its content: person, search, lists with live counts (one query).
 * @param props.current a key of {@link LISTS}, or any other word when the page belongs to no list
 * @param props.clear id of a kept form that was just accepted
 */
export async function consoleFrame(ctx: Ctx, props: {
  title: string; current: string; crumbs?: readonly { href?: string; label: string }[]; clear?: string; children: ComponentChildren;
}): Promise<VNode> {
  const counts = mayRead(ctx.officer) ? await inTransaction(ctx.desk, ctx.officer, (tx) => sideCounts(tx, ctx.officer)) : null;
  const trouble = holds(ctx.officer, ...INFLOW[1].roles) ? await inTransaction(ctx.desk, ctx.officer, (tx) => troubles(tx, ctx.officer.agencyId)) : 0;
  const { nav } = ctx.t.console;
  return (
    <ConsolePage
      {...frame(ctx)}
      title={props.title}
      user={ctx.signedIn ? consoleUser(ctx.signedIn) : undefined}
      search={counts ? { action: '/can-bo/phan-anh', label: nav.search, value: ctx.query('q') || undefined } : undefined}
      side={<SideNav label={ctx.t.common.nav.workMenu} groups={groupsOf(ctx, { counts, trouble }, props.current)} />}
      crumbs={props.crumbs}
      clear={props.clear}
    >
      {props.children}
    </ConsolePage>
  );
}

function groupsOf(ctx: Ctx, { counts, trouble }: { counts: SideCounts | null; trouble: number }, current: string): { title: string; items: SideItem[] }[] {
  const { nav } = ctx.t.console;
  const item = (key: ListKey, label: string, count?: number, tone?: Tone): SideItem => (
    { href: LISTS[key], label, count: count === undefined || count === 0 ? count : formatNumber(count, ctx.lang), tone, current: key === current });
  const reviews = mayReview(ctx.officer);
  const lookUp = {
    title: nav.lookUp,
    items: [
      ...(counts ? [item('phan-anh', nav.reports), item('vu-viec', nav.cases)] : []),
      ...(counts && !reviews ? [item('quyet-dinh', nav.decisions)] : []),
      ...(counts ? [item('cau-mau', nav.texts)] : []), item('danh-ba', nav.directory), item('canh-bao', nav.warnings), item('tro-giup', nav.help),
    ],
  };
  const inflow = {
    title: ctx.t.channels.nav.group,
    items: INFLOW.filter(({ roles }) => holds(ctx.officer, ...roles))
      .map(({ key, name }) => item(key, ctx.t.channels.nav[name], key === 'kenh' && trouble > 0 ? trouble : undefined, 'amber')),
  };
  const comingIn = inflow.items.length > 0 ? [inflow] : [];
  if (!counts) return [...comingIn, lookUp];
  return [
    {
      title: nav.work,
      items: [
        item('cho-phan-loai', nav.triage, counts.triage), item('dang-xac-minh', nav.verifying, counts.verifying),
        ...(reviews ? [item('cho-duyet', nav.review, counts.review)] : []), item('cua-toi', nav.mine, counts.mine),
      ],
    },
    { title: nav.watch, items: [item('sap-den-han', nav.soon, counts.soon, 'amber'), item('qua-han', nav.late, counts.late, 'rose')] },
    ...comingIn,
    lookUp,
  ];
}
