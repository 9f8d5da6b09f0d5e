import { SITUATIONS, situationByKey } from '#catalogue/first-aid.ts';
import { categoryOf } from '#catalogue/categories.ts';
import { parseReportCode, parseSecret } from '#core/codes.ts';
import { dueAt } from '#core/deadlines.ts';
import { normalise } from '#core/vietnamese.ts';
import type { FormBody, SentFile } from '#platform/body.ts';
import { deskCalendar } from '#platform/calendar.ts';
import { Conflict, Invalid, NotFound } from '#platform/errors.ts';
import { uuidParam, type Ctx, type Route } from '#platform/http.ts';
import type { FieldErrors } from '#web/form.tsx';
import { links, localPath } from '#web/links.ts';
import { frame } from '#web/portal-frame.ts';
import { intakeApi } from './api.ts';
import { addReporterMessage, markRead } from './commands/conversation.ts';
import { askStopReview } from './commands/stop-review.ts';
import { submitReport } from './commands/submit.ts';
import { dropUploads, keepUpload } from './commands/uploads.ts';
import {
  addressesIn, adviceFor, answersOf, chosenCategory, innocentOf, newForm, NO_MARKS, openForm, parseGo, parsePhotos, parseStep, qrTraces, readMarks, spamNumberOf,
  stepAfter, takesPhotos, tracesOf, TRAP_FIELD, trapOf, withDefaults, type Go, type Marks, type OpenForm, type SpamNumber, type Trap,
} from './form-state.ts';
import { publicAddress } from '#platform/public-address.ts';
import {
  alreadyReported, attachmentCopy, communeOptions, openReport, reporterView, uploadsOf, warnedAddresses, type AlreadyReported,
} from './queries.ts';
import {
  firstOpenStep, LAST_STEP, MOST_CHARACTERS, OTHER, reportFromFields, stepIssues, type CommuneOption, type Fields, type Issue, type Issues, type Step,
} from './schema.ts';
import type { NewReport } from './types.ts';
import { NotDonePage, PrivacyPage } from './views/about.tsx';
import { FirstAidIndex, FirstAidPage } from './views/first-aid.tsx';
import { FollowForm, FollowPage } from './views/follow.tsx';
import { ImageHashPage } from './views/image-hash.tsx';
import { MET_PATH, MetTooPage } from './views/met-too.tsx';
import { ReceiptExpiredPage, ReceiptPage } from './views/receipt.tsx';
import { ReportPage } from './views/report.tsx';

const RECEIPT_PATH = '/bao-cao/phieu';
const HASH_PATH = '/bao-cao/ma-anh';
const HOUR = 3_600_000;
/** Answers a link may bring along, from the check and warning pages. */
const FROM_LINK = ['category', 'traces'] as const;

// ── The report form ─────────────────────────────────────────────────────────────────────────────────────────────────

/** What of a page is not in its form. */
interface Shown {
  readonly form: OpenForm;
  readonly fields: Fields;
  readonly marks?: Marks;
  readonly step: Step;
  readonly fromCheck?: boolean;
  readonly issues?: Issues;
  readonly photoIssues?: readonly string[];
  readonly notices?: readonly string[];
  readonly explainOther?: boolean;
  readonly status?: 200 | 409 | 422;
}

async function showReport(ctx: Ctx, shown: Shown): Promise<Response> {
  const { form, fields, step } = shown;
  const { issues = {}, photoIssues = [], notices = [], fromCheck = false, explainOther = false, marks = NO_MARKS } = shown;
  const uploads = await uploadsOf(ctx.desk, form.key);
  const qr = qrTraces(uploads.flatMap((upload) => upload.qr));
  const communes = step === 4 || step === LAST_STEP ? await communeOptions(ctx.desk) : [];
  const already = step === 1 ? null : await cameBefore(ctx, fields, qr);
  const found = step === 1 ? [] : tracesOf(fields, qr, marks);
  const hasIssues = Object.keys(issues).length > 0 || photoIssues.length > 0;
  return ctx.page(
    <ReportPage
      frame={frame(ctx)}
      now={ctx.now}
      token={form.token}
      {...{ step, fields, marks, issues, photoIssues, uploads, qr, communes, fromCheck, notices, explainOther, found, already }}
    />,
    shown.status ?? (hasIssues ? 422 : 200),
  );
}

