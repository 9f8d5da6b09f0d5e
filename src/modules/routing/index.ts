/** Competence and routing: transfers to the competent agency, taking over, what was done at once, handing over of open work. */
export { acceptTransfer, handOverWork, proposeTransfer, recordOwnAct, refuseTransfer, takeOverCase, withdrawTransfer, type NewOwnAct, type NewTransfer } from './commands.ts';
export { routingJobs } from './jobs.ts';
export { routingRoutes } from './routes.tsx';
