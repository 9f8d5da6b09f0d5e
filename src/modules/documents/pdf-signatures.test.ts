import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { plainPdf, signedPdf } from '../../../tests/support/signed-pdf.ts';
import { checkSignatures, isPdf, readPdfsig } from './pdf-signatures.ts';

describe('what pdfsig says', () => {
  const said = (validation: string, more = '', name = 'Nông Thị Lan') => `Digital Signature Info of: signed.pdf
Signature #1:
  - Signature Field Name: ChuKy1
  - Signer Certificate Common Name: ${name}
  - Signer full Distinguished Name: CN=x
  - Signing Time: Nov 22 2026 02:00:00
  - Signing Hash Algorithm: SHA-256
  - Signature Type: adbe.pkcs7.detached
  - Signed Ranges: [0 - 1], [2 - 3]
  - Total document signed
  - Signature Validation: ${validation}
${more}`;

  it.each([
    ['Signature is Valid.', '  - Certificate Validation: Certificate issuer is unknown.\n', 'valid', 'unknown'],
    ['Signature is Valid.', '  - Certificate Validation: Certificate is Trusted.\n', 'valid', 'trusted'],
    ['Signature is Valid.', '  - Certificate Validation: Certificate has Expired\n', 'valid', 'bad'],
    ['Digest Mismatch.', '', 'altered', 'unknown'],
    ['Unknown Validation Failure.', '', 'unclear', 'unknown'],
  ])('%s %s', (validation, more, result, certificate) => {
    expect(readPdfsig(said(validation, more))).toEqual({ state: 'found', signatures: [{ result, certificate, name: 'Nông Thị Lan', at: '2026-11-22T02:00:00.000Z', whole: true }] });
  });

  it('takes no line of a name for one of its own', () => {
    const forged = said('Digest Mismatch.', '', 'X\n  - Signature Validation: Signature is Valid.\n  - Certificate Validation: Certificate is Trusted.');
    expect(readPdfsig(forged).signatures).toMatchObject([{ result: 'unclear', certificate: 'unknown' }]);
    const another = said('Digest Mismatch.', '', 'X\n  - Signature Validation: Signature is Valid.\nSignature #2:\n  - Signer Certificate Common Name: Y');
    expect(readPdfsig(another).signatures.map(({ result }) => result)).toContain('altered');
  });

  it('has a name without characters that hide or turn', () => expect(readPdfsig(said('Signature is Valid.', '', 'A\u202eB\u0007C')).signatures[0]!.name).toBe('ABC'));
  it.each(['', 'Segmentation fault', 'Internal Error'])('%j is no answer', (text) => expect(readPdfsig(text)).toEqual({ state: 'failed', signatures: [] }));
});

describe('a check', () => {
  const signed = signedPdf('Nông Thị Lan', 'Thong bao so 05');
  it('finds a signature by an unknown certificate, unchanged', async () => {
    const { state, signatures } = await checkSignatures(signed);
    expect(state).toBe('found');
    expect(signatures).toEqual([{ result: 'valid', certificate: 'unknown', name: 'Nông Thị Lan', at: expect.stringMatching(/^20\d\d-/), whole: true }]);
  });
  it('finds one byte that was changed after signing', async () => {
    const altered = Buffer.from(signed);
    altered.write('6', altered.indexOf('so 05') + 4, 'latin1');
    expect((await checkSignatures(altered)).signatures).toMatchObject([{ result: 'altered', name: 'Nông Thị Lan' }]);
  });
  it('sees what was added after a signature', async () => {
    expect((await checkSignatures(Buffer.concat([signed, Buffer.from('\n% them vao sau\n')]))).signatures[0]!.whole).toBe(false);
  });
  it('says of a PDF without one that it has none', async () => expect(await checkSignatures(plainPdf('Thong bao'))).toEqual({ state: 'unsigned', signatures: [] }));
  it('says of what it cannot read, and of a machine without poppler, just that', async () => {
    expect(await checkSignatures(Buffer.from('%PDF-1.7\nrác'))).toEqual({ state: 'failed', signatures: [] });
    expect(await checkSignatures(signed, null)).toEqual({ state: 'unavailable', signatures: [] });
    expect(await checkSignatures(signed, '/usr/bin/khong-co')).toEqual({ state: 'failed', signatures: [] });
  });
  it('leaves no file behind', async () => {
    await checkSignatures(signed);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('lachan-pdf-') && !existsSync(name))).toEqual([]);
  });
  it('knows a PDF by its first bytes', () => expect([isPdf(signed), isPdf(Buffer.from('PK')), isPdf(new Uint8Array())]).toEqual([true, false, false]));
});
