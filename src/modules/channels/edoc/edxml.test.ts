import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentIdOf, QCVN_102, readEdxml, writeEdxml, writeStatus } from './edxml.ts';
import { Unreadable, Unwritable } from './errors.ts';
import { SAMPLE, SAMPLE_STATUS, tinyPdf } from './sample.ts';
import { STATUS_CODES } from './status-codes.ts';
import { type EDocument, LIMITS, type NewDocument, type NewStatus } from './types.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const XML = writeEdxml(SAMPLE);
/** Time limit of tests that handle tens of megabytes, in milliseconds. */
const HEAVY = 60_000;

function read(text: string): EDocument {
  const found = readEdxml(bytes(text));
  if (found.kind !== 'document') throw new Error(found.kind);
  return found;
}

function reasonOf(text: string | Uint8Array): string {
  try {
    readEdxml(typeof text === 'string' ? bytes(text) : text);
    return 'read';
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
}

function whyNot(changes: Partial<NewDocument>): string {
  try {
    writeEdxml({ ...SAMPLE, ...changes });
    return 'written';
  } catch (error) {
    if (error instanceof Unwritable) return `${error.at} ${error.reason}`;
    throw error;
  }
}

describe('an electronic document', () => {
  it('comes back as it was written', () => {
    expect(read(XML)).toEqual({ ...SAMPLE, kind: 'document', signature: null, warnings: [] });
  });

  it('is written in the standard’s elements, dates and Vietnam time', () => {
    expect(XML).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<edXML xmlns="http:\/\/www\.mic\.gov\.vn\/TBT\/QCVN_102_2016">/);
    for (const piece of [
      '<edXML:DocumentId>000.21.99.H14,2026/11/20,47/BC-UBND</edXML:DocumentId>', '<edXML:PromulgationDate>2026/11/20</edXML:PromulgationDate>',
      '<edXML:Timestamp>2026/11/20 09:15:30</edXML:Timestamp>', '<edXML:BussinessDocType>0</edXML:BussinessDocType>', '?ma=1&amp;buoc=2',
      '<edXML:ContentId>cid:bc-47-1</edXML:ContentId>', `<ContentTransferEncoded>${Buffer.from(tinyPdf()).toString('base64')}</ContentTransferEncoded>`,
    ]) expect(XML).toContain(piece);
  });

  const SPECIAL = [']]>', '<![CDATA[', '&', '&amp;', '<', '>', '"', "'", '\r\n', '\r', '\t', ' ', '\n', '\u0085', '\u2028', '😀', '\u200b', '%', '\u00a0'];
  const words = ['Ủy ban nhân dân', 'giả mạo', 'Đề nghị', 'NGÂN HÀNG', 'ừ', 'quý', 'https://vneid-capnhat.example/?a=1&b=2'];
  const piece = fc.oneof(fc.constantFrom(...SPECIAL), fc.constantFrom(...words), fc.constantFrom(...words.map((word) => word.normalize('NFD'))),
    fc.string({ unit: 'binary', maxLength: 4 }));
  // oxlint-disable-next-line no-control-regex
  const carried = (value: string) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  const upTo = (most: number) => fc.array(piece, { maxLength: 8 }).map((pieces) => carried(pieces.join('')))
    .map((value) => ([...value.normalize('NFC')].length > most ? [...value].slice(0, Math.floor(most / 2)).join('') : value))
    .filter((value) => [...value.normalize('NFC')].length <= most);
  const some = (most: number) => upTo(most).filter((value) => value !== '');
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  const moment = fc.integer({ min: Date.UTC(1901, 0, 1) / 1000, max: Date.UTC(2200, 0, 1) / 1000 }).map((seconds) => new Date(seconds * 1000));
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const organ = fc.record({
    organId: some(13), organizationInCharge: upTo(200), organName: upTo(200), organAdd: upTo(250), email: upTo(100), telephone: upTo(50), fax: upTo(50),
      website: upTo(100),
  });
  const staff = fc.record({ department: upTo(200), staff: upTo(100), mobile: upTo(50), email: upTo(100) });
  const response = fc.record({ organId: upTo(13), code: upTo(42), promulgatedOn: maybe(day), documentId: upTo(80) });
  const attachment = fc.record({
    contentId: fc.stringMatching(/^[\w.@-]{1,40}$/), contentType: upTo(150), name: upTo(255), description: upTo(500), content: fc.uint8Array({ maxLength: 300 }),
  });
  const document: fc.Arbitrary<NewDocument> = fc.record({
    from: organ, to: fc.array(organ, { minLength: 1, maxLength: 3 }), code: fc.record({ codeNumber: some(11), codeNotation: some(30) }), place: upTo(100),
      promulgatedOn: day,
    documentType: fc.record({ type: maybe(fc.nat(999)), typeDetail: maybe(fc.nat(999)), typeName: upTo(100) }), subject: some(500), content: upTo(20_000),
    signer: fc.record({ competence: upTo(100), position: upTo(100), fullName: upTo(50) }), dueOn: maybe(day), toPlaces: fc.array(some(100), { maxLength: 5 }),
    other: fc.record({
      priority: maybe(fc.nat(4)), sphereOfPromulgation: upTo(200), typerNotation: upTo(50), promulgationAmount: maybe(fc.nat(999)), pageAmount: maybe(fc.nat(999)),
      direction: maybe(fc.boolean()), appendixes: fc.array(some(200), { maxLength: 3 }),
    }),
    responseFor: fc.array(response, { maxLength: 3 }), steeringType: maybe(fc.nat(3)), trace: fc.array(fc.record({ organId: upTo(13), at: maybe(moment) }),
      { maxLength: 3 }),
    business: maybe(fc.record({ docType: maybe(fc.nat(3)), reason: upTo(500), documentId: upTo(80), paper: maybe(fc.nat(1)), staff: maybe(staff) })),
    attachments: fc.uniqueArray(attachment, { maxLength: 3, selector: ({ contentId }) => contentId }),
  }).map((made) => ({ ...made, documentId: documentIdOf(made.from.organId, made.promulgatedOn, made.code) }));

  it('comes back whatever its texts hold: Vietnamese in either form, markup, line ends, white space at the ends', () => {
    fc.assert(fc.property(document, (made) => {
      expect(read(writeEdxml(made))).toEqual({ ...made, kind: 'document', signature: null, warnings: [] });
    }), { numRuns: 150 });
  });

  it('brings back every status', () => {
    const status: fc.Arbitrary<NewStatus> = fc.record({
      from: organ, responseFor: fc.array(response, { minLength: 1, maxLength: 3 }), statusCode: fc.constantFrom(...STATUS_CODES.map(({ code }) => code)),
      description: upTo(500), at: maybe(moment), staff: maybe(staff),
    });
    fc.assert(fc.property(status, (made) => {
      expect(readEdxml(bytes(writeStatus(made)))).toEqual({ ...made, kind: 'status', warnings: [] });
    }), { numRuns: 100 });
    expect(readEdxml(bytes(writeStatus(SAMPLE_STATUS)))).toMatchObject({ kind: 'status', statusCode: '03', at: new Date('2026-11-20T03:00:00Z') });
  });

  it('is read or refused with a reason, whatever bytes come', () => {
    const cut = fc.tuple(fc.nat(XML.length), fc.nat(40), fc.string({ unit: fc.constantFrom('<', '>', '/', '&', ';', '"', 'a', ' ', '!', '?', '[', ']', '-', 'é') }))
      .map(([at, length, put]) => XML.slice(0, at) + put + XML.slice(at + length));
    fc.assert(fc.property(fc.oneof(cut, fc.string()), (text) => {
      expect(typeof reasonOf(text)).toBe('string');
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
      expect(reasonOf(content)).not.toBe('read');
    }));
  });

  it('has labels for each status code, once', () => {
    expect(new Set(STATUS_CODES.map(({ code }) => code)).size).toBe(9);
  });
});

