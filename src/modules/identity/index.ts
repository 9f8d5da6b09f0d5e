/** Identity: who signs in, for which agency, in which role, and who may say so. */
export { consoleUser } from './views/shell.tsx';
export { ConnectionsShell } from './views/connections-page.tsx';
export { createOfficer, createToken, endRole, grantRole, setDisabled } from './commands.ts';
export { gatekeeper } from './gatekeeper.ts';
export { hashPassword, initialPassword } from './passwords.ts';
export { confirmSelf, proofNeeded, type Proof } from './step-up.ts';
export { PATHS as identityPaths } from './addresses.ts';
export { ProofField } from './views/proof-field.tsx';
export { identityRoutes } from './routes.tsx';
export { identityJobs } from './jobs.ts';
