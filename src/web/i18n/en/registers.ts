import type { Messages } from '../types.ts';

/** Registers of documents and an agency's own templates (Decree 30/2020/NĐ-CP). */
export const registers: Messages['registers'] = {
  title: 'Registers of documents',
  tabs: { label: 'Registers', di: 'Outgoing', den: 'Incoming', 'theo-doi': 'Follow-up' },
  books: { di: 'Register of outgoing documents', den: 'Register of incoming documents', 'theo-doi': 'Follow-up register of incoming documents' },
  leads: {
    di: 'Numbers and days follow each other within the year, each number is used once. Only the clerk issues numbers.',
    den: 'Paper and electronic documents share one series of numbers a year. What the counter numbered is here already.',
    'theo-doi': 'Incoming documents that were given to an officer or have a day by which to handle them.',
  },
  columns: {
    di: ['Number and symbol', 'Date of document', 'Kind and subject', 'Signed by', 'Addressees', 'Keeper of the file copy', 'Copies', 'Sent on', 'Receipt', 'Remarks'],
    den: ['Arrived on', 'Incoming number', 'Issuer', 'Number and symbol', 'Date of document', 'Kind and subject', 'Unit or person', 'Passed on', 'Receipt', 'Remarks'],
    'theo-doi': ['Incoming number', 'Kind, number, symbol, date and issuer', 'Unit or person', 'To be handled by', 'Progress', 'Number and symbol of the answer', 'Remarks'],
  },
  period: { from: 'From', to: 'To', show: 'Show', wrong: 'Write two days such as 01/01/2026 and 31/12/2026, the first not after the second.', line: (from, to) => `From ${from} to ${to}`, year: (year) => `Year ${year}` },
  exports: { label: 'Download or print:', print: 'Print view', more: (most) => `Only the first ${most} rows are shown. Choose a shorter period or download a spreadsheet.`, back: 'Back to the register', printLead: 'Print on A4 landscape.' },
  empty: {
    di: 'No outgoing documents in this period', diHelp: 'What is written in the desk waits here for its number. For what was written elsewhere the clerk presses “Add an outgoing document”.',
    den: 'No incoming documents in this period', denHelp: 'For a document that did not pass the counter the clerk presses “Register an incoming document”.',
    'theo-doi': 'No incoming document was given to anybody in this period', 'theo-doiHelp': 'Open an incoming document and pass it on to see it here.',
  },
  kindTitle: (kind, title) => `${kind}: ${title}`,
  cancelled: (reason) => `Number cancelled: ${reason}`,
  gapNote: (reason) => `Numbers before it left out: ${reason}`,
  correctsNote: (number) => `Corrects or replaces ${number}`,
  answeredNote: (date) => `Answered on ${date}`,
  late: 'Late', waitingBadge: 'Waiting for a number', cancelledBadge: 'Cancelled', urgencyNone: 'Not urgent',
  gaps: (list, year) => `Numbers left out in ${year}: ${list}.`,
  arrivals: { letter: 'Letter by post', edxml: 'Electronic document', other: 'Arrival', title: (code) => `Report ${code}`, waiting: 'Not read yet', kind: 'Letter' },

  out: {
    waiting: 'Waiting for a number', waitingNone: 'Nothing waits for a number.', add: 'Add an outgoing document', addLead: 'For a document written elsewhere. It then waits for its number.',
    reserved: (who, when) => `${who}, ${when}`, open: 'Open the document', issue: 'Issue a number', issueTitle: 'Issue the number', issueLead: 'Once issued, number, day and contents are fixed. A mistake is cancelled or corrected by another document.',
    issueOnly: 'The clerk of the agency issues numbers.', kind: 'Kind', subject: 'Subject', subjectHint: 'Without “V/v”.', urgency: 'Urgency', addressees: 'Addressees', addresseesHint: 'One a line.',
    signer: 'Signed by', number: 'Number', numberHint: (next) => `The next number is ${next}.`, symbol: 'Symbol', symbolHint: 'Such as TB-SVHTTDL. An official letter adds the drafting unit: SVHTTDL-QLTTBCXB.', on: 'Date of document',
    gapReason: 'Why not the next number', gapReasonHint: 'Only when numbers are left out, or one that was left out is used.', copies: 'Copies', keptBy: 'Keeper of the file copy', dispatched: 'Sent on',
    receipt: 'Receipt', receiptHint: 'Who received it, or the number of the postal item.', note: 'Remarks', dispatchTitle: 'Sending and receipt', save: 'Save', saveNew: 'Add to those waiting', facts: 'In the register',
    issuedBy: (who, when) => `${who}, ${when}`, registered: 'Registered', cancelTitle: 'Cancel the number', cancelLead: 'A cancelled number stays used. The reason is written in the register.',
    dropTitle: 'Take off the list', dropLead: 'When the document will not be sent.', reason: 'Reason', cancel: 'Cancel this number', drop: 'Take off', correct: 'Write a correction or replacement', correctSubject: (number) => `Correction of document ${number}`,
    lateHint: 'A document is registered and sent the day it is signed, at the latest the next working day; an urgent one at once (Decree 30/2020, art. 18).', from: 'From', corrects: 'Corrects or replaces', source: 'In the desk',
  },
  incoming: {
    add: 'Register an incoming document', addLead: 'For a document that did not pass the counter.', number: 'Incoming number', numberHint: 'Leave empty to take the next one. Only for a number already stamped on the document.', arrived: 'Arrived on', issuer: 'Issuer',
    issuerHint: 'The agency that issued it, or who wrote the letter.', code: 'Number and symbol', issued: 'Date of document', kind: 'Kind', subject: 'Subject', urgency: 'Urgency', note: 'Remarks', scan: 'Scan',
    scanHint: 'PDF or picture, at most 20 MB.', save: 'Register', alikeTitle: 'Perhaps registered already', alikeLead: 'The same number, symbol and issuer as:', alikeRow: (number, date) => `number ${number}, ${date}`,
    alikeGo: 'I compared them; this is another document', alikeError: 'This document may be registered already. Compare, then tick the box to register it all the same.', passTitle: 'Pass on', passLead: 'With an officer and a day it becomes a task of that officer.',
    recipient: 'Unit or person', officer: 'Officer who handles it', officerNone: 'Nobody', passed: 'Passed on', due: 'To be handled by', receipt: 'Receipt', pass: 'Pass on', progressTitle: 'Progress',
    progress: 'Progress', answer: 'Number and symbol of the answer', answered: 'Answered on', answeredHint: 'With a day the task is done.', progressSave: 'Save progress', facts: 'In the register', cancelTitle: 'Cancel the number', cancelLead: 'When it was registered by mistake. A cancelled number is not given again.',
    task: (number) => `Handle incoming document ${number}`, fromChannel: 'Numbered at the counter; the original is with the report or under electronic documents.', open: 'Open the electronic document', overdue: 'Overdue', done: 'Done', openBadge: 'In hand', heading: (number) => `Incoming document ${number}`,
    lateHint: 'What came is registered and passed on the same day, at the latest the next working day (Decree 30/2020, art. 22 and 23).',
  },
  files: {
    title: 'Files', add: 'Add a file', file: 'Signed document or scan', hint: 'PDF or picture, at most 20 MB. Signatures on a PDF are checked and recorded as found; the file is kept whatever they say.', none: 'No files yet.',
    by: (who, when) => `${who}, ${when}`, again: 'Check again',
    states: { none: 'No PDF, no signature to check', found: 'Signatures found', unsigned: 'The PDF bears no signature', unavailable: 'Signatures not checked yet: poppler-utils must be installed', failed: 'Signatures of this file could not be read' },
    results: { valid: 'Unchanged since it was signed', altered: 'Altered after signing', unclear: 'Could not be judged' },
    certificates: { trusted: 'Certificate trusted by this machine', unknown: 'Certificate of unknown origin; compare it with the verification service of the Government Cipher Committee', bad: 'Certificate expired or revoked' },
    signedBy: (name, when) => `${name}, signed ${when}`, noTime: 'at an unknown time', noName: 'Name unknown', part: 'Something was added after this signature',
    reasons: {
      missing: 'Choose a PDF or picture.', too_large: 'The file is larger than 20 MB.', type: 'The file is neither PDF, JPEG, PNG nor WebP.', too_many: 'This document has 20 files already.', repeated: 'This file was added already.',
    },
  },
  errors: {
    required: 'Fill this in.', long: (most) => `At most ${most} characters.`, kind: 'Choose a kind.', day: 'Write a day such as 22/11/2026.', ahead: 'The day cannot be after today.', order: 'Numbers follow the days: a smaller number bears a later day, or a larger one an earlier day.',
    taken: 'This number is used. See the next number below.', gap: 'This is not the next number. Give a reason, or take the next one.', number: 'Write a whole number from 1.', symbol: 'A symbol has letters, digits, hyphens, strokes and full stops only, no spaces, at most 30 characters.',
    copies: 'Write a number of copies from 1 to 9999.', early: 'This day is earlier than the one before it.', unknown: 'Choose an officer of the agency.', reason: 'Give a reason of 3 to 500 characters.', state: 'The document changed in the meantime. Look again and go on.', addressees: 'At most 100 addressees of 200 characters each.',
  },
  done: {
    them: 'Added to those waiting for a number.', 'cap-so': 'Number issued; who sent it was told.', luu: 'Saved.', huy: 'Cancelled.', 'vao-so': 'Registered.', chuyen: 'Passed on.', tep: 'File kept.',
    'de-xuat': 'Template received. Somebody else looks at the trial and takes it into use.', 'dung-mau': 'The template is in use.', 'tu-choi': 'Template refused.', 'thoi-dung': 'Out of use. The built-in layout is back.',
  },

  templates: {
    title: 'Templates', lead: 'An agency may use its own Word file instead of the built-in layout of Decree 30/2020. Without one the built-in layout is used.', caption: 'Templates of the agency', add: 'Bring a Word template',
    file: 'Word file (.docx)', fileHint: 'At most 5 MB; no macros, links to elsewhere, embedded objects, comments or tracked changes.', kind: 'For this kind of document', send: 'Check and send in', columns: { name: 'File', kind: 'Kind', state: 'State', by: 'Brought by', decided: 'Taken into use by' },
    states: { proposed: 'Waits for a second person', active: 'In use', refused: 'Refused', retired: 'Out of use' }, empty: 'The agency has no template of its own', emptyHelp: 'Every document uses the built-in layout of Decree 30/2020.',
    trial: 'Download the trial', original: 'Download the template', use: 'Take into use', refuse: 'Refuse', retire: 'Take out of use', own: 'You brought this template, so somebody else has to take it into use.', useLead: 'The template of this kind that is in use, if any, goes out of use at once.',
    tagsTitle: 'Tags', tagsLead: 'Type these tags into the Word file, with both braces. There are no others.', tagColumns: { tag: 'Type', means: 'Becomes' }, needed: 'required', used: 'Tags in the file',
    fallback: 'A document with something the template has no place for (annex, second signature, urgency, addressee, authority, picture), or in English, uses the built-in layout, so that nothing is lost.',
    tags: {
      so_ky_hieu: 'Number and symbol: 05/TB-SVHTTDL', so: 'Number: 05', ky_hieu: 'Symbol: TB-SVHTTDL', co_quan_cap_tren: 'Agency above, in capitals', co_quan: 'Issuing agency, in capitals', dia_danh_ngay: 'Place and date', dia_danh: 'Place',
      ngay: 'Date in words', do_khan: 'Urgency in capitals; empty when not urgent', ten_loai: 'Kind of document in capitals', trich_yeu: 'Subject without “V/v”', kinh_gui: 'Addressees; several stand one a line', noi_dung: 'Text: paragraphs, headings, tables. Alone in a paragraph',
      phu_luc: 'Annexes. Alone in a paragraph', noi_nhan: 'Recipients, one a line', quyen_han: 'TM., KT., TL., TUQ., Q. with agency or office', chuc_vu: 'Office of the signer in capitals', nguoi_ky: 'Name of the signer', chuc_vu_ben_trai: 'Signer at the left (minutes): office',
      nguoi_ky_ben_trai: 'Signer at the left (minutes): name', lien_he: 'Address, telephone, e-mail of the agency',
    },
    refusals: {
      missing: () => 'Choose a Word file (.docx).', type: () => 'This is not a Word file .docx.', too_large: () => 'The file is larger than 5 MB.', malformed: (about) => `The file cannot be read${about && ` (${about})`}. Open it in Word and save it as .docx.`, zip_bomb: () => 'The file unpacks to far too much.',
      encrypted: () => 'The file has a password or is in the old Word format. Save it as .docx without a password.', macro: () => 'The file has macros. Save it as .docx (not .docm).', external: () => 'The file has links to elsewhere (addresses, pictures, templates). Remove them and send it again.',
      embedded: (about) => `The file has embedded objects or files${about && ` (${about})`}. Remove them and send it again.`, field: () => 'The file has fields that fetch data from elsewhere (INCLUDE, LINK, DDE…). Remove them and send it again.', comments: () => 'The file has comments or tracked changes. Accept the changes and delete the comments first.',
      braces: (about) => `A brace has no partner${about && `: ${about}`}.`, unknown_tag: (about) => `Unknown tag: ${about}. See the list below.`, missing_tag: (about) => `Required tag missing: ${about}.`, placement: (about) => `The tag ${about} stands alone in a paragraph, once.`,
      trial: () => 'No trial could be written with this file.',
    },
  },
};
