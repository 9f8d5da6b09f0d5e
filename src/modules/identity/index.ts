/** Identity: who signs in, for which agency, in which role, and who may say so. */
export { consoleUser } from './views/shell.tsx';
export { createOfficer, endRole, grantRole, setDisabled } from './commands.ts';
export { gatekeeper } from './gatekeeper.ts';
export { hashPassword, initialPassword } from './passwords.ts';
export { identityRoutes } from './routes.tsx';
export { identityJobs } from './jobs.ts';