describe('a file that is none', () => {
  const swap = (from: string | RegExp, to: string) => {
    const changed = XML.replace(from, to);
    expect(changed).not.toBe(XML);
    return reasonOf(changed);
  };

  it('is refused: not well-formed', () => {
    expect(reasonOf('')).toBe('malformed');
    expect(reasonOf('Kính gửi: Sở Văn hóa')).toBe('malformed');
    expect(swap('</edXML:Subject>', '')).toBe('not_balanced');
    expect(swap('</edXML:Subject>', '</edXML:Subjekt>')).toBe('not_balanced');
    expect(swap('</edXML:Subject>', '</edXML:Subject></edXML:Subject>')).toBe('not_balanced');
    expect(swap('</edXML:Subject>', '</edXML:Subject></b>')).toBe('not_balanced');
    expect(swap('</edXML:Subject>', '</edXML:Subject x="1">')).toBe('malformed');
    expect(swap(/<\/edXML>\n$/, '')).toBe('not_balanced');
    expect(swap(/<\/edXML>\n$/, '</edXML>x')).toBe('malformed');
    expect(swap(/<\/edXML>\n$/, '</edXML><edXML/>')).toBe('malformed');
    expect(swap(/<\/edXML>\n$/, '</edXML><a')).toBe('malformed');
    expect(swap('version="1.0">', 'version=1.0>')).toBe('malformed');
    expect(swap('version="1.0">', 'version="1.0" version="1.0">')).toBe('malformed');
    expect(swap('version="1.0">', '/ version="1.0">')).toBe('malformed');
    expect(swap('version="1.0">', 'q:version="1.0">')).toBe('namespace');
    expect(swap('version="1.0" encoding', 'version="1.0", encoding')).toBe('malformed');
    expect(swap('?>\n', '?><!-- a --!><b/> -->')).toBe('malformed');
    expect(swap('?>\n', '?><?a<b c?>')).toBe('malformed');
    expect(swap('Báo cáo về', 'Báo < cáo')).toBe('malformed');
    expect(swap('Báo cáo về', 'Báo ]]> cáo')).toBe('malformed');
    expect(swap('Báo cáo về', 'Báo \u0001 cáo')).toBe('malformed');
    expect(swap('Báo cáo về', 'Báo &#0; cáo')).toBe('malformed');
    expect(swap('Báo cáo về', 'Báo &#xD800; cáo')).toBe('malformed');
    expect(reasonOf(XML.slice(0, XML.length / 2))).not.toBe('read');
  });

  it('is refused: document types and entities', () => {
    const laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">]>';
    expect(swap('?>\n', `?>\n${laughs}`)).toBe('dtd');
    expect(swap('?>\n', '?>\n<!DOCTYPE edXML SYSTEM "file:///etc/passwd">')).toBe('dtd');
    expect(swap('?>\n', '?>\n<!ELEMENT edXML ANY>')).toBe('dtd');
    expect(swap('Báo cáo về', 'Báo &lol3; cáo')).toBe('entity');
    expect(swap('Báo cáo về', 'Báo & cáo')).toBe('entity');
    expect(swap('Báo cáo về', 'Báo &nbsp; cáo')).toBe('entity');
  });

  it('is refused: other namespaces and other roots', () => {
    expect(reasonOf('<edXML/>')).toBe('namespace');
    expect(reasonOf('<edXML xmlns="http://www.e-doc.vn/Schema/"/>')).toBe('namespace');
    expect(reasonOf(XML.replaceAll(QCVN_102, 'urn:x'))).toBe('namespace');
    expect(reasonOf(XML.replace(` xmlns:edXML="${QCVN_102}"`, ''))).toBe('namespace');
    expect(reasonOf('<html xmlns="http://www.w3.org/1999/xhtml"/>')).toBe('not_edxml');
    expect(reasonOf(`<edXML xmlns="${QCVN_102}"/>`)).toBe('not_edxml');
  });

  it('is refused: encodings, attachments, depth, number, size', () => {
    expect(reasonOf(new Uint8Array([0xff, 0xfe, 0x3c, 0]))).toBe('not_utf8');
    expect(swap('encoding="UTF-8"', 'encoding="windows-1258"')).toBe('not_utf8');
    expect(swap('</ContentTransferEncoded>', 'A</ContentTransferEncoded>')).toBe('base64');
    expect(swap(/.{3}<\/ContentTransferEncoded>/, '</ContentTransferEncoded>')).toBe('base64');
    expect(swap('<ContentTransferEncoded>', '<ContentTransferEncoded>JV=E')).toBe('base64');
    const [one = ''] = /<Attachment>[^]*<\/Attachment>/.exec(XML) ?? [];
    expect(swap('</AttachmentEncoded>', `${one.repeat(20)}</AttachmentEncoded>`)).toBe('too_many_attachments');
    expect(swap('<ContentTransferEncoded>', `<ContentTransferEncoded>${'QUJD'.repeat(14_000_000)}`)).toBe('attachments_too_large');
    const half = one.replace(/<ContentTransferEncoded>[^<]*/, `<ContentTransferEncoded>${'QUJD'.repeat(7_000_000)}`);
    expect(swap(one, half)).toBe('read');
    expect(swap(one, half + half)).toBe('attachments_too_large');
    expect(swap('Báo cáo về', '<a>'.repeat(50) + '</a>'.repeat(50))).toBe('too_deep');
    expect(swap('Báo cáo về', '<a/>'.repeat(25_000))).toBe('too_many_elements');
    expect(swap('Báo cáo về', 'x'.repeat(300_000))).toBe('too_large');
    expect(reasonOf(new Uint8Array(LIMITS.fileBytes + 1))).toBe('too_large');
  }, HEAVY);

  it('is refused in time that grows with its length only (a quadratic reader would take hours)', () => {
    const hostile = [
      '<a '.repeat(2e6), '<!--'.repeat(2e6), `${XML}${'<!--'.repeat(2e6)}`, '<![CDATA['.repeat(1e6), '&'.repeat(5e6), '</a'.repeat(2e6),
        `<a ${'b="c" '.repeat(1e6)}>`,
      ' '.repeat(8e6), '<?'.repeat(3e6), XML.replace('Báo cáo về', `${'&#9;'.repeat(60_000)}<`),
    ];
    for (const text of hostile) expect(reasonOf(text)).not.toBe('read');
    expect(reasonOf(XML.replace('Báo cáo về', ' '.repeat(190_000)))).toBe('read');
  }, HEAVY);
});

