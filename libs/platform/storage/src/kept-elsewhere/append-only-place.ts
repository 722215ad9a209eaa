/** Where files are added and never changed or taken away: out of reach of who writes to the databases. */
export interface AppendOnlyPlace {
  readonly kind: 'folder' | 'bucket';
  /** Durable when it resolves. @throws Error when a file of this name is there, or cannot be kept */
  add(name: string, content: string): Promise<void>;
  /** The content of every file that was ever added; nothing where there is no place yet. */
  all(): AsyncGenerator<string>;
  /** Makes the place, once for an installation; harmless again. @throws Error when what is there cannot keep */
  install(): Promise<void>;
}