/** What is known of the traces in the answers; nothing where reports are never linked (SCOPE, never built 3). */
async function cameBefore(ctx: Ctx, fields: Fields, qr: string): Promise<AlreadyReported | null> {
  const category = chosenCategory(fields);
  if (category !== null && !categoryOf(category).linksCases) return null;
  return alreadyReported(ctx.desk, `${fields.narrative ?? ''}\n${fields.traces ?? ''}\n${qr}`);
}

async function beginReport(ctx: Ctx): Promise<Response> {
  const given = FROM_LINK.map((field) => [field, ctx.query(field).slice(0, 500)] as const).filter(([, value]) => value);
  return ctx.page(
    <ReportPage
      frame={frame(ctx)}
      now={ctx.now}
      step={1}
      fields={Object.fromEntries(given)}
      marks={NO_MARKS}
      issues={{}}
      photoIssues={[]}
      token={newForm(ctx.desk.keys, ctx.now).token}
      uploads={[]}
      qr=""
      communes={[]}
      fromCheck={false}
      notices={[]}
      explainOther={false}
      found={[]}
      already={null}
    />,
  );
}

/** One sending of the form, read. */
interface Sent {
  readonly form: OpenForm;
  readonly state: 'open' | 'expired' | 'missing';
  readonly fields: Fields;
  readonly step: Step;
  readonly go: Go;
  readonly fromCheck: boolean;
  readonly marks: Marks;
  readonly photos: readonly string[];
  /** What QR codes of the pictures say, as the page showed it, so that a repeated send says the same; null when it did not. */
  readonly qr: string | null;
  readonly trap: Trap | null;
  readonly photoIssues: readonly string[];
  readonly notices: readonly string[];
}

async function continueReport(ctx: Ctx): Promise<Response> {
  const sent = await readSent(ctx, await ctx.form());
  const { go, form, fields, marks, step, fromCheck, notices, photoIssues } = sent;
  const same = { form, fields, marks, notices };
  switch (go.kind) {
    case 'send':
      return send(ctx, sent);
    case 'met':
      return sendNow(ctx, sent);
    case 'hash':
      return ctx.page(<ImageHashPage frame={frame(ctx)} token={form.token} {...{ fields, marks, fromCheck }} />);
    case 'edit':
      return showReport(ctx, { ...same, step: go.step, fromCheck: true });
    case 'back':
      return showReport(ctx, { ...same, step: Math.max(1, step - 1) as Step });
    case 'remove-photo':
      await dropUploads(ctx.desk, form.key, sent.photos.filter((id) => id !== go.id));
      return showReport(ctx, { ...same, step: 2, fromCheck });
    case 'add-photo': {
      const none = photoIssues.length === 0 && (await ctx.form()).files.length === 0;
      const words = none ? [ctx.t.portal.issues.photo_none] : photoIssues;
      return showReport(ctx, { ...same, step: 2, fromCheck, photoIssues: words });
    }
    case 'next':
      return goOn(ctx, sent);
  }
}

/** Reads what was sent: the form's token, the answers, and the pictures, each kept or refused with a reason. */
async function readSent(ctx: Ctx, body: FormBody): Promise<Sent> {
  const { form, state } = openForm(ctx.desk.keys, body.get('token'), ctx.now);
  const fields = answersOf(body.fields);
  const { kept, refused } = await keepPhotos(ctx, form.key, body, takesPhotos(fields));
  const t = ctx.t.portal.report;
  const hadPhotos = body.get('photos') !== '';
  const notices: string[] = [];
  if (state === 'missing') notices.push(t.noticeMissing);
  if (state === 'expired') notices.push(body.get('go') === 'send' ? t.noticeExpired : t.noticeExpiredStep);
  if (state !== 'open' && hadPhotos) notices.push(t.noticePhotos);
  let photos = [...(state === 'open' ? parsePhotos(body.get('photos')) : []), ...kept];
  if (!takesPhotos(fields) && photos.length > 0) {
    await dropUploads(ctx.desk, form.key, []);
    photos = [];
    notices.push(t.photosDropped);
  }
  const step = parseStep(body.get('step'));
  return {
    form, state, fields, photos, notices, step, photoIssues: refused, marks: readMarks(body, step),
    qr: 'qr' in body.fields && photos.length > 0 ? body.get('qr') : null,
    trap: trapOf(body.get(TRAP_FIELD), form, ctx.now, 'form'), go: parseGo(body.get('go')), fromCheck: body.get('from') === 'check',
  };
}

