export { dropInheritedDraft, renewDecision, saveDraft, startDraft, submitDraft, type DraftInput } from './commands/draft.ts';
export { beginInterim, decideSecond, returnDraft, reviewLegally } from './commands/review.ts';
export { expireDecisions, resumeDecision, reverseDecision, stayDecision, withdrawDecision } from './commands/ending.ts';
export type { Effect, Effects, Ending } from './effects.ts';
export { decisionJobs } from './jobs.ts';
export { decisionRoutes } from './routes.tsx';
