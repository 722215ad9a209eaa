import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A rule of law or design that software decides. */
export interface Rule {
  id: string;
  /** Act and article, or the standard it comes from. */
  source: string;
  line: string;
  /** Owner: the service whose code decides it. */
  service: string;
}

export interface Chapter {
  name: string;
  rules: Rule[];
}

const SERVICES = [
  'identity',
  'gateway',
  'documents',
  'workflow',
  'signature',
  'exchange',
  'archive',
  'reporting',
  'platform',
  'operations',
];

/** Reads every chapter of the catalogue. */
export function readCatalogue(folder: string): Chapter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => ({
      name: file.replace('.json', ''),
      rules: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Rule[],
    }));
}

/** What is wrong with the catalogue itself, one sentence each. */
export function catalogueFaults(chapters: readonly Chapter[]): string[] {
  const faults: string[] = [];
  const seen = new Map<string, string>();
  for (const { name, rules } of chapters) {
    for (const { id, source, line, service } of rules) {
      const first = seen.get(id);
      if (first !== undefined) faults.push(`${id} stands in ${first} and in ${name}`);
      seen.set(id, name);
      if (id !== id.normalize('NFC') || line !== line.normalize('NFC')) faults.push(`${id} is not composed (NFC)`);
      if (!source || !line || line.length > 120) faults.push(`${id} needs a source and a line of 1 to 120 characters`);
      if (!SERVICES.includes(service)) faults.push(`${id} names no known service: ${service}`);
    }
  }
  return faults;
}
