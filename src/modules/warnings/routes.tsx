import { CATEGORY_CODES, type CategoryCode } from '#catalogue/categories.ts';
import { alreadyReported, newForm, publicAddress } from '#modules/intake/index.ts';
import { NotFound } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { links } from '#web/links.ts';
import { frame } from '#web/portal-frame.ts';
import { checkApiRoutes } from './api.ts';
import { rss } from './feed.ts';
import { check, liveWarnings, warningPage } from './queries.ts';
import { CheckPage } from './views/check.tsx';
import { HomePage } from './views/home.tsx';
import { RSS_PATH, WarningListPage, WarningPageView } from './views/warnings.tsx';

/** Warnings on the front page. */
const LATEST = 4;
/** What a warning's name in an address is made of (commands.ts). */
const SLUG = /^[a-z0-9-]{1,100}$/;
/** A minute: a lifted warning must leave caches soon. */
const SHORT_CACHE = { 'Cache-Control': 'public, max-age=60' };
/** Nobody has verified what was only reported: fewer reports than this are not told, or one false report would accuse a site in public. */
const FEWEST_TOLD = 5;
/** The same for a page with the token of a form, which no other reader may be given. */
const OWN_CACHE = { 'Cache-Control': 'private, max-age=60' };

async function home(ctx: Ctx): Promise<Response> {
  const { items } = await liveWarnings(ctx.desk, { page: 1, category: null, size: LATEST });
  return ctx.page(<HomePage frame={frame(ctx)} latest={items} />, 200, SHORT_CACHE);
}

async function checkPage(ctx: Ctx): Promise<Response> {
  const q = ctx.query('q').trim();
  const answer = q === '' ? null : await check(ctx.desk, q);
  const known = answer === null || answer.kind === 'unreadable' ? null : await alreadyReported(ctx.desk, q.slice(0, 2000));
  const isTold = known !== null && (answer?.kind === 'warned' || known.reports >= FEWEST_TOLD);
  const met = isTold ? { about: known.about, reports: known.reports, token: newForm(ctx.desk.keys, ctx.now).token } : undefined;
  return ctx.page(<CheckPage frame={frame(ctx)} q={q.slice(0, 2000)} answer={answer} met={met} />);
}

async function list(ctx: Ctx): Promise<Response> {
  const asked = ctx.query('nhom');
  const category = (CATEGORY_CODES as readonly string[]).includes(asked) ? (asked as CategoryCode) : null;
  const page = /^[1-9]\d{0,3}$/.test(ctx.query('trang')) ? Number(ctx.query('trang')) : 1;
  const { items, pages } = await liveWarnings(ctx.desk, { page, category });
  return ctx.page(<WarningListPage frame={frame(ctx)} {...{ items, page, pages, category }} />, 200, SHORT_CACHE);
}

async function one(ctx: Ctx): Promise<Response> {
  const slug = ctx.param('slug');
  const warning = SLUG.test(slug) ? await warningPage(ctx.desk, slug) : null;
  if (!warning) throw new NotFound('warning');
  const { token } = newForm(ctx.desk.keys, ctx.now);
  return ctx.page(<WarningPageView frame={frame(ctx)} warning={warning} token={token} />, 200, OWN_CACHE);
}

async function feed(ctx: Ctx): Promise<Response> {
  const { items } = await liveWarnings(ctx.desk, { page: 1, category: null });
  return ctx.c.body(rss(items, publicAddress(ctx.desk), ctx.lang), 200, { 'Content-Type': 'application/rss+xml; charset=utf-8', ...SHORT_CACHE });
}

const ROBOTS = ['User-agent: *', 'Disallow: /bao-cao/phieu', 'Disallow: /tra-cuu/', 'Disallow: /xem-xet-lai/phieu', 'Disallow: /xem-xet-lai/theo-doi', 'Disallow: /can-bo', 'Disallow: /dang-nhap', 'Disallow: /api/', ''].join('\n');

function robots(ctx: Ctx): Response {
  return ctx.c.body(ROBOTS, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' });
}

const open = { method: 'GET', access: { kind: 'public' }, portal: true } as const;

/** The front page, the check, the warnings and their feed. */
export const warningsRoutes: readonly Route[] = [
  { ...open, path: links.home, handler: home },
  { ...open, path: links.check, limit: 'check', handler: checkPage },
  { ...open, path: links.warnings, handler: list },
  { ...open, path: RSS_PATH, handler: feed },
  { ...open, path: `${links.warnings}/:slug`, handler: one },
  { method: 'GET', access: { kind: 'public' }, path: '/robots.txt', handler: robots },
  ...checkApiRoutes,
];
