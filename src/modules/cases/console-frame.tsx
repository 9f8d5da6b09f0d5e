import type { ComponentChildren, VNode } from 'preact';
import { OFFICE, type Role } from '#catalogue/roles.ts';
import { localDate } from '#core/deadlines.ts';
import { consoleUser } from '#modules/identity/index.ts';
import { NEWS_PATH, shownCount } from '#modules/notifications/index.ts';
import { holds, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Ctx } from '#platform/http.ts';
import type { Tone } from '#web/badge.tsx';
import { formatNumber } from '#web/format.ts';
import { ConsolePage } from '#web/layout.tsx';
import { frame } from '#web/portal-frame.ts';
import { SideNav, type SideItem } from '#web/side-nav.tsx';
import { beginsWithDay, CERTIFICATE_READERS, mayRead, mayReview, mayReviewLegally, STOP_REVIEWERS } from './policy.ts';
import { sideCounts, togetherCounts, type SideCounts, type TogetherCounts } from './queries.ts';
import { countReviews } from './queries/stop-review.ts';

/** Addresses of the lists on the left, by the key that `current` takes. */
export const LISTS = {
  'cho-phan-loai': '/can-bo/phan-anh?muc=cho-phan-loai',
  'dang-xac-minh': '/can-bo/vu-viec?muc=dang-xac-minh',
  'cho-duyet': '/can-bo/quyet-dinh',
  'phap-che': '/can-bo/quyet-dinh?muc=phap-che',
  'cua-toi': '/can-bo/vu-viec?muc=cua-toi',
  'sap-den-han': '/can-bo/phan-anh?muc=sap-den-han',
  'qua-han': '/can-bo/phan-anh?muc=qua-han',
  'phan-anh': '/can-bo/phan-anh?muc=tat-ca',
  'vu-viec': '/can-bo/vu-viec',
  'quyet-dinh': '/can-bo/quyet-dinh',
  'xem-xet-lai': '/can-bo/xem-xet-lai',
  'cau-mau': '/can-bo/cau-mau',
  'danh-ba': '/can-bo/danh-ba',
  'phap-luat': '/can-bo/phap-luat',
  'canh-bao': '/canh-bao',
  'tro-giup': '/can-bo/tro-giup',
  'tiep-nhan': '/can-bo/tiep-nhan',
  'kenh': '/can-bo/kenh',
  'bang-tinh': '/can-bo/bang-tinh',
  'van-ban': '/can-bo/van-ban',
  'so-lieu': '/can-bo/so-lieu',
  'xem-lai-dung': '/can-bo/xem-lai-dung',
  'xoa-du-lieu': '/can-bo/xoa-du-lieu',
  'yeu-cau-du-lieu': '/can-bo/yeu-cau-du-lieu',
  'luu-giu': '/can-bo/luu-giu',
  'niem-phong': '/can-bo/niem-phong',
  'thong-bao': '/can-bo/thong-bao',
  'noi-nhan': '/can-bo/noi-nhan',
  'hom-nay': '/can-bo/hom-nay',
  'y-kien': '/can-bo/y-kien',
  'hop': '/can-bo/hop',
  'chuyen': '/can-bo/chuyen',
  'viec': '/can-bo/viec',
  'dieu-hanh': '/can-bo/dieu-hanh',
  'phoi-hop': '/can-bo/phoi-hop',
  'goi-nhan': '/can-bo/goi-nhan/nhap',
  'noi-trao-doi': '/can-bo/phoi-hop/noi-trao-doi',
  'so-van-ban': '/can-bo/so-van-ban',
  'mau-van-ban': '/can-bo/mau-van-ban',
  'thu-canh-bao': '/can-bo/thu-canh-bao',
  'tin': '/can-bo/tin',
  'lich': '/can-bo/lich',
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

/** What an officer does with other agencies day by day: which roles see which list. */
const COORDINATION = [
  { key: 'hom-nay', name: 'day', roles: OFFICE },
  { key: 'dieu-hanh', name: 'steering', roles: ['leader'] },
  { key: 'viec', name: 'tasks', roles: OFFICE },
  { key: 'y-kien', name: 'opinions', roles: OFFICE },
  { key: 'hop', name: 'meetings', roles: OFFICE },
  { key: 'chuyen', name: 'transfers', roles: ['intake', 'case_officer', 'focal', 'leader'] },
  { key: 'phoi-hop', name: 'shared', roles: ['intake', 'case_officer', 'focal', 'leader', 'reviewer'] },
  { key: 'goi-nhan', name: 'incoming', roles: ['intake', 'case_officer', 'clerk'] },
  { key: 'noi-trao-doi', name: 'peers', roles: ['administrator'] },
  { key: 'thu-canh-bao', name: 'alerts', roles: OFFICE },
] as const satisfies readonly { key: ListKey; name: string; roles: readonly Role[] }[];

/** Registers and templates, a group of their own for the clerk; with the rest they stand where things are looked up. */
const PAPERS = [
  { key: 'so-van-ban', name: 'registers', roles: ['clerk', 'case_officer', 'leader', 'auditor'] },
  { key: 'mau-van-ban', name: 'templates', roles: ['clerk', 'administrator'] },
] as const satisfies readonly { key: ListKey; name: string; roles: readonly Role[] }[];

/** What is only looked up. */
const RARELY = [
  { key: 'tin', name: 'news', roles: OFFICE },
  { key: 'lich', name: 'calendar', roles: [...OFFICE, 'administrator', 'auditor'] },
] as const satisfies readonly { key: ListKey; name: string; roles: readonly Role[] }[];

/** What protects people's data: which roles see which list. */
const PROTECTION = [
  { key: 'yeu-cau-du-lieu', name: 'requests', roles: ['intake', 'case_officer', 'administrator'] },
  { key: 'luu-giu', name: 'retention', roles: ['auditor', 'administrator', 'leader'] },
  { key: 'niem-phong', name: 'openings', roles: ['auditor', 'leader'] },
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

/** Appeals that wait to be accepted or are this officer's to decide, and whether one of the agency is overdue (S9). */
async function appealCounts(tx: Tx, officer: OfficerActor): Promise<{ open: number; late: boolean }> {
  const today = localDate(tx.now);
  const { open, late } = await tx.selectFrom('appeal').where('agency_id', '=', officer.agencyId).where('state', 'in', ['filed', 'accepted']).select((eb) => [
    eb.fn.countAll<number>().filterWhere(eb.or([eb('state', '=', 'filed'), eb('reviewer_id', '=', officer.officerId)])).as('open'),
    eb.fn.countAll<number>().filterWhere(eb.or([eb.and([eb('state', '=', 'filed'), eb('accept_by', '<', today)]), eb('decide_by', '<', today)])).as('late'),
  ]).executeTakeFirstOrThrow();
  return { open, late: late > 0 };
}

/**
 * A page of the console around its content: person, search, lists with live counts (one query).
 * @param props.current a key of {@link LISTS}, or any other word when the page belongs to no list
 * @param props.clear id of a kept form that was just accepted
 */
export async function consoleFrame(ctx: Ctx, props: {
  title: string; current: string; crumbs?: readonly { href?: string; label: string }[]; clear?: string; children: ComponentChildren;
}): Promise<VNode> {
  const counts = mayRead(ctx.officer) || mayReviewLegally(ctx.officer) ? await inTransaction(ctx.desk, ctx.officer, (tx) => sideCounts(tx, ctx.officer)) : null;
  const trouble = holds(ctx.officer, ...INFLOW[1].roles) ? await inTransaction(ctx.desk, ctx.officer, (tx) => troubles(tx, ctx.officer.agencyId)) : 0;
  const stopReviews = holds(ctx.officer, ...STOP_REVIEWERS) ? await inTransaction(ctx.desk, ctx.officer, (tx) => countReviews(tx, ctx.officer)) : null;
  const appeals = counts && mayReview(ctx.officer) ? await inTransaction(ctx.desk, ctx.officer, (tx) => appealCounts(tx, ctx.officer)) : null;
  const together = await inTransaction(ctx.desk, ctx.officer, (tx) => togetherCounts(tx, ctx.officer));
  const { unread } = together;
  const { nav } = ctx.t.console;
  return (
    <ConsolePage
      {...frame(ctx)}
      title={props.title}
      user={ctx.signedIn ? consoleUser(ctx.signedIn) : undefined}
      search={mayRead(ctx.officer) ? { action: '/can-bo/phan-anh', label: nav.search, value: ctx.query('q') || undefined } : undefined}
      news={{ href: NEWS_PATH, label: ctx.t.news.title, unread: shownCount(unread, ctx.lang), spoken: ctx.t.news.unread(shownCount(unread, ctx.lang), unread === 1), any: unread > 0 }}
      side={<SideNav label={ctx.t.common.nav.workMenu} groups={groupsOf(ctx, { counts, trouble, stopReviews, appeals, together }, props.current)} />}
      crumbs={props.crumbs}
      clear={props.clear}
    >
      {props.children}
    </ConsolePage>
  );
}

interface Counted {
  readonly counts: SideCounts | null;
  readonly trouble: number;
  readonly stopReviews: number | null;
  readonly appeals: { readonly open: number; readonly late: boolean } | null;
  readonly together: TogetherCounts;
}

function groupsOf(ctx: Ctx, { counts, trouble, stopReviews, appeals, together }: Counted, current: string): { title: string; items: SideItem[] }[] {
  const { nav } = ctx.t.console;
  const item = (key: ListKey, label: string, count?: number, tone?: Tone): SideItem => (
    { href: LISTS[key], label, count: count === undefined || count === 0 ? count : formatNumber(count, ctx.lang), tone, current: key === current });
  const reviews = mayReview(ctx.officer);
  const reads = mayRead(ctx.officer);
  const lookUp = {
    title: nav.lookUp,
    items: [
      ...(reads ? [item('phan-anh', nav.reports), item('vu-viec', nav.cases)] : []),
      ...(counts && !reviews ? [item('quyet-dinh', nav.decisions)] : []),
      ...(reads || holds(ctx.officer, 'clerk') ? [item('thong-bao', ctx.t.notices.nav.list)] : []), ...(holds(ctx.officer, 'administrator') ? [item('noi-nhan', ctx.t.notices.nav.recipients)] : []),
      ...(reads ? [item('cau-mau', nav.texts)] : []), item('danh-ba', nav.directory), item('phap-luat', ctx.t.law.nav), item('canh-bao', nav.warnings),
      ...(holds(ctx.officer, ...CERTIFICATE_READERS) ? [item('xoa-du-lieu', ctx.t.gate.certificates.nav)] : []), item('tro-giup', nav.help),
    ],
  };
  const inflow = {
    title: ctx.t.channels.nav.group,
    items: INFLOW.filter(({ roles }) => holds(ctx.officer, ...roles))
      .map(({ key, name }) => item(key, ctx.t.channels.nav[name], key === 'kenh' && trouble > 0 ? trouble : undefined, 'amber')),
  };
  const comingIn = inflow.items.length > 0 ? [inflow] : [];
  const protection = { title: ctx.t.retention.nav.group, items: PROTECTION.filter(({ roles }) => holds(ctx.officer, ...roles)).map(({ key, name }) => item(key, ctx.t.retention.nav[name])) };
  const { nav: words } = ctx.t.coordination;
  const mine = <Row extends { readonly key: ListKey; readonly name: keyof typeof words; readonly roles: readonly Role[] }>(rows: readonly Row[], count: (key: ListKey) => readonly [number?, Tone?] = () => []) =>
    rows.filter(({ roles }) => holds(ctx.officer, ...roles)).map(({ key, name }) => item(key, words[name], ...count(key)));
  const waiting = (key: ListKey): readonly [number?, Tone?] => (
    key === 'hom-nay' && together.lateTasks > 0 ? [together.lateTasks, 'rose'] : key === 'y-kien' && together.asked > 0 ? [together.asked, 'amber'] : []);
  const daily = mine(COORDINATION, waiting);
  const coordinating = daily.length > 0 ? [{ title: words.group, items: daily }] : [];
  const papers = mine(PAPERS);
  const registry = papers.length > 1 ? [{ title: words.papers, items: papers }] : [];
  lookUp.items.push(...(registry.length > 0 ? [] : papers), ...mine(RARELY).map((one) => (one.href === LISTS.tin && together.unread > 0 ? { ...one, count: shownCount(together.unread, ctx.lang) } : one)));
  const protecting = protection.items.length > 0 ? [protection] : [];
  if (!counts) return [...coordinating, ...registry, ...comingIn, ...protecting, lookUp];
  const legal = mayReviewLegally(ctx.officer) ? [item('phap-che', nav.legal, counts.legal)] : [];
  if (!reads) return [{ title: nav.work, items: legal }, ...coordinating, ...comingIn, ...protecting, lookUp];
  const work = [
    item('cho-phan-loai', nav.triage, counts.triage), item('dang-xac-minh', nav.verifying, counts.verifying),
    ...(reviews ? [item('cho-duyet', nav.review, counts.review)] : []), ...legal,
    ...(appeals ? [item('xem-xet-lai', ctx.t.appeals.office.nav, appeals.open, appeals.late ? 'rose' : 'amber')] : []), item('cua-toi', nav.mine, counts.mine),
    ...(stopReviews === null ? [] : [item('xem-lai-dung', ctx.t.gate.reviews.nav, stopReviews)]),
  ];
  const watch = [item('sap-den-han', nav.soon, counts.soon, 'amber'), item('qua-han', nav.late, counts.late, 'rose')];
  // Who begins with the day (a part-time focal officer, say) sees these lists only when something is in them.
  const shown = (items: SideItem[]) => (beginsWithDay(ctx.officer) ? items.filter(({ count, current: here }) => here || (count !== undefined && count !== 0)) : items);
  const own = [{ title: nav.work, items: shown(work) }, { title: nav.watch, items: shown(watch) }].filter(({ items }) => items.length > 0);
  return beginsWithDay(ctx.officer)
    ? [...coordinating, ...own, ...registry, ...comingIn, ...protecting, lookUp]
    : [...own, ...coordinating, ...registry, ...comingIn, ...protecting, lookUp];
}
