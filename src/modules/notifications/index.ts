/** Notifications: that there is something for an officer, on a page and by mail, never what it says. */
export { notify, OUTGOING, type News } from './commands.ts';
export { notificationJobs } from './jobs.ts';
export { NEWS_PATH } from './paths.ts';
export { COUNTED, outgoingTrouble } from './queries.ts';
export { notificationRoutes } from './routes.tsx';
export type { NewsKind, Trouble } from './types.ts';
export { shownCount } from './words.ts';
