import type { ProcessDefinition } from './process-definition.ts';

type State =
  | 'drafting'
  | 'returned'
  | 'unit_review'
  | 'layout_check'
  | 'awaiting_signature'
  | 'signed'
  | 'numbered'
  | 'agency_signed'
  | 'issued'
  | 'cancelled';
type Role = 'drafter' | 'unit_head' | 'layout_checker' | 'signer' | 'clerk';
type Trigger =
  | 'draft_revised'
  | 'draft_submitted'
  | 'content_approved'
  | 'layout_approved'
  | 'draft_returned'
  | 'passed_to_drafter'
  | 'personally_signed'
  | 'registered'
  | 'agency_signed'
  | 'reopened'
  | 'issued'
  | 'cancelled';

/**
 * Handling of an outgoing document, from the assignment of drafting to issue.
 *
 * @source NĐ30-A10-4 later steps return to the head of the lead unit, who passes the draft on
 * @source NĐ30-A12-1
 * @source NĐ30-A12-2
 * @source NĐ30-A14-1
 * @source EX-NUM-3 a numbered document goes back with its number
 */
export const OUTGOING_DOCUMENT_PROCESS: ProcessDefinition<State, Role, Trigger> = {
  key: 'outgoing-document',
  version: 1,
  initial: 'drafting',
  final: ['issued', 'cancelled'],
  roles: ['drafter', 'unit_head', 'layout_checker', 'signer', 'clerk'],
  // prettier-ignore
  tasks: {
    drafting:           [{ task: 'draft',         role: 'drafter',        due: { workingDays: 3 }, source: 'NĐ30-A10-1' }],
    returned:           [{ task: 'pass_on',       role: 'unit_head',      due: { workingDays: 1 }, source: 'NĐ30-A10-4', completes: 'passed_to_drafter' }],
    unit_review:        [{ task: 'check_content', role: 'unit_head',      due: { workingDays: 1 }, source: 'NĐ30-A12-1' }],
    layout_check:       [{ task: 'check_layout',  role: 'layout_checker', due: { workingDays: 1 }, source: 'NĐ30-A12-2' }],
    awaiting_signature: [{ task: 'sign',          role: 'signer',         due: { workingDays: 1 }, source: 'NĐ30-A11-1' }],
    signed:             [{ task: 'number',        role: 'clerk',          due: 'issue',            source: 'NĐ30-A15-3' }],
    numbered:           [{ task: 'agency_sign',   role: 'clerk',          due: 'issue',            source: 'NĐ30-A17-2' }],
    agency_signed:      [{ task: 'issue',         role: 'clerk',          due: 'issue',            source: 'NĐ30-A18-1' }],
    issued:             [],
    cancelled:          [],
  },
  // prettier-ignore
  transitions: [
    { from: 'drafting',           on: 'draft_revised',       to: 'drafting' },
    { from: 'drafting',           on: 'cancelled',           to: 'cancelled' },
    { from: 'drafting',           on: 'draft_submitted',     to: 'unit_review' },
    { from: 'returned',           on: 'passed_to_drafter',   to: 'drafting' },
    // the drafter sees the return as well and may correct before it is passed on
    { from: 'returned',           on: 'draft_revised',       to: 'drafting' },
    { from: 'returned',           on: 'draft_submitted',     to: 'unit_review' },
    { from: 'returned',           on: 'cancelled',           to: 'cancelled' },
    { from: 'unit_review',        on: 'content_approved',    to: 'layout_check' },
    { from: 'unit_review',        on: 'draft_returned',      to: 'drafting' },
    { from: 'layout_check',       on: 'layout_approved',     to: 'awaiting_signature' },
    { from: 'layout_check',       on: 'draft_returned',      to: 'returned' },
    { from: 'awaiting_signature', on: 'personally_signed',   to: 'signed' },
    { from: 'awaiting_signature', on: 'draft_returned',      to: 'returned' },
    { from: 'awaiting_signature', on: 'draft_revised',       to: 'awaiting_signature' },
    { from: 'awaiting_signature', on: 'content_approved',    to: 'awaiting_signature' },
    { from: 'awaiting_signature', on: 'layout_approved',     to: 'awaiting_signature' },
    { from: 'signed',             on: 'draft_revised',       to: 'awaiting_signature' },
    { from: 'signed',             on: 'registered',          to: 'numbered' },
    { from: 'numbered',           on: 'agency_signed',       to: 'agency_signed' },
    { from: 'numbered',           on: 'cancelled',           to: 'cancelled' },
    // its file proved unusable: drafted and signed anew under its number
    { from: 'numbered',           on: 'reopened',            to: 'drafting' },
    { from: 'agency_signed',      on: 'reopened',            to: 'drafting' },
    { from: 'agency_signed',      on: 'issued',              to: 'issued' },
  ],
};
