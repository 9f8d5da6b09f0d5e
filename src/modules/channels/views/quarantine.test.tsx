import { expect, test } from 'vitest';
import { UNREADABLE_REASONS } from '../edoc/errors.ts';
import { MAIL_KINDS } from '../mail/kind.ts';
import { UNREADABLE } from '../mail/unreadable.ts';
import { reasonWords } from './quarantine.tsx';

/** What keepUpload says of a picture, and what the reader of arrivals adds. */
const PICTURES = ['too_large', 'empty', 'not_an_image', 'svg', 'heic', 'zip', 'pdf', 'broken', 'too_many', 'too_many_pixels', 'not_stored', 'not_taken'].map((reason) => `picture_${reason}`);
const REASONS = [...UNREADABLE, ...UNREADABLE_REASONS, ...PICTURES, ...MAIL_KINDS.filter((kind) => kind !== 'report' && kind !== 'reply'), 'sender_unreadable', 'not_taken'];

test.each(['vi', 'en'] as const)('every reason an arrival is no report for has words of its own (%s)', (lang) => {
  const other = reasonWords({ state: 'quarantined', reason: 'never_heard_of' }, lang);
  expect(REASONS.filter((reason) => reasonWords({ state: 'quarantined', reason }, lang) === other)).toEqual([]);
  expect(REASONS.filter((reason) => /^[a-z]+_/.test(reasonWords({ state: 'quarantined', reason }, lang)))).toEqual([]);
});

test('a status says which, a discarded arrival gives the officer’s own reason', () => {
  expect(reasonWords({ state: 'set_aside', reason: 'status:06' }, 'vi')).toBe('Thông điệp trạng thái: Hoàn thành');
  expect(reasonWords({ state: 'set_aside', reason: 'status:unknown' }, 'vi')).toBe('Thông điệp trạng thái, mã lạ');
  expect(reasonWords({ state: 'discarded', reason: 'thư rác' }, 'vi')).toBe('thư rác');
  expect(reasonWords({ state: 'quarantined', reason: 'constructor' }, 'vi')).toBe('Lý do khác');
});
