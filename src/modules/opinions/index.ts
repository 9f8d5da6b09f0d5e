/** Written opinions: one request to several agencies, the answer of each, and the table of all (R7). */
import type { Desk } from '#platform/desk.ts';
import type { Route } from '#platform/http.ts';
import { apiRoutes } from './api.ts';
import { takeReply, type IncomingReply } from './commands/mail.ts';
import { officeRoutes } from './routes.tsx';

export { answerOpinion, enterPaper, type Answering } from './commands/answer.ts';
export { sendConsultation, type Asking } from './commands/ask.ts';
export { opinionJobs } from './jobs.ts';

export const opinionRoutes: readonly Route[] = [...officeRoutes, ...apiRoutes];

/** What the room that reads mail hands over: replies to requests, set aside there as `opinion`. */
export const opinionReplies = { reason: 'opinion', take: (desk: Desk, mail: IncomingReply): Promise<boolean> => takeReply(desk, mail) };
