import { z } from 'zod';
import type { Route } from '#platform/http.ts';
import { getFigures, getReports, postBatch, postFigures, postList, postMisp, postReport, postXarf } from './handlers.ts';
import { agencyReport, batchDoc, figuresDoc, figuresOutcome, figuresPage, figuresQuery, listQuery, mispQuery, outcome, pageQuery, receipt, sentReports } from './schema.ts';

const WRITE = { kind: 'token', scope: 'reports:write' } as const;
const FIGURES = { kind: 'token', scope: 'figures:write' } as const;

const TAKEN = { 200: { says: 'What came of each report.', schema: outcome } } as const;

const EXAMPLE = {
  external_id: 'TTHC-2026-118', category: 'phishing_impersonation', narrative: 'Người dân nhận tin nhắn mời cập nhật VNeID, mở ra trang xin mã OTP.',
  traces: 'https://vneid-capnhat.example/otp', happened_on: '2026-11-21', commune: '01273',
};

/** The API for agencies' own systems, opened by tokens. */
export const apiRoutes: readonly Route[] = [
  {
    method: 'POST', path: '/api/v1/agency/reports', access: WRITE, handler: postReport,
    api: {
      id: 'agencySendReport', tag: 'agency', summary: 'Send one report',
      description: 'Gửi một phản ánh thay người dân hoặc của chính cơ quan. Gửi lại với cùng `external_id` (hoặc cùng `Idempotency-Key`) thì nhận lại cùng một mã.',
      headers: z.object({ 'Idempotency-Key': z.string().min(16).max(200).optional().describe('Needed when there is no external_id: 16 to 200 printable characters of your own') }),
      request: { schema: agencyReport, example: EXAMPLE },
      answers: { 201: { says: 'Taken in.', schema: receipt }, 200: { says: 'Sent before; the same receipt.', schema: receipt } }, problems: [409, 413, 422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/reports/batch', access: WRITE, handler: postBatch,
    api: {
      id: 'agencySendBatch', tag: 'agency', summary: 'Send up to 500 reports',
      description: 'Gửi tối đa 500 phản ánh. Từng phản ánh được nhận hoặc bị từ chối riêng; gửi lại cả lô không tạo phản ánh trùng.',
      request: { schema: batchDoc, example: { reports: [EXAMPLE] } }, answers: TAKEN, problems: [413, 422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/xarf', access: WRITE, handler: postXarf,
    api: {
      id: 'agencySendXarf', tag: 'agency', summary: 'Send XARF v4 reports',
      description: 'Một báo cáo XARF v4 hoặc một mảng tối đa 200 báo cáo. Ảnh chứng cứ được giữ; ảnh hỏng bị bỏ ra và nêu trong `left_out`. Nội dung xâm hại tình dục trẻ em không được gửi qua đây: gọi 111.',
      request: { schema: z.union([z.looseObject({ xarf_version: z.string() }), z.array(z.looseObject({ xarf_version: z.string() })).min(1).max(200)]) },
      answers: TAKEN, problems: [413, 422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/misp', access: WRITE, handler: postMisp,
    api: {
      id: 'agencySendMisp', tag: 'agency', summary: 'Send MISP events',
      description: 'Một sự kiện MISP `{"Event": …}` hoặc nhiều sự kiện `{"response": [{"Event": …}]}`. Chỉ lấy dấu vết kỹ thuật; thuộc tính về con người không bao giờ được lấy.',
      query: mispQuery, request: { schema: z.union([z.object({ Event: z.looseObject({ uuid: z.string(), info: z.string() }) }), z.object({ response: z.array(z.looseObject({})) })]) },
      answers: TAKEN, problems: [413, 422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/list', access: WRITE, handler: postList,
    api: {
      id: 'agencySendList', tag: 'agency', summary: 'Send a list of indicators',
      description: 'Danh sách dạng chữ, mỗi dòng một tên miền, đường dẫn, số điện thoại, tài khoản hoặc mã băm; tối đa 5 MB và 5.000 dấu vết. Nhận cả tệp hosts, luật adblock, CSV.',
      query: listQuery, request: { type: 'text/plain', schema: z.string(), example: '# tên miền giả mạo\nvneid-capnhat.example\nhttps://oneo.example/nhan-tien\n' },
      answers: TAKEN, problems: [413, 422],
    },
  },
  {
    method: 'GET', path: '/api/v1/agency/reports', access: { kind: 'token', scope: 'reports:read' }, handler: getReports,
    api: {
      id: 'agencyListReports', tag: 'agency', summary: 'Reports your agency sent', description: 'Mã, trạng thái và câu trả lời của những phản ánh do cơ quan mình gửi, theo thứ tự gửi.',
      query: pageQuery, answers: { 200: { says: 'One page.', schema: sentReports } }, problems: [422],
    },
  },
  {
    method: 'POST', path: '/api/v1/agency/figures', access: FIGURES, handler: postFigures,
    api: {
      id: 'agencySendFigures', tag: 'agency', summary: 'Send aggregated figures of a period',
      description: 'Số liệu tổng hợp theo kỳ, không kèm vụ việc hay người nào. Gửi lại cùng loại, kỳ và nguồn với giá trị khác thì giá trị cũ được rút, giá trị mới được giữ.',
      request: { schema: figuresDoc, example: { source: 'Trung tâm giám sát an ninh mạng tỉnh', period: { from: '2026-10-01', to: '2026-10-31' }, figures: [{ kind: 'c2_connections', value: 42000, qualifier: 'more_than' }] } },
      answers: { 200: { says: 'What came of the figures.', schema: figuresOutcome } }, problems: [413, 422],
    },
  },
  {
    method: 'GET', path: '/api/v1/agency/figures', access: FIGURES, handler: getFigures,
    api: {
      id: 'agencyListFigures', tag: 'agency', summary: 'Figures your agency sent', description: 'Số liệu đang có hiệu lực do cơ quan mình gửi, kỳ mới nhất trước.',
      query: figuresQuery, answers: { 200: { says: 'At most 1,000 figures.', schema: figuresPage } }, problems: [422],
    },
  },
];
