import { extract } from '#core/indicators/index.ts';
import { normalise } from '#core/vietnamese.ts';

/** Ways to write one number that are looked for in a text. */
const MOST_SPELLINGS = 10;
const MAIL = /[^\s@<>()"“”,;:]+@[^\s@<>()"“”,;:]+\.[^\s@<>()"“”,;:.]+/gu;

/**
 * A text of the office without the numbers and addresses of people: what a drafter copied from a report by mistake does not leave
 * the desk. Telephone and account numbers are masked as on screens, mail addresses cut to their domain; links and names of sites stay.
 */
export function withoutContacts(text: string): string {
  let said = normalise(text);
  // One number written in two ways is found once: what is left is looked for again.
  for (let round = 0, before = ''; said !== before && round < MOST_SPELLINGS; round += 1) {
    before = said;
    const personal = extract(said).filter((one) => one.personal).toSorted((a, b) => b.asSent.length - a.asSent.length);
    for (const { asSent, display } of personal) said = said.replaceAll(asSent, display);
  }
  return said.replace(MAIL, (address) => `…@${address.slice(address.lastIndexOf('@') + 1)}`);
}