/** Keeps the pictures of a form until it is sent; says for each that was refused which and why. */
async function keepPhotos(ctx: Ctx, key: string, body: FormBody, allowed: boolean): Promise<{ kept: string[]; refused: string[] }> {
  const words = ctx.t.portal.fileIssues;
  const kept: string[] = [];
  const refused: string[] = [];
  for (const file of body.files) {
    const name = normalise(file.name).slice(0, 80);
    if (!allowed) refused.push(words.not_stored(name));
    else {
      const result = await keepOne(ctx, key, file);
      if ('id' in result) kept.push(result.id);
      else refused.push((words[result.reason as keyof typeof words] ?? words.other)(name));
    }
  }
  if (body.tooManyFiles) refused.push(words.extra(''));
  return { kept, refused };
}

async function keepOne(ctx: Ctx, key: string, file: SentFile): Promise<{ id: string } | { reason: unknown }> {
  try {
    return { id: (await keepUpload(ctx.desk, key, file)).id };
  } catch (error) {
    if (error instanceof Invalid) return { reason: error.details?.reason };
    throw error;
  }
}

/** "Continue": the page's answers are right and the next page comes, or it comes back with what is wrong. */
async function goOn(ctx: Ctx, sent: Sent): Promise<Response> {
  const { form, fields, marks, step, fromCheck, notices, photoIssues, state } = sent;
  const again = { form, fields, marks, step, fromCheck, notices, photoIssues };
  if (state === 'missing') return showReport(ctx, { ...again, status: 422 });
  if (step === 1 && fields.category === OTHER) return showReport(ctx, { ...again, explainOther: true });
  const issues = stepIssues(step, fields, await context(ctx, step === 4));
  if (Object.keys(issues).length > 0 || photoIssues.length > 0) return showReport(ctx, { ...again, issues });
  return showReport(ctx, { form, fields, marks, notices, step: stepAfter(step, fromCheck) });
}

async function context(ctx: Ctx, withCommunes = true): Promise<{ now: Date; communes: readonly CommuneOption[] }> {
  return { now: ctx.now, communes: withCommunes ? await communeOptions(ctx.desk) : [] };
}

/** "I met it too": sends what there is, with safe answers for what is missing; goes on when nothing of it is known. */
async function sendNow(ctx: Ctx, sent: Sent): Promise<Response> {
  const already = await cameBefore(ctx, sent.fields, sent.qr ?? '');
  if (!already) return goOn(ctx, sent);
  const { category, about } = already;
  return send(ctx, { ...sent, fields: withDefaults(sent.fields, { category, narrative: ctx.t.portal.metToo.story(about) }) });
}

/** "Send": stores the report and leads to its receipt, or comes back with everything that was typed. */
async function send(ctx: Ctx, sent: Sent): Promise<Response> {
  const { form, fields, marks, state, notices, photoIssues, photos, trap } = sent;
  const about = await context(ctx);
  const qr = (sent.qr ?? qrTraces((await uploadsOf(ctx.desk, form.key)).flatMap((upload) => upload.qr))).slice(0, MOST_CHARACTERS);
  const traces = tracesOf(fields, qr, marks);
  const result = reportFromFields(fields, {
    ...about, channel: 'web', language: ctx.lang, idempotencyKey: form.key, uploads: photos, qr, innocent: innocentOf(traces),
  });
  const again = { form, fields, marks, notices };
  if (!result.ok) {
    const step = firstOpenStep(fields, about);
    const issues = stepIssues(step, fields, about);
    const explainOther = step === 1 && fields.category === OTHER;
    return showReport(ctx, { ...again, step, photoIssues, issues, explainOther, fromCheck: true, status: 422 });
  }
  if (photoIssues.length > 0) return showReport(ctx, { ...again, step: 2, fromCheck: true, photoIssues });
  if (state !== 'open') return showReport(ctx, { ...again, step: LAST_STEP, status: 422 });
  if (trap) return showReport(ctx, { ...again, step: LAST_STEP, notices: [...notices, ctx.t.portal.report.trap[trap]], status: 422 });
  try {
    return await deliver(ctx, result.report, spamNumberOf(result.report, traces));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const fresh = newForm(ctx.desk.keys, ctx.now, form.startedAt);
    const words = ctx.t.portal.report;
    const said = [words.noticeConflict, ...(photos.length > 0 ? [words.noticePhotos] : [])];
    return showReport(ctx, { form: fresh, fields, marks, step: LAST_STEP, notices: said, status: 409 });
  }
}

