import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { AGENCIES, COMPETENCES } from '#catalogue/agencies-cao-bang.ts';
import { measureOf } from '#catalogue/measures.ts';
import { STOP_CODES } from '#catalogue/gate.ts';
import { addDays, localDate } from '#core/deadlines.ts';
import type { GateAnswers } from '#core/gate.ts';
import { addObservation, addVerification, answerAllReporters, answerGate } from '#modules/cases/index.ts';
import { decideSecond, expireDecisions, saveDraft, startDraft, submitDraft } from '#modules/decisions/index.ts';
import { importAgencies } from '#modules/directory/index.ts';
import { basesInForce } from '#modules/law/index.ts';
import { check } from '#modules/warnings/index.ts';
import { system, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import type { Hono } from 'hono';
import { ROOT } from '../../src/app.ts';
import { EFFECTS } from '../../src/modules.ts';
import { webApp } from '../../src/server.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addOfficer } from '../support/people.ts';

const ALL_NO = Object.fromEntries(STOP_CODES.map((code) => [code, false])) as unknown as GateAnswers;

let desk: TestDesk;
let app: Hono;
let officer: OfficerActor;
let second: OfficerActor;
let domains: string[];

beforeAll(async () => {
  desk = await testDesk();
  app = await webApp(desk, 1e6);
  await inTransaction(desk, system('test'), (tx) => importAgencies(tx, system('test'), AGENCIES, COMPETENCES));
  officer = await addOfficer(desk, 'so-vhttdl', ['intake', 'case_officer'], 'Nông Thị Lan');
  second = await addOfficer(desk, 'so-vhttdl', ['reviewer'], 'Hoàng Văn Tài');
  const list = await readFile(join(ROOT, 'tests/data/domains/vn-threat-300.txt'), 'utf8');
  domains = list.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
});

const as = <T>(actor: OfficerActor, work: (tx: Tx) => Promise<T>) => inTransaction(desk, actor, work);

test('300 real threat domains come in by HTTP; each lands with its indicator in a case; one becomes a warning, and ends', async () => {
  expect(domains).toHaveLength(300);
  const answers = await Promise.all(domains.map(async (domain, index) => app.request('/api/v1/reports', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `mien-${String(index).padStart(16, '0')}` },
    body: JSON.stringify({ category: 'phishing_impersonation', narrative: `Tôi nhận được tin nhắn dẫn tới trang hxxps://${domain.replace('.', '[.]')}/dang-nhap đòi mật khẩu.`, commune: '01273' }),
  })));
  expect(answers.map((answer) => answer.status)).toEqual(domains.map(() => 201));
  const placed = await inTransaction(desk, system('test'), (tx) => tx.selectFrom('indicator').innerJoin('report_indicator', 'indicator_id', 'indicator.id')
    .innerJoin('report', 'report.id', 'report_id').select(['value', 'report.case_id', 'report.id', 'indicator.case_id as indicator_case'])
    .where('kind', '=', 'domain').where('grouping_key', '=', true).execute());
  expect(new Set(placed.map((row) => row.value))).toEqual(new Set(domains));
  expect(placed.every((row) => row.case_id !== null && row.case_id === row.indicator_case)).toBe(true);

  const target = placed[0]!;
  const ask = async () => (await (await app.request(`/api/v1/check?q=${encodeURIComponent(`https://login.${target.value}/x`)}`)).json()) as { answer: string };
  expect((await ask()).answer).toBe('unknown');
  const caseId = target.case_id!;
  await as(officer, (tx) => answerGate(desk, tx, officer, target.id, ALL_NO, []));
  await as(officer, (tx) => addVerification(tx, officer, caseId, { checked: 'Mở trang trong môi trường cách ly', otherExplanation: 'Không có', finding: 'Trang giả mạo', confidence: 'high' }));
  await as(officer, (tx) => addObservation(tx, officer, caseId, 'Biểu mẫu đòi mật khẩu và mã OTP'));
  const today = localDate(desk.clock.now());
  const basis = await as(officer, async (tx) => (await basesInForce(tx, 'phishing_impersonation', today))[0]!);
  const decision = await as(officer, (tx) => startDraft(tx, officer, caseId, 'PUBLIC_WARNING', 'Tỉnh Cao Bằng'));
  const parts = await as(officer, async (tx) => ({
    evidence: (await tx.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((row) => row.id),
    locators: (await tx.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', decision).execute())
      .map((row) => ({ indicatorId: row.indicator_id, granularity: row.granularity })),
  }));
  await as(officer, (tx) => saveDraft(tx, officer, decision, {
    legalBasis: basis.code, aim: 'protect_property', facts: 'Trang yêu cầu mật khẩu và mã OTP, giả giao diện ngân hàng.', sideEffects: 'Không có nội dung của người khác trên trang.', recipients: [], detail: {}, endsOn: addDays(today, 30),
    title: 'Cảnh báo trang giả mạo ngân hàng', summary: 'Trang này giả mạo ngân hàng để lấy mật khẩu và mã OTP.', advice: 'Không nhập mật khẩu.',
    elements: Object.fromEntries(basis.elements.map((element) => [element.code, 'Ảnh chụp cho thấy rõ'])),
    proofs: Object.fromEntries(basis.elements.map((element) => [element.code, parts.evidence])),
    options: Object.fromEntries(measureOf('PUBLIC_WARNING').lesser.map((option) => [option.code, 'Chưa đủ vì nhiều người đang nhận tin'])), ...parts,
  }));
  await as(officer, (tx) => submitDraft(tx, officer, decision));
  await expect(as(officer, (tx) => decideSecond(desk, tx, officer, decision, ALL_NO, [], EFFECTS))).rejects.toMatchObject({ code: 'forbidden' });
  await as(second, (tx) => decideSecond(desk, tx, second, decision, ALL_NO, [], EFFECTS));
  await as(officer, (tx) => answerAllReporters(desk, tx, officer, caseId, { vi: 'Trang này đã được cảnh báo công khai.' }));

  expect((await ask()).answer).toBe('warned');
  const answer = await check(desk, target.value!);
  if (answer.kind !== 'warned') throw new Error('not warned');
  expect((await app.request(`/canh-bao/${answer.slug}`)).status).toBe(200);
  expect(await (await app.request('/canh-bao/rss.xml')).text()).toContain(answer.slug);

  const before = desk.clock.now();
  desk.clock.set(new Date(`${addDays(today, 31)}T00:00:01+07:00`));
  // Nobody has run a job yet: the page and the check drop it by the clock alone.
  expect((await ask()).answer).toBe('unknown');
  expect((await app.request(`/canh-bao/${answer.slug}`)).status).toBe(404);
  expect(await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS))).toBe(1);
  expect(await inTransaction(desk, system('expire-decisions'), (tx) => expireDecisions(desk, tx, EFFECTS))).toBe(0);
  const ended = await inTransaction(desk, system('test'), (tx) => tx.selectFrom('decision').select('state').where('id', '=', decision).executeTakeFirstOrThrow());
  expect(ended.state).toBe('expired');
  desk.clock.set(before);
  expect((await ask()).answer).toBe('unknown');
});
