/**
 * Electronic documents in the manner of QCVN 102:2016/BTTTT (`.edxml`): read tolerantly (warnings), written strictly. Our own encoder, made from
 * public descriptions and open clients of the national axis; no official schema was found and nothing here is certified as conforming.
 * A `Signature` is kept as it stands and is not verified.
 */
import { fromBase64 } from '../feeds/base64.ts';
import { readDay, readMoment, writeDay, writeMoment } from './dates.ts';
import { Unreadable, Unwritable } from './errors.ts';
import { isStatusCode } from './status-codes.ts';
import {
  type Attachment, type Business, CODE_FIELDS, type Code, type EDocument, type EStatus, HIGHEST_PRIORITY, LIMITS, MOST, type NewDocument,
  type NewStatus, ORGAN_FIELDS, type Organ, type ResponseFor, SIGNER_FIELDS, STAFF_FIELDS, type Warning,
} from './types.ts';
import { escaped, isCarried, parseXml, trimmed, unescaped, type XmlElement } from './xml.ts';

/** Namespace of QCVN 102:2016/BTTTT. */
export const QCVN_102 = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
/** Escaped characters of one field beyond which a file is nobody's letter. */
const MOST_RAW = 200_000;
/** Characters of a text that are kept, whatever its field. */
const MOST_KEPT = 20_000;

type TextFields = readonly (readonly [key: string, element: string, most: number])[];

/** `OrganId,yyyy/MM/dd,number/notation`. @param promulgatedOn yyyy-mm-dd */
export function documentIdOf(organId: string, promulgatedOn: string, { codeNumber, codeNotation }: Code): string {
  return `${organId},${promulgatedOn.replaceAll('-', '/')},${codeNumber}/${codeNotation}`;
}

/**
 * A document or a status from the bytes of an `.edxml` file (UTF-8). What is missing, too long or misspelt is a warning; text over a field's length is
 * kept up to 20,000 characters. Throws `Unreadable` when the file is too large, is not well-formed, has a DTD, is in no or another namespace, or when an
 * attachment is not base64, or there are more than 20 of them or more than 40 MiB together.
 */
export function readEdxml(bytes: Uint8Array): EDocument | EStatus {
  if (bytes.length > LIMITS.fileBytes) throw new Unreadable('too_large');
  const root = parseXml(decoded(bytes));
  if (root.name === 'edXML' && root.namespace === '') throw new Unreadable('namespace');
  if (root.name !== 'edXML' || root.namespace !== QCVN_102) throw new Unreadable(root.name === 'edXML' ? 'namespace' : 'not_edxml');
  const envelope = childOf(root, 'edXMLEnvelope');
  const header = childOf(envelope, 'edXMLHeader');
  const message = childOf(header, 'MessageHeader');
  if (envelope === null || header === null || message === null) throw new Unreadable('not_edxml');
  const reader = new Reader();
  return childOf(message, 'StatusCode') === null ? readDocument(reader, root, envelope, header, message) : readStatus(reader, message);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('not_utf8');
  }
}

function childrenOf(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name && (child.namespace === QCVN_102 || child.namespace === '')) ?? [];
}

function childOf(element: XmlElement | null, name: string): XmlElement | null {
  return childrenOf(element, name)[0] ?? null;
}

/** Takes fields out of elements and remembers what was wrong with them. */
class Reader {
  readonly warnings: Warning[] = [];

  warn(at: string, reason: Warning['reason']): void {
    if (this.warnings.length < LIMITS.warnings) this.warnings.push({ at, reason });
  }

  one(parent: XmlElement | null, name: string): XmlElement | null {
    const all = childrenOf(parent, name);
    if (all.length > 1) this.warn(pathOf(parent, name), 'repeated');
    return all[0] ?? null;
  }

  many(parent: XmlElement | null, name: string, most: number): XmlElement[] {
    const all = childrenOf(parent, name);
    if (all.length > most) this.warn(pathOf(parent, name), 'too_many');
    return all.slice(0, most);
  }

  textIn(element: XmlElement, at: string, most: number): string {
    if (element.raw.length > MOST_RAW) throw new Unreadable('too_large');
    const text = unescaped(trimmed(element.raw));
    if (lengthOf(text) > most) this.warn(at, 'too_long');
    return text.length > MOST_KEPT ? text.slice(0, MOST_KEPT).replace(/[\ud800-\udbff]$/, '') : text;
  }

  text(parent: XmlElement | null, name: string, most: number): string {
    const element = this.one(parent, name);
    return element === null ? '' : this.textIn(element, pathOf(parent, name), most);
  }

