/** Directory: who exists, since when, under which name, and who answers for which harm where. */
export { addAgency, addCompetence, addRecipient, endAgency, importAgencies, renameAgency } from './commands.ts';
export type { AgencyInput, CompetenceInput, ImportResult, NameInput, RecipientInput } from './commands.ts';
export {
  agencyDetail, agencyName, agencyNames, communeByCode, communesOfProvince, coordinatingAgency, findPlaces, leadAgency,
  letterhead, listAgencies, responsible, successorsOn,
} from './queries.ts';
export { directoryRoutes } from './routes.tsx';
export { seedUnits } from './seed.ts';
export type {
  AgencyDetail, AgencyListRow, AgencyNames, CommuneRow, CompetenceQuestion, Letterhead, Place, Responsible,
} from './types.ts';
export { explain, nameIn, placeLabel } from './words.ts';
