/** Notices: what leaves the desk, to whom, with what effect; and the page a recipient or an affected person opens by code and secret. */
export { accessSecret, openAccess, type OpenedAccess } from './access.ts';
export { recordEffect } from './commands/effect.ts';
export { dispatchNotice } from './commands/sending.ts';
export { noticeRecipients } from './effects.ts';
export { noticeJobs } from './jobs.ts';
export { noticeRoutes } from './routes.tsx';
