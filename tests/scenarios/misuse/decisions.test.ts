/** Misuse of decisions: stretching, self-dealing, colluding, going around the second person and the end date. */
import { describe } from 'vitest';
import { categoryOf } from '#catalogue/categories.ts';
import { LEGAL_BASES } from '#catalogue/legal-bases.ts';
import { addObservation, addVerification, answerGate, takeCase } from '#modules/cases/index.ts';
import {
  beginInterim, decideSecond, expireDecisions, renewDecision, returnDraft, reviewLegally, saveDraft, startDraft, submitDraft, withdrawDecision,
} from '#modules/decisions/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { EFFECTS } from '../../../src/modules.ts';
import { completeInput, PASSED, reportOf } from '../../support/decisions.ts';
import { misuse, openWorld } from '../../support/misuse.ts';
import { agencyId } from '../../support/people.ts';

const world = await openWorld();
const { desk, office } = world;
const HOUR = 3_600_000;
const REASON = 'Trang đang nhận tiền của người dân ngay lúc này.';

describe('who decides', () => {
  misuse('the drafter approves the own draft', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    return world.attempt(office.drafter, (tx) => decideSecond(desk, tx, office.drafter, id, PASSED, [], EFFECTS));
  }, /not the second person/);

  misuse('the gate officer comes back as the second person', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    return world.attempt(office.gate, (tx) => decideSecond(desk, tx, office.gate, id, PASSED, [], EFFECTS));
  }, /not the second person/);

  misuse('the drafter writes the reviewer’s name into the row', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    return world.sql(office.drafter, `update decision set state = 'in_force', second_officer_id = '${office.reviewer.officerId}', act_date = desk_today(), decided_at = desk_now() where id = '${id}'`);
  });

  misuse('the reviewer rewrites the text and approves words of the own', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await inTransaction(desk, office.reviewer, (tx) => returnDraft(desk, tx, office.reviewer, id, 'Tôi tự sửa lại cho nhanh.', EFFECTS));
    return world.sql(office.reviewer, `update decision set facts = 'Nội dung do người duyệt viết lại cho đúng ý mình.' where id = '${id}'`);
  }, /S7/);

  misuse('an officer of another agency approves for a friend', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    return world.attempt(office.stranger, (tx) => decideSecond(desk, tx, office.stranger, id, PASSED, [], EFFECTS));
  }, /not_found/);

  misuse('a clerk starts a decision from the own account', 'refused', async () => {
    const { caseId } = await world.freshCase();
    return world.attempt(office.clerk, (tx) => startDraft(tx, office.clerk, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  }, /forbidden/);

  misuse('two officers agree between them and approve a bad warning', 'trace', async () => {
    const { caseId } = await world.freshCase('Trang https://doi-thu-ban-hang.example/khuyen-mai bán hàng giả thương hiệu');
    const id = await world.inForce(caseId, 'PUBLIC_WARNING');
    const { slug } = await desk.owner.selectFrom('warning').select('slug').where('decision_id', '=', id).executeTakeFirstOrThrow();
    const { status, html } = await world.page(null, `/canh-bao/${slug}`);
    // What they did stands in public under the agency’s name, with its legal basis and the way to contest it.
    if (status !== 200 || !html.includes('Căn cứ')) throw new Error('not public');
    return world.traceOf(id, 'approve');
  });
});

