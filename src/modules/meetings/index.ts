import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';

/** Meetings: invitation, agenda, attendance, minutes, conclusion, action items (R6). */
export { meetingRoutes } from './routes.tsx';
export const meetingJobs: readonly JobKind<never, Desk>[] = [];
