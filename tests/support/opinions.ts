import { randomBytes } from 'node:crypto';
import { sendConsultation, type Asking } from '#modules/opinions/index.ts';
import { opinionJobs } from '#modules/opinions/jobs.ts';
import type { OfficerActor } from '#platform/actor.ts';
import type { TestDesk } from './desk.ts';
import { agencyId } from './people.ts';

/** A request as an officer fills it in, to two agencies. */
export async function asking(desk: TestDesk, caseId: string, changes: Partial<Asking> = {}, agencies: readonly string[] = ['cong-an-tinh', 'so-khcn']): Promise<Asking> {
  const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
  return {
    caseNumber: number, formKey: randomBytes(16).toString('hex'), title: 'Biện pháp xử lý trang giả mạo VNeID', question: 'Đề nghị cho biết việc ngừng phân giải tên miền có đúng thẩm quyền và cần thiết không.',
    points: ['Thẩm quyền đề nghị ngừng phân giải tên miền', 'Thời hạn áp dụng biện pháp 30 ngày'], draftText: 'Điều 1. Đề nghị nhà đăng ký tạm ngừng phân giải tên miền nêu tại hồ sơ.', inMail: false, workingDays: 5,
    agencies: await Promise.all(agencies.map((key) => agencyId(desk, key))), items: [], shareWhy: '', files: [], follows: null, ...changes,
  };
}

/** Asks, and gives what was made: the code and the opinion asked of each agency, by its key. */
export async function ask(desk: TestDesk, actor: OfficerActor, given: Asking): Promise<{ code: string; opinions: Record<string, string> }> {
  const { code } = await sendConsultation(desk, actor, given);
  const rows = await desk.owner.selectFrom('opinion').innerJoin('consultation as c', 'c.id', 'consultation_id').innerJoin('agency', 'agency.id', 'opinion.agency_id').select(['opinion.id', 'agency.key']).where('c.code', '=', code).execute();
  return { code, opinions: Object.fromEntries(rows.map(({ id, key }) => [key, id])) };
}

/** Runs a job of the room by its name. */
export function runOpinionJob(desk: TestDesk, name: string, data: object = {}): Promise<void> {
  return opinionJobs.find((job) => job.name === name)!.run(desk, data as never);
}