/** Stores a report and leads to its receipt. @throws Conflict when the form was sent before with other content */
async function deliver(ctx: Ctx, report: NewReport, spam: SpamNumber | null): Promise<Response> {
  const receipt = await submitReport(ctx.desk, report);
  const value: ReceiptToken = {
    code: receipt.code, secret: receipt.secret, situation: adviceFor(report, ctx.now), receivedAt: receipt.receivedAt.toISOString(), ...(spam && { spam }),
  };
  return ctx.seeOther(localPath(ctx.lang, `${RECEIPT_PATH}?t=${sealReceipt(ctx, value)}`));
}

// ── "I met it too", from the check page and from a warning ──────────────────────────────────────────────────────────

/** Longest thing that is taken from the check page. */
const LONGEST_TRACE = 500;

/**
 * One press on a page that knows the trace: an anonymous report of nothing but that. Without a token (a page kept in a cache has
 * none) it shows what will be sent, for the one press; where nothing is known of the trace the whole form follows.
 */
async function metToo(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  const asked = { slug: body.get('warning').slice(0, 100), trace: body.get('trace').slice(0, LONGEST_TRACE) };
  const known = await metBefore(ctx, asked);
  if (!known) return ctx.seeOther(localPath(ctx.lang, `${links.report}?traces=${encodeURIComponent(asked.trace)}`));
  const isFirst = body.get('token') === '';
  const { form, state } = openForm(ctx.desk.keys, body.get('token'), ctx.now);
  const t = ctx.t.portal.metToo;
  const show = (shown: OpenForm, notice: string | null, status: 200 | 409 | 422) =>
    ctx.page(<MetTooPage frame={frame(ctx)} token={shown.token} {...asked} already={known.already} story={t.story(known.already.about)} notice={notice} />, status);
  if (isFirst) return show(newForm(ctx.desk.keys, ctx.now), null, 200);
  if (state !== 'open') return show(form, t.noticeExpired, 422);
  const trap = trapOf(body.get(TRAP_FIELD), form, ctx.now, 'oneTap');
  if (trap) return show(form, t.trap[trap], 422);
  try {
    return await deliver(ctx, {
      channel: 'web', category: known.already.category, situation: null, narrative: t.story(known.already.about), traces: known.traces, happenedOn: null, moneyLost: null,
      inDanger: false, forChild: false, communeCode: null, contact: null, senderAgencyId: null, uploads: [], language: ctx.lang, idempotencyKey: form.key,
    }, null);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return show(newForm(ctx.desk.keys, ctx.now, form.startedAt), t.noticeConflict, 409);
  }
}

/** The addresses meant and what is known of them; null when nothing is, or when it is a person's number. */
async function metBefore(ctx: Ctx, { slug, trace }: { slug: string; trace: string }): Promise<{ already: AlreadyReported; traces: string } | null> {
  const text = slug ? await warnedAddresses(ctx.desk, slug) : trace;
  const already = text === null ? null : await alreadyReported(ctx.desk, text);
  if (text === null || !already) return null;
  return { already, traces: addressesIn(text) };
}

// ── The receipt ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a receipt's address seals, for an hour; also opens the follow-up page. */
interface ReceiptToken {
  readonly code: string;
  readonly secret: string;
  readonly situation: string | null;
  /** ISO 8601 */
  readonly receivedAt: string;
  /** A number that 156 may be told about. */
  readonly spam?: SpamNumber;
  /** Names the pictures of a reply. */
  readonly key?: string;
  /** Milliseconds; when the hour began. */
  readonly sealedAt?: number;
}

function sealReceipt(ctx: Ctx, value: ReceiptToken): string {
  return ctx.desk.keys.token('receipt', { ...value, sealedAt: ctx.now.getTime() }, new Date(ctx.now.getTime() + HOUR));
}

async function showReceipt(ctx: Ctx): Promise<Response> {
  const token = ctx.query('t');
  const read = ctx.desk.keys.readToken<ReceiptToken>('receipt', token, ctx.now);
  if (!read.ok) return ctx.page(<ReceiptExpiredPage frame={frame(ctx)} />, 410);
  const { code, secret, situation, sealedAt } = read.value;
  const receivedAt = new Date(read.value.receivedAt);
  const calendar = await deskCalendar(ctx.desk);
  return ctx.page(
    <ReceiptPage
      frame={frame(ctx)}
      shownUntil={new Date((sealedAt ?? receivedAt.getTime()) + HOUR)}
      followUrl={`${publicAddress(ctx.desk)}${localPath(ctx.lang, links.follow)}?ma=${code}`}
      situation={situationByKey(situation ?? '') ?? SITUATIONS[0]!}
      due={{
        acknowledge: dueAt('acknowledge', receivedAt, calendar),
        gate: dueAt('gate', receivedAt, calendar),
        answer: dueAt('answerReporter', receivedAt, calendar),
      }}
      spam={read.value.spam ?? null}
      {...{ code, secret, receivedAt, token }}
    />,
  );
}

