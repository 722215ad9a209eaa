import { PdfName, PdfString } from '@qlvb/pdf';
import type { PdfDict, PdfDocument } from '@qlvb/pdf';

/** What a signature itself forbids later revisions (12.8.2). */
export interface SignatureLocks {
  readonly noChanges: boolean;
  readonly locksField: (name: string) => boolean;
}

const KNOWN_METHODS: ReadonlySet<string> = new Set(['DocMDP', 'FieldMDP', 'Identity', 'UR', 'UR3']);
const LEVELS: readonly unknown[] = [undefined, 2, 3];

/**
 * Reads DocMDP and FieldMDP from the references of a signature. A rule that is not understood allows nothing.
 *
 * @source PR-23, PR-24
 */
export function locksOf(revision: PdfDocument, signature: PdfDict): SignatureLocks {
  const transforms = revision.array(signature.get('Reference')).map((item) => {
    const reference = revision.dict(item);
    const method = revision.resolve(reference?.get('TransformMethod'));
    const parameters = revision.dict(reference?.get('TransformParams')) ?? (new Map() as PdfDict);
    return { method: method instanceof PdfName ? method.value : '', parameters };
  });
  const level = (parameters: PdfDict): unknown =>
    parameters.has('P') ? revision.resolve(parameters.get('P')) : undefined;
  const noChanges = transforms.some(
    ({ method, parameters }) =>
      !KNOWN_METHODS.has(method) || (method === 'DocMDP' && !LEVELS.includes(level(parameters))),
  );
  const rules = transforms
    .filter(({ method }) => method === 'FieldMDP')
    .map(({ parameters }) => fieldRule(revision, parameters));
  return { noChanges, locksField: (name) => rules.some((locks) => locks(name)) };
}

function fieldRule(revision: PdfDocument, parameters: PdfDict): (name: string) => boolean {
  const action = revision.resolve(parameters.get('Action'));
  const listed = revision.array(parameters.get('Fields')).map((item) => {
    const value = revision.resolve(item);
    return value instanceof PdfString ? value.text : '';
  });
  // A field's name stands for everything below it too (12.8.2.4).
  const isListed = (name: string): boolean => listed.some((own) => name === own || name.startsWith(`${own}.`));
  const kind = action instanceof PdfName ? action.value : 'All';
  if (kind === 'Include') return isListed;
  if (kind === 'Exclude') return (name) => !isListed(name);
  return () => true;
}
