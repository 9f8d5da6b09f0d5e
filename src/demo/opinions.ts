import { answerOpinion, enterPaper, sendConsultation, type Answering } from '#modules/opinions/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { SetClock } from '#platform/clock.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

const DAY = 86_400_000;

/** Who asks, who answers on the system, and the agencies that are asked (the answering ones among them). */
export interface OpinionCast {
  readonly asker: OfficerActor;
  readonly clerk: OfficerActor;
  readonly answerer: OfficerActor;
  /** Who disagrees. */
  readonly objector: OfficerActor;
  /** An agency that answers on paper. */
  readonly onPaper: string;
  readonly agencies: readonly string[];
}

const answering = (answer: string, reasons: string, more: Partial<Answering> = {}): Answering => ({ answer, reasons, onPoints: [], insteadAgencyId: null, insteadText: '', documentNumber: '', documentOn: null, ...more });

/**
 * A first round of opinions on a case that the asker's agency works on, two weeks ago: one agency agrees, one disagrees, one answers on paper, the others are late.
 * @returns the code of the request
 */
export async function fillOpinions(desk: Desk, clock: SetClock, cast: OpinionCast, caseNumber: string, now: Date): Promise<string> {
  clock.set(new Date(now.getTime() - 14 * DAY));
  const { code } = await sendConsultation(desk, cast.asker, {
    caseNumber, formKey: 'trinh-dien-lay-y-kien', title: 'Biện pháp xử lý trang giả mạo cổng dịch vụ công', workingDays: 5, inMail: false, agencies: cast.agencies, items: [], shareWhy: '', files: [], follows: null,
    question: 'Sở dự kiến đề nghị nhà đăng ký tạm ngừng phân giải tên miền nêu trong hồ sơ và đăng cảnh báo cho người dân. Đề nghị quý cơ quan cho ý kiến về thẩm quyền, sự cần thiết và thời hạn.',
    points: ['Thẩm quyền đề nghị ngừng phân giải tên miền', 'Thời hạn áp dụng 30 ngày', 'Nội dung cảnh báo cho người dân'],
    draftText: 'Điều 1. Đề nghị nhà đăng ký tạm ngừng phân giải tên miền nêu tại hồ sơ trong 30 ngày.\nĐiều 2. Đăng cảnh báo trên trang thông tin của tỉnh.',
  });
  clock.set(new Date(now.getTime() - 10 * DAY));
  await answerOpinion(desk, cast.answerer, code, answering('agree_with_changes', 'Thống nhất biện pháp. Đề nghị rút thời hạn còn 15 ngày và xem lại sau đó.', { onPoints: ['Đúng thẩm quyền', 'Nên là 15 ngày', ''] }), []);
  clock.set(new Date(now.getTime() - 9 * DAY));
  await answerOpinion(desk, cast.objector, code, answering('disagree', 'Trang nằm trên máy chủ dùng chung với nhiều trang khác. Đề nghị chỉ báo cho đơn vị lưu trữ gỡ đúng trang vi phạm.', { onPoints: ['', '', 'Đồng ý với nội dung cảnh báo'] }), []);
  const asked = await opinionOf(desk, cast.asker, code, cast.onPaper);
  if (asked) await enterPaper(desk, cast.clerk, asked, answering('agree', '', { documentNumber: '88/STP-XDKT', documentOn: new Date(now.getTime() - 11 * DAY).toISOString().slice(0, 10) }), []);
  clock.set(now);
  return code;
}

async function opinionOf(desk: Desk, asker: OfficerActor, code: string, agencyId: string): Promise<string | null> {
  return inTransaction(desk, asker, async (tx) => (await tx.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id').select('opinion.id').where('c.code', '=', code).where('opinion.agency_id', '=', agencyId).executeTakeFirst())?.id ?? null);
}
