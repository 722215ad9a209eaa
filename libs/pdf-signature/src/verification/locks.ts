import type { PdfDocument } from '../pdf/document.ts';
import { PdfName, PdfString } from '../pdf/objects.ts';
import type { PdfDict } from '../pdf/objects.ts';

/** What a signature itself forbids later revisions (12.8.2). */
export interface SignatureLocks {
  readonly noChanges: boolean;
  readonly locksField: (name: string) => boolean;
  readonly locksAll: boolean;
}

/** Reads DocMDP and FieldMDP from the references of a signature. @source PR-23, PR-24 */
export function locksOf(revision: PdfDocument, signature: PdfDict): SignatureLocks {
  const transforms = revision.array(signature.get('Reference')).flatMap((item) => {
    const reference = revision.dict(item);
    const method = revision.resolve(reference?.get('TransformMethod'));
    const parameters = revision.dict(reference?.get('TransformParams')) ?? (new Map() as PdfDict);
    return method instanceof PdfName ? [{ method: method.value, parameters }] : [];
  });
  const noChanges = transforms.some(({ method, parameters }) => method === 'DocMDP' && parameters.get('P') === 1);
  const rules = transforms
    .filter(({ method }) => method === 'FieldMDP')
    .map(({ parameters }) => fieldRule(revision, parameters));
  return {
    noChanges,
    locksAll: rules.some(({ all }) => all),
    locksField: (name) => rules.some(({ locks }) => locks(name)),
  };
}

function fieldRule(revision: PdfDocument, parameters: PdfDict): { all: boolean; locks: (name: string) => boolean } {
  const action = revision.resolve(parameters.get('Action'));
  const listed = new Set(
    revision.array(parameters.get('Fields')).map((item) => {
      const value = revision.resolve(item);
      return value instanceof PdfString ? value.text : '';
    }),
  );
  const kind = action instanceof PdfName ? action.value : 'All';
  if (kind === 'Include') return { all: false, locks: (name) => listed.has(name) };
  if (kind === 'Exclude') return { all: false, locks: (name) => !listed.has(name) };
  return { all: true, locks: () => true };
}
