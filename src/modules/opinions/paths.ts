/** Where opinions are in the console. */
export const LIST_PATH = '/can-bo/y-kien';
export const NEW_PATH = `${LIST_PATH}/moi`;

/** Page of one request. */
export function consultationPath(code: string, rest = ''): string {
  return `${LIST_PATH}/${code}${rest}`;
}

/** The one screen on which an asked agency answers. */
export function answerPath(code: string): string {
  return consultationPath(code, '/tra-loi');
}

/** What one agency was asked and said, for the agency that asked. */
export function opinionPath(code: string, opinionId: string, rest = ''): string {
  return consultationPath(code, `/co-quan/${opinionId}${rest}`);
}
