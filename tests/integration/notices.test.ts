import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDate } from '#core/deadlines.ts';
import { beginInterim, decideSecond, expireDecisions, renewDecision, returnDraft, withdrawDecision } from '#modules/decisions/index.ts';
import { accessSecret, openAccess } from '#modules/notices/index.ts';
import { dispatchNotice, sendAgain } from '#modules/notices/commands/sending.ts';
import { recordEffect, reportEffect, setDelay } from '#modules/notices/commands/effect.ts';
import { isSilent, noticeDetail, noticeList, partyView } from '#modules/notices/queries.ts';
import type { Said } from '#modules/notices/types.ts';
import { system, type Actor, type OfficerActor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/db.ts';
import { EFFECTS } from '../../src/modules.ts';
import { acceptedAppeal, endAppeal, stayedByAppeal } from '../support/appeals.ts';
import { openOffice, PASSED, type Office } from '../support/decisions.ts';
import { testDesk, type TestDesk } from '../support/desk.ts';
import { addTestRecipient, approve, noticeDraft, runJob, writeAndSend } from '../support/notices.ts';
import { addOfficer } from '../support/people.ts';
import { smtpSink, type ReceivedMail, type SmtpSink } from '../support/smtp.ts';

let desk: TestDesk;
let office: Office;
/** Took no part in anything. */
let fair: OfficerActor;
let sink: SmtpSink;
const DAY = 86_400_000;

beforeAll(async () => {
  sink = await smtpSink();
  desk = await testDesk({ SMTP_URL: sink.url, MAIL_FROM: 'Lá Chắn <thong-bao@lachan.example>', BASE_URL: 'https://lachan.example' });
  office = await openOffice(desk);
  fair = await addOfficer(desk, 'so-vhttdl', ['reviewer', 'leader'], 'Ma Thị Bằng');
});
afterAll(() => sink.close());

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(desk, actor, work);
const kindsOf = async (id: string): Promise<string[]> => (await desk.owner.selectFrom('notice').select(['kind', 'phase', 'state', 'ending']).where('decision_id', '=', id).orderBy('created_at').orderBy('id').execute())
  .map(({ kind, phase, state, ending }) => [kind, phase, ending, state].filter(Boolean).join('/'));
const noticesOf = (id: string) => desk.owner.selectFrom('notice').selectAll().where('decision_id', '=', id).orderBy('created_at').orderBy('id').execute();

/** Runs with the clock elsewhere. */
async function at(when: Date, work: () => Promise<void>): Promise<void> {
  const before = desk.clock.now();
  desk.clock.set(when);
  try {
    await work();
  } finally {
    desk.clock.set(before);
  }
}
const later = (ms: number) => new Date(desk.clock.now().getTime() + ms);

async function inForce(recipients: readonly string[], measure: Parameters<typeof noticeDraft>[2] = 'NOTICE_REGISTRAR'): Promise<{ id: string; caseId: string }> {
  const made = await noticeDraft(desk, office, measure, recipients);
  await approve(desk, office, made.id);
  return made;
}

async function parsed({ headers, text }: ReceivedMail) {
  return PostalMime.parse([`Content-Type: ${headers.get('content-type')}`, '', text].join('\r\n'));
}

describe('the whole way', () => {
  it('tells each recipient once, by mail with the letter, or leaves it for the clerk', async () => {
    const byMail = await addTestRecipient(desk, 'registrar');
    const onPaper = await addTestRecipient(desk, 'registrar', { email: null });
    const { id } = await inForce([byMail, onPaper]);
    expect(await kindsOf(id)).toEqual(['notice/full/prepared', 'notice/full/prepared']);
    const before = sink.mails.length;
    await writeAndSend(desk, id);
    await writeAndSend(desk, id);
    const rows = await noticesOf(id);
    const sent = rows.find((row) => row.recipient_id === byMail)!;
    const paper = rows.find((row) => row.recipient_id === onPaper)!;
    expect([sent.state, paper.state, sink.mails.length - before]).toEqual(['sent', 'prepared', 1]);
    await runJob(desk, 'send-notice', { noticeId: sent.id });
    await runJob(desk, 'render-notice', { noticeId: sent.id });
    expect(sink.mails.length - before).toBe(1);
    const mail = sink.mails.at(-1)!;
    const says = sent.says as unknown as Said;
    expect(mail.headers.get('message-id')).toBe(`<notice-${sent.id}@lachan.example>`);
    expect(mail.headers.get('subject')).toContain(says.code);
    const { attachments, text } = await parsed(mail);
    expect(attachments.map(({ filename }) => filename)).toEqual([`thong-bao-${says.code}.docx`]);
    const file = await desk.owner.selectFrom('notice_file').selectAll().where('notice_id', '=', sent.id).executeTakeFirstOrThrow();
    expect(createHash('sha256').update(new Uint8Array(attachments[0]!.content as ArrayBuffer)).digest()).toEqual(file.sha256);
    // The mail itself says nothing of the matter, and no secret.
    expect(text).not.toContain(accessSecret(desk, sent.access_id));
    expect(text).not.toMatch(/trang-\d|0868|VNeID/);
    await as(office.clerk, (tx) => dispatchNotice(tx, office.clerk, paper.id, { number: '15/SVHTTDL', on: '2026-11-22' }));
    await expect(as(office.clerk, (tx) => dispatchNotice(tx, office.clerk, paper.id, { number: '16/SVHTTDL', on: '2026-11-22' }))).rejects.toMatchObject({ code: 'conflict' });
    expect(await kindsOf(id)).toEqual(expect.arrayContaining(['notice/full/sent', 'notice/full/dispatched']));
    const detail = await as(office.clerk, (tx) => noticeDetail(tx, paper.id));
    expect(detail!.steps.map(({ action }) => action)).toEqual(['prepare', 'render', 'dispatch']);
    expect(await as(office.stranger, (tx) => noticeDetail(tx, paper.id))).toBeNull();
    expect((await as(office.stranger, (tx) => noticeList(tx, 'xong', 1))).rows).toEqual([]);
  });

  it('keeps trying where the mail server is away, and asks an officer where it refuses', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    const [{ id: noticeId }] = await noticesOf(id) as unknown[] as [{ id: string }];
    await runJob(desk, 'render-notice', { noticeId });
    sink.refuse(1);
    await expect(runJob(desk, 'send-notice', { noticeId })).rejects.toThrow();
    expect((await noticesOf(id))[0]).toMatchObject({ state: 'failed', failure: 'unreachable', sent_at: null });
    await as(office.clerk, (tx) => sendAgain(desk, tx, office.clerk, noticeId));
    await runJob(desk, 'send-notice', { noticeId });
    expect((await noticesOf(id))[0]).toMatchObject({ state: 'sent', failure: null });
    await expect(as(office.clerk, (tx) => sendAgain(desk, tx, office.clerk, noticeId))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes once even when two workers take it up together, and waits out a stay', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    const [{ id: noticeId }] = await noticesOf(id) as unknown[] as [{ id: string }];
    await Promise.all([runJob(desk, 'render-notice', { noticeId }), runJob(desk, 'render-notice', { noticeId })]);
    expect(await desk.owner.selectFrom('notice_file').select('place').where('notice_id', '=', noticeId).execute()).toHaveLength(1);
    const before = sink.mails.length;
    const appeal = await stayedByAppeal(desk, fair, id);
    await runJob(desk, 'send-notice', { noticeId });
    await expect(as(office.clerk, (tx) => dispatchNotice(tx, office.clerk, noticeId, { number: '1/X', on: '2026-11-22' }))).rejects.toMatchObject({ code: 'conflict' });
    expect(sink.mails.length).toBe(before);
    await endAppeal(desk, fair, appeal, 'upheld');
    await Promise.all([1, 2, 3].map(() => runJob(desk, 'send-notice', { noticeId })));
    expect(sink.mails.slice(before).filter(({ headers }) => headers.get('message-id') === `<notice-${noticeId}@lachan.example>`)).toHaveLength(1);
  });

  it('makes an interim notice that nobody got anew when it is confirmed', async () => {
    const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', [await addTestRecipient(desk, 'registrar', { email: null })]);
    await as(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, 'Trang đang lấy tiền từng phút.', EFFECTS));
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, id, PASSED, [], EFFECTS));
    expect((await kindsOf(id)).toSorted()).toEqual(['notice/full/prepared', 'notice/interim/dropped']);
    expect((await noticesOf(id)).find(({ phase }) => phase === 'full')!.effect_due).not.toBeNull();
  });

  it('withdraws, and after a reversal too, from everybody who was told', async () => {
    for (const [ending, end] of [
      ['withdrawn', (id: string) => as(office.leader, (tx) => withdrawDecision(desk, tx, office.leader, id, 'Trang đã bị gỡ.', EFFECTS))],
      ['reversed', async (id: string) => endAppeal(desk, fair, await acceptedAppeal(desk, fair, id), 'reversed')],
      ['expired', (id: string) => at(later(31 * DAY), async () => void await as(system('test'), (tx) => expireDecisions(desk, tx, EFFECTS)).then(() => id))],
    ] as const) {
      const { id } = await inForce([await addTestRecipient(desk, 'registrar'), await addTestRecipient(desk, 'registrar')]);
      await writeAndSend(desk, id);
      await end(id);
      expect((await kindsOf(id)).filter((kind) => kind.startsWith('withdrawal'))).toEqual([`withdrawal/full/${ending}/prepared`, `withdrawal/full/${ending}/prepared`]);
      await writeAndSend(desk, id);
      expect((await kindsOf(id)).filter((kind) => kind === `withdrawal/full/${ending}/sent`)).toHaveLength(2);
    }
  });

  it('lets what has not left stay where it is when its measure ends', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar', { email: null })]);
    await writeAndSend(desk, id);
    await as(office.leader, (tx) => withdrawDecision(desk, tx, office.leader, id, 'Trang đã bị gỡ.', EFFECTS));
    expect(await kindsOf(id)).toEqual(['notice/full/dropped']);
    await expect(as(office.clerk, async (tx) => dispatchNotice(tx, office.clerk, (await noticesOf(id))[0]!.id, { number: '1/X', on: '2026-11-22' }))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves by the clock, not by the job: nothing goes after the last day or the 24 hours', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar', { email: null })]);
    await writeAndSend(desk, id);
    const { id: noticeId } = (await noticesOf(id))[0]!;
    await at(later(31 * DAY), async () => {
      const today = localDate(desk.clock.now());
      await expect(as(office.clerk, (tx) => dispatchNotice(tx, office.clerk, noticeId, { number: '1/X', on: today }))).rejects.toMatchObject({ code: 'conflict' });
      await expect(as(office.clerk, (tx) => sql`update notice set state = 'dispatched', sent_at = desk_now(), number_text = '1/X', numbered_on = desk_today() where id = ${noticeId}`.execute(tx))).rejects.toThrow(/SCOPE 6/);
    });
  });

  it('rests and goes on with an appeal', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    await writeAndSend(desk, id);
    const appeal = await stayedByAppeal(desk, fair, id);
    await writeAndSend(desk, id);
    const notice = (await noticesOf(id)).find(({ kind }) => kind === 'notice');
    expect((await partyView(desk, notice!.access_id)).state).toBe('stayed');
    await endAppeal(desk, fair, appeal, 'upheld');
    await writeAndSend(desk, id);
    expect((await kindsOf(id)).toSorted()).toEqual(['notice/full/sent', 'resumption/full/sent', 'stay/full/sent']);
  });

  it('tells of an interim measure, its confirmation, its death and its return', async () => {
    const interim = async () => {
      const recipients = [await addTestRecipient(desk, 'registrar'), await addTestRecipient(desk, 'registrar')];
      const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', recipients);
      await as(office.drafter, (tx) => beginInterim(desk, tx, office.drafter, id, 'Trang đang lấy tiền từng phút.', EFFECTS));
      await writeAndSend(desk, id);
      expect(await kindsOf(id)).toEqual(['notice/interim/sent', 'notice/interim/sent']);
      return id;
    };
    const confirmed = await interim();
    await as(office.reviewer, (tx) => decideSecond(desk, tx, office.reviewer, confirmed, PASSED, [], EFFECTS));
    await writeAndSend(desk, confirmed);
    expect((await kindsOf(confirmed)).toSorted()).toEqual(['notice/confirmation/sent', 'notice/confirmation/sent', 'notice/interim/sent', 'notice/interim/sent']);
    const accesses = await desk.owner.selectFrom('decision_access').select('id').where('decision_id', '=', confirmed).execute();
    expect(accesses).toHaveLength(4);
    const died = await interim();
    await at(later(25 * 3_600_000), async () => {
      await as(system('test'), (tx) => expireDecisions(desk, tx, EFFECTS));
      await writeAndSend(desk, died);
      expect((await kindsOf(died)).slice(2)).toEqual(['withdrawal/full/died/sent', 'withdrawal/full/died/sent']);
    });
    const returned = await interim();
    await as(office.reviewer, (tx) => returnDraft(desk, tx, office.reviewer, returned, 'Nêu rõ hơn.', EFFECTS));
    expect((await kindsOf(returned)).filter((kind) => kind.startsWith('withdrawal'))).toEqual(['withdrawal/full/returned/prepared', 'withdrawal/full/returned/prepared']);
    // What was said stays readable as it was said, not as the draft is rewritten.
    const { access_id: accessId } = (await noticesOf(returned)).find(({ phase }) => phase === 'interim')!;
    expect(await partyView(desk, accessId)).toMatchObject({ state: 'returned', says: { interimUntil: expect.any(String) } });
  });

  it('says that a renewal takes the place of the notice before, and withdraws only from who is left out', async () => {
    const kept = await addTestRecipient(desk, 'registrar');
    const dropped = await addTestRecipient(desk, 'registrar');
    const { id, caseId } = await inForce([kept, dropped]);
    await writeAndSend(desk, id);
    await at(later(20 * DAY), async () => {
      const { addObservation } = await import('#modules/cases/index.ts');
      await as(office.drafter, (tx) => addObservation(tx, office.drafter, caseId, 'Ngày 12/12/2026 trang vẫn còn mở và vẫn xin mã OTP.'));
      const renewed = await as(office.drafter, (tx) => renewDecision(tx, office.drafter, id));
      const evidence = (await desk.owner.selectFrom('evidence').select('id').where('case_id', '=', caseId).execute()).map((one) => one.id);
      const { draftFacts } = await import('#modules/decisions/facts.ts');
      const { saveDraft } = await import('#modules/decisions/index.ts');
      const facts = await as(office.drafter, (tx) => draftFacts(tx, id));
      const locators = await desk.owner.selectFrom('decision_locator').select(['indicator_id', 'granularity']).where('decision_id', '=', id).execute();
      await as(office.drafter, (tx) => saveDraft(tx, office.drafter, renewed, {
        legalBasis: facts.legalBasis, aim: facts.aim, facts: facts.facts, sideEffects: facts.sideEffects, endsOn: addDays(localDate(desk.clock.now()), 29), title: facts.title, summary: facts.summary, advice: '',
        elements: facts.elements, options: facts.options, proofs: Object.fromEntries(Object.keys(facts.elements).map((code) => [code, evidence])), evidence, recipients: [kept], detail: facts.detail,
        locators: locators.map((one) => ({ indicatorId: one.indicator_id, granularity: one.granularity })),
      }));
      await approve(desk, office, renewed);
      const first = (await noticesOf(id)).find((row) => row.recipient_id === kept)!;
      const [next] = await noticesOf(renewed);
      expect((next!.says as unknown as Said).replaces).toEqual({ code: (first.says as unknown as Said).code, on: '2026-11-22', number: null });
      expect((await noticesOf(id)).filter((row) => row.kind === 'withdrawal').map((row) => row.recipient_id)).toEqual([dropped]);
    });
  });

  it('hands over to the police with minutes and a manifest, and opens nobody’s identity', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'police')], 'REFERRAL_POLICE');
    await writeAndSend(desk, id);
    const [notice] = await noticesOf(id);
    expect(notice).toMatchObject({ kind: 'hand_over', state: 'sent' });
    const { attachments } = await parsed(sink.mails.at(-1)!);
    expect(attachments.map(({ filename }) => filename!.split('-TB')[0])).toEqual(['thong-bao', 'bien-ban-ban-giao']);
    expect(JSON.stringify(notice!.says)).not.toMatch(/nguoi-bao-tin|0988776655|Nguyễn Thị Báo/);
    expect(await desk.owner.selectFrom('journal').select('seq').where('action', 'like', '%identity%').execute()).toEqual([]);
  });

  it('sends machines XARF beside the letter, and English readers a translation', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar', { format: 'xarf', language: 'en' })]);
    await writeAndSend(desk, id);
    const { attachments } = await parsed(sink.mails.at(-1)!);
    expect(attachments.map(({ filename }) => filename!.replace(/TB-04-\d{6}-\d{4}-\d/, '#'))).toEqual(['thong-bao-#.docx', 'notice-#.docx', 'xarf-#-1.json']);
    const { readXarf } = await import('#modules/channels/feeds/xarf.ts');
    const read = readXarf(JSON.parse(new TextDecoder().decode(attachments[2]!.content as ArrayBuffer)));
    expect(read).toMatchObject({ ok: true, items: [{ category: 'phishing_impersonation' }] });
  });

  it('opens a number for the letter of who must act on it, and keeps it masked everywhere else', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'telecom')], 'NOTICE_TELECOM');
    const [{ says }] = await noticesOf(id) as unknown[] as [{ says: Said }];
    expect(says.locators[0]!.shown).not.toMatch(/0868 ?123 ?4\d\d/);
    const { full } = await as(system('test'), async (tx) => ({ full: desk.keys.unseal('indicator', (await tx.selectFrom('indicator').select('sealed').where('id', '=', says.locators[0]!.id).executeTakeFirstOrThrow()).sealed!, 'phone')!.toString() }));
    expect(full).toMatch(/^\+84868/);
    expect(JSON.stringify(says)).not.toContain(full);
  });
});