describe('what is decided', () => {
  misuse('an official wants a critical post removed as “impersonation”: the gate officer stops it', 'trace', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Bài https://www.facebook.com/mot.nguoi/posts/12345 mạo danh, bôi nhọ lãnh đạo phường, đề nghị gỡ' }));
    await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, reputation_of_public_body: true }, []));
    return world.traceOf(id, 'stop');
  });

  misuse('the same, passed by a gate officer who looks away: the second officer stops it', 'trace', async () => {
    const { caseId } = await world.freshCase('Bài tại https://blog-phe-binh.example/bai-1 mạo danh cơ quan để phê bình');
    const id = await world.draft(caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, { ...PASSED, opinion: true }, [], EFFECTS));
    return world.traceOf(id, 'stop');
  });

  misuse('a stopped decision is approved after all', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    await inTransaction(desk, office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, { ...PASSED, opinion: true }, [], EFFECTS));
    return world.attempt(office.leader, (tx) => decideSecond(desk, tx, office.leader, id, PASSED, [], EFFECTS));
  }, /conflict/);

  misuse('a threat is stretched into a takedown by a notice to the platform', 'refused', async () => {
    const { caseId } = await world.freshCase('Họ dọa giết tôi trong tin nhắn ở https://www.facebook.com/groups/1/posts/2', { category: 'phishing_impersonation' });
    await desk.owner.updateTable('case_file').set({ category: 'threat_harassment' }).where('id', '=', caseId).execute();
    return world.attempt(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'NOTICE_PLATFORM', 'Tỉnh Cao Bằng'));
  }, /measure does not fit/);

  misuse('a false alert is answered by a warning that names the post', 'refused', async () => {
    const { caseId } = await world.freshCase('Tin https://tin-dong.example/vo-dap nói vỡ đập');
    await desk.owner.updateTable('case_file').set({ category: 'false_emergency_alert' }).where('id', '=', caseId).execute();
    return world.attempt(office.drafter, (tx) => startDraft(tx, office.drafter, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  }, /measure does not fit/);

  misuse('an article of law that punishes opinions is entered as a basis', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING', { legalBasis: null });
    return world.sql(office.drafter, `update decision set legal_basis = 'N330.9/phishing_impersonation' where id = '${id}'`);
  });

  misuse('a measure of its own making is invented', 'refused', () => world.sql(office.drafter,
    `insert into decision (case_id, agency_id, measure, category, drafter_id, created_at) select id, lead_agency_id, 'REMOVE_CHANNEL', category, '${office.drafter.officerId}', desk_now() from case_file limit 1`));

  misuse('an agency decides on its own complaint about what people say', 'refused', async () => {
    const own = await agencyId(desk, 'so-vhttdl');
    const { id: reportId } = await submitReport(desk, reportOf({ channel: 'api', category: 'false_emergency_alert', senderAgencyId: own, narrative: 'Tin đồn vỡ đập Bản Viết lan truyền trong nhóm dân cư.' }));
    const elements = categoryOf('false_emergency_alert').positive.map(({ code }) => code);
    const { caseId } = await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, reportId, PASSED, elements));
    await inTransaction(desk, office.drafter, async (tx) => {
      await takeCase(tx, office.drafter, caseId!);
      await addObservation(tx, office.drafter, caseId!, 'Thông báo của công ty thủy lợi lúc 08:00: hồ vận hành bình thường.');
      await addVerification(tx, office.drafter, caseId!, { checked: 'Gọi trực ban hồ chứa.', otherExplanation: 'Không có.', finding: 'Hồ an toàn.', confidence: 'high' });
    });
    const basis = LEGAL_BASES.find(({ category }) => category === 'false_emergency_alert')!;
    const id = await world.draft(caseId!, 'CORRECTION', {
      legalBasis: basis.code, aim: 'protect_life_health', elements: Object.fromEntries(basis.elements.map(({ code }) => [code, 'Trái với thông báo chính thức.'])),
      proofs: Object.fromEntries(basis.elements.map(({ code }) => [code, ['*']])),
    });
    return world.attempt(office.reviewer, async (tx) => {
      await inTransaction(desk, office.drafter, (first) => submitDraft(first, office.drafter, id));
      await decideSecond(desk, tx, office.reviewer, id, PASSED, elements, EFFECTS);
    });
  }, /own complaint/);
});

describe('what is named', () => {
  misuse('a profile is the locator', 'refused', async () => {
    const { caseId } = await world.freshCase('Trang cá nhân https://www.facebook.com/nguoi.ban.hang lừa đảo bán hàng');
    const id = await world.draft(caseId, 'NOTICE_PLATFORM');
    return world.attempt(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  }, /not complete/);

  misuse('a profile is written into the row', 'refused', async () => {
    const { caseId, reportId } = await world.freshCase('Kênh https://t.me/kenh.cua.ai.do lừa đảo');
    const id = await world.draft(caseId, 'NOTICE_PLATFORM');
    return world.sql(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity)
      select '${id}', i.indicator_id, 'url' from report_indicator i join indicator x on x.id = i.indicator_id where i.report_id = '${reportId}' and x.kind = 'url'`);
  }, /S6/);

  misuse('a whole platform is named', 'refused', async () => {
    const { caseId, reportId } = await world.freshCase('Cả trang facebook.com đầy lừa đảo');
    const id = await world.draft(caseId, 'NOTICE_REGISTRAR');
    return world.sql(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity)
      select '${id}', i.indicator_id, 'domain' from report_indicator i where i.report_id = '${reportId}'`);
  });

  misuse('an address of another case is slipped in', 'refused', async () => {
    const other = await world.freshCase();
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    return world.sql(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity)
      select '${id}', i.indicator_id, 'url' from report_indicator i where i.report_id = '${other.reportId}' limit 1`);
  }, /S5, S6/);

  misuse('one page is widened to the whole name', 'refused', async () => {
    const { caseId, reportId } = await world.freshCase('Trang con https://sites.google.com/view/trang-gia/otp xin mã OTP');
    const id = await world.draft(caseId, 'PUBLIC_WARNING');
    return world.sql(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity)
      select '${id}', i.indicator_id, 'domain' from report_indicator i where i.report_id = '${reportId}' limit 1`);
  });

  misuse('a telephone number is put into a public warning', 'refused', async () => {
    const { caseId, reportId } = await world.freshCase('Số 0912 345 678 gọi xưng công an, dẫn tới https://gia-cong-an.example/nop-phat');
    const id = await world.draft(caseId, 'PUBLIC_WARNING');
    return world.sql(office.drafter, `insert into decision_locator (decision_id, indicator_id, granularity)
      select '${id}', i.indicator_id, 'phone' from report_indicator i join indicator x on x.id = i.indicator_id where i.report_id = '${reportId}' and x.kind = 'phone'`);
  }, /S6/);
});

