import type { Messages } from '../types.ts';

/** Messages of the area `tasks` in English. */
export const tasks: Messages['tasks'] = {
  due: {
    today: 'today',
    left: (days, one) => `${days} working ${one ? 'day' : 'days'} left`,
    late: (days, one) => `${days} ${one ? 'day' : 'days'} overdue`,
    justLate: 'just overdue',
    paused: (day) => `paused since ${day}`,
    by: (day) => `due ${day}`,
    none: 'no last day',
  },
  kinds: { opinion: 'Give an opinion', transfer: 'Answer a transfer', action: 'Action from a meeting', letter: 'Send a letter', shared: 'Read a shared file', hand_over: 'Take a hand-over', other: 'Other' },
  open: { opinion: 'Give an opinion', transfer: 'Answer', action: 'Open', letter: 'Open the letter', shared: 'Read the file', hand_over: 'Open the file', other: 'Open' },

  day: {
    title: 'Today',
    heading: (count, one) => (one ? '1 thing waits for you today' : `${count} things wait for you today`),
    none: 'Nothing waits for you',
    noneText: 'When another agency asks for an opinion, calls a meeting, transfers a case or sets a task, you will see it here and be told. Meanwhile you may:',
    tour: { opinions: 'See the requests for opinions', meetings: 'See the meetings', news: 'Choose how you are told', help: 'Read the help page' },
    date: (weekday, date) => `${weekday}, ${date}`,
    dayOff: 'Today is a day off; last days are counted in working days.',
    list: 'The most urgent first',
    from: (agency) => `set by ${agency}`,
    unassigned: 'nobody named',
    more: (count) => `And ${count} more`,
    mine: 'All my tasks',
    agency: 'All tasks of the agency',
    lines: {
      gate: (count, one) => `${count} ${one ? 'report waits' : 'reports wait'} for the scope check`,
      gateButton: 'Check',
      review: (count, one) => `${count} draft ${one ? 'decision waits' : 'decisions wait'} for review`,
      reviewButton: 'Review',
      appeals: (count, one) => `${count} ${one ? 'appeal waits' : 'appeals wait'} to be accepted`,
      appealsButton: 'Read',
    },
  },

  list: {
    title: 'Tasks and deadlines',
    shelves: { 'cua-toi': 'Mine', 'co-quan': 'My agency’s', 'da-giao': 'Set for other agencies', 'da-xong': 'Done or cancelled' },
    near: { all: 'All', 'sap-den-han': 'Due soon', 'qua-han': 'Overdue', 'tam-dung': 'Paused' },
    shelvesLabel: 'List', nearLabel: 'By last day',
    what: 'Task', code: 'Code', who: 'Who does it', setBy: 'Set by', due: 'Last day', state: 'Outcome',
    focal: 'Focal officers', system: 'The software',
    only: (who) => `Only of ${who}`,
    showAll: 'Show all',
    caption: (shelf) => `Tasks: ${shelf}`,
    empty: 'There is no task here',
    emptyText: 'Tasks come from requests for opinions, transfers and conclusions of meetings, or are set by hand.',
    create: 'Set a task',
  },

  page: {
    facts: 'This task', kind: 'Kind', who: 'Who does it', agency: 'Agency', setBy: 'Set by', due: 'Last day', firstDue: 'Last day at first', created: 'Set on', state: 'State', code: 'Code',
    nobody: 'Nobody named; the focal officers do it',
    rolled: (from, to) => `${from} became a day off, so the last day moved to the next working day, ${to}.`,
    pausedTitle: (day) => `The clock stands still since ${day}`,
    pausedText: (reason) => `Reason: ${reason}. When it goes on, the last day moves by as many working days as it stood.`,
    steps: 'What you can do',
    source: 'This task ends by itself when you answer where it was set.',
    nothing: 'You can only read this task. The agency that has it does it and gives it to its people; the agency that set it pauses it, moves its day or cancels it.',
    finish: 'Mark as done', finishHint: 'Press when it is done. Who set it sees it at once.',
    assign: 'Give it to somebody else', assignLabel: 'Who does it', assignFocal: 'The focal officers of the agency', assignButton: 'Give',
    pause: 'Pause the clock', pauseLabel: 'Why it is paused', pauseHint: 'Who does the task reads the reason.', pauseButton: 'Pause',
    resume: 'Let it go on', resumeHint: (day) => `The last day will be ${day}.`,
    move: 'Move the last day', moveLabel: 'New last day', moveReason: 'Why', moveButton: 'Move',
    cancel: 'Cancel this task', cancelLabel: 'Why', cancelButton: 'Cancel the task',
    history: 'What happened',
    actions: {
      open: 'Set', do: 'Done', cancel: 'Cancelled', assign: 'Given to somebody', pause: 'Clock paused', resume: 'Clock goes on', move: 'Last day moved', roll: 'Last day moved because it became a day off',
      remind: 'Reminded', overdue: 'Told that it is overdue', escalate: 'Told to the agency’s leader', tell_coordination: 'Told to the coordinating agency',
    },
    fromTo: (from, to) => `from ${from} to ${to}`,
  },
  done: {
    moi: 'The task was set.', giao: 'The task was given on.', xong: 'Marked as done.', bo: 'The task was cancelled.', 'tam-dung': 'The clock was paused.', 'tiep-tuc': 'The clock goes on.', 'doi-han': 'The last day was moved.',
    'cai-dat': 'Saved.', lich: 'The calendar was changed.',
  },
  moved: (count, one) => `${count} ${one ? 'task whose last day fell on a new day off was' : 'tasks whose last day fell on a new day off were'} moved to the next working day.`,
  refused: {
    ended: 'This task ended while you were writing.', paused: 'The clock was paused before.', running: 'The clock is running.', not_yours: 'This is not yours to do.', not_keeper: 'Only administrators of the coordinating agency change the calendar.',
    other: 'It could not be done. Please look again and retry.', typed: 'What you wrote:',
  },

  create: {
    title: 'Set a task', lead: 'For somebody in your agency, or for another agency if you are a case officer or leader.',
    what: 'What is to be done', whatHint: 'One sentence. Nothing of a report’s contents, nothing about a citizen.',
    agency: 'Agency', officer: 'Officer', officerHint: 'Only within your own agency.', focal: 'Focal officers',
    due: 'Last day', dueHint: 'A working day, for example 27/11/2026', case: 'Case number', caseHint: 'If it belongs to a case your agency leads, for example VV-04-2026-0412', send: 'Set the task',
  },
  faults: {
    title: 'Say what is to be done, in 3 to 300 characters.', agency: 'Choose an agency; only case officers and leaders set tasks for others.', officer: 'This person does not serve in that agency today.',
    case: 'Your agency leads no open case of this number.', reason: 'Give a reason of 5 to 500 characters.',
    due: { missing: 'Give a day, for example 27/11/2026.', past: 'This day has passed.', far: 'This day is too far away; one year at most.', day_off: 'This is not a working day.' },
    from: { missing: 'Give a day, for example 08/02/2027.', past: 'This day has passed; only days from today can be changed.' },
    to: 'The last day comes after the first, 31 days at most, with a weekday among them.', kind: 'Choose day off or working day.', document: 'Give number and date of the document.', note: 'The note is longer than 200 characters.',
    leader: 'A number from 1 to 5.', coordinator: 'A number from 1 to 10, not below the one above.',
  },

  settings: {
    title: 'When lateness is told on', lead: 'In working days after the last day. Each task is told once at each level.',
    leader: 'Tell the agency’s leader after', leaderHint: '1 to 5 working days', coordinator: 'Tell the coordinating agency after', coordinatorHint: '1 to 10 working days', reason: 'Why',
  },

  leader: {
    title: 'Steering', heading: (late, one) => `${late} ${one ? 'task is' : 'tasks are'} overdue`, headingNone: 'No task is overdue',
    officers: 'In the agency', agencies: 'Set for other agencies', officer: 'Officer', agency: 'Agency', focal: 'Focal officers (nobody named)',
    open: 'Open', soon: 'Due soon', late: 'Overdue', paused: 'Paused', oldest: 'Earliest last day', escalated: 'Told on',
    noOfficers: 'The agency has no open task.', noAgencies: 'The agency has set no task for others.',
    escalatedTitle: 'Told to the leader', escalatedNone: 'Nothing had to be told on.', pausedTitle: 'Standing still', pausedNone: 'No clock stands still.',
    toldTitle: 'Overdue and told to the coordinating agency', toldText: 'Of tasks set by others only code and agency are shown, not what they are.',
    meetings: 'Meetings to come', noMeetings: 'No meeting is planned.', view: 'Read',
  },

  calendar: {
    title: 'Working calendar', heading: (year) => `Working calendar of ${year}`,
    lead: 'Every deadline is counted by it: Monday to Friday without days off, with the Saturdays that are worked.',
    provisional: 'no official notice yet', provisionalText: 'The days off of this year are only computed from the law. When the notice comes, an administrator of the coordinating agency records it here.',
    announced: 'by official notice', source: (document) => `By ${document}`, changed: 'This year was changed here; an update of the software does not overwrite it.',
    years: 'Year', weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'], weekdayNames: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    off: 'off', working: 'worked', today: 'today', legend: 'Legend', legendOff: 'Day off', legendWorking: 'Worked day', legendToday: 'Today',
    list: 'Days unlike the rule', listNone: 'No day off of this year is recorded yet.', backToWork: 'worked as usual', local: 'recorded here',
    change: 'Change one or more days', changeLead: 'Last days already told stay, unless they fall on a new day off: then they move to the next working day, with a row in the journal.',
    from: 'From', to: 'To', toHint: 'Leave empty for one day', kind: 'These days are', kindOff: 'Off', kindWorking: 'Worked', note: 'Occasion', noteHint: 'For example: Lunar New Year',
    document: 'Number and date of the document', documentHint: 'For example: Notice 6150/TB-BNV of 10/11/2026', reason: 'Why', whole: 'This document is the official notice for the whole year', save: 'Change the calendar',
    settings: 'When lateness is told on',
  },

  closing: {
    title: (count, one) => `The case has ${count} open ${one ? 'task' : 'tasks'}`, tick: 'Close all the same and cancel these tasks', hint: 'The reason of closing is also the reason of cancelling them.',
    blockedTitle: 'The case has open tasks', blocked: (count, one) => `${count} ${one ? 'task is' : 'tasks are'} still open. Tick “Close all the same and cancel these tasks”, or wait until they are done. What you wrote is kept.`,
  },
};
