import { Controller, Inject } from '@nestjs/common';
import {
  AccountExists,
  AccountMissing,
  CccdDoubtful,
  CccdEntriesDiffer,
  CccdInvalid,
  NumberWithoutAccount,
  OwnRolesUnchanged,
  PostMissing,
  UnitMissing,
} from '@qlvb/identity-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { CitizenNumbers } from './citizen-numbers.ts';
import {
  AssignmentInput,
  CccdChangeInput,
  CccdRevealed,
  CccdRevealInput,
  PostChangeInput,
  PostInput,
  PostView,
  UserCreated,
  UserInput,
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
  problems: [AccountMissing],
});

const create = operation({
  id: 'addUser',
  method: 'POST',
  path: '/users',
  tag: 'users',
  summary: { vi: 'Tạo tài khoản', en: 'Create an account' },
  permission: 'users.manage',
  idempotent: true,
  body: UserInput,
  response: { status: 201, schema: UserCreated },
  problems: [CccdInvalid, CccdDoubtful, CccdEntriesDiffer, AccountExists, UnitMissing],
});

const addPost = operation({
  id: 'givePost',
  method: 'POST',
  path: '/users/:userId/posts',
  tag: 'users',
  summary: { vi: 'Giao vị trí công tác', en: 'Give a post' },
  permission: 'users.manage',
  idempotent: true,
  params: z.object({ userId: z.uuid() }),
  body: PostInput,
  response: { status: 201, schema: PostView },
  problems: [AccountMissing, UnitMissing, OwnRolesUnchanged],
});

const assign = operation({
  id: 'givePostToPerson',
  method: 'POST',
  path: '/posts',
  tag: 'users',
  summary: {
    vi: 'Giao vị trí công tác cho người đã có tài khoản ở cơ quan khác',
    en: 'Give a post to a person with an account of another agency',
  },
  permission: 'users.manage',
  idempotent: true,
  body: AssignmentInput,
  response: { status: 201, schema: PostView },
  problems: [NumberWithoutAccount, UnitMissing, OwnRolesUnchanged],
});

const changeNumber = operation({
  id: 'changeCitizenNumber',
  method: 'POST',
  path: '/users/:userId/cccd-changes',
  tag: 'users',
  summary: { vi: 'Thay số định danh của tài khoản', en: 'Give an account another identity number' },
  permission: 'users.manage',
  params: z.object({ userId: z.uuid() }),
  body: CccdChangeInput,
  problems: [AccountMissing, CccdInvalid, CccdDoubtful, CccdEntriesDiffer, AccountExists],
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
  problems: [AccountMissing],
});

const changePost = operation({
  id: 'changePost',
  method: 'PUT',
  path: '/posts/:postId',
  tag: 'users',
  summary: { vi: 'Thay đổi hoặc kết thúc vị trí công tác', en: 'Change or end a post' },
  permission: 'users.manage',
  params: z.object({ postId: z.uuid() }),
  body: PostChangeInput,
  etag: 'requires',
  response: { status: 200, schema: PostView },
  problems: [PostMissing, UnitMissing, OwnRolesUnchanged],
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

  @Operation(create)
  create({ body }: Input<typeof create>) {
    return this.users.create(body);
  }

  @Operation(addPost)
  addPost({ params, body, actor }: Input<typeof addPost>) {
    return this.users.addPost(params.userId, body, actor);
  }

  @Operation(assign)
  assign({ body, actor }: Input<typeof assign>) {
    return this.users.assign(body, actor);
  }

  @Operation(changeNumber)
  changeNumber({ params, body }: Input<typeof changeNumber>) {
    return this.numbers.change(params.userId, body);
  }

  @Operation(reveal)
  reveal({ params, body }: Input<typeof reveal>) {
    return this.numbers.reveal(params.userId, body);
  }

  @Operation(changePost)
  changePost({ params, body, ifMatch, actor }: Input<typeof changePost>) {
    return this.users.changePost(params.postId, body, ifMatch, actor);
  }
}
