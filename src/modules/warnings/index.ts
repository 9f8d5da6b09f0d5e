export { publicWarning } from './commands.ts';
export { check, liveWarnings, type CheckAnswer } from './queries.ts';
export { warningsRoutes } from './routes.tsx';
