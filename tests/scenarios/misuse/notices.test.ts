/** Misuse of what leaves the desk: many letters at once, letters without a decision, numbers taken out, recipients and appeals bent. */
import { describe } from 'vitest';
import { fileAppeal } from '#modules/appeals/index.ts';
import { decideSecond, saveDraft, submitDraft } from '#modules/decisions/index.ts';
import { dispatchNotice } from '#modules/notices/index.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../../src/modules.ts';
import { addRecipients, completeInput, PASSED } from '../../support/decisions.ts';
import { misuse, openWorld, refusedBy } from '../../support/misuse.ts';

const world = await openWorld();
const { desk, office } = world;
await addRecipients(desk);

const recipientOf = async (kind: string) => (await desk.owner.selectFrom('recipient').select('id').where('kind', '=', kind as never).executeTakeFirstOrThrow()).id;

async function notified(): Promise<{ id: string; noticeId: string }> {
  const { caseId } = await world.freshCase();
  const id = await world.draft(caseId, 'NOTICE_REGISTRAR', { recipients: [await recipientOf('registrar')] });
  await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
  return { id, noticeId: (await desk.owner.selectFrom('notice').select('id').where('decision_id', '=', id).executeTakeFirstOrThrow()).id };
}

describe('what leaves the desk', () => {
  misuse('one decision is sent in bulk to everybody in the register', 'refused', async () => {
    const { id } = await notified();
    return world.sql(office.drafter, `insert into decision_recipient (decision_id, recipient_id) select '${id}', r.id from recipient r`);
  });

  misuse('a bank is written to by a measure for registrars', 'refused', async () => {
    const { caseId } = await world.freshCase();
    const id = await world.draft(caseId, 'NOTICE_REGISTRAR', { recipients: [] });
    return world.sql(office.drafter, `insert into decision_recipient (decision_id, recipient_id) values ('${id}', '${await recipientOf('bank')}')`);
  }, /S1/);

  misuse('a notice is made without a decision in force', 'refused', async () => {
    const { caseId } = await world.freshCase();
    const id = await world.draft(caseId, 'NOTICE_REGISTRAR', { recipients: [await recipientOf('registrar')] });
    return world.sql(office.drafter, `insert into decision_access (decision_id, party, recipient_id, code, secret_hash, created_at)
      values ('${id}', 'recipient', '${await recipientOf('registrar')}', 'TB-04-261122-9999-0', '\\x00', desk_now())`);
  });

  misuse('the words of a notice are changed before it leaves', 'refused', async () => {
    const { noticeId } = await notified();
    return world.sql(office.drafter, `update notice set says = '{}' where id = '${noticeId}'`);
  });

  misuse('a notice leaves before it is written', 'refused', async () => {
    const { noticeId } = await notified();
    return world.attempt(office.clerk, (tx) => dispatchNotice(tx, office.clerk, noticeId, { number: '12/TB-SVHTTDL', on: '2026-11-22' }));
  });

  misuse('an officer writes a letter of the own choice to a platform', 'refused', async () => refusedBy(await world.page(office.drafter, '/can-bo/thong-bao/moi', { to: 'abuse@nen-tang.example', body: 'Gỡ bài này.' })));
});

describe('numbers of people', () => {
  misuse('telephone numbers are read out of the table', 'refused', async () => {
    await world.freshCase('Số 0912 345 678 gọi xưng công an, dẫn tới https://gia-ca.example/nop');
    return world.sql(office.drafter, "select value from indicator where kind = 'phone' and value is not null");
  });

  misuse('they are asked of the public check', 'refused', async () => {
    await world.freshCase('Số 0987 654 321 gọi xưng điện lực, dẫn tới https://gia-dien-luc.example/nop');
    const { html } = await world.page(null, '/kiem-tra?q=0987654321');
    if (/phản ánh nêu|lượt|reports name/.test(html)) throw new Error('the check knows a number');
    return { refused: 'the check knows no numbers' };
  });

  misuse('they are exported in a list of an agency’s cases', 'refused', async () => {
    const { html } = await world.page(office.drafter, '/can-bo/phan-anh?muc=tat-ca');
    if (/0912 ?345 ?678.*0987 ?654 ?321/s.test(html) && html.includes('csv')) throw new Error('an export of numbers');
    return refusedBy(await world.page(office.drafter, '/can-bo/phan-anh.csv'));
  });
});

describe('appeals', () => {
  misuse('an appeal is filed about a draft that touched nobody', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    try {
      await fileAppeal(desk, {
        by: { party: 'affected', accessId: null, decisionId: id, agencyId: office.drafter.agencyId }, words: 'Tôi muốn biết cơ quan đang chuẩn bị gì về trang của tôi.', asksStay: true, language: 'vi', email: null,
        formKey: 'khoa-du-thao-chua-cong-bo',
      });
    } catch (error) {
      return { refused: (error as Error).message };
    }
    throw new Error('filed');
  });

  misuse('a leader reverses a decision quietly, without an appeal', 'refused', async () => {
    const { id } = await notified();
    return world.sql(office.leader, `update decision set state = 'reversed' where id = '${id}'`);
  }, /S9/);

  misuse('a measure is stayed for a friend', 'refused', async () => {
    const { id } = await notified();
    return world.sql(office.leader, `update decision set stayed_at = desk_now() where id = '${id}'`);
  }, /S9/);

  misuse('a renewal drops the recipients’ withdrawal by editing the old decision', 'refused', async () => {
    const { id } = await notified();
    const { case_id } = await desk.owner.selectFrom('decision').select('case_id').where('id', '=', id).executeTakeFirstOrThrow();
    const input = await completeInput(desk, case_id, id);
    return world.attempt(office.drafter, (tx) => saveDraft(tx, office.drafter, id, input));
  }, /not a draft/);
});
