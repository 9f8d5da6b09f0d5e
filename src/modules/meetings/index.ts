import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export const meetingRoutes: readonly Route[] = [];
export const meetingJobs: readonly JobKind<never, Desk>[] = [];
