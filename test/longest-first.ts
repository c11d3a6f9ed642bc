import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start processes, and files that open a browser: each takes up to a minute, whatever its size. */
const WITH_PROCESSES = /\/test\/(durability|operations|cli)\/|\/test\/start\.test\.ts$/;
const IN_BROWSER = /\.browser\.test\.ts$/;
/** Takes longest of all, most of it waiting. */
const FIRST = /\/durability\/kill\.test\.ts$/;

/**
 * Begins with the files that take longest, so that none of them is still under way at the end while a core has nothing
 * to do; a new clone knows no times yet, and by size alone the shortest file, which takes twenty seconds, would come
 * last. Processes and browsers alternate: three servers that start at once hold each other up.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const kindOf = ({ moduleId }: TestSpecification) =>
      FIRST.test(moduleId)
        ? 'first'
        : IN_BROWSER.test(moduleId)
          ? 'browser'
          : WITH_PROCESSES.test(moduleId)
            ? 'processes'
            : 'rest';
    const of = (kind: ReturnType<typeof kindOf>) => sorted.filter((file) => kindOf(file) === kind);
    const [browser, processes] = [of('browser'), of('processes')];
    const long = Array.from({ length: Math.max(browser.length, processes.length) }, (_, at) =>
      [browser[at], processes[at]].filter((file) => file !== undefined),
    );
    return [...of('first'), ...long.flat(), ...of('rest')];
  }
}