  needed(parent: XmlElement | null, name: string, most: number): string {
    const text = this.text(parent, name, most);
    if (text === '') this.warn(pathOf(parent, name), 'missing');
    return text;
  }

  texts<F extends TextFields>(parent: XmlElement | null, fields: F): { [Key in F[number][0]]: string } {
    return Object.fromEntries(fields.map(([key, name, most]) => [key, this.text(parent, name, most)])) as { [Key in F[number][0]]: string };
  }

  number(parent: XmlElement | null, name: string, most: number): number | null {
    const text = this.text(parent, name, 20);
    if (text === '') return null;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value <= most) return value;
    this.warn(pathOf(parent, name), 'number_unreadable');
    return null;
  }

  day(parent: XmlElement | null, name: string): string | null {
    const text = this.text(parent, name, 20);
    const day = readDay(text);
    if (text !== '' && day === null) this.warn(pathOf(parent, name), 'date_unreadable');
    return day;
  }

  moment(parent: XmlElement | null, name: string): Date | null {
    const text = this.text(parent, name, 20);
    const moment = readMoment(text);
    if (text !== '' && moment === null) this.warn(pathOf(parent, name), 'date_unreadable');
    return moment;
  }
}

function pathOf(parent: XmlElement | null, name: string): string {
  return parent === null ? name : `${parent.name}.${name}`;
}

/** Characters as a person counts them, whichever way marks are composed. */
function lengthOf(text: string): number {
  return [...text.normalize('NFC')].length;
}

function readDocument(reader: Reader, root: XmlElement, envelope: XmlElement, header: XmlElement, message: XmlElement): EDocument {
  const [promulgation, type, other] = [reader.one(message, 'PromulgationInfo'), reader.one(message, 'DocumentType'), reader.one(message, 'OtherInfo')];
  const traces = reader.one(header, 'TraceHeaderList');
  const to = reader.many(message, 'To', LIMITS.to);
  if (to.length === 0) reader.warn('MessageHeader.To', 'missing');
  const direction = reader.text(other, 'Direction', 5).toLowerCase();
  return {
    kind: 'document',
    from: readFrom(reader, message),
    to: to.map((organ) => reader.texts(organ, ORGAN_FIELDS)),
    documentId: reader.needed(message, 'DocumentId', MOST.documentId),
    code: reader.texts(reader.one(message, 'Code'), CODE_FIELDS),
    place: reader.text(promulgation, 'Place', MOST.place),
    promulgatedOn: reader.day(promulgation, 'PromulgationDate'),
    documentType: {
      type: reader.number(type, 'Type', 999), typeDetail: reader.number(type, 'TypeDetail', 999), typeName: reader.text(type, 'TypeName', MOST.typeName),
    },
    subject: reader.needed(message, 'Subject', MOST.subject),
    content: reader.text(message, 'Content', MOST.content),
    signer: reader.texts(reader.one(message, 'SignerInfo'), SIGNER_FIELDS),
    dueOn: reader.day(message, 'DueDate'),
    toPlaces: readList(reader, reader.one(message, 'ToPlaces'), 'Place', LIMITS.toPlaces, MOST.toPlaces),
    other: {
      priority: reader.number(other, 'Priority', HIGHEST_PRIORITY),
      sphereOfPromulgation: reader.text(other, 'SphereOfPromulgation', MOST.sphere),
      typerNotation: reader.text(other, 'TyperNotation', MOST.typerNotation),
      promulgationAmount: reader.number(other, 'PromulgationAmount', 999),
      pageAmount: reader.number(other, 'PageAmount', 999),
      direction: direction === '' ? null : direction === 'true' || direction === '1',
      appendixes: readList(reader, reader.one(other, 'Appendixes'), 'Appendix', LIMITS.appendixes, MOST.appendix),
    },
    responseFor: readResponseFor(reader, message),
    steeringType: reader.number(message, 'SteeringType', 3),
    trace: reader.many(traces, 'TraceHeader', LIMITS.trace).map((trace) => ({ organId: reader.text(trace, 'OrganId', 13), at: reader.moment(trace, 'Timestamp') })),
    business: readBusiness(reader, childOf(traces, 'Bussiness') ?? childOf(traces, 'Business')),
    attachments: readAttachments(reader, root, envelope),
    signature: signatureOf(header),
    warnings: reader.warnings,
  };
}

