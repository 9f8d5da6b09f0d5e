import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { decideSecond, saveDraft, startDraft, submitDraft, type DraftInput } from '#modules/decisions/index.ts';
import { gatekeeper } from '#modules/identity/index.ts';
import type { Actor, OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { LachanError } from '#platform/errors.ts';
import { httpApp } from '#platform/http.ts';
import { memoryLimiter } from '#platform/limit.ts';
import { ErrorPage } from '#web/error-page.tsx';
import { EFFECTS, ROUTES } from '../../src/modules.ts';
import { completeInput, openOffice, PASSED, reportOf, verifiedCase, type Office } from './decisions.ts';
import { testDesk, type TestDesk } from './desk.ts';
import { cookieFor } from './identity.ts';

/** How a misuse ends: nothing happens, or it happens and stays for everybody to see. */
export type Ending =
  | { readonly refused: string }
  // A row of the journal, of public statistics or of a public page that a later reader finds.
  | { readonly trace: string };

/** The office, its pages and its database, for people who mean ill. */
export interface World {
  readonly desk: TestDesk;
  readonly office: Office;
  /** Runs a command as somebody; a refusal in the field's terms or by a guard comes back as `refused`. */
  attempt(actor: Actor, work: (tx: Tx) => Promise<unknown>): Promise<Ending>;
  /** One statement with the application's own role, as a stolen account or a bug would send it; changing no row counts as refused. */
  sql(actor: Actor, statement: string): Promise<Ending>;
  /** A page as an officer or, with null, as anybody; a POST when a form is given. */
  page(actor: OfficerActor | null, path: string, form?: Readonly<Record<string, string | readonly string[]>>): Promise<{ status: number; location: string | null; html: string }>;
  /** Any request to the whole application, as a program would send it. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The journal's last row of an action about a thing, as an auditor finds it. @throws when there is none */
  traceOf(entityId: string, action: string): Promise<Ending>;
  freshCase(narrative?: string, changes?: Parameters<typeof reportOf>[0]): Promise<{ caseId: string; reportId: string }>;
  /** A complete draft of a measure, not submitted. */
  draft(caseId: string, measure: MeasureCode, changes?: Partial<DraftInput>): Promise<string>;
  /** The same, approved by the reviewer. */
  inForce(caseId: string, measure: MeasureCode): Promise<string>;
}

/** Opens one world for a file of scenarios. */
export async function openWorld(): Promise<World> {
  const desk = await testDesk();
  const office = await openOffice(desk);
  const app = httpApp({
    desk, routes: ROUTES, gatekeeper: gatekeeper(desk), errorPage: ErrorPage, limiter: memoryLimiter(1e6), assets: { href: (name) => `/tinh/${name}`, files: new Map() },
  });
  const cookies = new Map<string, string>();
  let serial = 0;
  const world: World = {
    desk, office,
    async attempt(actor, work) {
      try {
        await inTransaction(desk, actor, work);
      } catch (error) {
        return refusalOf(error);
      }
      throw new Error('nothing refused it');
    },
    async sql(actor, statement) {
      try {
        const rows = await inTransaction(desk, actor, async (tx) => {
          const result = await sql.raw(statement).execute(tx);
          return Number(result.numAffectedRows ?? result.rows.length);
        });
        if (rows === 0) return { refused: 'row-level security: nothing there' };
      } catch (error) {
        return refusalOf(error);
      }
      throw new Error(`the database let it through: ${statement}`);
    },
    async page(actor, path, form) {
      const headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' };
      if (actor) headers['cookie'] = cookies.get(actor.officerId) ?? await cookieFor(desk, actor.officerId, actor.agencyId);
      if (actor) cookies.set(actor.officerId, headers['cookie']!);
      const body = form && new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])));
      const response = await app.request(path, { method: form ? 'POST' : 'GET', headers, body });
      return { status: response.status, location: response.headers.get('location'), html: await response.text() };
    },
    async request(path, init) {
      return app.request(path, init);
    },
    async traceOf(entityId, action) {
      const row = await desk.owner.selectFrom('journal').select(['seq', 'action', 'reason']).where('entity_id', '=', entityId).where('action', '=', action).orderBy('seq', 'desc').executeTakeFirst();
      if (!row) throw new Error(`no trace of ${action}`);
      return { trace: `journal ${row.seq}: ${row.action}${row.reason ? ` (${row.reason})` : ''}` };
    },
    async freshCase(narrative = `Trang giả VNeID tại https://trang-gia-${serial++}.example/otp xin mã OTP của tôi`, changes = {}) {
      const { caseId, reportIds } = await verifiedCase(desk, office, [reportOf({ narrative, ...changes })]);
      return { caseId, reportId: reportIds[0]! };
    },
    async draft(caseId, measure, changes = {}) {
      const id = await inTransaction(desk, office.drafter, (tx) => startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng'));
      const { defaultDays, lesser, fields } = measureOf(measure);
      const input: DraftInput = {
        ...await completeInput(desk, caseId, id), endsOn: defaultDays === null ? null : addDays(localDate(desk.clock.now()), Math.min(defaultDays, 30)),
        options: Object.fromEntries(lesser.map(({ code }) => [code, 'Chưa đủ: nhiều người khác đang gặp cùng đường dẫn này.'])),
        detail: Object.fromEntries(fields.map(({ code }) => [code, 'Như nêu trong phần sự việc.'])), ...changes,
      };
      // '*' stands for every piece of evidence of the case.
      const proofs = Object.fromEntries(Object.entries(input.proofs).map(([code, ids]) => [code, ids.includes('*') ? input.evidence : ids]));
      await inTransaction(desk, office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, proofs }));
      return id;
    },
    async inForce(caseId, measure) {
      const id = await world.draft(caseId, measure);
      await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
      await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
      return id;
    },
  };
  return world;
}

/** Refusals of commands, guards, grants and row-level security; anything else is a fault of the desk and fails the scenario. */
export function refusalOf(error: unknown): Ending {
  if (error instanceof LachanError) return { refused: `${error.code}: ${error.message}` };
  const { code, message } = error as { code?: string; message?: string };
  if (code === '23514' || code === '42501' || code === '23001' || code === '23505' || code === '23503') return { refused: `database ${code}: ${message ?? ''}` };
  throw error;
}

/** An answer of a page that refuses: not there, forbidden, wrong in this state or incomplete. */
export function refusedBy(answer: { readonly status: number; readonly html: string }): Ending {
  if (![401, 403, 404, 409, 413, 422, 429].includes(answer.status)) throw new Error(`answered ${answer.status}`);
  return { refused: `HTTP ${answer.status}` };
}

/**
 * One way to misuse the desk, in a sentence, and how it must end. The scenario itself returns what happened; both the kind of the
 * ending and, where given, its words are compared.
 */
export function misuse(title: string, must: 'refused' | 'trace', scenario: () => Promise<Ending>, words?: RegExp): void {
  test(`${title} — ${must === 'refused' ? 'refused' : 'leaves a trace'}`, async () => {
    const ending = await scenario();
    expect(Object.keys(ending)).toEqual([must]);
    if (words) expect(Object.values(ending)[0]).toMatch(words);
  });
}
