import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { handOverMinutes, noticeLetter } from '#modules/notices/letter.ts';
import { renderLetter } from '#web/docx/render.ts';
import { messages } from '#web/i18n/index.ts';
import { pagesOf, printAll } from '../support/paper.ts';
import { SAMPLE_KEYS, sampleSaid } from '../support/said.ts';

const texts: Record<string, string> = {};
const says = sampleSaid();
/** Lines and spaces are the layout's own. */
const flat = (text: string) => text.normalize('NFC').replace(/\s+/g, '');

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-thong-bao-'));
  const earlier = { code: 'TB-04-261101-0001-0', on: '2026-11-01', number: '12/SVHTTDL', effectDue: '2026-11-11' };
  const pdfs = await printAll(folder, {
    notice: await renderLetter(noticeLetter(says, { kind: 'notice', phase: 'full', ending: null }, SAMPLE_KEYS, 'vi')),
    english: await renderLetter(noticeLetter(says, { kind: 'notice', phase: 'full', ending: null }, SAMPLE_KEYS, 'en')),
    minutes: await renderLetter(handOverMinutes(sampleSaid({ measure: 'REFERRAL_POLICE' }), 'vi')),
    withdrawal: await renderLetter(noticeLetter(sampleSaid({ earlier }), { kind: 'withdrawal', phase: 'full', ending: 'reversed' }, SAMPLE_KEYS, 'vi')),
  });
  for (const [name, pdf] of Object.entries(pdfs)) texts[name] = flat((await pagesOf(pdf)).map(({ text }) => text).join('\n'));
}, 180_000);

describe('letters open in LibreOffice', () => {
  it.each(['vi', 'en'] as const)('and say the six elements as they were given (%s)', (lang) => {
    const { parts } = messages(lang).notices.letter;
    const text = texts[lang === 'vi' ? 'notice' : 'english']!;
    let at = 0;
    for (const [index, title] of Object.values(parts).entries()) {
      const found = text.indexOf(flat(`${index + 1}. ${title}`), at);
      expect({ title, found: found >= at }).toEqual({ title, found: true });
      at = found;
    }
    for (const said of [says.law.citation[lang], says.facts, ...says.elements.map(({ why }) => why), says.code, SAMPLE_KEYS.secret, says.affectedCode!, SAMPLE_KEYS.affectedSecret!, says.detail['asked']!, 'vneid-capnhat[.]example/otp']) {
      expect(text).toContain(flat(said));
    }
  });

  it('and the minutes and the withdrawal too', () => {
    expect(texts['minutes']).toContain(flat('Ảnh chụp màn hình trang giả'));
    expect(texts['minutes']).toContain('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');
    expect(texts['withdrawal']).toContain(flat('Quyết định đã bị hủy bỏ sau khi được xem xét lại'));
    expect(texts['withdrawal']).toContain(flat('(số 12/SVHTTDL)'));
  });
});
