import { OUTGOING_STATES, possibleOutgoingActs } from '@qlvb/documents-domain';
import type { OutgoingRole } from '@qlvb/documents-domain';
import { performedOn, withoutSeparated } from './outgoing-separations.ts';

const CAPACITIES: readonly OutgoingRole[] = ['drafter', 'unit_head', 'layout_checker', 'signer', 'clerk'];
const combinations = Array.from({ length: 2 ** CAPACITIES.length }, (_, bits) =>
  CAPACITIES.filter((_capacity, index) => (bits >> index) & 1),
);

const person = (userId: string) => ({ userId, postId: userId, fullName: 'Trần Văn Bình', position: 'Chuyên viên' });
const passed = (aspect: 'content' | 'layout', userId: string, draftVersion = 2) => ({
  aspect,
  outcome: 'passed' as const,
  draftVersion,
  checkedBy: person(userId),
});
const actsOf = (capacities: readonly OutgoingRole[], drafter: string, checks: ReturnType<typeof passed>[]) =>
  OUTGOING_STATES.flatMap((state) =>
    withoutSeparated(
      possibleOutgoingActs(state, capacities),
      { drafter: person(drafter), draftVersion: 2, attachmentReplacement: null, correction: null },
      checks,
      'u-me',
    ),
  );

describe('F-04 separated acts on one version of a draft, whatever somebody’s capacities', () => {
  it.each(combinations)('NĐ30-A12-1, NĐ30-A12-2: %s %s %s %s %s', (...capacities) => {
    const holds = new Set(capacities);
    const own = actsOf(capacities, 'u-me', []);
    expect(own).not.toContain('approve_content');
    expect(own).not.toContain('approve_layout');

    const fresh = actsOf(capacities, 'u-drafter', []);
    expect(fresh.includes('approve_content')).toBe(holds.has('unit_head'));
    expect(fresh.includes('approve_layout')).toBe(holds.has('layout_checker'));

    const content = actsOf(capacities, 'u-drafter', [passed('content', 'u-me')]);
    expect(content).not.toContain('approve_layout');
    const layout = actsOf(capacities, 'u-drafter', [passed('layout', 'u-me')]);
    expect(layout).not.toContain('approve_content');

    const older = actsOf(capacities, 'u-drafter', [passed('content', 'u-me', 1)]);
    expect(older.includes('approve_layout')).toBe(holds.has('layout_checker'));
    const others = actsOf(capacities, 'u-drafter', [passed('content', 'u-other')]);
    expect(others.includes('approve_layout')).toBe(holds.has('layout_checker'));
  });

  it('NĐ30-A10-4: a draft that was sent back binds nobody', () => {
    const returned = { ...passed('content', 'u-me'), outcome: 'returned' as const };
    const acts = performedOn(
      { drafter: person('u-drafter'), draftVersion: 2, attachmentReplacement: null, correction: null },
      [returned],
    );
    expect(acts).toEqual([{ act: 'outgoing-document.draft', userId: 'u-drafter', version: 2 }]);
  });
});
