/** Retention: when data ends and what is due (S13), who opened what is sealed (S12), what people ask about their own data. */
export { retainDue } from './commands/minimise.ts';
export { acknowledgeRequest, decideRequest, extendRequest, fileRequest, withdrawContact, type Decision, type Filed } from './commands/requests.ts';
export { retentionJobs } from './jobs.ts';
export { dueRows, type Due } from './queries/due.ts';
export { retentionRoutes } from './routes.tsx';
