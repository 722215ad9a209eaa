import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import * as attack from './testing/attacks.ts';
import { cmsOf, element, rebuilt, withCms } from './testing/cms-forgeries.ts';
import { BASES, check, FORGERIES, personOf, TWINS, world } from './testing/forged-files.ts';
import type { Forgery } from './testing/forged-files.ts';
import { SIGNED_AT } from './testing/signed-sample.ts';

const pyhanko = process.env['QLVB_JUDGE_PYHANKO'] ?? '';
const script = resolve(import.meta.dirname, '../../../deploy/judges/pyhanko-judge.py');
const folder = mkdtempSync(join(tmpdir(), 'qlvb-foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of each kind of forgery one file, by another signer and on another base each time. */
const SAMPLE: readonly Forgery[] = [...new Set(FORGERIES.map(({ what }) => what))].map((kind, index) => {
  const ofKind = FORGERIES.filter(({ what }) => what === kind);
  return ofKind[(index * 7) % ofKind.length] as Forgery;
});
const GOOD: readonly Forgery[] = BASES.flatMap(({ base, pdf }) =>
  TWINS.map(([what, add]) => ({ title: `${base}, ${what}`, what, pdf: () => add(pdf) })),
);
const [{ pdf: signed }] = BASES as [(typeof BASES)[number]];
/** What needs no look at later changes: the bytes or the signature itself are not what they were. */
const BROKEN: readonly Forgery[] = (
  [
    ['altered byte', () => attack.replaced(signed, 'QUYET DINH', 'QUYET DJNH')],
    ['second range moved', () => attack.secondRangeMoved(signed)],
    ['no CMS', () => withCms(signed, Buffer.alloc(8))],
    [
      'another value',
      () =>
        withCms(
          signed,
          rebuilt(cmsOf(signed), ({ signer }) => ({
            signer: signer.map((raw, index) =>
              index === 5 ? element(4, Buffer.from(raw.subarray(4)).reverse()) : raw,
            ),
          })),
        ),
    ],
    [
      'two signers',
      () =>
        withCms(
          signed,
          rebuilt(cmsOf(signed), ({ signedData, signer }) => ({
            signedData: [
              ...signedData,
              element(0x31, element(0x30, ...signer.slice(0, 6)), element(0x30, ...signer.slice(0, 6))),
            ],
          })),
        ),
    ],
  ] as const
).map(([what, pdf]) => ({ title: what, what, pdf }));

const FORM_FILLING =
  'a field may be filled by anybody in pyHanko; number and date are the clerk’s, once, under the seal (PR-22)';
const DRAWN = 'pyHanko does not look at what a later signature shows, nor where (ATT-07)';
const APPEARANCE = 'how a field’s text is drawn is no change in pyHanko; it is what is read on the page (VER-04)';
const ORDER = 'pyHanko compares which annotations there are; their order says what lies on top (VER-04)';

/** Kinds that pyHanko takes and we refuse, each with the reason. There is nothing the other way round. */
const STRICTER_THAN_PYHANKO: Readonly<Record<string, string>> = {
  'annotations reordered': ORDER,
  'annotation listed twice': ORDER,
  'appearances to be redrawn': APPEARANCE,
  'default appearance replaced': APPEARANCE,
  'default resources replaced': APPEARANCE,
  'number field with /Ff': APPEARANCE,
  'number field with /DA': APPEARANCE,
  'number field with /Q': APPEARANCE,
  'catalog with /MarkInfo':
    'harmless for the eye; only what a later signature needs may change in the catalog (VER-04)',
  number: FORM_FILLING,
  date: FORM_FILLING,
  'number and date': FORM_FILLING,
  ...Object.fromEntries(
    SAMPLE.filter(({ what }) => what.startsWith('picture ') && !what.startsWith('picture of')).map(({ what }) => [
      what,
      DRAWN,
    ]),
  ),
};

/** Signatures that hold for us and not for pyHanko, each with the reason. None of them makes a document complete that is not. */
const SEAL =
  'a locked seal forbids new signatures in pyHanko; here a receiving agency may sign where nothing stands (0092, PR-24)';
const UNREAD = 'pyHanko does not read the file; who signed last signed it as it is, and every earlier signature fails';
const WIDER_THAN_PYHANKO: Readonly<Record<string, string>> = {
  'a time stamp that shows nothing: ChuKyCoQuan': SEAL,
  'proof data under a time stamp: ChuKyCoQuan': SEAL,
  'a signature that shows nothing: ChuKyCoQuan': SEAL,
  'PR-24 a signature where nothing stands: ChuKyCoQuan': SEAL,
  'content under another generation: the later one': UNREAD,
  'content free in the table and back in a hidden stream: the later one': UNREAD,
};

interface Made extends Omit<Forgery, 'pdf'> {
  readonly path: string;
  /** Fields of the signatures that hold for us. */
  readonly ours: readonly string[];
  readonly isPersonOurs: boolean;
}
let counter = 0;
const made = (files: readonly Forgery[]): readonly Made[] =>
  files.map(({ title, what, pdf }) => {
    const path = join(folder, `${(counter += 1)}.pdf`);
    const file = pdf();
    writeFileSync(path, file);
    const report = check(file);
    const ours = report.signatures.filter(({ indication }) => indication === 'PASSED').map((one) => one.fieldName);
    return { title, what, path, ours, isPersonOurs: personOf(report)?.indication === 'PASSED' };
  });

const good = made(GOOD);
const forged = made([...SAMPLE, ...BROKEN]);
const PERSON = 'ChuKyCaNhan';

it('F-01 F-21 the files: each good twin holds for us, no forgery does', () => {
  expect(good.filter(({ isPersonOurs }) => !isPersonOurs)).toEqual([]);
  expect(forged.filter(({ isPersonOurs }) => isPersonOurs)).toEqual([]);
  expect(good.length).toBeGreaterThanOrEqual(40);
  expect(forged.length).toBeGreaterThanOrEqual(100);
});

describeIf(pyhanko !== '', 'pyHanko over the forgeries (QLVB_JUDGE_PYHANKO)', 'pyHanko', () => {
  interface Answer {
    readonly file: string;
    readonly signatures?: readonly { readonly field: string; readonly isAccepted: boolean; readonly said: string }[];
  }
  let accepted: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    const root = join(folder, 'root.pem');
    writeFileSync(root, world.pki.root.certificate.pem);
    const paths = [...good, ...forged].map(({ path }) => path);
    const python = join(dirname(pyhanko), 'python');
    const output = execFileSync(python, [script, root, SIGNED_AT.toISOString(), ...paths], { encoding: 'utf8' });
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    accepted = new Map(
      answers.map(({ file, signatures = [] }) => [
        file,
        signatures.filter(({ isAccepted }) => isAccepted).map(({ field }) => field),
      ]),
    );
  }, 240_000);
  const isTaken = ({ path }: Made, field = PERSON): boolean => accepted.get(path)?.includes(field) === true;

  it('ORA-02 no signature holds for us that it refuses, but for reasons of its own', () => {
    const more = [...good, ...forged].flatMap((file) =>
      file.ours
        .filter((field) => !isTaken(file, field))
        .map((field) => `${file.what}: ${field.startsWith('Them') ? 'the later one' : field}`),
    );
    expect([...new Set(more)].sort()).toEqual(Object.keys(WIDER_THAN_PYHANKO).sort());
    expect(accepted.size).toBe(good.length + forged.length);
  });

  it('ORA-02 takes every good twin', () => {
    expect(good.filter((file) => !isTaken(file)).map(({ title }) => title)).toEqual([]);
  });

  it('ORA-02 takes of the forgeries exactly the kinds for which there is a reason to be stricter', () => {
    const taken = forged.filter((file) => isTaken(file)).map(({ what }) => what);
    expect(taken.sort()).toEqual(Object.keys(STRICTER_THAN_PYHANKO).sort());
  });
});

