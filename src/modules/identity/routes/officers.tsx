import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ROLE_CODES } from '#catalogue/roles.ts';
import { AUTH } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Ctx, type SignedIn } from '#platform/http.ts';
import { parseDate } from '#web/format.ts';
import { frame, type Frame } from '#web/portal-frame.ts';
import { createOfficer, endRole, grantRole, resetSignIn, setDisabled } from '../commands.ts';
import { emptyGrant, emptyOfficer, readGrant, readOfficer, type GrantForm, type OfficerForm } from '../forms.ts';
import { hashPassword, initialPassword } from '../passwords.ts';
import { isSelf, mayChangeAccount } from '../policy.ts';
import { belongings, officersOf, type OfficerRow } from '../queries.ts';
import { FirstPasswordPage, NewOfficerPage, OfficerPage, officerPath, OfficersPage } from '../views/officer-pages.tsx';

function base(ctx: Ctx): { frame: Frame; signedIn: SignedIn } {
  if (!ctx.signedIn) throw new NotFound('session');
  return { frame: frame(ctx), signedIn: ctx.signedIn };
}

/** GET /can-bo/quan-tri/can-bo */
export async function officersPage(ctx: Ctx): Promise<Response> {
  const officers = await inTransaction(ctx.desk, AUTH, (tx) => officersOf(tx, ctx.officer.agencyId));
  return ctx.page(OfficersPage({ ...base(ctx), officers }));
}

/** GET /can-bo/quan-tri/can-bo/them */
export function newOfficerPage(ctx: Ctx): Response {
  return ctx.page(NewOfficerPage({ ...base(ctx), form: emptyOfficer(ctx.now) }));
}

/** POST /can-bo/quan-tri/can-bo/them: account and first roles together; the password is shown on the answer and nowhere else. */
export async function postNewOfficer(ctx: Ctx): Promise<Response> {
  const form = readOfficer(await ctx.form(), ctx.now);
  if (!form.value) return ctx.page(NewOfficerPage({ ...base(ctx), form }), 422);
  const { name, email } = form.value;
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  try {
    const id = await inTransaction(ctx.desk, ctx.officer, (tx) => createWithRoles(tx, ctx, form.value!, passwordHash));
    return ctx.page(FirstPasswordPage({ ...base(ctx), officer: { id, name, email }, password }));
  } catch (error) {
    if (!(error instanceof Invalid) || !hasTakenEmail(error)) throw error;
    return ctx.page(NewOfficerPage({ ...base(ctx), form: { ...form, errors: { thu: 'taken' } } }), 422);
  }
}

async function createWithRoles(tx: Tx, ctx: Ctx, value: NonNullable<OfficerForm['value']>, passwordHash: string): Promise<string> {
  const { roles, from, to, name, email } = value;
  const officerId = await createOfficer(tx, ctx.officer, { email, fullName: name, passwordHash });
  for (const role of roles) await grantRole(tx, ctx.officer, { officerId, agencyId: ctx.officer.agencyId, role, from, to });
  return officerId;
}

function hasTakenEmail(error: Invalid): boolean {
  return (error.details?.fields as Record<string, string> | undefined)?.email === 'taken';
}

/** GET /can-bo/quan-tri/can-bo/:id */
export function officerPage(ctx: Ctx): Promise<Response> {
  return show(ctx, emptyGrant(ctx.now));
}

async function show(ctx: Ctx, form: GrantForm, status: ContentfulStatusCode = 200): Promise<Response> {
  const id = uuidParam(ctx);
  const { officer, belongs } = await inTransaction(ctx.desk, AUTH, async (tx) => ({ officer: await ownOfficer(tx, ctx, id), belongs: await belongings(tx, id) }));
  if (!belongs) throw new NotFound('officer');
  const self = isSelf(ctx.officer, belongs);
  const may = { roles: !self, account: mayChangeAccount(ctx.officer, belongs), isSelf: self };
  return ctx.page(OfficerPage({ ...base(ctx), officer, form, may, saved: ctx.query('da') === 'luu' }), status);
}

/** An officer of the own agency; anybody else is not there. */
async function ownOfficer(tx: Tx, ctx: Ctx, id: string): Promise<OfficerRow> {
  const [officer] = await officersOf(tx, ctx.officer.agencyId, id);
  if (!officer) throw new NotFound('officer');
  return officer;
}

function saved(ctx: Ctx): Response {
  return ctx.seeOther(`${officerPath(uuidParam(ctx))}?da=luu`);
}

/** POST …/:id/vai-tro: gives a role in the own agency. */
export async function postGrant(ctx: Ctx): Promise<Response> {
  const officerId = uuidParam(ctx);
  const form = readGrant(await ctx.form(), ctx.now);
  const role = form.value?.roles[0];
  if (!form.value || !role) return show(ctx, form, 422);
  const { from, to } = form.value;
  try {
    await inTransaction(ctx.desk, ctx.officer, (tx) => grantRole(tx, ctx.officer, { officerId, agencyId: ctx.officer.agencyId, role, from, to }));
  } catch (error) {
    if (error instanceof Conflict) return show(ctx, { ...form, errors: { 'vai-tro': 'held' } }, 409);
    throw error;
  }
  return saved(ctx);
}

/** POST …/:id/ket-thuc: ends a role in the own agency at once. */
export async function postEnd(ctx: Ctx): Promise<Response> {
  const form = await ctx.form();
  const role = ROLE_CODES.find((code) => code === form.get('vai-tro'));
  const from = form.get('tu');
  if (!role || !/^\d{4}-\d{2}-\d{2}$/.test(from) || !parseDate(from.split('-').toReversed().join('/'))) throw new NotFound('role');
  const { agencyId } = ctx.officer;
  await inTransaction(ctx.desk, ctx.officer, (tx) => endRole(tx, ctx.officer, { officerId: uuidParam(ctx), agencyId, role, from }, null));
  return saved(ctx);
}

/** POST …/:id/khoa and …/:id/mo: locks the account at once, or unlocks it. */
export async function postLock(ctx: Ctx, disabled: boolean): Promise<Response> {
  await inTransaction(ctx.desk, ctx.officer, (tx) => setDisabled(tx, ctx.officer, uuidParam(ctx), disabled));
  return saved(ctx);
}

/** POST …/:id/dat-lai: a new first sign-in; the password is shown on the answer and nowhere else. */
export async function postReset(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  const officer = await inTransaction(ctx.desk, ctx.officer, async (tx) => {
    await resetSignIn(tx, ctx.officer, id, passwordHash);
    return ownOfficer(tx, ctx, id);
  });
  return ctx.page(FirstPasswordPage({ ...base(ctx), officer, password }));
}
