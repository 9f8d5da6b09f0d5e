/** Lengths of what is typed about a task; the same as the checks in the database where it has them. */
export const LENGTHS = { title: 300, reasonLeast: 5, reason: 500 } as const;
