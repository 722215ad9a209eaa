import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { globSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';

export interface JudgeFinding {
  readonly rule: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  readonly detail: string;
}

const JUDGES = resolve(import.meta.dirname, '../../../../deploy/judges/judges');

/** The commons-ip judge that `deploy/judges/judges install` made, if it did. */
export function commonsIp(): string | undefined {
  const variables = spawnSync(JUDGES, ['env'], { encoding: 'utf8' }).stdout;
  return process.env['QLVB_JUDGE_COMMONS_IP'] ?? /QLVB_JUDGE_COMMONS_IP=(.+)/.exec(variables ?? '')?.[1];
}

export const hasXmllint = (): boolean => spawnSync('xmllint', ['--version']).status === 0;

/** Findings per package, in the order of the paths; those of level MAY are hints, not faults, and are left out. */
export function judge(program: string, packages: readonly string[]): JudgeFinding[][] {
  const output = execFileSync(program, [...packages], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
  return output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { findings: JudgeFinding[] }).findings.filter(({ level }) => level !== 'MAY'));
}

/** Unpacks the METS schemas that commons-ip brings, with one schema over all three namespaces. */
export async function metsSchema(program: string, directory: string): Promise<string> {
  const jar = globSync(join(dirname(program), 'libs', 'commons-ip2-*.jar'))[0];
  if (jar === undefined) throw new Error(`no commons-ip2 beside ${program}`);
  await mkdir(directory, { recursive: true });
  const zip = await openPromise(jar, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    const name = /^schemas2\/([^/]+\.xsd)$/.exec(entry.fileName)?.[1];
    if (name !== undefined)
      await writeFile(join(directory, name), await buffer(await zip.openReadStreamPromise(entry)));
  }
  zip.close();
  const all = join(directory, 'all.xsd');
  await writeFile(
    all,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.loc.gov/METS/" schemaLocation="mets1_12.xsd"/>
  <xs:import namespace="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" schemaLocation="DILCISExtensionMETS.xsd"/>
  <xs:import namespace="https://DILCIS.eu/XML/METS/SIPExtensionMETS" schemaLocation="DILCISExtensionSIPMETS.xsd"/>
</xs:schema>
`,
  );
  return all;
}

/** What xmllint has against the documents; empty when they are valid. */
export function lint(schema: string, documents: readonly string[]): string {
  const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...documents], { encoding: 'utf8' });
  return run.status === 0 ? '' : run.stderr;
}

/** A suite that needs an outside program: skipped with a reason where it is missing, a failure in CI. */
export function describeWith(needs: string, isThere: boolean, title: string, suite: () => void): void {
  if (isThere) describe(title, suite);
  else if (process.env['CI']) {
    it(`${title}: CI provides ${needs}`, () => {
      throw new Error(`missing: ${needs} (deploy/judges/judges install)`);
    });
  } else describe.skip(`${title} [skipped: needs ${needs}, see deploy/judges]`, suite);
}
