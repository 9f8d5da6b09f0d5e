export { publicWarning } from './commands.ts';
export { check, type CheckAnswer } from './queries.ts';
export { warningsRoutes } from './routes.tsx';
