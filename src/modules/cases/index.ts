export { answerAllReporters, answerReporter, askReporter, openIdentity } from './commands/conversation.ts';
export { answerGate, reclassify } from './commands/gate.ts';
export { addNote } from './commands/notes.ts';
export { answerStopReview, openStopped } from './commands/stop-review.ts';
export { approveText, proposeText } from './commands/texts.ts';
export { addAttachmentEvidence, addObservation, addVerification, closeCase, reopenCase, takeCase } from './commands/work.ts';
export { consoleFrame } from './console-frame.tsx';
export { mayRead } from './policy.ts';
export { caseRoutes } from './routes.tsx';
