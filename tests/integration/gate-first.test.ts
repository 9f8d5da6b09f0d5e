import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { planMeeting } from '#modules/meetings/commands.ts';
import { submitReport } from '#modules/intake/index.ts';
import { sendConsultation } from '#modules/opinions/index.ts';
import { recordOwnAct } from '#modules/routing/index.ts';
import { includeParty } from '#modules/sharing/index.ts';
import type { OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { openOffice, reportOf, type Office } from '../support/decisions.ts';
import { testDesk } from '../support/desk.ts';
import { asking } from '../support/opinions.ts';
import { agencyId } from '../support/people.ts';

/** The gate comes first (SCOPE): a case whose reports wait before it is shown to nobody, asked about nowhere and on no agenda. */
const desk = await testDesk();
let office: Office;
let caseId: string;
let number: string;
let other: string;

beforeAll(async () => {
  office = await openOffice(desk);
  const { id } = await submitReport(desk, reportOf());
  caseId = (await desk.owner.selectFrom('report').select('case_id').where('id', '=', id).executeTakeFirstOrThrow()).case_id!;
  ({ number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow());
  other = await agencyId(desk, 'so-khcn');
});

const by = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);
const NOT_GATED = { details: { reason: 'not_gated' } };

test('nobody is included, invited or asked, and nobody writes what they did', async () => {
  await expect(by(office.drafter, (tx) => includeParty(tx, office.drafter, caseId, other, 'support'))).rejects.toMatchObject(NOT_GATED);
  await expect(by(office.leader, (tx) => planMeeting(desk, tx, office.leader, {
    title: 'Họp về vụ việc chưa qua cửa', place: 'Phòng họp số 2', onlineLink: null, startsAt: new Date('2026-12-01T07:00:00Z'), endsAt: new Date('2026-12-01T09:00:00Z'), chair: 'Bế Thị Hoa', secretary: 'Nông Thị Lan',
  }, [caseId]))).rejects.toMatchObject(NOT_GATED);
  await expect(asking(desk, caseId).then((given) => sendConsultation(desk, office.drafter, given))).rejects.toMatchObject({ details: { state: 'open' } });
  await expect(by(office.drafter, (tx) => recordOwnAct(tx, office.drafter, number, {
    doneOn: '2026-11-21', what: 'Đã khóa trang giả trên máy chủ của cơ quan', legalBasis: null, ownPower: 'own_system', result: '', documentNumber: '',
  }))).rejects.toMatchObject(NOT_GATED);
});

test.each([
  ['a party', () => `insert into case_party (case_id, agency_id, part, since, included_by) values ('${caseId}', '${other}', 'support', desk_now(), '${office.drafter.officerId}')`],
  ['a request for opinions', () => `insert into consultation (code, case_id, agency_id, officer_id, form_hash, title, question, working_days, due_on, sent_at) values ('YK-04-261122-0099-1', '${caseId}',
    '${office.drafter.agencyId}', '${office.drafter.officerId}', '\\x${randomBytes(32).toString('hex')}', 'Hỏi sớm', 'Hỏi trước cửa kiểm tra', 5, '2026-12-01', desk_now())`],
])('%s by SQL', async (_what, statement) => {
  await expect(by(office.drafter, (tx) => sql.raw(statement()).execute(tx))).rejects.toThrow(/S2: no report of this case has passed the gate/);
});
