import { answerOpinion, enterPaper, sendConsultation, type Answering } from '#modules/opinions/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { SetClock } from '#platform/clock.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';

const DAY = 86_400_000;

/** Who asks, who answers on the system, and the agencies that are asked (the answering one among them). */
export interface OpinionCast {
  readonly asker: OfficerActor;
  readonly clerk: OfficerActor;
  readonly answerer: OfficerActor;
  readonly agencies: readonly string[];
}

const answering = (answer: string, reasons: string, more: Partial<Answering> = {}): Answering => ({ answer, reasons, onPoints: [], insteadAgencyId: null, insteadText: '', documentNumber: '', documentOn: null, ...more });

/**
 * A first round of opinions on a case that the asker's agency works on, a week ago: one agency answers on the system, one on paper, the others not yet.
 * @returns the code of the request
 */
export async function fillOpinions(desk: Desk, clock: SetClock, cast: OpinionCast, caseNumber: string, now: Date): Promise<string> {
  clock.set(new Date(now.getTime() - 7 * DAY));
  const { code } = await sendConsultation(desk, cast.asker, {
    caseNumber, formKey: 'trinh-dien-lay-y-kien', title: 'Biện pháp xử lý trang giả mạo cổng dịch vụ công', workingDays: 5, inMail: false, agencies: cast.agencies, items: [], shareWhy: '', files: [], follows: null,
    question: 'Sở dự kiến đề nghị nhà đăng ký tạm ngừng phân giải tên miền nêu trong hồ sơ và đăng cảnh báo cho người dân. Đề nghị quý cơ quan cho ý kiến về thẩm quyền, sự cần thiết và thời hạn.',
    points: ['Thẩm quyền đề nghị ngừng phân giải tên miền', 'Thời hạn áp dụng 30 ngày', 'Nội dung cảnh báo cho người dân'],
    draftText: 'Điều 1. Đề nghị nhà đăng ký tạm ngừng phân giải tên miền nêu tại hồ sơ trong 30 ngày.\nĐiều 2. Đăng cảnh báo trên trang thông tin của tỉnh.',
  });
  clock.set(new Date(now.getTime() - 4 * DAY));
  await answerOpinion(desk, cast.answerer, code, answering('agree_with_changes', 'Thống nhất biện pháp. Đề nghị rút thời hạn còn 15 ngày và xem lại sau đó.', { onPoints: ['Đúng thẩm quyền', 'Nên là 15 ngày', ''] }), []);
  const paper = cast.agencies.find((id) => id !== cast.answerer.agencyId);
  const asked = paper && await opinionOf(desk, cast.asker, code, paper);
  if (asked) await enterPaper(desk, cast.clerk, asked, answering('agree', '', { documentNumber: '88/CAT-ANM', documentOn: new Date(now.getTime() - 5 * DAY).toISOString().slice(0, 10) }), []);
  clock.set(now);
  return code;
}

async function opinionOf(desk: Desk, asker: OfficerActor, code: string, agencyId: string): Promise<string | null> {
  return inTransaction(desk, asker, async (tx) => (await tx.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id').select('opinion.id').where('c.code', '=', code).where('opinion.agency_id', '=', agencyId).executeTakeFirst())?.id ?? null);
}
