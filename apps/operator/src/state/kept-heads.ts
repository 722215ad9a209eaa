import { readFileSync, statSync } from 'node:fs';
import type { Service } from '@qlvb/installation';
import { ConfigurationError, parseConfig } from '@qlvb/platform-config';
import type { Head, JournalSeal } from '@qlvb/platform-database';
import { FolderPlace, headPlaces, headsSettings } from '@qlvb/platform-storage';
import type { AppendOnlyPlace } from '@qlvb/platform-storage';
import { z } from 'zod';
import { headsEnvironment } from '../connection.ts';
import { Unusable } from '../unusable.ts';
import type { AgencyHead } from './audits.ts';

/** What was taken away from an installation over time. */
export class KeptHeads {
  readonly #lines: readonly Head[];

  private constructor(lines: readonly Head[]) {
    this.#lines = lines;
  }

  /**
   * Of every place to which the services take heads, by their own settings, and of a file of `audit heads --json` or a folder of
   * such files where one is named.
   *
   * @throws Unusable when a place or the path cannot be read
   */
  static async read(environment: NodeJS.ProcessEnv, path?: string): Promise<KeptHeads> {
    const lines: Head[] = [];
    for (const [name, contents] of sources(environment, path)) {
      try {
        for await (const content of contents)
          for (const line of content.split('\n').filter(Boolean)) lines.push(JSON.parse(line) as Head);
      } catch (cause) {
        throw new Unusable(`Không đọc được ${name}. (The heads cannot be read.)`, { cause });
      }
    }
    return new KeptHeads(lines);
  }

  chains(service: Service): AgencyHead[] {
    return this.#lines.flatMap((line) => (line.service === service && 'agencyId' in line ? [line] : []));
  }

  seals(service: Service): JournalSeal[] {
    return this.#lines.flatMap((line) => (line.service === service && 'journal' in line ? [line.journal] : []));
  }
}

type Contents = AsyncIterable<string> | Iterable<string>;

function sources(environment: NodeJS.ProcessEnv, path: string | undefined): [string, Contents][] {
  const places = placesOf(headsEnvironment(environment)).map((place): [string, Contents] => [
    place.kind === 'folder' ? 'QLVB_HEADS_DIR' : 'QLVB_HEADS_S3_ENDPOINT',
    place.all(),
  ]);
  return path === undefined ? places : [...places, [path, named(path)]];
}

function placesOf(environment: NodeJS.ProcessEnv): AppendOnlyPlace[] {
  try {
    return headPlaces(parseConfig(z.object(headsSettings), environment));
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Unusable(error.message, { cause: error });
    throw error;
  }
}

function* oneFile(path: string): Generator<string> {
  yield readFileSync(path, 'utf8');
}

async function* named(path: string): AsyncGenerator<string> {
  yield* statSync(path).isDirectory() ? new FolderPlace(path).all() : oneFile(path);
}
