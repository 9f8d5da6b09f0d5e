import { describe, expect, it } from 'vitest';
import type { FormBody } from '#platform/body.ts';
import { readForm } from '#platform/body.ts';
import { readOfficer } from './forms.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
const good = { ten: 'Nông  Thị Lan', thu: ' Lan@CaoBang.gov.vn ', 'vai-tro': 'intake', tu: '22/11/2026', den: '' };

function form(fields: Record<string, string>): Promise<FormBody> {
  return readForm(new Request('http://desk/', { method: 'POST', body: new URLSearchParams(fields) }));
}

describe('a new officer', () => {
  it('is read', async () => {
    expect(readOfficer(await form(good), NOW).value)
      .toEqual({ name: 'Nông Thị Lan', email: 'lan@caobang.gov.vn', roles: ['intake'], from: '2026-11-22', to: null });
  });

  it.each([
    [{ ten: ' ' }, { ten: 'name' }], [{ thu: 'lan' }, { thu: 'email' }], [{ 'vai-tro': 'king' }, { 'vai-tro': 'role' }], [{ tu: '21/11/2026' }, { tu: 'from' }],
    [{ tu: '31/02/2027' }, { tu: 'from' }], [{ den: 'mai' }, { den: 'to' }], [{ den: '21/11/2026' }, { den: 'before_from' }],
  ])('%j is refused: %j', async (changed, errors) => {
    const read = readOfficer(await form({ ...good, ...changed }), NOW);
    expect(read.value).toBeNull();
    expect(Object.fromEntries(Object.entries(read.errors).filter(([, error]) => error))).toEqual(errors);
  });
});
