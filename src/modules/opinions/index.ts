import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export const opinionRoutes: readonly Route[] = [];
export const opinionJobs: readonly JobKind<never, Desk>[] = [];
