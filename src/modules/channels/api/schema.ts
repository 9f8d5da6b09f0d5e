/** What an agency's system sends and gets, as zod schemas: the checks at the boundary and the OpenAPI document are made from these. */
import { z } from 'zod';
import { CATEGORIES, CATEGORY_CODES } from '#catalogue/categories.ts';
import { FIGURE_CODES, QUALIFIER_CODES } from '#catalogue/figures.ts';
import { REPORT_STATES } from '#core/transitions.ts';
import { day, moment } from '#platform/openapi.ts';
import type { MachineCategory } from '../feeds/types.ts';

/** Limits of one request. */
export const MOST = { batch: 500, xarf: 200, list: 5000, page: 100, figures: 200 } as const;
/** Bytes of one request's body. */
export const BYTES = { report: 128 * 1024, batch: 16 * 1024 * 1024, xarf: 32 * 1024 * 1024, misp: 32 * 1024 * 1024, list: 5 * 1024 * 1024, figures: 256 * 1024 } as const;

/** Categories machines may report in. */
export const MACHINE_CATEGORIES = CATEGORIES.filter(({ linksCases }) => linksCases).map(({ code }) => code) as [MachineCategory, ...MachineCategory[]];

/** A name the sender's system gives to a report, unique within its agency. */
export const externalId = z.string().regex(/^[\x21-\x7e]{1,200}$/).describe('Name of the report in your system: 1 to 200 printable ASCII characters without spaces. The same id is the same report.')
  .meta({ example: 'TTHC-2026-118' });

/** The answers of one report, by the names of the form. What they may say is checked by the rules of the form itself. */
const value = (says: string) => z.union([z.string().max(20_000), z.number(), z.boolean()]).optional().describe(says);
const ANSWERS = {
  category: value(`Closed list: ${CATEGORY_CODES.join(', ')}`),
  narrative: value('What happened, 10 to 5,000 characters, without the reporter’s name'),
  traces: value('Links, telephone numbers, bank accounts, hashes; one a line'),
  situation: value('Key of a first-aid situation, when known'),
  money_lost: value('Money lost, in đồng'),
  happened_on: value('yyyy-mm-dd or dd/mm/yyyy; not in the future'),
  in_danger: value('Somebody is in danger now'),
  for_child: value('It concerns a child'),
  commune: value('Five-digit code of the commune (GSO, since 1 July 2025); left out: outside the province, or not known'),
  commune_text: value('The commune by its name, in place of the code'),
  contact_kind: value('anonymous or contact; follows from e-mail and phone when left out'),
  email: value('E-mail of the person concerned, only with consent; sealed at once'),
  phone: value('Telephone of the person concerned, only with consent; sealed at once'),
  name: value('Name of the person concerned, only with consent; sealed at once'),
  language: z.enum(['vi', 'en']).optional().describe('Language of answers; vi when left out'),
};

/** One report; the header Idempotency-Key names it when it has no id of its own. */
export const agencyReport = z.object({ ...ANSWERS, external_id: externalId.optional() });
export type AgencyReport = z.output<typeof agencyReport>;

/** One report of a batch. */
export const batchReport = z.object({ ...ANSWERS, external_id: externalId });
/** A batch; each report is checked by itself, so that one bad row harms no other. */
export const batch = z.object({ reports: z.array(z.unknown()).min(1).max(MOST.batch) });
/** The batch as the document shows it. */
export const batchDoc = z.object({ reports: z.array(batchReport).min(1).max(MOST.batch) });

const code = z.string().describe('Public code of the report').meta({ example: 'PA-04-261122-0001-7' });

export const receipt = z.object({
  code, secret: z.string().describe('Opens the report without a token; shown to the sender of this key only').meta({ example: '7K2M-9QXR-3V8C-P4HD-W1TN' }),
  received_at: moment, external_id: externalId.optional(), links: z.object({ self: z.string(), follow_up: z.string() }),
});

/** What came of a request with several reports. */
export const outcome = z.object({
  taken: z.int().min(0).describe('New reports'), repeated: z.int().min(0).describe('Sent before; nothing was added'), refused: z.int().min(0).describe('Not taken; see errors'),
  ignored: z.int().min(0).describe('Left aside on purpose: comments of a list, attributes of other kinds, evidence that is no picture'),
  results: z.array(z.object({
    external_id: z.string(), code, received_at: moment, repeated: z.boolean(),
    left_out: z.array(z.object({ at: z.string(), reason: z.string() })).describe('Parts that were not taken, such as a broken picture; the report was'),
  })),
  errors: z.array(z.object({
    at: z.string().describe('Where: reports[3], [3], Event, line 12, or the external id').meta({ example: 'reports[3]' }), external_id: z.string().optional(),
    reason: z.string().describe('Closed list, docs/api'), fields: z.record(z.string(), z.string()).optional().describe('What is wrong, by field'),
  })),
});
export type Outcome = z.output<typeof outcome>;

export const sentReports = z.object({
  reports: z.array(z.object({
    code, state: z.enum(REPORT_STATES), category: z.enum(CATEGORY_CODES), received_at: moment, changed_at: moment.describe('When the state changed last'),
    stop_code: z.string().nullable().describe('Question of the gate that stopped the report'),
    answers: z.array(z.object({ at: moment, body: z.string() })).describe('What the desk wrote about it'),
  })),
  next: z.string().nullable().describe('Give it as `after` for the next page; null at the end'),
});

/** Where the last page ended: sixteen bytes as base64url. */
export const pageQuery = z.object({
  after: z.string().regex(/^[\w-]{22}$/).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(MOST.page).default(MOST.page).describe('Reports a page'),
});

const category = z.enum(MACHINE_CATEGORIES);
export const mispQuery = z.object({ category: category.default('malware_attack').describe('For events whose tags and title name no harm') });
export const listQuery = z.object({
  category: category.describe('The harm all lines of the list are about'),
  source: z.string().min(2).max(200).optional().describe('Name of the list or its keeper; the agency’s name when left out'),
});

/** Figures as the document shows them; they are read by feeds/figures.ts, which refuses any further field. */
export const figuresDoc = z.object({
  source: z.string().min(2).max(200).describe('Who counted'), period: z.object({ from: day, to: day }).describe('First and last day counted'),
  figures: z.array(z.object({
    kind: z.enum(FIGURE_CODES), value: z.int().min(0).max(1e15), qualifier: z.enum(QUALIFIER_CODES).default('').describe('Empty: exact'),
  })).min(1).max(MOST.figures),
});
export const figuresOutcome = z.object({
  recorded: z.int().min(0), replaced: z.int().min(0).describe('Of those recorded: took the place of another value for the same kind, period and source'),
  unchanged: z.int().min(0).describe('Sent before with the same value'), errors: z.array(z.object({ at: z.string(), reason: z.string() })),
});
export const figuresQuery = z.object({
  from: z.iso.date().optional().describe('First day of the periods wanted').meta({ example: '2026-01-01' }), to: z.iso.date().optional().describe('Last day of the periods wanted').meta({ example: '2026-12-31' }),
});
export const figuresPage = z.object({
  figures: z.array(z.object({
    kind: z.string(), value: z.int(), qualifier: z.string(), unit: z.string(), period: z.object({ from: day, to: day }), source: z.string(), recorded_at: moment,
  })),
});
