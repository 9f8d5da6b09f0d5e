import { publicAddress } from '#modules/intake/index.ts';
import { Invalid } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { links } from '#web/links.ts';
import { checkDoc } from './api-doc.ts';
import { check } from './queries.ts';

/**
 * GET /api/v1/check?q=: `warned`, `unknown` or `unreadable`; never "safe". The address comes defanged nowhere: `asked` is
 * cut in three so that a program can show its owner.
 */
async function checkApi(ctx: Ctx): Promise<Response> {
  const q = ctx.query('q').trim();
  if (q === '') throw new Invalid('q', { fields: { q: 'missing' } });
  const answer = await check(ctx.desk, q);
  if (answer.kind !== 'warned') return ctx.c.json({ answer: answer.kind, asked: answer.kind === 'unknown' ? answer.asked : null });
  return ctx.c.json({
    answer: 'warned', asked: answer.asked,
    warning: {
      slug: answer.slug, title: answer.title, summary: answer.summary, category: answer.category, agency: answer.agency,
      since: answer.since.toISOString(), until: answer.until.toISOString(), url: `${publicAddress(ctx.desk)}${links.warnings}/${answer.slug}`,
    },
  });
}

/** The public API of checking. */
export const checkApiRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/check', access: { kind: 'public' }, limit: 'check', handler: checkApi, api: checkDoc },
];
