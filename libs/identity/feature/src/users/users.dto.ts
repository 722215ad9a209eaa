import { POST_RANKS, ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { instant, pageQuery, searchText, secretText } from '@qlvb/platform-http';
import { z } from 'zod';
import { exchangedText } from '../exchanged-text.ts';

export const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);

export const rank = z.enum(POST_RANKS).describe('Vị trí trong cơ quan, căn cứ của thẩm quyền ký');

export const PostView = z
  .object({
    postId: z.uuid(),
    version: z.int(),
    userId: z.uuid(),
    agencyId: z.uuid(),
    unitId: z.uuid(),
    title: z.string(),
    rank: rank.nullable(),
    roles: z.array(z.string()),
    active: z.boolean(),
  })
  .meta({ id: 'Post' });

export const UserView = z
  .object({
    userId: z.uuid(),
    fullName: z.string(),
    cccdMasked: z.string().describe('Số định danh đã che'),
    state: z.string(),
    posts: z.array(PostView),
  })
  .meta({ id: 'User' });

export const UserQuery = z.object({
  ...pageQuery,
  query: searchText(100).optional().describe('Tìm theo họ tên, không phân biệt dấu'),
});

export const PostInput = z
  .object({
    unitId: z.uuid(),
    title: exchangedText('SignerInfo.Position', 200),
    rank: rank.optional(),
    roles: z.array(role).min(1).max(10),
  })
  .meta({ id: 'PostInput' });

export const reason = z.string().trim().min(1).max(500);

export const CccdEntry = z.object({
  cccd: z.string().min(1).max(40),
  cccdAgain: z.string().min(1).max(40).describe('Nhập lại số định danh để kiểm tra'),
  overrideReason: reason.optional().describe('Lý do chấp nhận số không khớp cấu trúc thường gặp'),
});

export const CccdRevealInput = z.object({ reason }).meta({ id: 'CccdRevealInput' });

export const CccdRevealed = z.object({ cccd: z.string() }).meta({ id: 'CccdRevealed' });

export const InvitationView = z
  .object({
    userId: z.uuid(),
    decidingAgencyId: z.uuid().describe('Cơ quan có người đứng đầu xác nhận lời mời'),
    expiresAt: instant(),
    firstPart: secretText(
      'Phần thứ nhất của mật khẩu dùng một lần; chỉ hiển thị một lần. Người được mời nhập hai phần, nối bằng dấu "-"',
    ),
  })
  .meta({ id: 'Invitation' });

export const InvitationConfirmationView = z
  .object({
    userId: z.uuid(),
    expiresAt: instant(),
    secondPart: secretText('Phần thứ hai của mật khẩu dùng một lần; chỉ hiển thị một lần'),
  })
  .meta({ id: 'InvitationConfirmation' });
