import { STOP_CODES } from '#catalogue/gate.ts';
import { measureOf, type MeasureCode } from '#catalogue/measures.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import type { GateAnswers } from '#core/gate.ts';
import { decideSecond, saveDraft, startDraft, submitDraft } from '#modules/decisions/index.ts';
import { addRecipient, type RecipientInput } from '#modules/directory/index.ts';
import { basesInForce } from '#modules/law/index.ts';
import { dispatchNotice, noticeJobs, recordEffect } from '#modules/notices/index.ts';
import { EFFECTS } from '../modules.ts';
import { system, type OfficerActor } from '../platform/actor.ts';
import type { SetClock } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import type { Desk } from '../platform/desk.ts';

const HOUR_MS = 3_600_000;
const ALL_NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;
const SAMPLE = 'Nơi nhận mẫu, không có thật';

/** One recipient of each kind and a second registrar who reads English; invented, with addresses nothing is delivered to (RFC 2606). */
export const DEMO_RECIPIENTS: readonly RecipientInput[] = [
  { kind: 'platform', name: 'Mạng xã hội Sông Hiến', nameEn: 'Song Hien Social', address: 'Tòa nhà mẫu, Hà Nội', email: 'tiep-nhan@songhien.example', language: 'vi', format: 'xarf', source: SAMPLE },
  { kind: 'hoster', name: 'Công ty Lưu trữ Bằng Giang', nameEn: 'Bang Giang Hosting', address: 'Khu công nghệ mẫu, Đà Nẵng', email: 'abuse@banggiang-host.example', language: 'vi', format: 'xarf', source: SAMPLE },
  { kind: 'registrar', name: 'Nhà đăng ký tên miền Thang Hen', nameEn: 'Thang Hen Domains', address: 'Số 5, phố mẫu, Hà Nội', email: 'abuse@thanghen-domains.example', language: 'vi', format: 'xarf', source: SAMPLE },
  { kind: 'registrar', name: 'Northern Names Ltd', nameEn: 'Northern Names Ltd', address: '1 Sample Street, Singapore', email: 'abuse@northern-names.example', language: 'en', format: 'xarf', source: SAMPLE },
  { kind: 'telecom', name: 'Viễn thông Đông Bắc', nameEn: 'Dong Bac Telecom', address: 'Phường Thục Phán, tỉnh Cao Bằng', email: 'tin-rac@dongbac-telecom.example', language: 'vi', format: 'letter', source: SAMPLE },
  { kind: 'bank', name: 'Ngân hàng Pác Bó', nameEn: 'Pac Bo Bank', address: 'Phường Thục Phán, tỉnh Cao Bằng', email: '', language: 'vi', format: 'letter', source: SAMPLE },
  { kind: 'provincial_committee', name: 'Ủy ban nhân dân tỉnh Cao Bằng', nameEn: 'Cao Bang People’s Committee', address: 'Phường Thục Phán, tỉnh Cao Bằng', email: '', language: 'vi', format: 'letter', source: SAMPLE },
  { kind: 'police', name: 'Công an tỉnh Cao Bằng', nameEn: 'Cao Bang Provincial Police', address: 'Phường Thục Phán, tỉnh Cao Bằng', email: '', language: 'vi', format: 'letter', source: SAMPLE },
];

interface Cast {
  readonly caseOfficer: OfficerActor;
  readonly reviewer: OfficerActor;
  readonly clerk: OfficerActor;
}

