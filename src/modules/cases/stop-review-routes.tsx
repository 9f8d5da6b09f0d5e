import { categoryOf } from '#catalogue/categories.ts';
import { readGateAnswers } from '#core/gate.ts';
import type { Withheld } from '#modules/intake/index.ts';
import type { FormBody } from '#platform/body.ts';
import { Conflict, Invalid } from '#platform/errors.ts';
import type { Access, Ctx, Route } from '#platform/http.ts';
import { answerStopReview, openStopped } from './commands/stop-review.ts';
import { consoleFrame, LISTS } from './console-frame.tsx';
import { codeParam, read, typedOf } from './forms.ts';
import { STOP_REVIEWERS } from './policy.ts';
import { reportView } from './queries.ts';
import { stopReviewOf, waitingReviews } from './queries/stop-review.ts';
import type { Typed } from './views/flash.tsx';
import { REVIEWS_PATH, StopReviewList, StopReviewPage } from './views/stop-review.tsx';

const REVIEW: Access = { kind: 'officer', roles: STOP_REVIEWERS };
const ONE = `${REVIEWS_PATH}/:code`;

async function list(ctx: Ctx): Promise<Response> {
  const rows = await read(ctx, (tx) => waitingReviews(tx, ctx.officer));
  return ctx.page(await consoleFrame(ctx, {
    title: ctx.t.gate.reviews.title, current: 'xem-lai-dung', children: <StopReviewList lang={ctx.lang} now={ctx.now} rows={rows} done={ctx.query('xong')} />,
  }));
}

/** What a page shows beside the request: the opened words, or a form that came back. */
interface Shown {
  readonly story?: Withheld | null;
  /** Why the words were opened; goes with the answers, which open them again. */
  readonly opening?: string;
  readonly typed?: Typed;
  readonly status?: 200 | 409 | 422;
}

async function show(ctx: Ctx, { story, opening = '', typed, status = 200 }: Shown = {}): Promise<Response> {
  const { review, report } = await read(ctx, async (tx) => ({ review: await stopReviewOf(tx, ctx.officer, codeParam(ctx)), report: await reportView(tx, codeParam(ctx)) }));
  const t = ctx.t.gate.reviews;
  return ctx.page(await consoleFrame(ctx, {
    title: t.pageTitle(review.code), current: 'xem-lai-dung', crumbs: [{ href: LISTS['xem-lai-dung'], label: t.nav }, { label: review.code }],
    children: <StopReviewPage lang={ctx.lang} now={ctx.now} {...{ review, report, story, opening, typed }} />,
  }), status);
}

/** POST …/mo: the words, for this page only. */
async function open(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const opening = body.get('opening');
  try {
    return await show(ctx, { opening, story: await opened(ctx, opening) });
  } catch (error) {
    return returned(ctx, error, body, 'mo');
  }
}

function opened(ctx: Ctx, opening: string): Promise<Withheld | null> {
  return read(ctx, async (tx) => openStopped(ctx.desk, tx, await stopReviewOf(tx, ctx.officer, codeParam(ctx)), opening));
}

/** POST …: all answers again. What breaks a rule comes back with the words opened once more. */
async function answer(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  try {
    const outcome = await read(ctx, async (tx) => {
      const review = await stopReviewOf(tx, ctx.officer, codeParam(ctx));
      const given = readGateAnswers(body.fields);
      if (!given.ok) throw new Invalid('questions open', { fields: Object.fromEntries(given.open.map((code) => [code, 'open'])) });
      const known = categoryOf(review.category).positive.map(({ code }) => code);
      const elements = body.all('elements').filter((code) => known.includes(code));
      return answerStopReview(ctx.desk, tx, ctx.officer, review.id, { answers: given.answers, elements, opening: body.get('opening'), reason: body.get('reason') });
    });
    return ctx.seeOther(`${REVIEWS_PATH}?xong=${outcome.passed ? 'bo-dung' : 'van-dung'}`);
  } catch (error) {
    return returned(ctx, error, body, 'xem-lai');
  }
}

async function returned(ctx: Ctx, error: unknown, body: FormBody, form: string): Promise<Response> {
  const t = ctx.t.gate.reviews;
  if (error instanceof Conflict) {
    const typed = typedOf(ctx, { form, error, body }, '');
    return show(ctx, { typed: typed && { ...typed, conflict: { title: t.conflict, text: '' } }, status: 409 });
  }
  if (!(error instanceof Invalid)) throw error;
  const typed = typedOf(ctx, { form, error, body }, '');
  const errors = typed && { ...typed.errors, ...(typed.errors.elements && { elements: t.elements }), ...(typed.errors.opening && { opening: ctx.t.console.errors.reason }) };
  const opening = body.get('opening');
  const story = form === 'xem-lai' ? await opened(ctx, opening).catch(refusedOpening) : undefined;
  return show(ctx, { story, opening, typed: typed && { ...typed, errors: errors ?? {} }, status: 422 });
}

/** Without the reason it was opened with, the words stay sealed and the page asks for it again. */
function refusedOpening(error: unknown): undefined {
  if (error instanceof Invalid || error instanceof Conflict) return undefined;
  throw error;
}

/** Stops that another officer looks at again because their reporter asked. */
export const stopReviewRoutes: readonly Route[] = [
  { method: 'GET', path: REVIEWS_PATH, access: REVIEW, handler: list },
  { method: 'GET', path: ONE, access: REVIEW, handler: (ctx) => show(ctx) },
  { method: 'POST', path: `${ONE}/mo`, access: REVIEW, handler: open },
  { method: 'POST', path: ONE, access: REVIEW, handler: answer },
];
