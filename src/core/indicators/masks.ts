/** A number on the screen, its ends only: `091•••678`; short ones show the last three. */
export function masked(number: string): string {
  return number.length >= 9 ? `${number.slice(0, 3)}•••${number.slice(-3)}` : `•••${number.slice(-3)}`;
}