// ── Following a report ──────────────────────────────────────────────────────────────────────────────────────────────

function askForCodes(ctx: Ctx): Response {
  const code = parseReportCode(ctx.query('ma'))?.code ?? '';
  return ctx.page(<FollowForm frame={frame(ctx)} code={code} secret="" wrong={false} expired={false} body="" />);
}

async function follow(ctx: Ctx): Promise<Response> {
  const body = await ctx.form();
  if (!body.get('t')) return openByCodes(ctx, body);
  const read = ctx.desk.keys.readToken<ReceiptToken>('receipt', body.get('t'), ctx.now);
  if (!read.ok) return ctx.page(<FollowForm frame={frame(ctx)} code="" secret="" wrong={false} expired body={body.get('body')} />, 422);
  const reportId = await openReport(ctx.desk, read.value.code, read.value.secret);
  if (!reportId) return wrongCodes(ctx, body);
  const go = parseGo(body.get('go'));
  if (go.kind === 'remove-photo') return removeReplyPhoto(ctx, body, read.value, reportId, go.id);
  if (body.get('go') === 'review') return askReview(ctx, body, read.value, reportId);
  return body.get('go') === 'reply' ? reply(ctx, body, read.value, reportId) : showFollow(ctx, read.value, reportId);
}

async function openByCodes(ctx: Ctx, body: FormBody): Promise<Response> {
  const code = parseReportCode(body.get('code'))?.code;
  const secret = parseSecret(body.get('secret'));
  const reportId = code && secret ? await openReport(ctx.desk, code, secret) : null;
  if (!code || !secret || !reportId) return wrongCodes(ctx, body);
  return showFollow(ctx, { code, secret, situation: null, receivedAt: ctx.now.toISOString() }, reportId, { body: body.get('body') });
}

/** One answer for a wrong code, a wrong secret and a report that is gone. */
function wrongCodes(ctx: Ctx, body: FormBody): Response {
  return ctx.page(
    <FollowForm frame={frame(ctx)} code={body.get('code')} secret={body.get('secret')} wrong expired={false} body={body.get('body')} />, 422,
  );
}

async function showFollow(
  ctx: Ctx, opened: ReceiptToken, reportId: string, more: { body?: string; errors?: FieldErrors; sent?: boolean; words?: string; asked?: 'sent' | 'late' } = {},
): Promise<Response> {
  const { body = '', errors = {}, sent = false, words = '', asked = null } = more;
  const value = { ...opened, key: opened.key ?? newForm(ctx.desk.keys, ctx.now).key };
  const view = await reporterView(ctx.desk, reportId);
  await markRead(ctx.desk, reportId);
  const uploads = opened.key ? await uploadsOf(ctx.desk, opened.key) : [];
  const status = Object.values(errors).some(Boolean) ? 422 : 200;
  return ctx.page(
    <FollowPage
      frame={frame(ctx)}
      token={sealReceipt(ctx, value)}
      openUntil={new Date(ctx.now.getTime() + HOUR)}
      takesPhotos={categoryOf(view.category).storesImages}
      {...{ view, body, errors, uploads, sent, words, asked }}
    />,
    status,
  );
}

/** Takes a message; the same words sent twice in a row (a reload, a second press) count once. */
async function reply(ctx: Ctx, body: FormBody, opened: ReceiptToken, reportId: string): Promise<Response> {
  const text = normalise(body.get('body'));
  const before = await reporterView(ctx.desk, reportId);
  if (before.minimisedAt) return showFollow(ctx, opened, reportId);
  const last = before.messages.filter((message) => message.sentBy === 'reporter').at(-1);
  if (text !== '' && last?.body === text) return showFollow(ctx, opened, reportId, { sent: true });
  const key = opened.key ?? newForm(ctx.desk.keys, ctx.now).key;
  const { kept, refused } = await keepPhotos(ctx, key, body, categoryOf(before.category).storesImages);
  const issue: Issue | null = text === '' ? 'reply_missing' : text.length > MOST_CHARACTERS ? 'reply_long' : null;
  if (issue || refused.length > 0) {
    const errors = { ...(issue && { body: ctx.t.portal.issues[issue] }), ...(refused.length > 0 && { photos: refused.join(' ') }) };
    return showFollow(ctx, { ...opened, key }, reportId, { body: body.get('body'), errors });
  }
  await addReporterMessage(ctx.desk, reportId, text, [...parsePhotos(body.get('photos')), ...kept], key);
  return showFollow(ctx, { ...opened, key: undefined }, reportId, { sent: true });
}

