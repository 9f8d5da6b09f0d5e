/** What the OpenAPI document says of the public API of reports. */
import { z } from 'zod';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { REPORT_STATES } from '#core/transitions.ts';
import { day, moment, type ApiDoc } from '#platform/openapi.ts';

const answer = z.union([z.string(), z.number(), z.boolean()]).optional();
const code = z.string().meta({ example: 'PA-04-261122-0001-7' });
const linksBody = z.object({ self: z.string(), follow_up: z.string() });

/** The answers of the form by name; each may come as text, number or truth value. */
const body = z.object({
  category: z.enum(CATEGORY_CODES).describe('The kind of harm; the list is closed'),
  narrative: z.string().min(10).max(5000).describe('What happened, in your own words'),
  traces: answer.describe('Links, telephone numbers, bank accounts; one a line'),
  situation: answer.describe('Key of a first-aid situation, so that the receipt says what to do now'),
  money_lost: answer.describe('Money lost, in đồng'),
  happened_on: answer.describe('yyyy-mm-dd or dd/mm/yyyy; not in the future'),
  in_danger: answer.describe('Somebody is in danger now; call 113 as well'),
  for_child: answer.describe('It concerns a child; call 111 as well'),
  commune: answer.describe('Five-digit code of the commune (GSO, since 1 July 2025); left out: outside the province, or not known'),
  commune_text: answer.describe('The commune by its name, in place of the code'),
  contact_kind: answer.describe('anonymous or contact; follows from e-mail and phone when left out'),
  email: answer.describe('Sealed at once; nobody reads it without a reason that is written down'),
  phone: answer.describe('Sealed at once'),
  name: answer.describe('Sealed at once'),
  language: z.enum(['vi', 'en']).optional().describe('Language of answers; vi when left out'),
});

const receipt = z.object({
  code, secret: z.string().describe('Opens the report; shown to the sender of this key only').meta({ example: '7K2M-9QXR-3V8C-P4HD-W1TN' }), received_at: moment, links: linksBody,
});

/** POST /api/v1/reports */
export const createReportDoc: ApiDoc = {
  id: 'createReport', tag: 'reports', summary: 'Send a report', description: 'Gửi một phản ánh. Gửi lại với cùng `Idempotency-Key` và cùng nội dung thì nhận lại cùng mã và bí mật.',
  headers: z.object({ 'Idempotency-Key': z.string().min(16).max(200).describe('16 to 200 printable characters of your own, new for each report') }),
  request: {
    schema: body,
    example: { category: 'phishing_impersonation', narrative: 'Có trang giả VNeID bắt tôi nhập mã OTP.', traces: 'https://vneid-capnhat.example/otp', happened_on: '2026-11-21' },
  },
  answers: { 201: { says: 'Taken in.', schema: receipt }, 200: { says: 'Sent before; the same receipt.', schema: receipt } }, problems: [409, 413, 422],
};

/** GET /api/v1/reports/:code */
export const readReportDoc: ApiDoc = {
  id: 'readReport', tag: 'reports', summary: 'What became of a report', description: 'Những gì người phản ánh xem được về phản ánh của mình, mở bằng mã và bí mật trên phiếu.',
  bySecret: true, params: z.object({ code: code.describe('Code on the receipt') }),
  answers: {
    200: {
      says: 'The report as its reporter sees it.',
      schema: z.object({
        code, state: z.enum(REPORT_STATES), category: z.enum(CATEGORY_CODES), situation: z.string().nullable(), received_at: moment, due_on: day.nullable(),
        handled_by: z.string().describe('Agency that handles it today'), money_lost: z.int().nullable().describe('đồng'), happened_on: day.nullable(), commune: z.string().nullable(),
        indicators: z.array(z.string()).describe('Traces found, defanged or masked'), attachments: z.int().min(0).describe('How many pictures'),
        stopped: z.object({ code: z.enum(STOP_CODES), reason: z.string(), erased_after: moment.nullable() }).nullable(),
        messages: z.array(z.object({ sent_by: z.enum(['reporter', 'desk']), body: z.string(), at: moment })),
        steps: z.array(z.object({ at: moment, state: z.string(), reason: z.string().nullable() })),
        warnings: z.array(z.object({ slug: z.string(), title: z.string() })).describe('Warnings published from its case'), links: linksBody,
      }),
    },
  },
  problems: [404],
};
