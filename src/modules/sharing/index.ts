import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export { includeParty, shareItems, type ShareInput } from './commands.ts';

export const sharingRoutes: readonly Route[] = [];
export const sharingJobs: readonly JobKind<never, Desk>[] = [];
