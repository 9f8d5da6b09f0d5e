import { z } from 'zod';
import { sql } from 'kysely';
import { parseCode } from '#core/codes.ts';
import { localDate } from '#core/deadlines.ts';
import { agencyNames } from '#modules/directory/index.ts';
import { readText } from '#platform/body.ts';
import { inTransaction } from '#platform/db.ts';
import { Invalid, NotFound } from '#platform/errors.ts';
import type { Ctx, Route } from '#platform/http.ts';
import { day, moment } from '#platform/openapi.ts';
import { OPINION_ANSWERS, type OpinionAnswer } from '#platform/schema.ts';
import { OPINION_STATES, type OpinionState } from '#core/transitions.ts';
import { answerOpinion } from './commands/answer.ts';
import { checkFiles } from './files.ts';
import { MOST } from './types.ts';

/** Requests on a page. */
const PAGE = 100;
/** Five files of 10 MB in base64, and the words. */
const MOST_BYTES = 72 * 1024 * 1024;

/** RFC 4648, 4; without line breaks. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const code = z.string().describe('Code of the request').meta({ example: 'YK-04-261122-0001-7' });
const opinion = z.object({
  code, title: z.string(), asked_by: z.string().describe('Name of the agency that asks'), case_number: z.string().nullable(), round: z.int(), question: z.string(), points: z.array(z.string()), draft: z.string(),
  sent_at: moment, due_on: day, state: z.enum(OPINION_STATES).describe('overdue: no opinion given, which is never consent'), answer: z.enum([...OPINION_ANSWERS, 'to_read']).nullable(), version: z.int().nullable(),
  answered_at: moment.nullable(), late: z.boolean(), closed: z.boolean().describe('The synthesis is closed; answers are not taken any more'),
});
const page = z.object({ opinions: z.array(opinion), next: z.string().nullable().describe('Give it as `after` for the next page; null at the end') });
const pageQuery = z.object({
  state: z.enum(['open', 'all']).default('open').describe('open: not answered and not withdrawn'), after: z.string().regex(/^YK-[\d-]{14,30}$/).optional().describe('`next` of the page before'),
});

const answerBody = z.object({
  answer: z.enum(OPINION_ANSWERS), reasons: z.string().max(MOST.reasons).default('').describe('Needed unless the answer is agree'),
  on_points: z.array(z.string().max(MOST.remark)).max(MOST.points).default([]).describe('Remarks on the points, in their order'),
  instead: z.string().max(300).default('').describe('Name of the competent agency, for not_competent'), document_number: z.string().max(60).default(''), document_on: z.iso.date().optional(),
  files: z.array(z.object({ name: z.string().min(1).max(200), content: z.string().min(1).max(14 * 1024 * 1024).describe('base64; PDF, DOCX, JPEG or PNG, at most 10 MB') })).max(MOST.files).default([]),
});
const taken = z.object({ code, version: z.int().describe('Every version is kept'), repeated: z.boolean().describe('The same as the newest; nothing was added') });

function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input, { reportInput: true });
  if (read.success) return read.data;
  throw new Invalid('not as documented', { fields: Object.fromEntries(read.error.issues.slice(0, 50).map(({ path, input: found }) => [path.join('.'), found === undefined ? 'missing' : 'wrong'])) });
}

async function jsonOf(ctx: Ctx): Promise<unknown> {
  const text = ctx.c.req.raw.body ? await readText(ctx.c.req.raw, MOST_BYTES) : '';
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid('not JSON', { fields: { '': 'not_json' } });
  }
}

interface Row {
  readonly code: string; readonly title: string; readonly asker: string; readonly number: string | null; readonly round: number; readonly question: string; readonly points: string[]; readonly draft: string;
  readonly sent: Date; readonly due: string; readonly state: OpinionState; readonly answer: OpinionAnswer | null; readonly version: number | null; readonly answered: Date | null; readonly late: boolean | null; readonly closed: boolean;
}

/** GET /api/v1/agency/opinions: what the token's agency was asked, newest first. */
async function getOpinions(ctx: Ctx): Promise<Response> {
  const { state, after } = parse(pageQuery, ctx.c.req.query());
  const body = await inTransaction(ctx.desk, ctx.agency, async (tx) => {
    const { rows } = await sql<Row>`select c.code, c.title, c.agency_id as asker, p.number, c.round, c.question, c.points, c.draft_text as draft, c.sent_at as sent, c.due_on as due, o.state, a.answer, a.version, a.at as answered, a.late,
        c.closed_at is not null as closed
      from opinion o join consultation c on c.id = o.consultation_id left join lateral party_case(c.case_id) p on true
        left join lateral (select * from opinion_answer v where v.opinion_id = o.id order by v.version desc limit 1) a on true
      where o.agency_id = ${ctx.agency.agencyId}::uuid and (${state === 'all'} or o.state in ('sent', 'overdue')) and (${after ?? null}::text is null or c.id < (select id from consultation l where l.code = ${after ?? null}))
      order by c.id desc limit ${PAGE + 1}`.execute(tx);
    const names = await agencyNames(tx, [...new Set(rows.map(({ asker }) => asker))], localDate(tx.now));
    const shown = rows.slice(0, PAGE);
    return {
      opinions: shown.map((row) => ({
        code: row.code, title: row.title, asked_by: names.get(row.asker)?.name ?? '', case_number: row.number, round: row.round, question: row.question, points: row.points, draft: row.draft, sent_at: row.sent.toISOString(),
        due_on: row.due, state: row.state, answer: row.answer, version: row.version, answered_at: row.answered?.toISOString() ?? null, late: row.late ?? false, closed: row.closed,
      })),
      next: rows.length > PAGE ? shown.at(-1)!.code : null,
    };
  });
  return ctx.c.json(body);
}