describe('a reader that forgives', () => {
  it('reads what other offices write: no prefixes, prefixed root, CDATA, dd/mm/yyyy, white space, own text as base64', () => {
    const text = `\ufeff<?xml version='1.0' standalone="yes" ?><!-- x --><?ghi chú?><q:edXML xmlns:q="${QCVN_102}"><q:edXMLEnvelope><edXMLHeader><MessageHeader>
      <From><OrganId> 000.00.11.H53
      </OrganId></From><To><OrganId>000.00.01.A53</OrganId></To><DocumentId>x</DocumentId><Code><CodeNumber/><CodeNotation></CodeNotation></Code>
      <PromulgationInfo><PromulgationDate>30/10/2026</PromulgationDate></PromulgationInfo><Subject><![CDATA[ Lừa đảo\r\n<b> & ]]>&#x111;</Subject>
      <OtherInfo><Priority>9</Priority><Appendixes><Appendix/></Appendixes></OtherInfo><DueDate>31/02/2026</DueDate></MessageHeader>
      <TraceHeaderList><Business><BusinessDocType>1</BusinessDocType></Business></TraceHeaderList>
      <s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:SignedInfo a='1'/></s:Signature></edXMLHeader>
      <edXMLBody><edXMLManifest><Reference><ContentId>cid:1</ContentId><AttachmentName>ảnh.png</AttachmentName></Reference>
      <Reference><ContentId>cid:2</ContentId></Reference></edXMLManifest></edXMLBody>
      </q:edXMLEnvelope><AttachmentEncoded><Attachment>QUJD
      RA==<ContentId>1</ContentId></Attachment></AttachmentEncoded></q:edXML>`;
    const found = read(text);
    expect(found).toMatchObject({
      from: { organId: '000.00.11.H53' }, promulgatedOn: '2026-10-30', subject: ' Lừa đảo\n<b> & đ', dueOn: null, business: { docType: 1 },
        other: { priority: null, appendixes: [] },
      signature: '<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:SignedInfo a=\'1\'/></s:Signature>',
      attachments: [{ contentId: '1', name: 'ảnh.png', content: bytes('ABCD') }],
    });
    expect(new Set(found.warnings)).toEqual(new Set([
      { at: 'MessageHeader.DueDate', reason: 'date_unreadable' }, { at: 'OtherInfo.Priority', reason: 'number_unreadable' },
      { at: 'edXMLManifest.Reference', reason: 'attachment_missing' },
    ]));
  });

  it('warns of what is missing, repeated, too long or unknown', () => {
    const subject = 'Về việc '.repeat(100);
    const found = read(XML.replace(/<edXML:To>[^]*?<\/edXML:To>/g, '').replace(/Báo cáo về[^<]*/, subject).replace('<edXML:DueDate>',
      '<edXML:DueDate/><edXML:DueDate>'));
    expect(found.subject).toBe(subject.trim());
    expect(found.warnings).toEqual(expect.arrayContaining([
      { at: 'MessageHeader.To', reason: 'missing' }, { at: 'MessageHeader.Subject', reason: 'too_long' }, { at: 'MessageHeader.DueDate', reason: 'repeated' },
    ]));
    const status = readEdxml(bytes(writeStatus(SAMPLE_STATUS).replace('<edXML:StatusCode>03', '<edXML:StatusCode>99')));
    expect(status).toMatchObject({ kind: 'status', statusCode: null, warnings: [{ at: 'MessageHeader.StatusCode', reason: 'code_unknown' }] });
  });
});

