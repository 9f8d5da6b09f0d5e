import { z } from 'zod';
import { CATEGORY_CODES } from '#catalogue/categories.ts';
import { moment, type ApiDoc } from '#platform/openapi.ts';

const asked = z.object({
  kind: z.enum(['url', 'domain', 'phone', 'bank_account', 'text']), before: z.string(), registrable: z.string().describe('The name that owns the address'), after: z.string(),
}).describe('What was understood, cut in three so that a program can show whose it is');

/** GET /api/v1/check */
export const checkDoc: ApiDoc = {
  id: 'check', tag: 'check', summary: 'Is there a warning about this?',
  description: 'Tra một đường dẫn, tên miền, số điện thoại hoặc tài khoản. Câu trả lời là “đã cảnh báo”, “chưa có cảnh báo” hoặc “không đọc được”; không bao giờ là “an toàn”.',
  query: z.object({ q: z.string().min(1).describe('Link, domain, telephone number or bank account').meta({ example: 'vneid-capnhat.example' }) }),
  answers: {
    200: {
      says: 'What is known. `unknown` is not “safe”.',
      schema: z.union([
        z.object({ answer: z.enum(['unknown', 'unreadable']), asked: asked.nullable() }),
        z.object({
          answer: z.literal('warned'), asked,
          warning: z.object({
            slug: z.string(), title: z.string(), summary: z.string(), category: z.enum(CATEGORY_CODES), agency: z.string(), since: moment, until: moment, url: z.string(),
          }),
        }),
      ]),
    },
  },
  problems: [422],
};