function readStatus(reader: Reader, message: XmlElement): EStatus {
  const code = reader.text(message, 'StatusCode', 2);
  const known = code.padStart(2, '0');
  if (!isStatusCode(known)) reader.warn('MessageHeader.StatusCode', 'code_unknown');
  const staff = reader.one(message, 'StaffInfo');
  return {
    kind: 'status',
    from: readFrom(reader, message),
    responseFor: readResponseFor(reader, message),
    statusCode: isStatusCode(known) ? known : null,
    description: reader.text(message, 'Description', MOST.description),
    at: reader.moment(message, 'Timestamp'),
    staff: staff === null ? null : reader.texts(staff, STAFF_FIELDS),
    warnings: reader.warnings,
  };
}

function readFrom(reader: Reader, message: XmlElement): Organ {
  const from = reader.one(message, 'From');
  if (childOf(from, 'OrganId') === null) reader.warn('From.OrganId', 'missing');
  return reader.texts(from, ORGAN_FIELDS);
}

/** Texts of a list without its empty entries, which senders write for "none". */
function readList(reader: Reader, parent: XmlElement | null, name: string, count: number, most: number): string[] {
  const texts = reader.many(parent, name, count).map((element) => reader.textIn(element, pathOf(parent, name), most));
  return texts.filter((text) => text !== '');
}

function readResponseFor(reader: Reader, message: XmlElement): ResponseFor[] {
  return reader.many(message, 'ResponseFor', LIMITS.responseFor).map((response) => ({
    organId: reader.text(response, 'OrganId', 13),
    code: reader.text(response, 'Code', MOST.code),
    promulgatedOn: reader.day(response, 'PromulgationDate'),
    documentId: reader.text(response, 'DocumentId', MOST.documentId),
  }));
}

function readBusiness(reader: Reader, business: XmlElement | null): Business | null {
  if (business === null) return null;
  const [type, reason] = ['DocType', 'DocReason'].map((end) => (childOf(business,
    `Bussiness${end}`) === null ? `Business${end}` : `Bussiness${end}`)) as [string, string];
  const staff = reader.one(business, 'StaffInfo');
  return {
    docType: reader.number(business, type, 3),
    reason: reader.text(business, reason, MOST.reason),
    documentId: reader.text(business, 'DocumentId', MOST.documentId),
    paper: reader.number(business, 'Paper', 1),
    staff: staff === null ? null : reader.texts(staff, STAFF_FIELDS),
  };
}

function readAttachments(reader: Reader, root: XmlElement, envelope: XmlElement): Attachment[] {
  const manifest = childOf(childOf(envelope, 'edXMLBody'), 'edXMLManifest');
  const references = new Map(reader.many(manifest, 'Reference', LIMITS.attachments * 5).map((reference) => [contentIdOf(reader, reference), reference]));
  const found = [root, envelope].flatMap((parent) => childrenOf(parent, 'AttachmentEncoded')).flatMap((list) => childrenOf(list, 'Attachment'));
  if (found.length > LIMITS.attachments) throw new Unreadable('too_many_attachments');
  let room: number = LIMITS.attachmentBytes;
  const attachments = found.map((element): Attachment => {
    const contentId = contentIdOf(reader, element);
    const reference = references.get(contentId) ?? null;
    references.delete(contentId);
    const content = contentOf(element, room);
    room -= content.length;
    const text = (name: string, most: number) => reader.text(element, name, most) || reader.text(reference, name, most);
    return {
      contentId, contentType: text('ContentType', MOST.contentType), name: text('AttachmentName', MOST.attachmentName),
      description: text('Description', MOST.description), content,
    };
  });
  for (const _ of references) reader.warn('edXMLManifest.Reference', 'attachment_missing');
  return attachments;
}

function contentIdOf(reader: Reader, element: XmlElement): string {
  return reader.text(element, 'ContentId', MOST.contentId + 4).replace(/^cid:/i, '');
}

/** The base64 stands in `ContentTransferEncoded`, or is the text of the attachment itself. */
function contentOf(attachment: XmlElement, room: number): Uint8Array {
  const { raw } = childOf(attachment, 'ContentTransferEncoded') ?? attachment;
  const content = fromBase64(raw, room);
  if (content === 'too_large') throw new Unreadable('attachments_too_large');
  if (content === 'unreadable') throw new Unreadable('base64');
  return content;
}

function signatureOf(header: XmlElement): string | null {
  const signature = header.children.find(({ name }) => name === 'Signature' || name === 'DigitalSignature');
  return signature?.source() ?? null;
}

/**
 * A document as the text of an `.edxml` file. Throws `Unwritable` for what the format, NĐ 30/2020 or the standard's field lengths do not allow: no
 * sender, receiver, number, day or subject; text that is too long or has characters XML cannot carry; a `documentId` that is not `documentIdOf`.
 * A signature is never written: signing is done by the agency's own certificate outside this product.
 */
