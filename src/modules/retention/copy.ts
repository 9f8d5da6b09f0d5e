import type { Contact } from '#modules/intake/index.ts';
import type { Holdings } from './queries/holdings.ts';

/** A person's data for machines: UTF-8 JSON, times ISO 8601 in UTC, days YYYY-MM-DD, money in đồng. */
export function jsonCopy(now: Date, { view, ...rest }: Holdings, contact: Contact | null): string {
  return `${JSON.stringify({
    made_at: now, report: {
      code: view.code, category: view.category, situation: view.situation, state: view.state, channel: rest.channel, language: rest.language, received_at: view.receivedAt, due_on: view.dueOn,
      narrative: rest.minimisedAt ? null : view.narrative, happened_on: view.happenedOn, money_lost: view.moneyLost, in_danger: rest.inDanger, for_child: rest.forChild, commune: view.commune,
      agency: view.agency, stop_code: view.stopCode, erase_after: view.eraseAfter, traces: view.indicators, minimised_at: rest.minimisedAt,
    },
    contact: rest.contact && { masked: contact, kept_until: rest.contact.until }, contents_kept_until: rest.caseUntil,
    pictures: rest.files.map(({ name, type, bytes, at, sha256 }) => ({ name, media_type: type, bytes, at, sha256 })),
    messages: view.messages.map(({ sentBy, body, at }) => ({ from: sentBy, body, at })), steps: view.steps.map(({ at, to, reason }) => ({ at, state: to, reason })),
    review: view.review && { asked_at: view.review.askedAt, words: rest.reviewWords, due_on: view.review.dueOn, outcome: view.review.outcome, reason: view.review.reason, decided_at: view.review.decidedAt },
    openings: rest.openings.map(({ at, byPerson }) => ({ at, by: byPerson ? 'officer' : 'machine' })),
    requests: rest.requests.map((one) => ({
      code: one.code, kind: one.kind, state: one.state, words: one.words, filed_at: one.filedAt, answer_by: one.answerBy, do_by: one.doBy, extended_until: one.extendedUntil,
      extension_reason: one.extensionReason, outcome: one.outcome, done_at: one.doneAt,
    })),
  }, null, 2)}\n`;
}
