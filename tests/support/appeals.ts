import { randomBytes } from 'node:crypto';
import { acceptAppeal, decideAppeal, fileAppeal, openAppeal, stayForAppeal } from '#modules/appeals/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { AppealOutcome } from '#platform/schema.ts';
import { EFFECTS } from '../../src/modules.ts';
import type { TestDesk } from './desk.ts';

const WORDS = 'Nội dung nêu trong thông báo là trang thử nghiệm của một trường học, không hỏi mã OTP của ai; đề nghị xem xét lại.';
const REASONS = 'Đã mở lại trang và hỏi nhà trường; phần nêu trong quyết định được xem xét lại trên hồ sơ đầy đủ.';

/**
 * Files an appeal, by one who holds a code of its notice, against a decision of the reviewer's agency; the reviewer, who took no part,
 * accepts it. @returns the appeal's id
 */
export async function acceptedAppeal(desk: TestDesk, reviewer: OfficerActor, decisionId: string): Promise<string> {
  const { id: accessId, party } = await desk.owner.selectFrom('decision_access').select(['id', 'party']).where('decision_id', '=', decisionId).orderBy('id').executeTakeFirstOrThrow();
  const by = { party, accessId, decisionId, agencyId: reviewer.agencyId };
  const receipt = await fileAppeal(desk, { by, words: WORDS, asksStay: true, language: 'vi', email: null, formKey: randomBytes(16).toString('hex') });
  const id = await openAppeal(desk, receipt.code, receipt.secret);
  if (!id) throw new Error('the receipt opens no appeal');
  await inTransaction(desk, reviewer, (tx) => acceptAppeal(desk, tx, reviewer, id, false, false));
  return id;
}

/** The same, and stays the measure until the appeal is decided. @returns the appeal's id */
export async function stayedByAppeal(desk: TestDesk, reviewer: OfficerActor, decisionId: string): Promise<string> {
  const id = await acceptedAppeal(desk, reviewer, decisionId);
  await inTransaction(desk, reviewer, (tx) => stayForAppeal(desk, tx, reviewer, id, 'Chờ xem xét lại.', EFFECTS));
  return id;
}

/** Decides an accepted appeal: `upheld` ends a stay, all else ends the measure. */
export async function endAppeal(desk: TestDesk, reviewer: OfficerActor, appealId: string, outcome: AppealOutcome): Promise<void> {
  await inTransaction(desk, reviewer, (tx) => decideAppeal(desk, tx, reviewer, appealId, outcome, REASONS, EFFECTS));
}
