import type { Readable } from 'node:stream';

/** A package that can be read: files by path below its root folder. */
export interface PackageContents {
  /** Name of the root folder. */
  readonly folder: string;
  /** Length in bytes by path. */
  readonly files: ReadonlyMap<string, number>;
  /** @throws PackageProblem `archive-package.missing-file` */
  open(path: string): Promise<Readable>;
  close(): Promise<void>;
}

export interface ContentsLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
  /** Unpacked length over packed length, for entries of more than 1 MiB and for the whole. */
  readonly maxRatio: number;
  readonly maxPathLength: number;
  readonly maxDepth: number;
}

/** @source SUB-11 */
export const CONTENTS_LIMITS: ContentsLimits = {
  maxFiles: 25_000,
  maxBytes: 50 * 1024 ** 3,
  maxRatio: 200,
  maxPathLength: 400,
  maxDepth: 12,
};
