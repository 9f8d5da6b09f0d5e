import type { Desk } from '#platform/desk.ts';
import type { Ctx } from '#platform/http.ts';
import { FORM_LIMITS, readForm, type FormBody } from '#platform/body.ts';
import { TooLarge } from '#platform/errors.ts';
import { consolePath, PATHS } from './addresses.ts';
import { DRAFT_BYTES, NOTES } from './limits.ts';

/** What somebody had sent when the session was over: where to, and the fields. */
export interface Draft {
  readonly path: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** What became of it: sealed into the page, or why not. Files never come along. */
export interface KeptDraft {
  readonly sealed: string | null;
  readonly hadFiles: boolean;
}

/** Forms of the account hold passwords, and are quickly filled in again. */
const NEVER_KEPT = [PATHS.account, PATHS.agency];

/**
 * Seals the form of a request whose session is over, for the hidden field of the sign-in page: nothing is stored, nothing is
 * lost. Files are not kept in memory, since nobody has signed in. Gives null for what is not kept.
 */
export async function keepDraft(ctx: Ctx): Promise<KeptDraft | null> {
  const { pathname, search } = new URL(ctx.c.req.url);
  const path = consolePath(pathname + search);
  if (!path || NEVER_KEPT.some((never) => pathname === never || pathname.startsWith(`${never}/`))) return null;
  const form = await readFields(ctx.c.req.raw);
  if (!form) return { sealed: null, hadFiles: false };
  const fields = Object.keys(form.fields).flatMap((name) => form.all(name).map((value) => [name, value] as const));
  const bytes = fields.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  const value: Note = { kind: 'draft', path, fields };
  const sealed = bytes > DRAFT_BYTES ? null : ctx.desk.keys.token('resume', value, new Date(ctx.now.getTime() + NOTES.draft));
  return { sealed, hadFiles: form.files.length > 0 };
}

async function readFields(request: Request): Promise<FormBody | null> {
  try {
    return await readForm(request, { ...FORM_LIMITS, fileBytes: 1, fieldBytes: DRAFT_BYTES, totalBytes: 60 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

type Note = Draft & { readonly kind: 'draft' };

/** The draft in a hidden field, or null when there is none, or it is older than two hours. */
export function openDraft(desk: Pick<Desk, 'keys' | 'clock'>, sealed: string): Draft | null {
  if (!sealed) return null;
  const opened = desk.keys.readToken<Note>('resume', sealed, desk.clock.now());
  if (!opened.ok || opened.value.kind !== 'draft') return null;
  const path = consolePath(opened.value.path);
  return path === null ? null : { path, fields: opened.value.fields };
}
