/** Misuse against people: finding reporters, reading what was stopped, profiles, exports, speaking outside the decisions. */
import { describe } from 'vitest';
import { answerGate, openIdentity, reclassify } from '#modules/cases/index.ts';
import { submitReport } from '#modules/intake/index.ts';
import { grantRole } from '#modules/identity/index.ts';
import { PUBLIC, type Actor } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import { PASSED, reportOf } from '../../support/decisions.ts';
import { misuse, openWorld, refusedBy } from '../../support/misuse.ts';
import { agencyId } from '../../support/people.ts';

const world = await openWorld();
const { desk, office } = world;
const CONTACT = { name: 'Nông Thị Hương', phone: '0912345678', email: 'huong@hop-thu.example' };

async function reportWithContact(narrative = 'Trang https://trang-gia-nguoi.example/otp xin mã OTP của tôi'): Promise<string> {
  return (await submitReport(desk, reportOf({ narrative, contact: CONTACT }))).id;
}

async function stopped(): Promise<string> {
  const { id } = await submitReport(desk, reportOf({ narrative: 'Bài phê bình cách thu phí của phường tại https://blog-phuong.example/thu-phi', contact: CONTACT }));
  await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));
  return id;
}

describe('who reported', () => {
  misuse('an officer selects the sealed identities', 'refused', () => world.sql(office.gate, 'select sealed from reporter_identity'), /42501/);

  misuse('an officer opens an identity without a reason', 'refused', async () => {
    const id = await reportWithContact();
    return world.sql(office.gate, `select open_identity('${id}', '')`);
  }, /S12/);

  misuse('an officer opens an identity out of curiosity', 'trace', async () => {
    const id = await reportWithContact();
    await inTransaction(desk, office.gate, (tx) => openIdentity(tx, office.gate, id, 'muốn biết ai phản ánh'));
    return world.traceOf(id, 'open_identity');
  }, /muốn biết/);

  misuse('a reviewer opens an identity', 'refused', async () => {
    const id = await reportWithContact();
    return world.attempt(office.reviewer, async (tx) => {
      const found = await openIdentity(tx, office.reviewer, id, 'xem cho biết');
      if (found === null) throw Object.assign(new Error('nothing'), { code: '42501' });
    });
  });

  misuse('another agency opens an identity', 'refused', async () => {
    const id = await reportWithContact();
    return world.attempt(office.stranger, async (tx) => {
      const found = await openIdentity(tx, office.stranger, id, 'phục vụ nghiệp vụ');
      if (found === null) throw Object.assign(new Error('nothing'), { code: '42501' });
    });
  });

  misuse('an officer searches for all reports of one telephone number', 'refused', async () => {
    await reportWithContact();
    const { html } = await world.page(office.gate, '/can-bo/phan-anh?q=0912345678');
    if (html.includes('PA-04') && html.includes('trang-gia-nguoi')) throw new Error('found a reporter by number');
    return { refused: 'the search knows no contacts' };
  });

  misuse('an officer lists what one reporter sent over the years', 'refused', () => world.sql(office.gate,
    "select r.code from report r join reporter_identity i on i.report_id = r.id where i.sealed = (select sealed from reporter_identity limit 1)"), /42501/);

  misuse('the public guesses codes to read reports', 'refused', async () => {
    const { code } = await submitReport(desk, reportOf({ narrative: 'Trang https://doan-ma.example/x lừa tôi' }));
    const answer = await world.page(null, `/tra-cuu?ma=${code}`);
    if (answer.html.includes('doan-ma')) throw new Error('a code alone opened it');
    return { refused: 'a code without its secret opens nothing' };
  });

  misuse('a visitor without a context reads the tables', 'refused', () => world.sql(PUBLIC, 'select code from report'));

  misuse('the wrong secret is tried at the API', 'refused', async () => {
    const { code } = await submitReport(desk, reportOf({ narrative: 'Trang https://doan-khoa.example/x lừa tôi' }));
    return refusedBy(await world.page(null, `/api/v1/reports/${code}`));
  });
});