describe('how long it lasts', () => {
  misuse('a warning without an end', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING', { endsOn: null });
    return world.attempt(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  }, /not complete/);

  misuse('a warning of ten years', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING', { endsOn: '2036-11-22' });
    return world.attempt(office.drafter, (tx) => submitDraft(tx, office.drafter, id));
  }, /not complete/);

  misuse('a term is lengthened after the approval', 'refused', async () => {
    const id = await world.inForce((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    return world.sql(office.drafter, `update decision set ends_on = ends_on + 60 where id = '${id}'`);
  }, /not rewritten/);

  misuse('a published warning is prolonged by hand', 'refused', async () => {
    const id = await world.inForce((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    return world.sql(office.reviewer, `update warning set ends_at = ends_at + interval '60 days' where decision_id = '${id}'`);
  });

  misuse('renewing on the same old evidence', 'refused', async () => {
    const { caseId } = await world.freshCase();
    const old = await world.inForce(caseId, 'PUBLIC_WARNING');
    const id = await inTransaction(desk, office.drafter, (tx) => renewDecision(tx, office.drafter, old));
    const input = { ...await completeInput(desk, caseId, id), endsOn: '2026-12-20' };
    await inTransaction(desk, office.drafter, (tx) => saveDraft(tx, office.drafter, id, input));
    return world.attempt(office.reviewer, async (tx) => {
      await inTransaction(desk, office.drafter, (first) => submitDraft(first, office.drafter, id));
      await decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS);
    });
  });

  misuse('an interim measure is kept alive by beginning it again and again', 'refused', async () => {
    const { caseId } = await world.freshCase();
    const first = await world.draft(caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => beginInterim(desk, tx, office.drafter, first, REASON, EFFECTS));
    desk.clock.set(new Date(desk.clock.now().getTime() + 25 * HOUR));
    await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
    const second = await world.draft(caseId, 'PUBLIC_WARNING');
    return world.attempt(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, second, REASON, EFFECTS));
  }, /S7/);

  misuse('an interim measure is confirmed on the second day', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, REASON, EFFECTS));
    desk.clock.set(new Date(desk.clock.now().getTime() + 25 * HOUR));
    return world.attempt(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
  }, /died/);

  misuse('an interim measure that died quietly', 'trace', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, REASON, EFFECTS));
    desk.clock.set(new Date(desk.clock.now().getTime() + 25 * HOUR));
    await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS));
    return world.traceOf(id, 'die');
  });

  misuse('a harm that can wait is treated as urgent', 'refused', async () => {
    const { caseId } = await world.freshCase('Quảng cáo cá độ tại https://ca-do.example/dang-ky', { category: 'illegal_gambling_ads' });
    const id = await world.draft(caseId, 'PUBLIC_WARNING', { legalBasis: 'N330.15.1.a/illegal_gambling_ads' });
    return world.attempt(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, REASON, EFFECTS));
  }, /no interim/);
});

describe('undoing', () => {
  misuse('a case officer withdraws a decision alone to hide it', 'refused', async () => {
    const id = await world.inForce((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    const clerk = office.clerk;
    return world.attempt(clerk, (tx) => withdrawDecision(desk, tx, clerk, id, 'Không cần nữa.', EFFECTS));
  }, /forbidden/);

  misuse('a decision in force is deleted', 'refused', async () => {
    const id = await world.inForce((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    return world.sql(office.leader, `delete from decision where id = '${id}'`);
  }, /42501/);

  misuse('the journal of it is deleted', 'refused', () => world.sql(office.leader, 'delete from journal'));

  misuse('the journal of it is rewritten', 'refused', () => world.sql(office.leader, "update journal set reason = 'khác'"));

  misuse('a legal officer’s word is written by the drafter', 'refused', async () => {
    const id = await world.draft((await world.freshCase()).caseId, 'PUBLIC_WARNING');
    await inTransaction(desk, office.drafter, (tx) => submitDraft(tx, office.drafter, id));
    return world.attempt(office.drafter, (tx) => reviewLegally(tx, office.drafter, id, true, 'Đồng ý về mặt pháp lý.'));
  }, /forbidden/);
});
