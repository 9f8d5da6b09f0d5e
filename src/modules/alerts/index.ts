import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export const alertRoutes: readonly Route[] = [];
export const alertJobs: readonly JobKind<never, Desk>[] = [];
