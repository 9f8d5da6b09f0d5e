import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** One embedded PostgreSQL for all that need a database; unit tests need none and start at once. */
const withDatabase = { globalSetup: ['tests/support/database.ts'], testTimeout: 20_000, hookTimeout: 60_000 };

function testsIn(folder: string): string[] {
  return [`${folder}/**/*.test.{ts,tsx}`];
}

/** Kinds of tests, those with the longest files first. */
const LONGEST_FIRST = ['scenarios', 'browser', 'integration', 'unit'];

/** Begins with the long files, so that at the end no worker waits for one of them alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification): number => LONGEST_FIRST.indexOf(project.name);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'unit', include: testsIn('src'), hookTimeout: 60_000 } },
      ...['integration', 'browser', 'scenarios'].map((name) =>
        ({ extends: true as const, test: { name, include: testsIn(`tests/${name}`), ...withDatabase } })),
    ],
  },
});