describe('the effect', () => {
  it('is reported by the recipient on its page or entered by an officer, each journaled', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    const [{ id: noticeId, access_id: accessId, affected_id: affectedId }] = await noticesOf(id) as unknown[] as [{ id: string; access_id: string; affected_id: string }];
    await expect(reportEffect(desk, accessId, { effect: 'done', note: 'Đã ngừng phân giải.' })).rejects.toMatchObject({ code: 'not_found' });
    await writeAndSend(desk, id);
    await expect(reportEffect(desk, accessId, { effect: 'none', note: 'x' })).rejects.toMatchObject({ code: 'invalid', details: { fields: { effect: 'missing', note: 'length' } } });
    await reportEffect(desk, accessId, { effect: 'partly', note: 'Đã ngừng phân giải một phần.' });
    await expect(reportEffect(desk, affectedId, { effect: 'refused', note: 'Không đồng ý.' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await partyView(desk, accessId)).toMatchObject({ party: 'recipient', state: 'in_force', asked: { effect: 'partly' } });
    expect(await partyView(desk, affectedId)).toMatchObject({ party: 'affected', asked: null });
    await as(office.clerk, (tx) => recordEffect(tx, office.clerk, noticeId, { effect: 'done', note: 'Công văn trả lời: đã thực hiện.', number: '88/CV', on: '2026-11-22' }));
    const journal = await desk.owner.selectFrom('journal').select(['actor_kind', 'to_state']).where('entity_id', '=', noticeId).where('action', '=', 'effect').orderBy('seq').execute();
    expect(journal).toEqual([{ actor_kind: 'party', to_state: 'partly' }, { actor_kind: 'officer', to_state: 'done' }]);
  });

  it('is reminded of once when overdue, and never assumed', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    await writeAndSend(desk, id);
    await at(later(12 * DAY), async () => {
      await runJob(desk, 'remind-notices');
      await runJob(desk, 'remind-notices');
      await writeAndSend(desk, id);
      expect(await kindsOf(id)).toEqual(['notice/full/sent', 'reminder/full/sent']);
      expect((await as(office.clerk, (tx) => noticeList(tx, 'qua-han', 1))).rows.map((row) => row.id)).toContain((await noticesOf(id))[0]!.id);
    });
    const [notice] = await noticesOf(id);
    expect(isSilent({ effect: null, remindedAt: notice!.reminded_at }, later(14 * DAY))).toBe(false);
    expect(isSilent({ effect: null, remindedAt: notice!.reminded_at }, later(24 * DAY))).toBe(true);
    expect(notice!.effect).toBeNull();
  });
});

