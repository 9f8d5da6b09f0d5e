import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export { reserveDocument, type NewDocument } from './commands.ts';
export { numberOf, type IssuedNumber } from './queries.ts';

export const documentRoutes: readonly Route[] = [];
export const documentJobs: readonly JobKind<never, Desk>[] = [];
