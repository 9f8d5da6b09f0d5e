import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export const routingRoutes: readonly Route[] = [];
export const routingJobs: readonly JobKind<never, Desk>[] = [];