export function writeEdxml(document: NewDocument): string {
  const { from, to, code, documentType, other, business, attachments } = document;
  checkDocument(document);
  const message = element('MessageHeader', [
    organ('From', from), ...to.map((one) => organ('To', one)),
    text('DocumentId', document.documentId, MOST.documentId),
    element('Code', texts('Code', CODE_FIELDS, code)),
    element('PromulgationInfo', [text('Place', document.place, MOST.place), day('PromulgationDate', document.promulgatedOn)]),
    element('DocumentType', [number('Type', documentType.type, 999), number('TypeDetail', documentType.typeDetail, 999), text('TypeName', documentType.typeName,
      MOST.typeName)]),
    text('Subject', document.subject, MOST.subject), text('Content', document.content, MOST.content),
    element('SignerInfo', texts('SignerInfo', SIGNER_FIELDS, document.signer)),
    day('DueDate', document.dueOn),
    element('ToPlaces', document.toPlaces.map((place) => text('Place', place, MOST.toPlaces))),
    element('OtherInfo', [
      number('Priority', other.priority, HIGHEST_PRIORITY), text('SphereOfPromulgation', other.sphereOfPromulgation, MOST.sphere),
      text('TyperNotation', other.typerNotation, MOST.typerNotation), number('PromulgationAmount', other.promulgationAmount, 999),
      number('PageAmount', other.pageAmount, 999), other.direction === null ? '' : text('Direction', String(other.direction), 5),
      element('Appendixes', other.appendixes.map((appendix) => text('Appendix', appendix, MOST.appendix))),
    ]),
    ...document.responseFor.map(responseFor),
    number('SteeringType', document.steeringType, 3),
  ]);
  const trace = element('TraceHeaderList', [
    ...document.trace.map(({ organId, at }) => element('TraceHeader', [text('OrganId', organId, 13), moment('Timestamp', at)])),
    business === null ? '' : writeBusiness(business),
  ]);
  const body = element('edXMLBody', [`<edXML:edXMLManifest version="1.0">${attachments.map(reference).join('')}</edXML:edXMLManifest>`]);
  return file([element('edXMLHeader', [message, trace]), body], encodedAttachments(attachments));
}

/** A status as the text of an `.edxml` file; throws `Unwritable` as `writeEdxml` does. */
export function writeStatus(status: NewStatus): string {
  if (status.from.organId === '') throw new Unwritable('missing', 'From.OrganId');
  if (status.responseFor.length === 0) throw new Unwritable('missing', 'MessageHeader.ResponseFor');
  if (status.responseFor.length > LIMITS.responseFor) throw new Unwritable('too_many', 'MessageHeader.ResponseFor');
  if (!isStatusCode(status.statusCode)) throw new Unwritable('number', 'MessageHeader.StatusCode');
  const message = element('MessageHeader', [
    organ('From', status.from), ...status.responseFor.map(responseFor),
    status.staff === null ? '' : element('StaffInfo', texts('StaffInfo', STAFF_FIELDS, status.staff)),
    text('StatusCode', status.statusCode, 2), text('Description', status.description, MOST.description), moment('Timestamp', status.at),
  ]);
  return file([element('edXMLHeader', [message])], '');
}

function checkDocument({ from, to, code, promulgatedOn, subject, documentId, toPlaces, other, responseFor: responses, trace, attachments }: NewDocument): void {
  const needed: readonly (readonly [string, string | null | undefined])[] = [
    ['From.OrganId', from.organId], ['To.OrganId', to[0]?.organId], ['Code.CodeNumber', code.codeNumber], ['Code.CodeNotation', code.codeNotation],
    ['PromulgationInfo.PromulgationDate', promulgatedOn], ['MessageHeader.Subject', subject],
  ];
  const absent = needed.find(([, value]) => value === undefined || value === null || value === '');
  if (absent !== undefined) throw new Unwritable('missing', absent[0]);
  if (documentId !== documentIdOf(from.organId, promulgatedOn ?? '', code)) throw new Unwritable('document_id', 'MessageHeader.DocumentId');
  const lists: readonly (readonly [string, number, number])[] = [
    ['MessageHeader.To', to.length, LIMITS.to], ['ToPlaces.Place', toPlaces.length, LIMITS.toPlaces], ['Appendixes.Appendix', other.appendixes.length,
      LIMITS.appendixes],
    ['MessageHeader.ResponseFor', responses.length, LIMITS.responseFor], ['TraceHeaderList.TraceHeader', trace.length, LIMITS.trace],
    ['AttachmentEncoded.Attachment', attachments.length, LIMITS.attachments],
  ];
  const full = lists.find(([, count, most]) => count > most);
  if (full !== undefined) throw new Unwritable('too_many', full[0]);
  if (lengthOf(toPlaces.join('')) > MOST.toPlaces) throw new Unwritable('too_long', 'MessageHeader.ToPlaces');
  if ([...toPlaces, ...other.appendixes].includes('')) throw new Unwritable('missing', 'ToPlaces.Place');
  const ids = attachments.map(({ contentId }) => contentId);
  if (new Set(ids).size < ids.length || !ids.every((id) => /^[\w.@-]+$/.test(id))) throw new Unwritable('content_id', 'Attachment.ContentId');
  if (attachments.reduce((sum, { content }) => sum + content.length, 0) > LIMITS.attachmentBytes) throw new Unwritable('too_large', 'AttachmentEncoded');
}

