import type { FaultPointer } from '@qlvb/shared-domain';
import type { SigningObstacle } from '@qlvb/pdf-signature';
import { FILE_NOT_SIGNABLE } from './signability.problems.ts';

/** A file of a draft and what stood in the way of signing a copy of it. */
export interface RehearsedFile {
  readonly name: string;
  /** Where the draft names it, as a JSON pointer. */
  readonly pointer: FaultPointer;
  readonly obstacle?: SigningObstacle | undefined;
}

/**
 * What cannot be signed, numbered and sealed is refused while it can still be changed, not after a number is given.
 *
 * @throws the problem of `FILE_NOT_SIGNABLE` for the first such file, with one fault for each of them
 * @source NĐ30-A14-1
 * @source EX-NUM-3 a number that is given is never given again
 */
export function assertFilesSignable(files: readonly RehearsedFile[]): void {
  const refused = files.flatMap(({ name, pointer, obstacle }) => {
    if (obstacle === undefined) return [];
    const problem = FILE_NOT_SIGNABLE[obstacle];
    const { code, detail } = problem.declaration;
    return [
      { problem, name, fault: { pointer, code, detail: { vi: named(detail.vi, name), en: named(detail.en, name) } } },
    ];
  });
  const [first] = refused;
  if (first) throw first.problem({ name: first.name }, { faults: refused.map(({ fault }) => fault) });
}

const named = (text: string, name: string): string => text.replace('{name}', () => name);
