import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Outside programs that judge what the platform has made; `deploy/judges/judges install` brings them. */
export const JUDGES = {
  pyhanko: process.env['QLVB_JUDGE_PYHANKO'] ?? '',
  commonsIp: process.env['QLVB_JUDGE_COMMONS_IP'] ?? '',
};

const has = (command: string, argument: string): boolean => spawnSync(command, [argument]).error === undefined;

/** True when every judge is here. */
export const judgesAreHere = (): boolean =>
  existsSync(JUDGES.pyhanko) && existsSync(JUDGES.commonsIp) && has('pdfsig', '-v') && has('xmllint', '--version');

/** What pdfsig of poppler says about the signatures of a file; trust in the issuer aside. */
export const pdfsig = (file: string): string => execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });

/** What pyHanko says, holding signers and time stamps to one root. */
export function pyhanko(file: string, root: string): string {
  const trust = ['--trust', root, '--trust-replace', '--no-revocation-check'];
  return execFileSync(JUDGES.pyhanko, ['sign', 'validate', '--pretty-print', ...trust, file], { encoding: 'utf8' });
}

/** Nothing when the file is well-formed; xmllint's complaint otherwise. */
export const xmllint = (file: string): string =>
  spawnSync('xmllint', ['--nonet', '--noout', '--huge', file], { encoding: 'utf8' }).stderr;

/**
 * Rules that commons-ip2 finds broken in a package; hints of level MAY are no faults. The package is unpacked first: the
 * judge takes the METS of the submission that an AIP keeps inside for the AIP's own when it reads the ZIP directly.
 */
export function commonsIp(zip: string, folder: string): string[] {
  execFileSync('unzip', ['-q', '-o', zip, '-d', folder]);
  const [name = ''] = readdirSync(folder);
  const { findings } = JSON.parse(execFileSync(JUDGES.commonsIp, [join(folder, name)], { encoding: 'utf8' })) as {
    findings: { rule: string; level: string }[];
  };
  return findings.filter(({ level }) => level !== 'MAY').map(({ rule }) => rule);
}
