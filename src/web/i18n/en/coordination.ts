import type { Messages } from '../types.ts';

/** Coordination: what every room of it calls things, and the lists on the left. */
export const coordination: Messages['coordination'] = {
  agencySystem: 'the agency’s own system',
  states: {
    task: { open: 'Open', done: 'Done', cancelled: 'Cancelled' },
    opinion: { sent: 'Waiting for the opinion', overdue: 'Overdue, no opinion', answered: 'Answered', withdrawn: 'Withdrawn' },
    transfer: { proposed: 'Waiting for the receiver', accepted: 'Accepted', refused: 'Refused', withdrawn: 'Withdrawn' },
    meeting: { planned: 'In preparation', invited: 'Invited', held: 'Held', concluded: 'Concluded', cancelled: 'Cancelled' },
  },
  caseLinks: { title: 'Work with other agencies', opinions: 'Ask for opinions', asked: 'Opinions asked', meeting: 'Call a meeting', transfer: 'Transfer', share: 'Share the file' },
  nav: {
    group: 'Coordination',
    papers: 'Records',
    day: 'Today',
    opinions: 'Opinions',
    meetings: 'Meetings',
    transfers: 'Transfers',
    tasks: 'Tasks and deadlines',
    steering: 'Steering',
    shared: 'Shared files',
    incoming: 'Packs of other provinces',
    peers: 'Exchange partners',
    registers: 'Registers',
    templates: 'Templates',
    alerts: 'Warning letters',
    news: 'News',
    calendar: 'Working days',
  },
};