/** Asks that another officer looks at the stop; what was typed stays on the page when it cannot be taken. */
async function askReview(ctx: Ctx, body: FormBody, opened: ReceiptToken, reportId: string): Promise<Response> {
  const words = body.get('words');
  try {
    await askStopReview(ctx.desk, reportId, words);
    return await showFollow(ctx, opened, reportId, { asked: 'sent' });
  } catch (error) {
    if (error instanceof Invalid) return showFollow(ctx, opened, reportId, { words, errors: { words: ctx.t.gate.ask.error } });
    if (error instanceof Conflict) return showFollow(ctx, opened, reportId, { words, asked: 'late' });
    throw error;
  }
}

async function removeReplyPhoto(ctx: Ctx, body: FormBody, opened: ReceiptToken, reportId: string, id: string): Promise<Response> {
  if (opened.key) await dropUploads(ctx.desk, opened.key, parsePhotos(body.get('photos')).filter((kept) => kept !== id));
  return showFollow(ctx, opened, reportId, { body: body.get('body') });
}

/** The re-encoded copy of a picture the reporter sent; without a valid token it does not exist. */
async function showPhoto(ctx: Ctx): Promise<Response> {
  const id = uuidParam(ctx);
  const read = ctx.desk.keys.readToken<ReceiptToken>('receipt', ctx.query('t'), ctx.now);
  const reportId = read.ok ? await openReport(ctx.desk, read.value.code, read.value.secret) : null;
  const copy = reportId ? await attachmentCopy(ctx.desk, { kind: 'reporter', reportId }, id) : null;
  if (!copy) throw new NotFound('picture');
  return ctx.c.body(new Uint8Array(copy.bytes), 200, { 'Content-Type': copy.type, 'Content-Disposition': 'inline' });
}

/** The page that makes codes of pictures on the reporter's own device, opened without a form. */
function showImageHash(ctx: Ctx): Response {
  const { token } = newForm(ctx.desk.keys, ctx.now);
  return ctx.page(<ImageHashPage frame={frame(ctx)} token={token} fields={{ category: 'intimate_images' }} marks={NO_MARKS} fromCheck={false} />);
}

// ── First aid, and pages about the desk ─────────────────────────────────────────────────────────────────────────────

function showFirstAid(ctx: Ctx): Response {
  const situation = situationByKey(ctx.param('key'));
  if (!situation) throw new NotFound('situation');
  return ctx.page(<FirstAidPage frame={frame(ctx)} situation={situation} />);
}

const open = { access: { kind: 'public' }, portal: true } as const;

/** Everything a citizen does with a report, and the public API of it. */
export const intakeRoutes: readonly Route[] = [
  { ...open, method: 'GET', path: links.report, handler: beginReport },
  { ...open, method: 'POST', path: links.report, limit: 'report', handler: continueReport },
  { ...open, method: 'POST', path: MET_PATH, limit: 'report', handler: metToo },
  { ...open, method: 'GET', path: HASH_PATH, handler: showImageHash },
  { ...open, method: 'GET', path: RECEIPT_PATH, handler: showReceipt },
  { ...open, method: 'GET', path: links.follow, handler: askForCodes },
  { ...open, method: 'POST', path: links.follow, limit: 'follow', handler: follow },
  { ...open, method: 'GET', path: '/tra-cuu/anh/:id', handler: showPhoto },
  { ...open, method: 'GET', path: links.firstSteps, handler: (ctx) => ctx.page(<FirstAidIndex frame={frame(ctx)} />) },
  { ...open, method: 'GET', path: `${links.firstSteps}/:key`, handler: showFirstAid },
  { ...open, method: 'GET', path: links.notDone, handler: (ctx) => ctx.page(<NotDonePage frame={frame(ctx)} />) },
  { ...open, method: 'GET', path: links.privacy, handler: (ctx) => ctx.page(<PrivacyPage frame={frame(ctx)} />) },
  ...intakeApi,
];