describeIf(spawnSync('pdfsig', ['-v']).error === undefined, 'pdfsig over the forgeries', 'poppler', () => {
  /** Of each field what pdfsig says of its digest and value; it knows no time stamps of documents and no later changes. */
  const validFields = ({ path }: Made): ReadonlyMap<string, string> =>
    new Map(
      spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })
        .stdout.split(/^Signature #/m)
        .slice(1)
        .map((block) => [
          /Signature Field Name: (.*)/.exec(block)?.[1] ?? '',
          /Signature Validation: (.*)/.exec(block)?.[1] ?? '',
        ]),
    );
  const VALID = 'Signature is Valid.';
  const UNKNOWN = 'Signature has not yet been verified.';
  let said: ReadonlyMap<string, ReadonlyMap<string, string>>;
  beforeAll(() => {
    said = new Map([...good, ...forged].map((file) => [file.path, validFields(file)]));
  }, 240_000);

  it('ORA-02 no signature of any of them holds for us that it refuses', () => {
    const more = [...good, ...forged].flatMap(({ path, ours, title }) =>
      ours
        .filter((field) => ![VALID, UNKNOWN].includes(said.get(path)?.get(field) ?? ''))
        .map((field) => `${title}: ${field}`),
    );
    expect(more).toEqual([]);
  });

  it('ORA-02 takes every good twin, and of the forgeries all but those whose bytes or value are not the signed ones', () => {
    const refused = (files: readonly Made[]): string[] =>
      files.filter(({ path }) => said.get(path)?.get(PERSON) !== VALID).map(({ what }) => what);
    expect(refused(good)).toEqual([]);
    // It judges digest and value of the first signer alone: what a later revision changes is not its question.
    expect(refused(forged).sort()).toEqual(
      BROKEN.filter(({ what }) => what !== 'two signers')
        .map(({ what }) => what)
        .sort(),
    );
  });
});
