import { PROPOSAL_ACTS, PROPOSAL_KINDS, PROPOSAL_STATES } from '@qlvb/identity-domain';
import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';
import { exchangedText } from '../exchanged-text.ts';
import { CccdEntry, PostInput, rank, reason, role } from '../users/users.dto.ts';

const why = reason.describe('Lý do đề nghị, người duyệt đọc');

/** One form for somebody new and for somebody whose account another agency made: who proposes need not know which. */
const account = z.object({
  kind: z.literal('account').describe('Tài khoản và vị trí công tác cho một người'),
  ...CccdEntry.shape,
  fullName: exchangedText('StaffInfo.Staff', 100),
  post: PostInput,
  reason: why,
});

export const ProposalInput = z
  .discriminatedUnion('kind', [
    account,
    z.object({
      kind: z.literal('post').describe('Thêm vị trí công tác cho người của cơ quan'),
      userId: z.uuid(),
      post: PostInput,
      reason: why,
    }),
    z.object({
      kind: z.literal('post-change').describe('Đổi đơn vị, chức vụ, vị trí hoặc vai trò'),
      postId: z.uuid(),
      post: PostInput,
      reason: why,
    }),
    z.object({
      kind: z.literal('post-end').describe('Kết thúc vị trí công tác, thu hồi quyền'),
      postId: z.uuid(),
      urgent: z.boolean().default(false).describe('Có hiệu lực ngay, xác nhận sau'),
      reason: why,
    }),
    z.object({
      kind: z.literal('number').describe('Thay số định danh của tài khoản'),
      userId: z.uuid(),
      ...CccdEntry.shape,
      reason: why,
    }),
  ])
  .meta({ id: 'AccountProposalInput' });

const ProposedPostView = z
  .object({
    unitId: z.uuid(),
    unitName: z.string(),
    title: z.string(),
    rank: rank.nullable(),
    roles: z.array(role),
  })
  .meta({ id: 'ProposedPost' });

const PartyView = z
  .object({ userId: z.uuid(), postId: z.uuid(), fullName: z.string(), title: z.string() })
  .meta({ id: 'ProposalParty' });

export const ProposalView = z
  .object({
    proposalId: z.uuid(),
    version: z.int(),
    kind: z.enum(PROPOSAL_KINDS),
    state: z.enum(PROPOSAL_STATES),
    inEffect: z.boolean().describe('Thay đổi đang có hiệu lực; thu hồi khẩn cấp có hiệu lực trước khi duyệt'),
    agencyId: z.uuid().describe('Cơ quan của vị trí công tác'),
    decidingAgencyId: z.uuid().describe('Cơ quan có người đứng đầu duyệt đề nghị'),
    userId: z.uuid().nullable().describe('Người liên quan; chưa có khi tài khoản chưa được duyệt'),
    fullName: z.string(),
    cccdMasked: z.string().nullable().describe('Số định danh đã che'),
    postId: z.uuid().nullable(),
    postBefore: ProposedPostView.nullable(),
    postAfter: ProposedPostView.nullable(),
    reason: z.string(),
    proposedBy: PartyView,
    proposedAt: instant(),
    decidedBy: PartyView.nullable(),
    decidedAt: instant().nullable(),
    decisionReason: z.string().nullable(),
    allowedActs: z.array(z.enum(PROPOSAL_ACTS)).describe('Việc người đang đăng nhập được làm với đề nghị này'),
  })
  .meta({ id: 'AccountProposal' });

export const ProposalQuery = z.object({
  ...pageQuery,
  state: z.enum(PROPOSAL_STATES).optional(),
  kind: z.enum(PROPOSAL_KINDS).optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const ProposalRefusal = z
  .object({ reason: reason.describe('Lý do không duyệt, người đề nghị đọc') })
  .meta({ id: 'AccountProposalRefusal' });
