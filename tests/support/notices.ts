import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { measureOf, type MeasureCode, type RecipientKind } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import { decideSecond, saveDraft, startDraft, submitDraft, type DraftInput } from '#modules/decisions/index.ts';
import { noticeJobs } from '#modules/notices/index.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { PASSED, reportOf, verifiedCase, type Office } from './decisions.ts';
import type { TestDesk } from './desk.ts';

let serial = 0;

/** Adds a recipient of the register, as owner. */
export async function addTestRecipient(desk: TestDesk, kind: RecipientKind, changes: { email?: string | null; language?: 'vi' | 'en'; format?: 'letter' | 'xarf'; name?: string } = {}): Promise<string> {
  const { id } = await desk.owner.insertInto('recipient').values({
    kind, name: changes.name ?? `Đơn vị nhận mẫu ${++serial}`, name_en: 'Sample recipient', address: 'Số 1, đường Kim Đồng, phường Thục Phán, tỉnh Cao Bằng', email: changes.email === undefined ? `noi-nhan-${++serial}@don-vi.example` : changes.email,
    language: changes.language ?? 'vi', format: changes.format ?? 'letter', agency_id: null, valid_from: '2026-01-01', valid_to: null,
  }).returning('id').executeTakeFirstOrThrow();
  return id;
}

const DETAIL: Readonly<Record<string, string>> = {
  asked: 'Tạm ngừng cung cấp đúng mục nêu trên trong thời hạn của thông báo.', ministry: 'Bộ Khoa học và Công nghệ', signs: 'Có người dùng trang giả để lấy mã OTP rồi rút tiền trong tài khoản.', handed_by: 'Trưởng phòng Quản lý thông tin',
};

/** A complete draft of a measure addressed to recipients, on a fresh case. */
export async function noticeDraft(desk: TestDesk, office: Office, measure: MeasureCode, recipients: readonly string[], changes: Partial<DraftInput> & { narrative?: string } = {}): Promise<{ id: string; caseId: string }> {
  const host = `trang-${++serial}.example`;
  const { narrative = `Trang giả VNeID ở https://${host}/otp, số gọi 0868 123 4${String(serial).padStart(2, '0')}, đòi chuyển vào tài khoản 19001${String(serial).padStart(5, '0')} ngân hàng Vietcombank.`, ...fields } = changes;
  const { caseId } = await verifiedCase(desk, office, [reportOf({ narrative, contact: { email: 'nguoi-bao-tin@hop-thu.example', phone: '0988776655', name: 'Nguyễn Thị Báo' } as never })]);
  return { id: await completeNotice(desk, office, caseId, measure, recipients, fields), caseId };
}

/** A complete draft on a case that is there. */
export async function completeNotice(desk: TestDesk, office: Office, caseId: string, measure: MeasureCode, recipients: readonly string[], fields: Partial<DraftInput> = {}): Promise<string> {
  const id = await inTransaction(desk, office.drafter, (tx) => startDraft(tx, office.drafter, caseId, measure, 'Tỉnh Cao Bằng'));
  const input = await noticeInput(desk, caseId, measure, recipients);
  await inTransaction(desk, office.drafter, (tx) => saveDraft(tx, office.drafter, id, { ...input, ...fields }));
  return id;
}

async function noticeInput(desk: TestDesk, caseId: string, measure: MeasureCode, recipients: readonly string[]): Promise<DraftInput> {
  const rule = measureOf(measure);
  const basis = LEGAL_BASES.find(({ code }) => code === 'N330.14.3.a/phishing_impersonation')!;
  const today = localDate(desk.clock.now());
  const evidence = await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute();
  const traces = await desk.owner.selectFrom('report_indicator').innerJoin('report', 'report.id', 'report_id').innerJoin('indicator', 'indicator.id', 'indicator_id').select(['indicator.id', 'indicator.kind'])
    .where('report.case_id', '=', caseId).where('kind', 'in', [...rule.locators]).execute();
  const GRANULARITY = { url: 'url', domain: 'domain', phone: 'phone', bank_account: 'account', file_hash: 'file' } as const;
  return {
    legalBasis: basis.code, aim: 'protect_property', facts: 'Từ ngày 20/11/2026 có tin nhắn dẫn người dân đến trang bắt chước VNeID để lấy mã OTP. Cơ quan chủ quản xác nhận trang không phải của mình.',
    sideEffects: 'Không có nội dung của người khác.', endsOn: rule.maxDays === null ? null : addDays(today, rule.maxDays), title: 'Trang giả VNeID xin mã OTP',
    summary: 'Trang bắt chước VNeID xin số định danh và mã OTP để chiếm tài khoản ngân hàng.', advice: '',
    elements: Object.fromEntries(basis.elements.map(({ code, label }) => [code, `${label.vi}: giao diện, logo và câu chữ trùng với trang thật.`])), proofs: Object.fromEntries(basis.elements.map(({ code }) => [code, evidence.map((one) => one.id)])),
    options: Object.fromEntries(rule.lesser.map(({ code }) => [code, 'Nhiều người chưa phản ánh vẫn đang gặp.'])), evidence: evidence.map((one) => one.id), recipients: [...recipients],
    detail: Object.fromEntries(rule.fields.map(({ code }) => [code, DETAIL[code] ?? 'Không'])), locators: traces.map(({ id, kind }) => ({ indicatorId: id, granularity: GRANULARITY[kind] })),
  };
}

/** Submits and approves by the reviewer. */
export async function approve(desk: TestDesk, office: Office, id: string): Promise<void> {
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
}

/** Runs one of the room's jobs. */
export function runJob(desk: TestDesk, name: string, data: object = {}): Promise<void> {
  return noticeJobs.find((job) => job.name === name)!.run(desk, data as never);
}

/** Writes, and sends where it can, every notice of a decision that waits. */
export async function writeAndSend(desk: TestDesk, decisionId: string): Promise<void> {
  const waiting = await desk.owner.selectFrom('notice').select('id').where('decision_id', '=', decisionId).where('sent_at', 'is', null).where('state', '<>', 'dropped').orderBy('created_at').orderBy('id').execute();
  for (const { id } of waiting) {
    await runJob(desk, 'render-notice', { noticeId: id });
    await runJob(desk, 'send-notice', { noticeId: id });
  }
}
