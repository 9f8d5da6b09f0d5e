import type { Messages } from '../types.ts';

/** Minimal-disclosure sharing: what an agency is shown, what it says back, packs, desks of other provinces. */
export const sharing: Messages['sharing'] = {
  link: 'Share with another agency',
  parts: { consulted: 'Asked for an opinion', support: 'Helps to verify', acting: 'Acts within its own powers', referred: 'Receives a referral', former: 'Led it before' },
  kinds: { report: 'Report', attachment: 'Picture', indicator: 'Trace', evidence: 'Evidence', verification: 'Verification' },
  kindsTitle: { report: 'What reports tell', attachment: 'Pictures people sent', indicator: 'Addresses, telephone and account numbers', evidence: 'Evidence', verification: 'Results of verification' },
  indicators: { url: 'Address', domain: 'Domain name', phone: 'Telephone number', bank_account: 'Account number', file_hash: 'Hash of a file' },
  evidences: { attachment: 'Picture', observation: 'What an officer saw', document: 'Document' },
  confidence: { low: 'Low', medium: 'Medium', high: 'High' },
  shown: {
    code: 'Report code', harm: 'Kind of harm', narrative: 'What happened', happenedOn: 'Day it happened', money: 'Money lost', commune: 'Where it happened', unknown: 'Not known',
    whole: 'Whole number', masked: 'Partly hidden', sha256: 'SHA-256 hash', at: 'When', checked: 'What was checked', other: 'Other explanation', finding: 'Finding', confidence: 'Confidence',
    photo: (name: string) => `Picture ${name}`, size: 'Size', from: (code: string) => `Came with report ${code}`,
    read: 'Receipt given', unread: 'No receipt yet', sharedOn: (when: string) => `Shared ${when}`,
    none: 'Nothing is shared yet.', noneText: 'The agency that leads has shared nothing, or took it back. You can write to it below.',
    maskedNote: 'Telephone numbers, account numbers and mailboxes inside the texts are hidden. No item tells who reported.',
  },
  list: {
    title: 'Shared files', forUs: 'Shared with us by other agencies', forUsEmpty: 'No case is shared with this agency yet.', forUsEmptyText: 'When an agency invites us into a case, it appears here and you are told.',
    fromUs: 'Shared by us', fromUsEmpty: 'We share no case yet.', fromUsEmptyText: 'Open a case and press “Share with another agency”.', packs: 'Packs handed over to us', packsEmpty: 'No pack is waiting.', number: 'Case number', case: 'Case', harm: 'Kind of harm',
    part: 'Part', lead: 'Leads', unread: 'Unread', since: 'Takes part since', parties: 'Agencies', unreadThere: 'Items not read yet', code: 'Pack code', expires: 'Can be downloaded until', peers: 'Exchange with desks of other provinces', imports: 'Receive a pack of another province',
  },
  party: {
    lead: (name: string) => `Led by ${name}`, part: (part: string) => `Our part: ${part.toLowerCase()}`, items: 'What is shared', readAll: 'I have read all of it', readOne: 'I have read this item',
    readHint: 'Press so that the agency that leads knows it arrived. Opening the page is no receipt.', messages: 'Messages with the agency that leads', write: 'Write to the agency that leads',
    writeHint: 'Officers of both agencies read it; citizens do not. Never name who reported.', send: 'Send message', files: 'Files sent back', file: 'Send a file to the agency that leads',
    fileHint: 'PDF, Word, Excel, picture or plain text, at most 10 MB. The file is kept as it is, with its hash.', upload: 'Send file', noFiles: 'No pictures are stored for this kind of harm, so no files are taken. Write a message instead.',
    us: 'Our agency', them: 'The agency that leads', noMessages: 'No messages yet.', filed: 'Filed as evidence', notFiled: 'Not filed yet', download: 'Download file',
  },
  lead: {
    title: 'Share a case', parties: 'Agencies that take part', none: 'No agency takes part yet.', noneText: 'Invite one below. Until you share items it sees the number, title, kind and state of the case, nothing else.',
    agency: 'Agency', shares: 'Items shared', unread: 'Unread', ended: (when: string) => `Ended ${when}`, open: 'Choose items', include: 'Invite an agency', includeHint: 'The directory as of today. Agencies competent for this harm come first.',
    competentGroup: 'Competent for this harm', otherGroup: 'Other agencies', part: 'Takes part as', competent: 'Why these agencies are competent', includeButton: 'Invite', packs: 'Hand-over packs', packsHint: 'A pack of files with minutes, hashes and a signature, for police, another province or an agency.', packsLink: 'See and draft packs', packsNone: 'No pack yet.',
    sees: 'This agency sees now', wouldSee: 'This agency would see', wouldSeeHint: 'Exactly as on that agency’s screen. Nothing has been sent.', choose: 'Choose items to share', chooseHint: 'Tick only what this agency needs for its part.',
    already: 'shared', full: 'Show the whole number', why: 'Why this agency needs the ticked items', whyHint: 'Our agency and the auditor read this reason.', preview: 'Preview', share: 'Share', noItems: 'No item of this case has passed the gate.',
    record: 'What was shared, who read it when', readBy: (name: string, when: string) => `${name} gave a receipt ${when}`, notRead: 'No receipt yet', recalled: (when: string, why: string) => `Taken back ${when}: ${why}`, recall: 'Take this item back', recallWhy: 'Why it is taken back', gone: 'This item is no longer in the case',
    end: 'End this agency’s part', endHint: 'Everything shared is taken back at once. Messages stay with the agency that leads.', endWhy: 'Why its part ends', messages: 'Messages with this agency', write: 'Write to this agency', fileIt: 'File as evidence', fileWhat: 'What this document is', fileHint: 'Source, date and main content. The hash is taken from the file.',
    us: 'Our agency', them: 'This agency', noFiles: 'This agency has sent no files.', files: 'Files from this agency',
  },
  done: {
    'da-doc': 'Your receipt is recorded.', 'da-nhan-tin': 'Message sent.', 'da-gui-tep': 'File sent.', 'da-moi': 'The agency takes part now.', 'da-chia-se': 'The ticked items are shared.', 'da-thu-hoi': 'Taken back. The other agency no longer sees this item.',
    'da-thoi': 'Its part has ended; everything was taken back.', 'da-vao-chung-cu': 'The file is filed as evidence.', 'da-lap': 'The pack is drafted and waits for another officer.', 'da-duyet': 'Approved. Now make the pack.', 'da-tu-choi': 'Recorded as refused.', 'da-tao': 'The pack is made. The recipient can download it.',
    'da-nhan': 'Receipt of the pack recorded.', 'da-ghi-nhan': 'The recipient’s receipt is recorded.', 'da-thu-hoi-goi': 'The pack is recalled; its file can no longer be read.', 'da-them-noi': 'Added; a second administrator has to confirm.', 'da-xac-nhan-noi': 'Confirmed.', 'da-ngung-noi': 'The exchange has ended.',
    'da-mo-goi': 'The pack is valid. Read it, then decide whether to take it.', 'da-tiep-nhan': 'Taken as a new report; the gate will be answered again.', 'da-ghi-thu-hoi': 'Recorded: the sender recalled this pack.',
  },
  errors: {
    why: 'Give a reason of 3 to 500 characters.', body: 'Write a message of at most 2,000 characters.', items: 'Tick at least one item.', agency: 'Choose an agency of the directory.', part: 'Choose a part.', description: 'Describe it in 3 to 2,000 characters.',
    none: 'No file was chosen.', too_large: 'The file is larger than 10 MB. Split it or make the pictures smaller.', type: 'Only PDF, Word, Excel without macros, JPEG, PNG, WebP or plain text.', no_pictures: 'No pictures are stored for this kind of harm, so no files are taken.',
    closed: 'The case is closed, so this cannot be done.', guard: 'A safeguard refused this step. Reload the page and look at your choices again.', filed: 'This file is filed already.', reload: 'The page is old: an item was taken back.', other: 'Look at this field again.',
    recipient: 'Name the recipient, at least 3 characters.', packWhy: 'Give a reason of at least 10 characters.', ground: 'Give a legal ground of at least 20 characters, or have a referral to the police in force.', contact_reason: 'Give a reason of at least 20 characters.', contact: 'A contact goes to the police only.', days: 'From 1 to 90 days.', reason: 'Give a reason of at least 10 characters.', receipt: 'Name the office that received it and the day.', target: 'Choose a recipient.',
    name: 'Give a name of at least 3 characters.', province: 'The province code has two digits.', key: 'The public key is 43 or 44 characters of base64 from the other desk’s page.',
  },
};
