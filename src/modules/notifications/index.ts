import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export { notify, type News } from './commands.ts';

export const notificationRoutes: readonly Route[] = [];
export const notificationJobs: readonly JobKind<never, Desk>[] = [];
