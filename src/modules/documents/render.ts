import type { Tx } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import type { Letter } from '#web/docx/letter.ts';

/**
 * A document as the agency writes it: with its own template where it has one, else in the built-in layout (NĐ 30/2020 phụ lục I). An agency's template is
 * seen by the agency itself and by the system. The libraries of Word files are large and loaded with the first letter.
 */
export async function renderDocument(desk: Desk, tx: Tx, agencyId: string, letter: Letter): Promise<Uint8Array> {
  const { fillTemplate } = await import('./template-fill.ts');
  const filled = await fillTemplate(desk, tx, agencyId, letter.kind, letter);
  if (filled) return filled;
  const { renderLetter } = await import('#web/docx/render.ts');
  return renderLetter(letter);
}
