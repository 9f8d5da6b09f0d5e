import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';

/** Meetings: invitation, agenda, attendance, minutes, conclusion, action items (R6). */
export {
  addAction, answerInvitation, concludeMeeting, inviteGuests, planMeeting, saveAgenda, saveConclusion, saveGuests, saveMinutes, takeAttendance,
} from './commands.ts';
export type { Plan } from './policy.ts';
export { meetingRoutes } from './routes.tsx';
export const meetingJobs: readonly JobKind<never, Desk>[] = [];
