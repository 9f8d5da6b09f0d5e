/** Sharing: what agencies that take part in a case are shown, item by item, packs handed over, and packs between desks. */
export { includeParty, readShares, recallShare, shareItems, type ShareInput } from './commands/parties.ts';
export { sharingJobs } from './jobs.ts';
export { publicKeyOf } from './packs/signing.ts';
export { sharedItems } from './queries.ts';
export { sharingRoutes } from './routes.tsx';
export type { ItemShown, SharedItem } from './types.ts';
