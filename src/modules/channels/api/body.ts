import { readText } from '#platform/body.ts';
import { Invalid } from '#platform/errors.ts';
import type { Ctx } from '#platform/http.ts';

const MOST_DEPTH = 64;

/**
 * The JSON a request carries. Nothing the desk reads is nested deeper than 64 levels; what is, was made to exhaust a stack.
 * @throws TooLarge past `most` bytes, Invalid when it is not JSON or nested too deep
 */
export async function readJson(ctx: Ctx, most: number): Promise<unknown> {
  const text = await readBody(ctx, most);
  if (isTooDeep(text)) throw new Invalid('nested too deep', { fields: { '': 'too_deep' } });
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid('not JSON', { fields: { '': 'not_json' } });
  }
}

/** The text a request carries; empty when it has no body. @throws TooLarge, Invalid when the line broke */
export async function readBody(ctx: Ctx, most: number): Promise<string> {
  return ctx.c.req.raw.body ? readText(ctx.c.req.raw, most) : '';
}

const [QUOTE, BACKSLASH, OPEN, OPEN_OBJECT, CLOSE, CLOSE_OBJECT] = Array.from('"\\[{]}', (mark) => mark.charCodeAt(0));

/** Whether brackets outside of texts are open more than 64 deep at once; linear, without regard to whether it is JSON. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const mark = json.charCodeAt(at);
    if (inText && mark === BACKSLASH) at += 1;
    else if (mark === QUOTE) inText = !inText;
    else if (!inText && (mark === OPEN || mark === OPEN_OBJECT)) depth += 1;
    else if (!inText && (mark === CLOSE || mark === CLOSE_OBJECT)) depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}
