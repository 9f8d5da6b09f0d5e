import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Room for the signature, in hexadecimal digits. */
const ROOM = 8192;
const GAP = '/ByteRange [0 0000000000 0000000000 0000000000]';

/**
 * A one-page PDF with a signature of the kind `adbe.pkcs7.detached` (ISO 32000-1, 12.8.3.3) by a key made for it; openssl makes the CMS.
 * @param name common name of the certificate @param text what the page says
 */
export function signedPdf(name: string, text: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'lachan-ky-'));
  const at = (file: string) => join(folder, file);
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('key.pem'), '-out', at('cert.pem'), '-days', '30', '-utf8', '-subj', `/CN=${name}/O=So VHTTDL`], { stdio: 'pipe' });
    const plain = pdf(text);
    const start = plain.indexOf('/Contents <') + '/Contents '.length;
    const end = start + ROOM + 2;
    const range = `/ByteRange [0 ${String(start).padStart(10, '0')} ${String(end).padStart(10, '0')} ${String(plain.length - end).padStart(10, '0')}]`;
    plain.write(range, plain.indexOf(GAP), 'latin1');
    writeFileSync(at('signed'), Buffer.concat([plain.subarray(0, start), plain.subarray(end)]));
    execFileSync('openssl', ['cms', '-sign', '-binary', '-in', at('signed'), '-signer', at('cert.pem'), '-inkey', at('key.pem'), '-outform', 'DER', '-out', at('cms'), '-md', 'sha256'], { stdio: 'pipe' });
    plain.write(readFileSync(at('cms')).toString('hex'), start + 1, 'latin1');
    return plain;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A PDF without a signature. */
export function plainPdf(text: string): Buffer {
  return assemble(['<< /Type /Catalog /Pages 2 0 R >>', ...page(text, '')]);
}

function page(text: string, more: string): string[] {
  const stream = `BT /F1 18 Tf 72 720 Td (${text}) Tj ET`;
  return [
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${more}>>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
  ];
}

function pdf(text: string): Buffer {
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /SigFlags 3 >> >>', ...page(text, '/Annots [6 0 R] '),
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (ChuKy1) /V 7 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 >>',
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ${GAP} /Contents <${'0'.repeat(ROOM)}> /M (D:20261122090000+07'00') >>`,
  ]);
}

function assemble(objects: readonly string[]): Buffer {
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}