describe('what was stopped', () => {
  misuse('an officer reads a stopped report', 'refused', async () => {
    const id = await stopped();
    const row = await inTransaction(desk, office.gate, (tx) => tx.selectFrom('report').select(['narrative', 'search']).where('id', '=', id).executeTakeFirst());
    if (row && (row.narrative.includes('thu phí') || row.search.includes('thu'))) throw new Error('readable');
    return { refused: 'the words are sealed' };
  });

  misuse('an officer searches for stopped reports by their words', 'refused', async () => {
    await stopped();
    const { html } = await world.page(office.gate, '/can-bo/phan-anh?q=thu+phi');
    if (html.includes('blog-phuong')) throw new Error('found');
    return { refused: 'stopped reports are not searchable' };
  });

  misuse('an officer looks who sent what was stopped', 'refused', async () => {
    const id = await stopped();
    return world.sql(office.gate, `select 1 where open_identity('${id}', 'xem ai đã gửi') is not null`);
  });

  misuse('an officer keeps its address as a trace', 'refused', async () => {
    await stopped();
    return world.sql(office.gate, "select value from indicator where value like 'blog-phuong%'");
  });

  misuse('a stop is undone by writing the state', 'refused', async () => {
    const id = await stopped();
    return world.sql(office.gate, `update report set state = 'attached' where id = '${id}'`);
  });

  misuse('a stop is put off for a year', 'refused', async () => {
    const id = await stopped();
    return world.sql(office.gate, `update report set erase_after = erase_after + interval '1 year' where id = '${id}'`);
  });

  misuse('an agency sends its critics again and again', 'trace', async () => {
    const sender = await agencyId(desk, 'cong-an-tinh');
    for (const n of [1, 2, 3]) {
      const { id } = await submitReport(desk, reportOf({ channel: 'api', senderAgencyId: sender, narrative: `Đề nghị xử lý bài phê bình số ${n} trên mạng` }));
      await inTransaction(desk, office.gate, (tx) => answerGate(desk, tx, office.gate, id, { ...PASSED, opinion: true }, []));
    }
    const { stops } = await desk.owner.selectFrom('stop_statistic').select('stops').where('agency_id', '=', sender).where('stop_code', '=', 'opinion').executeTakeFirstOrThrow();
    return { trace: `${stops} stops counted under the sending agency` };
  }, /^3 stops/);

  misuse('the count of stops is lowered afterwards', 'refused', () => world.sql(office.leader, 'delete from stop_statistic'));
});

