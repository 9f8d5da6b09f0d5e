export { submitReport } from './commands.ts';
export { intakeJobs, type ReporterLetter } from './jobs.ts';
export { matchKeyOf } from './prepare.ts';
export { publicAddress } from './public-address.ts';
export { attachmentCopy } from './queries.ts';
export { intakeRoutes } from './routes.tsx';
export type { NewReport, Receipt } from './types.ts';
