/** Documents: the registers of what leaves and of what comes, signed files, and an agency's own templates (NĐ 30/2020). */
import type { Desk } from '#platform/desk.ts';
import type { JobKind } from '#platform/jobs.ts';

export { reserveDocument, type NewDocument } from './commands.ts';
export { passOn, registerIncoming, takeIncomingNumber } from './commands/incoming.ts';
export { enterByHand, issueNumber } from './commands/outgoing.ts';
export { letterTop } from './letter-top.ts';
export { numberOf, type IssuedNumber } from './queries.ts';
export { incomingById, incomingNumberUsed } from './queries/registers.ts';
export { renderDocument } from './render.ts';
export { documentRoutes } from './routes.tsx';
export type { FollowUp } from './types.ts';

export const documentJobs: readonly JobKind<never, Desk>[] = [];
