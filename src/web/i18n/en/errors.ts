import type { Messages } from '../types.ts';

type ErrorWords = ReturnType<Messages['errors']['page']>;

const words: Readonly<Record<string, ErrorWords & { readonly api: string }>> = {
  not_found: {
    title: 'There is no such page',
    whatHappened: 'The address may be mistyped, or the page was taken down.',
    whatWasKept: 'Reports you sent earlier are still kept.',
    whatToDo: 'Go to the home page, or follow your report with the code on your receipt.',
    api: 'Not found.',
  },
  forbidden: {
    title: 'You cannot open this page yet',
    whatHappened: 'The request came from another site, or you may not see this.',
    whatWasKept: 'Nothing was changed.',
    whatToDo: 'Open the page again from the start and try once more.',
    api: 'Not allowed.',
  },
  invalid: {
    title: 'Something could not be read',
    whatHappened: 'What was sent is incomplete or has the wrong form.',
    whatWasKept: 'Nothing was stored this time.',
    whatToDo: 'Use your browser’s back button; what you wrote is usually still there. Correct it and send again.',
    api: 'The input is not valid; see "details".',
  },
  conflict: {
    title: 'This was done before',
    whatHappened: 'Another sending came first, or somebody else has just changed this.',
    whatWasKept: 'The earlier sending is kept as it was.',
    whatToDo: 'Open the page again to see how things stand.',
    api: 'This key was used for other content, or the thing was already done.',
  },
  too_many: {
    title: 'Please wait a moment',
    whatHappened: 'Too many requests came from your network within a minute. Perhaps many people share it.',
    whatWasKept: 'What you wrote is still there when you use your browser’s back button.',
    whatToDo: 'Wait about a minute and send again. If it is urgent, call 113.',
    api: 'Too many requests; try again later.',
  },
  too_large: {
    title: 'That is too large',
    whatHappened: 'Together they are more than the server takes at once.',
    whatWasKept: 'What you wrote is still there when you use your browser’s back button.',
    whatToDo: 'Send fewer images, up to 10 MB each, or write less. You can report without images too.',
    api: 'The content is too large.',
  },
  unavailable: {
    title: 'The service is pausing',
    whatHappened: 'A part of the system does not answer. This is our fault.',
    whatWasKept: 'Every report that has a code is safe. If you have no code yet, your report was not sent.',
    whatToDo: 'Wait a few minutes, go back and send again. If you have just lost money, call your bank now; do not wait.',
    api: 'The system does not answer for the moment; try again later.',
  },
  internal: {
    title: 'Something went wrong on our side',
    whatHappened: 'The server could not do what you asked. This is our fault, not yours.',
    whatWasKept: 'Every report that has a code is safe. If you have no code yet, your report was not sent.',
    whatToDo: 'Go back and try again. If you have just lost money, call your bank now; do not wait.',
    api: 'Server error.',
  },
  home_in_use: {
    title: 'The data folder is in use',
    whatHappened: 'Another Lá Chắn process serves this data folder.',
    whatWasKept: 'The data was not touched.',
    whatToDo: 'Stop the other process, or set LACHAN_HOME to another folder.',
    api: 'The data folder is used by another process.',
  },
  port_taken: {
    title: 'Another program uses the port',
    whatHappened: 'The server could not open the port that is set.',
    whatWasKept: 'The data was not touched.',
    whatToDo: 'Set PORT to another number and start again.',
    api: 'The port is taken.',
  },
};

/** Messages of the area `errors` in English. */
export const errors = {
  api: (code: string): string => (words[code] ?? words.internal!).api,
  page: (code: string): ErrorWords => words[code] ?? words.internal!,
  keptTitle: 'What was kept',
  doTitle: 'What you can do',
  wait: (seconds: string) => `Try again in ${seconds} seconds.`,
} satisfies Messages['errors'];