describe('the desk turned on speech and persons', () => {
  misuse('a category for “bad information” is added', 'refused', () => world.sql(office.leader, "insert into category (code, links_cases, interim, stores_images) values ('bad_information', false, false, false)"));

  misuse('a report is filed under a category of its own', 'refused', async () => {
    const id = await reportWithContact();
    return world.sql(office.gate, `update report set category = 'reputation' where id = '${id}'`);
  });

  misuse('a gate answer is given in the name of a colleague', 'refused', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Trang https://ten-nguoi-khac.example/x' }));
    return world.sql(office.gate, `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person, whole_profile, self_interest, passed, at)
      values ('intake', '${id}', 'phishing_impersonation', '${office.reviewer.officerId}', '${office.gate.agencyId}', false, false, false, false, false, false, false, true, desk_now())`);
  });

  misuse('the gate is passed with one question answered “yes”', 'refused', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Trang https://mot-cau-co.example/x' }));
    return world.sql(office.gate, `insert into gate_check (stage, report_id, category, officer_id, agency_id, outside_list, opinion, reputation_of_public_body, falsehood_only, identify_person, whole_profile, self_interest, passed, at)
      values ('intake', '${id}', 'phishing_impersonation', '${office.gate.officerId}', '${office.gate.agencyId}', false, true, false, false, false, false, false, true, desk_now())`);
  });

  misuse('a threat without a victim passes as a threat', 'refused', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Người này hay chê bai trên mạng', category: 'threat_harassment' }));
    return world.attempt(office.gate, (tx) => answerGate(desk, tx, office.gate, id, PASSED, ['identifiable_target']));
  }, /elements missing/);

  misuse('two critics are tied together because both were threatened about', 'refused', async () => {
    const first = await submitReport(desk, reportOf({ narrative: 'Bị dọa giết tại https://doa.example/a', category: 'threat_harassment' }));
    const second = await submitReport(desk, reportOf({ narrative: 'Bị dọa giết tại https://doa.example/a', category: 'threat_harassment' }));
    const rows = await desk.owner.selectFrom('report').select('case_id').where('id', 'in', [first.id, second.id]).execute();
    if (rows.some(({ case_id }) => case_id !== null)) throw new Error('grouped');
    return { refused: 'threats are never grouped' };
  });

  misuse('a report of an intimate image is given a picture', 'refused', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Ảnh riêng tư của tôi bị phát tán', category: 'intimate_images' }));
    return world.sql({ kind: 'reporter', reportId: id }, `insert into attachment (id, report_id, name, media_type, bytes, original_ref, original_sha256, copy_ref, copy_bytes, width, height, at)
      values (uuidv7(), '${id}', 'a.jpg', 'image/jpeg', 1, repeat('a', 64), '\\x00', repeat('b', 64), 1, 1, 1, desk_now())`);
  });

  misuse('a report with pictures is reclassified as one that may keep none', 'refused', async () => {
    const { id } = await submitReport(desk, reportOf({ narrative: 'Trang https://co-anh.example/x' }));
    await desk.owner.insertInto('attachment').values({
      id: crypto.randomUUID(), report_id: id, name: 'man-hinh.jpg', media_type: 'image/jpeg', bytes: 1, original_ref: 'a'.repeat(64), original_sha256: Buffer.alloc(32),
      copy_ref: 'b'.repeat(64), copy_bytes: 1, width: 1, height: 1, at: desk.clock.now(),
    }).execute();
    return world.attempt(office.gate, (tx) => reclassify(tx, office.gate, id, 'intimate_images'));
  }, /never stored/);
});

describe('power over the desk', () => {
  misuse('an administrator of one agency makes an officer of another', 'refused', async () => {
    const administrator: Actor = { ...office.stranger, roles: ['administrator'] };
    return world.attempt(administrator, (tx) => grantRole(tx, administrator, { officerId: office.clerk.officerId, agencyId: office.gate.agencyId, role: 'reviewer', from: '2026-11-22' }));
  });

  misuse('an officer gives the own account another role', 'refused', () => world.sql(office.clerk,
    `insert into officer_role (officer_id, agency_id, role, valid_from) values ('${office.clerk.officerId}', '${office.clerk.agencyId}', 'reviewer', '2026-01-01')`));

  misuse('an officer gives the own agency a power', 'refused', () => world.sql(office.leader,
    `insert into competence (agency_id, category, role, province_code, law, why_vi, why_en, valid_from) values ('${office.leader.agencyId}', 'scam', 'lead', '04', 'x', 'x', 'x', '2026-01-01')`));

  misuse('a recipient is invented to send a letter to', 'refused', () => world.sql(office.drafter,
    "insert into recipient (kind, name, email, valid_from) values ('platform', 'Nền tảng bịa', 'toi@hop-thu.example', '2026-01-01')"));

  misuse('a warning is published without a decision', 'refused', () => world.sql(office.leader,
    `insert into warning (decision_id, slug, category, agency_id, title, summary, advice, legal_basis, published_at, ends_at, report_count, commune_count)
     select uuidv7(), 'x', 'scam', '${office.leader.agencyId}', 'x', 'x', 'x', code, desk_now(), desk_now() + interval '1 day', 0, 0 from legal_basis limit 1`));

  misuse('an officer of another agency walks through every page of a case', 'refused', async () => {
    const { caseId } = await world.freshCase();
    const { number } = await desk.owner.selectFrom('case_file').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();
    return refusedBy(await world.page(office.stranger, `/can-bo/vu-viec/${number}`));
  });
});
