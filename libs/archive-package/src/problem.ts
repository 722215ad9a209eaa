/** Stable codes of what stops a package from being made or opened. */
export type PackageProblemCode =
  | 'archive-package.metadata'
  | 'archive-package.incomplete'
  | 'archive-package.too-large'
  | 'archive-package.source-differs'
  | 'archive-package.bad-xml'
  | 'archive-package.missing-file'
  | 'archive-package.no-single-root'
  | 'archive-package.unreadable-archive'
  | 'archive-package.unsupported-archive'
  | 'archive-package.inconsistent-archive'
  | 'archive-package.encrypted'
  | 'archive-package.unsafe-path'
  | 'archive-package.link'
  | 'archive-package.duplicate'
  | 'archive-package.case-collision'
  | 'archive-package.overlap'
  | 'archive-package.bomb';

export class PackageProblem extends Error {
  readonly code: PackageProblemCode;
  readonly path: string | undefined;

  constructor(code: PackageProblemCode, detail: string, options: { path?: string; cause?: unknown } = {}) {
    super(options.path === undefined ? detail : `${detail}: ${options.path}`, { cause: options.cause });
    this.name = 'PackageProblem';
    this.code = code;
    this.path = options.path;
  }
}
