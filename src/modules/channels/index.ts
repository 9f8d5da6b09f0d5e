import type { Route } from '#platform/http.ts';
import type { JobKind } from '#platform/jobs.ts';
import type { Desk } from '#platform/desk.ts';
import { apiRoutes } from './api/routes.ts';
import type { MailRoom } from './commands/taking.ts';
import { arrivalJobs } from './jobs/arrivals.ts';
import { sheetJobs } from './jobs/sheets.ts';
import { webhookJobs } from './jobs/webhooks.ts';
import { sheetRoutes } from './sheet/routes.tsx';
import { officeRoutes } from './office-routes.tsx';
import { smsRoutes } from './sms/routes.ts';
import { webhookRoutes } from './webhook/routes.tsx';
import { watchMail, watchSheets, type Watch } from './watch.ts';

export { takeAtCounter } from './commands/counter.ts';
export { recordFigures } from './commands/figures.ts';
export { startSheet, uploadSheet } from './commands/sheets.ts';
export { takeArrival, type MailRoom, type MailToRoom } from './commands/taking.ts';

/** Every door of a machine or an officer through which reports come in. */
export const channelRoutes: readonly Route[] = [...apiRoutes, ...smsRoutes, ...webhookRoutes, ...sheetRoutes, ...officeRoutes];

/** @param rooms those above that take replies to letters of their own */
export const channelJobs = (rooms: readonly MailRoom[] = []): readonly JobKind<never, Desk>[] => [...arrivalJobs(rooms), ...sheetJobs, ...webhookJobs];

/** Begins to watch what must be watched (the mailbox), and goes on with spreadsheets left in the middle; the returned function ends it. */
export function watchChannels(desk: Desk): () => Promise<void> {
  const watches = [watchMail(desk), watchSheets(desk)].filter((watch): watch is Watch => watch !== null);
  return async () => void (await Promise.all(watches.map((watch) => watch.stop())));
}
