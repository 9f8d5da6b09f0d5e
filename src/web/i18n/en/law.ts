import type { Messages } from '../types.ts';

/** Messages of the area `law` in English. */
export const law: Messages['law'] = {
  nav: 'Law',
  title: 'Catalogue of legal bases',
  lead: 'A decision may cite only what stands here. The date of the decision picks the text in force.',
  lawyerTitle: 'To be checked by a lawyer before use',
  lawyer: 'The catalogue is a research transcription, not legal advice. Where a lawyer has compared a provision with the gazette, it says who and when.',
  unchecked: 'not checked by a lawyer',
  checked: (who, day) => `checked by ${who} on ${day}`,

  from: (day) => `since ${day}`,
  period: (from, to) => `${from} – ${to}`,
  states: { inForce: 'in force', later: 'not yet in force', ended: 'no longer in force', endsOn: (day) => `ends after ${day}` },
  notes: {
    ends_before_measure: (day) => `This provision ends on ${day}, before the last day of the measure. Shorten the term or choose another provision.`,
    ends_soon: (day) => `This provision ends on ${day}, shortly after the last day of the measure. A renewal would need another basis.`,
  },

  list: {
    proposed: (count, one) => `${count} ${one ? 'proposal waits' : 'proposals wait'} for a second person`,
    noProposals: 'No proposal is waiting',
    ending: 'Decisions in force whose basis is about to end',
    endingLead: 'The basis has ended, ends within 60 days, or ends before the measure. Only decisions of your agency.',
    endingNone: 'No decision of your agency rests on a basis that is about to end.',
    decision: 'Decision', basis: 'Provision', basisEnds: 'Basis ends', decisionEnds: 'Measure ends', noEnd: 'no last day',
    addDocument: 'Propose a document', addBasis: 'Propose a provision',
    provision: 'Provision', harm: 'Harm', elements: 'To be shown', validity: 'In force',
    noBases: 'No provision of this document is cited yet.',
    caption: (document) => `Provisions of ${document}`,
    count: (count, one) => `${count} ${one ? 'provision' : 'provisions'}`,
    local: 'added here',
  },

  basis: {
    what: 'What it says', document: 'Document', category: 'Harm', validity: 'In force', check: 'Checked by a lawyer', code: 'Code in the catalogue', source: 'Number, gazette',
    elements: 'Elements to be shown', elementsLead: 'The facts must show every element before the provision applies.',
    use: 'Cited by', drafts: (count, one) => `${count} ${one ? 'draft' : 'drafts'}`, inForce: (count, one) => `${count} ${one ? 'decision' : 'decisions'} in force`,
    competence: 'Who has power over this harm', competenceLead: 'By the directory of today.', competenceNone: 'The directory names no agency.',
    agency: 'Agency', role: 'Part', law: 'By which law', agencies: (count) => `${count} agencies`,
    history: 'Changes', noHistory: 'No changes yet. As this version of the software brought it.',
    changes: 'Propose a change', waiting: 'One proposal is waiting for a second person.', endsWhy: 'Why it ends',
  },

  kinds: {
    add_document: 'Add a document', end_document: 'Record the last day of a document', add_basis: 'Add a provision', correct_basis: 'Correct the words or elements of a provision',
    end_basis: 'Record the last day of a provision', mark_checked: 'Record a lawyer’s check',
  },

  form: {
    lead: 'A proposal takes effect only when somebody else, a legal officer or leader of the coordinating agency, has read and approved it.',
    code: 'Short code of the document', codeHint: 'Capital letters without marks and digits, for example N85 for Decree no. 85.',
    nameVi: 'Name of the document in Vietnamese, with its number', nameViHint: 'For example: Nghị định 85/2027/NĐ-CP.', nameEn: 'Name in English',
    source: 'Number and gazette', sourceHint: 'For example: Công báo 101+102 of 05/03/2027.',
    document: 'Document', article: 'Article', clause: 'Clause', point: 'Point', placeHint: 'Leave clause and point empty for a whole article.',
    category: 'Harm', categoryHint: 'A closed list. There is none for opinion, criticism, the press or reputation.',
    whatVi: 'What the provision is about, in Vietnamese', whatEn: 'In English',
    elements: 'Elements to be shown', elementsHint: 'Choose every element that the words of the provision ask for.',
    newElement: (number) => `New element ${number}, in Vietnamese`, newElementEn: (number) => `New element ${number}, in English`,
    validFrom: 'First day in force', validTo: 'Last day in force', ownDates: 'Leave empty when as its document.', noEnd: 'Leave empty while no end is known.',
    clearEnd: 'Leave empty to remove the end recorded.', why: 'Why it ends', whyHint: 'For example: replaced by Decree 85/2027/ND-CP.',
    checkedOn: 'Day of the check', checkedBy: 'Checked by', checkedByHint: 'Name and chambers, as on the lawyer’s letter.',
    reason: 'Why you propose this', reasonHint: 'The second person reads it. Name the document and the page of the gazette.',
    submit: 'Send the proposal', errorTitle: 'The proposal was not sent',
  },
  fields: {
    code: 'Write a code of 2 to 12 capital letters without marks and digits, beginning with a letter.', nameVi: 'Write the name with its number, for example 85/2027/NĐ-CP.', nameEn: 'Write the name in English.',
    source: 'Give number and gazette.', document: 'Choose a document.', article: 'Give the number of the article, for example 14.', clause: 'Give the number of the clause, for example 3. A point needs its clause.',
    point: 'Give the letter of the point, for example a or đ.', category: 'Choose a harm.', whatVi: 'Write what it says in Vietnamese, 3 to 500 characters.', whatEn: 'Write what it says in English, 3 to 500 characters.',
    elements: 'Choose or write at least one element, at most ten; a new one needs words in both languages.', validFrom: 'Write day/month/year, for example 01/07/2027.',
    validTo: 'Write day/month/year, for example 30/06/2027.', why: 'Write why, 3 to 500 characters.', checkedOn: 'Write day/month/year, not after today.', checkedBy: 'Say who checked.',
    reason: 'Write a reason, at least 5 characters.', decision_reason: 'Write a reason, at least 5 characters.',
  },
  refused: {
    excluded: 'This provision, or a part of it, is about speech, the press or reputation. It is excluded on purpose and cannot enter the catalogue.',
    known: 'A document with this number is in the catalogue already.', unknown: 'The catalogue has no such entry.',
    overlap: 'The catalogue has this provision for that harm at the same time. Record the end of the older text first.',
    open_proposal: 'A proposal for this entry is already waiting for a second person.',
    in_use: 'Decisions rest on these elements. Record its last day, then add the provision with the new elements.',
    elements: 'At least one element is needed, each once.', rule: 'This breaks a rule of the catalogue. Check the article number, the days and the code.',
    own: 'You proposed this change and cannot decide it.', not_keeper: 'Only a legal officer of the coordinating agency proposes.',
    decided: 'Somebody has decided this proposal.',
  },

  proposal: {
    title: (kind) => `Proposal: ${kind.toLowerCase()}`,
    by: (name, at) => `Proposed by ${name} at ${at}`,
    outcomes: { open: 'waits for a second person', approved: 'approved', refused: 'refused' },
    decidedBy: (name, at) => `Decided by ${name} at ${at}`,
    compare: 'Before and after', field: 'Field', before: 'Now', after: 'Proposed', none: '–', reason: 'Reason', decisionReason: 'Reason of the decision',
    ownBar: 'You proposed this. Somebody else must decide.', roleBar: 'A legal officer or leader of the coordinating agency decides this proposal.',
    decide: 'Your decision', decideLead: 'Compare it with the original in the gazette. Approving changes the catalogue at once.',
    decisionReasonHint: 'Required when you refuse.', approve: 'Approve, change the catalogue', refuse: 'Refuse', errorTitle: 'Not decided',
    warnUse: (drafts, inForce) => `This provision is cited by ${drafts} drafts and ${inForce} decisions in force.`,
  },
  done: { 'de-xuat': 'Proposal sent. The catalogue changes when a second person approves.', approved: 'Approved. The catalogue has changed.', refused: 'Recorded as refused. The catalogue stays as it was.' },
};
