import { pageVariants, producerShapes } from '@qlvb/pdf-testing';
import { AGENCY, SIGNED_AT } from '../testing/signed-sample.ts';
import { rehearseSigning } from './rehearsal.ts';

const at = { organisation: AGENCY.organization, at: SIGNED_AT };

describe('F-09 files as producers build them', () => {
  it.each(producerShapes(false))('F-09 PR-12 the document itself: $name', ({ pdf }) => {
    expect(rehearseSigning({ pdf, role: 'main', ...at })).toEqual({ earlierSignatures: 'none' });
  });

  it.each([...producerShapes(true), ...pageVariants()])('F-09 PR-12 an attachment: $name', ({ pdf }) => {
    expect(rehearseSigning({ pdf, role: 'attachment', ...at })).toEqual({ earlierSignatures: 'none' });
  });
});