describe('a writer that does not', () => {
  it('refuses what is missing, too long, or cannot be carried', () => {
    expect(whyNot({})).toBe('written');
    expect(whyNot({ to: [] })).toBe('To.OrganId missing');
    expect(whyNot({ subject: '' })).toBe('MessageHeader.Subject missing');
    expect(whyNot({ subject: 'ố'.normalize('NFD').repeat(500) })).toBe('written');
    expect(whyNot({ subject: 'ố'.repeat(501) })).toBe('Subject too_long');
    expect(whyNot({ content: 'a\u0000b' })).toBe('Content character');
    expect(whyNot({ content: '\ud800' })).toBe('Content character');
    expect(whyNot({ documentId: 'x' })).toBe('MessageHeader.DocumentId document_id');
    expect(whyNot({ dueOn: '2026-02-30' })).toBe('DueDate date');
    expect(whyNot({ trace: [{ organId: 'H14', at: new Date(Number.NaN) }] })).toBe('Timestamp date');
    expect(whyNot({ other: { ...SAMPLE.other, priority: 5 } })).toBe('Priority number');
    expect(whyNot({ from: { ...SAMPLE.from, organName: 'x'.repeat(201) } })).toBe('OrganName too_long');
    expect(whyNot({ attachments: [{ ...SAMPLE.attachments[0]!, contentId: 'a<b' }] })).toBe('Attachment.ContentId content_id');
    expect(whyNot({ attachments: Array.from({ length: 21 }, () => SAMPLE.attachments[0]!) })).toBe('AttachmentEncoded.Attachment too_many');
    expect(() => writeStatus({ ...SAMPLE_STATUS, responseFor: [] })).toThrow(Unwritable);
  });
});

describe('size', () => {
  it('reads 40 MiB of attachments', () => {
    const content = new Uint8Array(2 * 1024 * 1024).fill(37);
    const attachments = Array.from({ length: 20 }, (_, i) => ({ ...SAMPLE.attachments[0]!, contentId: `a${i}`, content }));
    const found = readEdxml(bytes(writeEdxml({ ...SAMPLE, attachments }))) as EDocument;
    expect(found.attachments).toHaveLength(20);
    expect(Buffer.compare(found.attachments[19]!.content, content)).toBe(0);
  }, HEAVY);
});
