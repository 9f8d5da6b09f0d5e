import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';

export { endTask, openTask, type NewTask } from './commands.ts';

export const taskRoutes: readonly Route[] = [];
export const taskJobs: readonly JobKind<never, Desk>[] = [];
