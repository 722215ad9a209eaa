import { PackageProblem } from '../problem.ts';
import type { ContentsLimits } from './contents.ts';

/**
 * Refuses a path that could leave the package or mean two things: absolute, with a drive, with `..`, `.`, empty parts,
 * backslashes or control characters, too long or too deep.
 *
 * @source SUB-11
 */
export function assertSafePath(path: string, limits: ContentsLimits): void {
  const unsafe = (detail: string) => new PackageProblem('archive-package.unsafe-path', detail, { path });
  if (path === '' || path.startsWith('/') || /^[A-Za-z]:/.test(path)) throw unsafe('the path is absolute or empty');
  if (path.includes('\\')) throw unsafe('the path has a backslash');
  if (/\p{Cc}/u.test(path)) throw unsafe('the path has a control character');
  if (path.length > limits.maxPathLength) throw unsafe('the path is too long');
  const parts = path.split('/');
  if (parts.length > limits.maxDepth) throw unsafe('the path is too deep');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[. ]$/.test(part))) {
    throw unsafe('a part of the path is empty, a dot or ends in a dot or space');
  }
}

/** Knows the paths seen so far, and refuses one that some file system would take for another. */
export class DistinctPaths {
  readonly #files = new Map<string, string>();
  readonly #folders = new Set<string>();

  add(path: string): void {
    const key = fold(path);
    const known = this.#files.get(key);
    if (known === path) throw new PackageProblem('archive-package.duplicate', 'the path occurs twice', { path });
    if (known !== undefined || this.#folders.has(key)) {
      throw new PackageProblem('archive-package.case-collision', `the path collides with ${known ?? 'a folder'}`, {
        path,
      });
    }
    this.#files.set(key, path);
    for (let end = key.indexOf('/'); end !== -1; end = key.indexOf('/', end + 1)) {
      const folder = key.slice(0, end);
      if (this.#files.has(folder)) {
        throw new PackageProblem('archive-package.case-collision', 'a file and a folder share a name', { path });
      }
      this.#folders.add(folder);
    }
  }
}

const fold = (path: string): string => path.normalize('NFC').toLowerCase();

/** Splits paths of the form `<root>/<rest>` off their one common root. */
export function singleRoot(paths: readonly string[]): string {
  const root = paths[0]?.split('/')[0];
  if (root === undefined || paths.some((path) => !path.startsWith(`${root}/`))) {
    throw new PackageProblem('archive-package.no-single-root', 'the archive does not hold exactly one folder');
  }
  return root;
}
