import { Controller, Inject } from '@nestjs/common';
import { AccountInUse, AccountNotFound } from '@qlvb/identity-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { CitizenNumbers } from './citizen-numbers.ts';
import { CccdRevealed, CccdRevealInput, InvitationView, UserQuery, UserView } from './users.dto.ts';
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
  problems: [AccountNotFound, AccountInUse, DutiesNotSeparate],
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
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
  ) {}

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.users.list(query);
  }

  @Operation(get)
  get({ params }: Input<typeof get>) {
    return this.users.get(params.userId);
  }

  @Operation(invite)
  invite({ params, actor }: Input<typeof invite>) {
    return this.users.invite(params.userId, actor);
  }

  @Operation(reveal)
  reveal({ params, body }: Input<typeof reveal>) {
    return this.numbers.reveal(params.userId, body);
  }
}
