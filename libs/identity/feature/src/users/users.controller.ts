import { Controller, Inject } from '@nestjs/common';
import {
  AccountInUse,
  AccountNotFound,
  AccountNotInUse,
  AgencyNotFound,
  AgencyOutsideSubtree,
  InvitationNotWaiting,
  NobodyDecides,
  NotTheHead,
} from '@qlvb/identity-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { CitizenNumbers } from './citizen-numbers.ts';
import { Invitations } from './invitations.ts';
import {
  CccdRevealed,
  CccdRevealInput,
  InvitationConfirmationView,
  InvitationView,
  PasswordResetInput,
  UserQuery,
  UserView,
} from './users.dto.ts';
import { UsersService } from './users.service.ts';

const list = operation({
  id: 'listUsers',
  method: 'GET',
  path: '/users',
  tag: 'users',
  summary: { vi: 'Tài khoản của cơ quan', en: 'Accounts of the agency' },
  permission: 'users.read',
  query: UserQuery,
  response: { status: 200, schema: pageOf(UserView) },
  problems: [AgencyNotFound, AgencyOutsideSubtree],
});

const get = operation({
  id: 'getUser',
  method: 'GET',
  path: '/users/:userId',
  tag: 'users',
  summary: { vi: 'Một tài khoản', en: 'One account' },
  permission: 'users.read',
  params: z.object({ userId: z.uuid() }),
  response: { status: 200, schema: UserView },
  problems: [AccountNotFound],
});

const invite = operation({
  method: 'POST',
  path: '/users/:userId/invitations',
  id: 'inviteUser',
  tag: 'users',
  summary: { vi: 'Mời người mới đặt mật khẩu', en: 'Invite a new person to set a password' },
  permission: 'users.manage',
  idempotent: true,
  params: z.object({ userId: z.uuid() }),
  response: { status: 201, schema: InvitationView },
  problems: [AccountNotFound, AccountInUse, DutiesNotSeparate, NobodyDecides],
});

const resetPassword = operation({
  method: 'POST',
  path: '/users/:userId/password-resets',
  id: 'resetPassword',
  tag: 'users',
  summary: {
    vi: 'Đặt lại mật khẩu cho người đã quên; có hiệu lực khi người thứ hai xác nhận',
    en: 'Reset the password of somebody who forgot it; takes effect when a second person confirms',
  },
  permission: 'users.manage',
  idempotent: true,
  params: z.object({ userId: z.uuid() }),
  body: PasswordResetInput,
  response: { status: 201, schema: InvitationView },
  problems: [AccountNotFound, AccountNotInUse, DutiesNotSeparate, NobodyDecides],
});

const confirmInvitation = operation({
  method: 'POST',
  path: '/users/:userId/invitations/confirmations',
  id: 'confirmInvitation',
  tag: 'users',
  summary: {
    vi: 'Xác nhận lời mời hoặc việc đặt lại mật khẩu, nhận phần thứ hai của mật khẩu dùng một lần',
    en: 'Confirm an invitation or a reset and get the second part of the one-time password',
  },
  // Of both: where no agency has a head, an administrator of the top one stands in.
  permission: ['account-proposals.decide', 'users.manage'],
  idempotent: true,
  params: z.object({ userId: z.uuid() }),
  response: { status: 201, schema: InvitationConfirmationView },
  problems: [AccountNotFound, DutiesNotSeparate, InvitationNotWaiting, NobodyDecides, NotTheHead],
});

const reveal = operation({
  id: 'revealCitizenNumber',
  method: 'POST',
  path: '/users/:userId/cccd-reveals',
  tag: 'users',
  summary: { vi: 'Xem đầy đủ số định danh, có ghi nhật ký', en: 'See the whole identity number; leaves a trace' },
  permission: 'identity.cccd.reveal',
  params: z.object({ userId: z.uuid() }),
  body: CccdRevealInput,
  response: { status: 201, schema: CccdRevealed },
  problems: [AccountNotFound],
});

@Controller()
export class UsersController {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
  ) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.users.list(query, actor);
  }

  @Operation(get)
  get({ params }: Input<typeof get>) {
    return this.users.get(params.userId);
  }

  @Operation(invite)
  invite({ params, actor }: Input<typeof invite>) {
    return this.invitations.make(params.userId, actor);
  }

  @Operation(resetPassword)
  resetPassword({ params, body, actor }: Input<typeof resetPassword>) {
    return this.invitations.reset(params.userId, body.reason, actor);
  }

  @Operation(confirmInvitation)
  confirmInvitation({ params, actor }: Input<typeof confirmInvitation>) {
    return this.invitations.confirm(params.userId, actor);
  }

  @Operation(reveal)
  reveal({ params, body }: Input<typeof reveal>) {
    return this.numbers.reveal(params.userId, body);
  }
}
