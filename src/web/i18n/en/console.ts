import type { Messages } from '../types.ts';

/** Messages of the area `console` in English. */
export const console = {
  nav: {
    work: 'My work',
    watch: 'Deadlines',
    lookUp: 'Look up',
    triage: 'To be sorted',
    verifying: 'Being verified',
    review: 'For my review',
    mine: 'In my charge',
    soon: 'Due soon',
    late: 'Overdue',
    reports: 'All reports',
    cases: 'Cases',
    decisions: 'Decisions',
    directory: 'Directory',
    warnings: 'Warnings',
    help: 'Help',
    search: 'Find a report, link or number',
  },
} satisfies Messages['console'];