/** POST /api/v1/agency/opinions/:code/answer */
async function postAnswer(ctx: Ctx): Promise<Response> {
  const wanted = parseCode('YK', ctx.param('code'))?.code;
  if (!wanted) throw new NotFound('opinion');
  const sent = parse(answerBody, await jsonOf(ctx));
  if (!sent.files.every(({ content }) => BASE64.test(content))) throw new Invalid('not base64', { fields: { files: 'base64' } });
  const files = checkFiles(sent.files.map(({ name, content }) => ({ name, bytes: Buffer.from(content, 'base64'), tooLarge: false })), 'files');
  const { version, repeated } = await answerOpinion(ctx.desk, ctx.agency, wanted, {
    answer: sent.answer, reasons: sent.reasons, onPoints: sent.on_points, insteadAgencyId: null, insteadText: sent.instead, documentNumber: sent.document_number, documentOn: sent.document_on ?? null,
  }, files);
  return ctx.c.json({ code: wanted, version, repeated }, repeated ? 200 : 201);
}

/** Opinions for agencies' own systems. */
export const apiRoutes: readonly Route[] = [
  {
    method: 'GET', path: '/api/v1/agency/opinions', access: { kind: 'token', scope: 'opinions:read' }, handler: getOpinions,
    api: {
      id: 'agencyListOpinions', tag: 'agency', summary: 'Opinions your agency is asked for', description: 'Những yêu cầu cho ý kiến gửi đến cơ quan mình, mới nhất trước. Không bao giờ có ý kiến của cơ quan khác.',
      query: pageQuery, answers: { 200: { says: 'One page.', schema: page } }, problems: [422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/opinions/:code/answer', access: { kind: 'token', scope: 'opinions:write' }, handler: postAnswer,
    api: {
      id: 'agencyAnswerOpinion', tag: 'agency', summary: 'Give or correct the opinion of your agency',
      description: 'Gửi ý kiến của cơ quan mình. Gửi lại với nội dung khác thì thành bản mới, bản cũ được giữ; sau khi nơi hỏi chốt tổng hợp thì không nhận nữa (409).',
      params: z.object({ code }), request: { schema: answerBody, example: { answer: 'agree_with_changes', reasons: 'Đề nghị bổ sung thời hạn thực hiện.', document_number: '412/STTTT-CNTT', document_on: '2026-11-24' } },
      answers: { 201: { says: 'A new version.', schema: taken }, 200: { says: 'Sent before; nothing was added.', schema: taken } }, problems: [404, 409, 413, 422],
    },
  },
];
