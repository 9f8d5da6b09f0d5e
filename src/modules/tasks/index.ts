/** Tasks: everything somebody must do by a day, my day, the leader's page, and the calendar by which days are counted. */
export { cancelTasksOf, endTask, openTask, openTasksOf, pauseTask, setTask, type CaseTask, type NewTask } from './commands.ts';
export { taskJobs } from './jobs.ts';
export { taskRoutes } from './routes.tsx';
export type { ComingMeeting, DayLine, DayLines, HandedIn } from './types.ts';
