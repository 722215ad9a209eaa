import { Controller, Inject } from '@nestjs/common';
import {
  AccountLocked,
  LoginFailed,
  NoPost,
  PasswordChangeRequired,
  PasswordWeak,
  RefreshInvalid,
  RefreshReused,
} from '@qlvb/identity-domain';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { JwksView, LoginInput, MeView, PasswordChangeInput, RefreshInput, SessionView } from './auth.dto.ts';
import { AuthService } from './auth.service.ts';
import { SigningKeys } from './signing-keys.ts';

/** Credentials come in the body of a POST only, and no answer is to be stored. @source SEC-A09 */
const login = operation({
  id: 'openSession',
  method: 'POST',
  path: '/auth/sessions',
  tag: 'auth',
  summary: { vi: 'Đăng nhập', en: 'Log in' },
  public: true,
  body: LoginInput,
  response: { status: 201, schema: SessionView },
  problems: [LoginFailed, AccountLocked, PasswordChangeRequired, NoPost],
});

const refresh = operation({
  id: 'refreshSession',
  method: 'POST',
  path: '/auth/refreshes',
  tag: 'auth',
  summary: { vi: 'Làm mới phiên làm việc', en: 'Refresh the session' },
  public: true,
  body: RefreshInput,
  response: { status: 201, schema: SessionView },
  problems: [RefreshInvalid, RefreshReused, NoPost],
});

const logout = operation({
  id: 'endSession',
  method: 'DELETE',
  path: '/auth/sessions/current',
  tag: 'auth',
  summary: { vi: 'Đăng xuất', en: 'Log out' },
  authenticated: true,
});

const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/auth/password-changes',
  tag: 'auth',
  summary: { vi: 'Đổi mật khẩu', en: 'Change the password' },
  public: true,
  body: PasswordChangeInput,
  problems: [LoginFailed, AccountLocked, PasswordWeak],
});

const me = operation({
  id: 'getOwnAccount',
  method: 'GET',
  path: '/me',
  tag: 'auth',
  summary: { vi: 'Tài khoản đang đăng nhập', en: 'The account logged in' },
  authenticated: true,
  response: { status: 200, schema: MeView },
});

const jwks = operation({
  id: 'listTokenKeys',
  method: 'GET',
  path: '/jwks',
  tag: 'auth',
  summary: { vi: 'Khóa công khai kiểm tra mã truy cập', en: 'Public keys of access tokens' },
  public: true,
  response: { status: 200, schema: JwksView },
});

@Controller()
export class AuthController {
  constructor(
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
  ) {}

  @Operation(login)
  login({ body }: Input<typeof login>) {
    return this.auth.login(body);
  }

  @Operation(refresh)
  refresh({ body }: Input<typeof refresh>) {
    return this.auth.refresh(body);
  }

  @Operation(logout)
  logout({ actor }: Input<typeof logout>) {
    return this.auth.logout(actor);
  }

  @Operation(changePassword)
  changePassword({ body }: Input<typeof changePassword>) {
    return this.auth.changePassword(body);
  }

  @Operation(me)
  me({ actor }: Input<typeof me>) {
    return this.auth.me(actor);
  }

  @Operation(jwks)
  async jwks(_: Input<typeof jwks>) {
    return (await this.keys.published()) as { keys: { kid: string; kty: string }[] };
  }
}
