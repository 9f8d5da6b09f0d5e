import { LachanError } from './errors.ts';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: work that arrives while a transaction runs goes into the next one together. Each caller still waits for
 * its own durable commit; under load one fsync serves many. A group that fails is tried again one by one, so that one bad
 * item harms nobody else.
 */
export class GroupCommit<Item, Result> {
  readonly #commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #most: number;
  readonly #lanes: number;
  #running = 0;
  #waiting: Waiting<Item, Result>[] = [];

  /**
   * @param commit writes all items in one transaction; results in the same order
   * @param most items in one transaction
   * @param lanes transactions at the same time
   */
  constructor(commit: (items: readonly Item[]) => Promise<readonly Result[]>, most = 256, lanes = 2) {
    this.#commit = commit;
    this.#most = most;
    this.#lanes = lanes;
  }

  /** Resolves after the commit that holds this item. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running < this.#lanes) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running += 1;
    // One turn of the event loop lets requests that arrived together travel together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#most);
      try {
        const results = await this.#commit(group.map(({ item }) => item));
        group.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        if (group.length === 1 && error instanceof LachanError && error.status < 500) group[0]!.reject(error);
        else for (const one of group) await this.#alone(one);
      }
    }
    this.#running -= 1;
  }

  /** Twice, since what a group ran into (a deadlock, a claim lost to another transaction) is usually gone the next moment. */
  async #alone({ item, resolve, reject }: Waiting<Item, Result>): Promise<void> {
    const again = () => this.#commit([item]);
    await again().catch(again).then(([result]) => resolve(result!), reject);
  }
}
