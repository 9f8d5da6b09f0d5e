import type { ComponentChildren, VNode } from 'preact';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { NewsRule } from '#core/news.ts';
import { identityPaths } from '#modules/identity/index.ts';
import { inTransaction } from '#platform/db.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { markRead, saveRule } from './commands.ts';
import { NEWS_PATH, SETTING_PATH } from './paths.ts';
import { newsOf, ruleOf } from './queries.ts';
import { NewsView } from './views/news.tsx';
import { SettingView, type SettingField, type TypedRule } from './views/setting.tsx';

/** A console page around its content; given by the rooms above, which know the lists on the left (src/modules.ts). */
export type ConsoleFrame = (ctx: Ctx, props: { title: string; current: string; crumbs?: readonly { href?: string; label: string }[]; children: ComponentChildren }) => Promise<VNode>;

const OFFICER: Access = { kind: 'officer' };

/** What an officer was told, and how they want to be told. */
export function notificationRoutes(frame: ConsoleFrame): readonly Route[] {
  return [
    { method: 'GET', path: NEWS_PATH, access: OFFICER, handler: (ctx) => list(ctx, frame) },
    { method: 'POST', path: `${NEWS_PATH}/da-doc`, access: OFFICER, handler: read },
    { method: 'GET', path: SETTING_PATH, access: OFFICER, handler: (ctx) => setting(ctx, frame, {}) },
    { method: 'POST', path: SETTING_PATH, access: OFFICER, handler: (ctx) => save(ctx, frame) },
  ];
}

/** GET /can-bo/tin: marks nothing as read. */
async function list(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const found = await inTransaction(ctx.desk, ctx.officer, (tx) => newsOf(tx, ctx.officer));
  return ctx.page(await frame(ctx, { title: ctx.t.news.title, current: 'tin', children: <NewsView lang={ctx.lang} now={ctx.now} done={ctx.query('xong') === 'da-doc'} {...found} /> }));
}

/** POST /can-bo/tin/da-doc: one code (`ma`) or everything, up to the latest shown (`den`). */
async function read(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const until = z.uuid().safeParse(form.get('den'));
  if (!until.success) throw new NotFound('news');
  const code = form.get('ma').slice(0, 40);
  await inTransaction(ctx.desk, ctx.officer, (tx) => markRead(tx, ctx.officer, until.data, form.get('tat-ca') === '1' ? null : code));
  return ctx.seeOther(`${NEWS_PATH}?xong=da-doc`);
}

// ── How to be told ──────────────────────────────────────────────────────────────────────────────────────────────────

type Shown = { typed?: TypedRule; errors?: Partial<Record<SettingField, string>> };

/** GET /can-bo/tai-khoan/tin, and what a form that was refused shows. */
async function setting(ctx: Ctx, frame: ConsoleFrame, { typed, errors = {} }: Shown, status: ContentfulStatusCode = 200): Promise<Response> {
  const { rule, address } = await inTransaction(ctx.desk, ctx.officer, (tx) => ruleOf(tx, ctx.officer.officerId));
  const { setting: words } = ctx.t.news;
  return ctx.page(await frame(ctx, {
    title: words.title, current: 'tin', crumbs: [{ href: identityPaths.account, label: ctx.t.identity.account.title }, { label: words.title }],
    children: <SettingView lang={ctx.lang} address={address} hasServer={ctx.desk.mail.available} typed={typed ?? typedOf(rule)} errors={errors} saved={ctx.query('xong') === 'luu'} />,
  }), status);
}

function typedOf(rule: NewsRule): TypedRule {
  return { immediate: rule.immediate, digest: rule.digest, hour: String(rule.digestHour), from: String(rule.quietFrom), until: String(rule.quietTo), urgentInQuiet: rule.urgentInQuiet };
}

const hour = z.string().regex(/^\d{1,2}$/).transform(Number).refine((value) => value <= 23);
const RULE = z.object({ immediate: z.enum(['urgent', 'all', 'none']), digest: z.enum(['daily', 'weekly', 'none']), hour, from: hour, until: hour });

/** POST /can-bo/tai-khoan/tin */
async function save(ctx: Ctx, frame: ConsoleFrame): Promise<Response> {
  const form = await ctx.form();
  const typed: TypedRule = {
    immediate: form.get('ngay'), digest: form.get('tom-tat'), hour: form.get('gio'), from: form.get('yen-tu'), until: form.get('yen-den'), urgentInQuiet: form.get('khan-yen') === '1',
  };
  const { errors: words } = ctx.t.news.setting;
  const parsed = RULE.safeParse(typed);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
    return setting(ctx, frame, { typed, errors: {
      ...(wrong.has('immediate') && { ngay: words.immediate }), ...(wrong.has('digest') && { 'tom-tat': words.digest }), ...(wrong.has('hour') && { gio: words.hour }),
      ...(wrong.has('from') && { 'yen-tu': words.hour }), ...(wrong.has('until') && { 'yen-den': words.hour }),
    } }, 422);
  }
  const { immediate, digest, hour: digestHour, from: quietFrom, until: quietTo } = parsed.data;
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => saveRule(tx, ctx.officer, { immediate, digest, digestHour, quietFrom, quietTo, urgentInQuiet: typed.urgentInQuiet }));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return setting(ctx, frame, { typed, errors: { gio: words.hourInQuiet } }, 422);
  }
  return ctx.seeOther(`${SETTING_PATH}?xong=luu`);
}
