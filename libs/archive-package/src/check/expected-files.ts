import type { Mets, MetsReference } from '../mets/read-mets.ts';
import type { Report } from './finding.ts';

export interface ExpectedFile {
  readonly path: string;
  readonly reference: MetsReference;
  /** True for the files of a representation, whose formats count. */
  readonly isData: boolean;
}

/**
 * Every file that the METS files name, by its path in the package.
 *
 * @source SUB-13
 */
export function expectedFiles(
  all: readonly { readonly mets: Mets; readonly path: string }[],
  report: Report,
): ReadonlyMap<string, ExpectedFile> {
  const expected = new Map<string, ExpectedFile>();
  for (const { mets, path: metsPath } of all) {
    const base = metsPath.slice(0, metsPath.lastIndexOf('/') + 1);
    const references = [...mets.metadata, ...mets.groups.flatMap((group) => group.files)];
    const dataFiles = new Set(
      mets.groups.filter((group) => group.use?.startsWith('Data')).flatMap((group) => group.files),
    );
    for (const reference of references) {
      const path = resolveHref(base, reference.href);
      if (path === undefined) {
        report({
          code: 'STRUCTURE',
          level: 'error',
          path: metsPath,
          detail: `reference out of the package: ${reference.href ?? 'absent'}`,
        });
      } else if (expected.has(path)) {
        report({ code: 'STRUCTURE', level: 'error', path: metsPath, detail: `file named twice: ${path}` });
      } else {
        expected.set(path, { path, reference, isData: dataFiles.has(reference) });
      }
    }
  }
  return expected;
}

/** Path below the package's root; undefined when the reference leaves it or is no relative path. */
export function resolveHref(base: string, href: string | undefined): string | undefined {
  if (href === undefined || href === '' || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(href)) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(href);
  } catch {
    return undefined;
  }
  if (/^[/\\]|\\|\p{Cc}/u.test(decoded)) return undefined;
  const parts = decoded.replace(/^\.\//, '').split('/');
  return parts.some((part) => part === '' || part === '.' || part === '..') ? undefined : `${base}${parts.join('/')}`;
}