function file(inEnvelope: readonly string[], afterEnvelope: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="${QCVN_102}">\n`
    + `<edXML:edXMLEnvelope xmlns:edXML="${QCVN_102}">${inEnvelope.join('')}\n</edXML:edXMLEnvelope>${afterEnvelope}\n</edXML>\n`;
}

/** An element of the envelope, where the standard's implementations prefix every name. */
function element(name: string, inside: readonly string[]): string {
  return `\n<edXML:${name}>${inside.join('')}</edXML:${name}>`;
}

function text(name: string, value: string, most: number): string {
  return `\n<edXML:${name}>${checked(name, value, most)}</edXML:${name}>`;
}

function checked(name: string, value: string, most: number): string {
  if (!isCarried(value)) throw new Unwritable('character', name);
  if (lengthOf(value) > most || value.length > MOST_KEPT) throw new Unwritable('too_long', name);
  return escaped(value);
}

function texts<F extends TextFields>(parent: string, fields: F, values: Readonly<Record<F[number][0], string>>): string[] {
  return fields.map(([key, name, most]) => {
    const value = values[key as F[number][0]];
    if (!isCarried(value)) throw new Unwritable('character', `${parent}.${name}`);
    return text(name, value, most);
  });
}

function number(name: string, value: number | null, most: number): string {
  if (value === null) return '';
  if (!Number.isInteger(value) || value < 0 || value > most) throw new Unwritable('number', name);
  return text(name, String(value), 9);
}

function day(name: string, value: string | null): string {
  if (value === null) return '';
  const written = writeDay(value);
  if (written === null) throw new Unwritable('date', name);
  return text(name, written, 10);
}

function moment(name: string, value: Date | null): string {
  if (value === null) return '';
  const written = writeMoment(value);
  if (written === null) throw new Unwritable('date', name);
  return text(name, written, 19);
}

function organ(name: string, value: Organ): string {
  return element(name, texts(name, ORGAN_FIELDS, value));
}

function responseFor({ organId, code, promulgatedOn, documentId }: ResponseFor): string {
  return element('ResponseFor', [
    text('OrganId', organId, 13), text('Code', code, MOST.code), day('PromulgationDate', promulgatedOn), text('DocumentId', documentId, MOST.documentId),
  ]);
}

function writeBusiness({ docType, reason, documentId, paper, staff }: Business): string {
  return element('Bussiness', [
    text('DocumentId', documentId, MOST.documentId), number('BussinessDocType', docType, 3), text('BussinessDocReason', reason, MOST.reason),
    number('Paper', paper, 1), staff === null ? '' : element('StaffInfo', texts('StaffInfo', STAFF_FIELDS, staff)),
  ]);
}

function reference({ contentId, contentType, name, description }: Attachment): string {
  return element('Reference', [
    text('ContentId', `cid:${contentId}`, MOST.contentId + 4), text('ContentType', contentType, MOST.contentType),
    text('Description', description, MOST.description), text('AttachmentName', name, MOST.attachmentName),
  ]);
}

/** Beside the envelope, in the default namespace. */
function encodedAttachments(attachments: readonly Attachment[]): string {
  if (attachments.length === 0) return '';
  const encoded = attachments.map(({ contentId, contentType, name, description, content }) => {
    const facts = [['ContentId', `cid:${contentId}`], ['AttachmentName', name], ['Description', description], ['ContentType', contentType]] as const;
    const inside = facts.map(([tag, value]) => `\n<${tag}>${escaped(value)}</${tag}>`).join('');
    return `\n<Attachment>${inside}\n<ContentTransferEncoded>${Buffer.from(content).toString('base64')}</ContentTransferEncoded>\n</Attachment>`;
  });
  return `\n<AttachmentEncoded>${encoded.join('')}\n</AttachmentEncoded>`;
}
