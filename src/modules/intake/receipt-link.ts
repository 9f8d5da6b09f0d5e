import type { Desk } from '#platform/desk.ts';
import { parseReportCode, parseSecret } from '#core/codes.ts';
import { openReport } from './queries.ts';

const HOUR = 3_600_000;

/** The two codes on a receipt, in their canonical form, and the report they open. */
export interface OpenedReport {
  readonly reportId: string;
  readonly code: string;
  readonly secret: string;
}

/** The report behind codes as a person types them; null for a wrong code, a wrong secret and a report that is gone. */
export async function reportByCodes(desk: Desk, typedCode: string, typedSecret: string): Promise<OpenedReport | null> {
  const code = parseReportCode(typedCode)?.code;
  const secret = parseSecret(typedSecret);
  const reportId = code && secret ? await openReport(desk, code, secret) : null;
  return code && secret && reportId ? { reportId, code, secret } : null;
}

/** The report behind the token that the pages of a reporter hand on; null when it is not one or its hour is over. */
export async function reportByToken(desk: Desk, token: string): Promise<OpenedReport | null> {
  const read = desk.keys.readToken<{ code: string; secret: string }>('receipt', token, desk.clock.now());
  return read.ok ? reportByCodes(desk, read.value.code, read.value.secret) : null;
}

/** A token for the pages of a reporter, good for an hour from now. */
export function reporterToken(desk: Desk, { code, secret }: Pick<OpenedReport, 'code' | 'secret'>): string {
  const now = desk.clock.now();
  return desk.keys.token('receipt', { code, secret, situation: null, receivedAt: now.toISOString(), sealedAt: now.getTime() }, new Date(now.getTime() + HOUR));
}
