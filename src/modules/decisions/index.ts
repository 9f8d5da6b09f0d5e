export { decideSecond, expireDecisions, returnDraft, saveDraft, startDraft, submitDraft, withdrawDecision, type DraftInput, type Effect, type Effects } from './commands.ts';
export { decisionJobs } from './jobs.ts';
export { decisionRoutes } from './routes.tsx';
