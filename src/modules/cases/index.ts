export {
  addAttachmentEvidence, addObservation, addVerification, answerAllReporters, answerGate, answerReporter, askReporter, closeCase, openIdentity, reclassify, renameCase, reopenCase, takeCase,
} from './commands.ts';
export { consoleFrame } from './console-frame.tsx';
export { caseRoutes } from './routes.tsx';
