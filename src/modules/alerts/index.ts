/** Warning letters to agencies (R22): vulnerability, malware or holiday-season risk; read receipts, what each did, the summary. */
export { answerAlert, approveAlert, closeAlert, draftAlert, readAlert, recallAlert, recordAnswer, returnAlert, submitAlert, type CheckAnswers } from './commands.ts';
export { alertJobs } from './jobs.ts';
export { alertRoutes } from './routes.tsx';
export type { AlertInput, AnswerInput, Audience } from './types.ts';