describe('the person affected', () => {
  it('opens the page with code and secret, and nothing with anything else', async () => {
    const { id } = await inForce([await addTestRecipient(desk, 'registrar')]);
    const [{ says, affected_id: affectedId }] = await noticesOf(id) as unknown[] as [{ says: Said; affected_id: string }];
    const secret = accessSecret(desk, affectedId);
    expect(await openAccess(desk, says.affectedCode!.toLowerCase().replaceAll('-', ' '), secret.toLowerCase())).toMatchObject({ accessId: affectedId, decisionId: id });
    expect(await openAccess(desk, says.code, secret)).toBeNull();
    expect(await openAccess(desk, says.affectedCode!, secret.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')))).toBeNull();
    expect(await openAccess(desk, '', '')).toBeNull();
  });

  it('is told later only for a coded reason, and then by itself', async () => {
    const recipient = await addTestRecipient(desk, 'registrar');
    const { id } = await noticeDraft(desk, office, 'NOTICE_REGISTRAR', [recipient]);
    await expect(as(office.drafter, (tx) => setDelay(tx, office.drafter, id, { reason: 'police_request', days: 31, requestNumber: '' }))).rejects.toMatchObject({ details: { fields: { days: 'range', request: 'length' } } });
    await as(office.drafter, (tx) => setDelay(tx, office.drafter, id, { reason: 'fraud_under_way', days: 5, requestNumber: '' }));
    await approve(desk, office, id);
    await expect(as(office.drafter, (tx) => setDelay(tx, office.drafter, id, null))).rejects.toMatchObject({ code: 'conflict' });
    const [{ says, affected_id: affectedId }] = await noticesOf(id) as unknown[] as [{ says: Said; affected_id: string }];
    expect(says.affectedCode).toBeNull();
    const { code } = await desk.owner.selectFrom('decision_access').select('code').where('id', '=', affectedId).executeTakeFirstOrThrow();
    expect(await openAccess(desk, code, accessSecret(desk, affectedId))).toBeNull();
    await writeAndSend(desk, id);
    await runJob(desk, 'end-delays');
    expect(await kindsOf(id)).toEqual(['notice/full/sent']);
    await at(later(5 * DAY + 1000), async () => {
      await runJob(desk, 'end-delays');
      await runJob(desk, 'end-delays');
      await writeAndSend(desk, id);
      expect(await kindsOf(id)).toEqual(['notice/full/sent', 'notice/affected/sent']);
      expect(await openAccess(desk, code, accessSecret(desk, affectedId))).not.toBeNull();
    });
    const journal = await desk.owner.selectFrom('journal').select('detail').where('entity_id', '=', id).where('action', '=', 'delay_affected').execute();
    expect(journal).toEqual([{ detail: { reason: 'fraud_under_way', days: 5 } }]);
  });
});

describe('what the database refuses', () => {
  const values = (from: Awaited<ReturnType<typeof noticesOf>>[number], changes: object) => ({ ...from, id: crypto.randomUUID(), says: JSON.stringify(from.says), rendered_at: null, sent_at: null, state: 'prepared', number_text: null, numbered_on: null, failure: null, effect: null, effect_on: null, effect_by: null, effect_note: '', effect_number: null, reminded_at: null, ...changes }) as never;
  const insert = (actor: Actor, row: never) => as(actor, async (tx) => {
    await tx.insertInto('notice').values(row).execute();
    await tx.insertInto('journal').values({ at: tx.now, actor_kind: actor.kind, officer_id: actor.kind === 'officer' ? actor.officerId : null, agency_id: null, entity: 'notice', entity_id: (row as { id: string }).id, action: 'prepare', from_state: null, to_state: null, reason: null }).execute();
  });
  let sent: Awaited<ReturnType<typeof noticesOf>>[number];
  let draft: string;
  let stranger: string;

  beforeAll(async () => {
    const recipient = await addTestRecipient(desk, 'registrar');
    stranger = await addTestRecipient(desk, 'registrar');
    const { id } = await inForce([recipient]);
    await writeAndSend(desk, id);
    sent = (await noticesOf(id))[0]!;
    draft = (await noticeDraft(desk, office, 'NOTICE_REGISTRAR', [recipient])).id;
  });

  it('a notice without a decision in force, to a stranger, or before anybody was told', async () => {
    await expect(insert(office.drafter, values(sent, { decision_id: draft }))).rejects.toThrow(/S8|SCOPE 6/);
    await expect(insert(office.drafter, values(sent, { recipient_id: stranger }))).rejects.toThrow(/S8/);
    await expect(insert(system('x'), values(sent, { kind: 'withdrawal', ending: 'withdrawn' }))).rejects.toThrow(/SCOPE 6/);
    await expect(insert(system('x'), values(sent, { kind: 'stay' }))).rejects.toThrow(/SCOPE 6/);
    await expect(insert(system('x'), values(sent, { kind: 'reminder', follows: sent.id }))).rejects.toThrow(/SCOPE 6/);
    await expect(insert(office.drafter, values(sent, { phase: 'interim' }))).rejects.toThrow(/SCOPE 6/);
    await expect(insert(office.drafter, values(sent, { state: 'sent', sent_at: desk.clock.now() }))).rejects.toThrow(/starts as prepared/);
    await expect(insert(office.drafter, values(sent, {}))).rejects.toThrow(/notice_once/);
    await expect(insert(office.stranger, values(sent, {}))).rejects.toThrow(/row-level security|policy/);
  });

  it.each([
    ['other words', sql`update notice set says = '{}'`, /permission denied/],
    ['written again', sql`update notice set rendered_at = now()`, /written once/],
    ['sent twice', sql`update notice set sent_at = now() + interval '1 hour'`, /leave again/],
    ['another number', sql`update notice set number_text = '9/X'`, /leave again/],
    ['an effect nobody reported', sql`update notice set effect = 'done', effect_on = '2026-11-22', effect_by = 'recipient'`, /reported by the recipient/],
  ])('%s', async (_, attempt, why) => {
    await expect(as(system('x'), async (tx) => { await sql`${attempt} where id = ${sent.id}`.execute(tx); })).rejects.toThrow(why);
  });

  it('a changed or added file, a change without the journal, a delay after the fact', async () => {
    await expect(as(system('x'), (tx) => sql`update notice_file set name = 'x' where notice_id = ${sent.id}`.execute(tx))).rejects.toThrow(/permission denied/);
    await expect(as(system('x'), (tx) => sql`insert into notice_file values (${sent.id}, 9, 'x', 'text/plain', 'x', '\\x00', 1)`.execute(tx))).rejects.toThrow(/written once/);
    await expect(as(office.clerk, (tx) => sql`update notice set effect = 'done', effect_on = '2026-11-22', effect_by = 'officer' where id = ${sent.id}`.execute(tx))).rejects.toThrow(/without a journal/);
    await expect(as(office.drafter, (tx) => tx.insertInto('affected_delay').values({ decision_id: sent.decision_id, reason: 'fraud_under_way', days: 3, request_number: null, officer_id: office.drafter.officerId, at: tx.now }).execute())).rejects.toThrow(/S8/);
    await expect(as(office.drafter, (tx) => tx.insertInto('affected_delay').values({ decision_id: draft, reason: 'police_request', days: 3, request_number: null, officer_id: office.drafter.officerId, at: tx.now }).execute())).rejects.toThrow(/affected_delay/);
    await expect(as({ kind: 'party', accessId: sent.access_id }, (tx) => sql`update notice set state = 'failed', failure = 'refused', sent_at = null where id = ${sent.id}`.execute(tx))).rejects.toThrow(/leave again/);
  });

  it('a party that reads or writes more than its own', async () => {
    const other = await inForce([await addTestRecipient(desk, 'registrar')]);
    const seen = await as({ kind: 'party', accessId: sent.access_id }, (tx) => tx.selectFrom('notice').select('decision_id').execute());
    expect(new Set(seen.map((row) => row.decision_id))).toEqual(new Set([sent.decision_id]));
    expect(await as({ kind: 'party', accessId: sent.access_id }, (tx) => tx.selectFrom('decision').select('id').where('id', '=', other.id).execute())).toEqual([]);
    for (const table of ['report', 'reporter_identity', 'recipient', 'officer', 'notice_file', 'evidence'] as const) {
      expect(await as({ kind: 'party', accessId: sent.access_id }, async (tx) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)).rows[0]!.n), table).toBe(0);
    }
  });
});
