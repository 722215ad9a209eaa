import { DRAFT_PART_LABELS } from '@qlvb/contracts';
import type { DomainError } from '@qlvb/shared-domain';
import { assertReturnCommented, assertSubmittable } from './draft.ts';
import type { Draft } from './draft.ts';

const complete: Draft = {
  assignedBy: 'u-leader',
  leadUnitId: 'unit-1',
  drafterId: 'u-officer',
  kind: 'decision',
  subject: 'Ban hành Quy chế quản lý văn bản',
  urgency: 'normal',
  notSecret: true,
  signerId: 'u-leader',
  mainFile: 'file-1',
};

const partOf = (text: string): string =>
  Object.entries(DRAFT_PART_LABELS).find(([, { en }]) => text.includes(en))?.[0] ?? text;

const faultsOf = (draft: Draft): string[] => {
  try {
    assertSubmittable(draft);
  } catch (error) {
    return (error as DomainError).faults.map(({ code, detail }) => `${partOf(detail.en)} ${code}`);
  }
  return [];
};

describe('a draft before submission', () => {
  it('NĐ30-A10-1: names who assigned it, the lead unit and the drafter', () => {
    expect(faultsOf(complete)).toEqual([]);
    expect(faultsOf({ ...complete, assignedBy: undefined, leadUnitId: '  ', drafterId: '' })).toEqual([
      'assignedBy NĐ30-A10-1',
      'leadUnitId NĐ30-A10-1',
      'drafterId NĐ30-A10-1',
    ]);
  });

  it('NĐ30-A10-2: fixes kind, subject, urgency and that it is no secret', () => {
    expect(faultsOf({ ...complete, kind: undefined, urgency: undefined, notSecret: false })).toEqual([
      'kind NĐ30-A10-2',
      'urgency NĐ30-A10-2',
      'notSecret NĐ30-A10-2',
    ]);
  });

  it('NĐ30-A10-3: has its file in the system', () => {
    expect(faultsOf({ ...complete, mainFile: undefined })).toEqual(['mainFile NĐ30-A10-3']);
  });
});

describe('returns', () => {
  it('NĐ30-A10-4: a draft is never returned without a comment', () => {
    assertReturnCommented('Sửa Điều 2');
    expect(() => assertReturnCommented(' ')).toThrow('return-needs-comment');
  });
});
