export { acceptAppeal, addAppealMessage, askAppellant, decideAppeal, fileAppeal, openAppeal, refuseAppeal, routeAppeal, stayForAppeal, takeBackAppeal, takeOverAppeal, type AppealParty, type AppealReceipt, type NewAppeal } from './commands.ts';
export { appealJobs } from './jobs.ts';
export { appealRoutes } from './routes.tsx';