/** The register of recipients, and notices to registrars and hosts in every state: to be sent, awaited, overdue and answered. */
export async function fillNotices(desk: Desk, clock: SetClock, cast: Cast, now: Date): Promise<void> {
  clock.set(new Date('2026-01-05T01:00:00Z'));
  const actor = system('demo');
  await inTransaction(desk, actor, async (tx) => {
    for (const recipient of DEMO_RECIPIENTS) await addRecipient(tx, actor, recipient);
  });
  const cases = await inTransaction(desk, actor, (tx) => tx.selectFrom('case_file').select(['case_file.id', 'case_file.category']).where('state', '=', 'acting').where('category', 'in', ['phishing_impersonation', 'scam'])
    .where((eb) => eb.exists(eb.selectFrom('indicator').select('indicator.id').whereRef('indicator.case_id', '=', 'case_file.id').where('kind', '=', 'domain').where('specific', '=', true))).orderBy('number').limit(5).execute());
  const days = [14, 12, 5, 3, 1];
  for (const [index, one] of cases.entries()) {
    clock.set(new Date(now.getTime() - days[index]! * 24 * HOUR_MS));
    await notify(desk, clock, cast, one.id, one.category, index % 2 === 0 ? 'NOTICE_REGISTRAR' : 'NOTICE_HOSTER', index);
  }
}

async function notify(desk: Desk, clock: SetClock, { caseOfficer, reviewer, clerk }: Cast, caseId: string, category: Parameters<typeof basesInForce>[1], measure: MeasureCode, index: number): Promise<void> {
  const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
  const today = localDate(clock.now());
  const id = await as(caseOfficer, async (tx) => {
    const decision = await startDraft(tx, caseOfficer, caseId, measure, 'Tỉnh Cao Bằng');
    const rule = measureOf(measure);
    const basis = (await basesInForce(tx, category, today))[0]!;
    const evidence = (await tx.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((row) => row.id);
    const locators = await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', decision).execute();
    const recipients = await tx.selectFrom('recipient').select('id').where('kind', 'in', [...rule.recipients]).execute();
    await saveDraft(tx, caseOfficer, decision, {
      legalBasis: basis.code, aim: 'protect_property', title: 'Tên miền dùng để lừa đảo', facts: 'Nhiều người dân phản ánh cùng một trang; đã xác minh trang bắt chước tổ chức khác để lấy tiền và mã OTP.',
      sideEffects: 'Tên miền chỉ chứa một trang này, không có nội dung của người khác.', endsOn: addDays(today, rule.defaultDays!), summary: 'Trang bắt chước tổ chức khác để lấy tiền và mã OTP của người dân.', advice: '',
      elements: Object.fromEntries(basis.elements.map((element) => [element.code, 'Kết quả xác minh và ảnh chụp trang cho thấy rõ điều này.'])), proofs: Object.fromEntries(basis.elements.map((element) => [element.code, evidence])),
      options: Object.fromEntries(rule.lesser.map((option) => [option.code, 'Chưa đủ: cảnh báo đã đăng nhưng vẫn còn người bị lừa.'])), evidence, recipients: recipients.map((row) => row.id),
      detail: { asked: measure === 'NOTICE_REGISTRAR' ? 'Tạm ngừng phân giải đúng tên miền nêu trên trong thời hạn của thông báo.' : 'Ngừng cung cấp đúng trang nêu trên trong thời hạn của thông báo.' },
      locators: locators.map((row) => ({ indicatorId: row.indicator_id, granularity: row.granularity })),
    });
    await submitDraft(tx, caseOfficer, decision);
    return decision;
  });
  await as(reviewer, (tx) => decideSecond(desk, tx, reviewer, id, ALL_NO, [], EFFECTS));
  const notices = await as(clerk, (tx) => tx.selectFrom('notice').select('id').where('decision_id', '=', id).execute());
  for (const { id: noticeId } of notices) await noticeJobs.find((job) => job.name === 'render-notice')!.run(desk, { noticeId } as never);
  if (index === 4) return;
  for (const [place, { id: noticeId }] of notices.entries()) {
    await as(clerk, (tx) => dispatchNotice(tx, clerk, noticeId, { number: `${120 + index * 3 + place}/SVHTTDL-QLTT`, on: today }));
    if (index % 2 === 0 && place === 0) await as(clerk, (tx) => recordEffect(tx, clerk, noticeId, { effect: index === 0 ? 'done' : 'partly', note: 'Đã ngừng phân giải tên miền và báo cho người đăng ký.', number: `${40 + index}/CV`, on: today }));
  }
}
