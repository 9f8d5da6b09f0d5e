import { type CategoryCode } from '#catalogue/categories.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { measureOf } from '#catalogue/measures.ts';
import { WARNING_TITLES, fillSlots } from '#catalogue/sample-reports-cao-bang.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import type { GateAnswers } from '#core/gate.ts';
import { defang } from '#core/indicators/index.ts';
import type { DraftInput } from '#modules/decisions/index.ts';
import { basesInForce } from '#modules/law/index.ts';
import { formatDate } from '#web/format.ts';
import type { Tx } from '../platform/db.ts';

/** Seven times "no". */
export const ALL_NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;

/** What a warning of the sample province is about. */
export interface WarnedCase {
  readonly id: string;
  readonly category: CategoryCode;
  readonly report_count: number;
  readonly trace: string | null;
}

/**
 * A complete draft of a public warning, in the words of the case.
 * @param finding what the verification found
 * @param index chooses among the sample titles and terms
 */
export async function warningDraft(tx: Tx, decisionId: string, one: WarnedCase, finding: string, index: number, at: Date): Promise<DraftInput> {
  const basis = (await basesInForce(tx, one.category, localDate(at)))[0]!;
  const evidence = await tx.selectFrom('evidence').select('id').where('case_id', '=', one.id).execute();
  const locators = await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', decisionId).execute();
  const titles = WARNING_TITLES[one.category].filter((title) => title.vi.includes('{domain}'));
  const domain = defang(one.trace!);
  const title = fillSlots((titles[index % Math.max(1, titles.length)] ?? { vi: 'Cảnh báo trang {domain}' }).vi, { domain });
  return {
    legalBasis: basis.code, aim: 'protect_property', title,
    facts: `Có ${one.report_count} phản ánh nêu trang ${domain}. Xác minh ngày ${formatDate(at)}: ${finding}`,
    sideEffects: 'Tên miền chỉ chứa một trang này, không có nội dung của người khác.',
    endsOn: addDays(localDate(at), index % 6 === 4 ? 30 : measureOf('PUBLIC_WARNING').defaultDays!),
    summary: `Nhiều người dân trong tỉnh đã phản ánh trang ${domain}. ${finding}`,
    advice: 'Không bấm vào đường dẫn, không nhập mật khẩu hay mã OTP. Nếu đã nhập, gọi ngay cho ngân hàng để khóa tài khoản, rồi đổi mật khẩu.',
    elements: Object.fromEntries(basis.elements.map((element) => [element.code, 'Kết quả xác minh và ảnh chụp trang cho thấy rõ điều này.'])),
    options: Object.fromEntries(measureOf('PUBLIC_WARNING').lesser.map((option) => [option.code, 'Chưa đủ: nhiều người khác đang nhận được cùng đường dẫn này.'])),
    proofs: Object.fromEntries(basis.elements.map((element) => [element.code, evidence.map((row) => row.id)])), recipients: [], detail: {},
    evidence: evidence.map((row) => row.id), locators: locators.map((row) => ({ indicatorId: row.indicator_id, granularity: row.granularity })),
  };
}
