/** The law: documents with their dates, provisions with their elements, and the way they are changed. */
export { decideChange, proposeChange } from './commands.ts';
export { basesInForce, basisByCode } from './queries.ts';
export { lawRoutes, type ConsoleFrame } from './routes.tsx';
