/** The list of meetings in the console. */
export const MEETINGS_PATH = '/can-bo/hop';

/** Address of a meeting's page, or of what lies below it. */
export function meetingPath(code: string, below = ''): string {
  return `${MEETINGS_PATH}/${code}${below}`;
}
