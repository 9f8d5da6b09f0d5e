export {
  addAttachmentEvidence, addObservation, addVerification, answerAllReporters, answerGate, answerReporter, askReporter, closeCase, openIdentity, reclassify, reopenCase, takeCase,
} from './commands.ts';
export { consoleFrame } from './console-frame.tsx';
export { caseRoutes } from './routes.tsx';
