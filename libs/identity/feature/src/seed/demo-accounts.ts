import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { CCCD_TEST_PREFIX } from '@qlvb/vietnam';
import { agencyIdOf } from '../agencies/agencies.service.ts';
import { hashPassword } from '../auth/passwords.ts';
import { Account, Unit } from '../identity.entities.ts';
import { UsersService } from '../users/users.service.ts';

export interface DemoAccount {
  readonly login: string;
  readonly agencyCode: string;
  readonly unit: string;
  readonly unitSymbol: string;
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly Role[];
}

type Row = readonly [unit: string, symbol: string, fullName: string, title: string, ...roles: Role[]];

const LEADERS = ['Lãnh đạo', 'LĐ'] as const;

/** People of the demonstration; the numbers carry a prefix that no place has. */
const PEOPLE: Readonly<Record<string, readonly Row[]>> = {
  'H46.11': [
    ['Phòng Công nghệ thông tin', 'CNTT', 'Trần Thị Hương Giang', 'Chuyên viên', 'officer'],
    ['Phòng Công nghệ thông tin', 'CNTT', 'Lê Quang Huy', 'Trưởng phòng', 'unit_head'],
    ['Văn phòng Sở', 'VP', 'Phạm Thị Lan', 'Chánh Văn phòng', 'layout_checker'],
    [...LEADERS, 'Nguyễn Xuân Bách', 'Giám đốc', 'leader'],
    ['Văn phòng Sở', 'VP', 'Hoàng Thị Thu Thủy', 'Văn thư', 'clerk'],
    ['Văn phòng Sở', 'VP', 'Đặng Văn Phúc', 'Lưu trữ viên', 'archivist'],
    ['Văn phòng Sở', 'VP', 'Võ Minh Quân', 'Quản trị hệ thống', 'agency_admin'],
    ['Văn phòng Sở', 'VP', 'Cao Thị Bình', 'Thanh tra viên', 'auditor'],
  ],
  'H46.67': [
    ['Văn phòng HĐND và UBND', 'VP', 'Ngô Thị Mai', 'Văn thư', 'clerk'],
    [...LEADERS, 'Phan Đình Trung', 'Chủ tịch', 'leader'],
    ['Phòng Văn hóa và Thông tin', 'VHTT', 'Đỗ Thị Yến', 'Trưởng phòng', 'unit_head'],
    ['Phòng Nội vụ', 'NV', 'Bùi Văn Cường', 'Chuyên viên', 'officer'],
    ['Phòng Tài chính - Kế hoạch', 'TCKH', 'Trương Thị Nga', 'Chuyên viên', 'officer'],
    ['Văn phòng HĐND và UBND', 'VP', 'Lý Thị Hằng', 'Lưu trữ viên', 'archivist'],
    ['Văn phòng HĐND và UBND', 'VP', 'Mai Văn Tân', 'Quản trị hệ thống', 'agency_admin'],
  ],
  'H46.02': [
    ['Văn phòng Sở', 'VP', 'Hồ Thị Xuân', 'Văn thư', 'clerk'],
    [...LEADERS, 'Nguyễn Hữu Thắng', 'Giám đốc', 'leader'],
    ['Phòng Cải cách hành chính', 'CCHC', 'Lâm Thị Oanh', 'Chuyên viên', 'officer'],
    ['Phòng Cải cách hành chính', 'CCHC', 'Đinh Công Hậu', 'Trưởng phòng', 'unit_head'],
    ['Văn phòng Sở', 'VP', 'Tạ Văn Khôi', 'Quản trị hệ thống', 'agency_admin'],
  ],
  'H46.67.31': [
    ['Văn phòng - Thống kê', 'VPTK', 'Dương Thị Nhàn', 'Công chức Văn phòng - Thống kê', 'clerk'],
    [...LEADERS, 'Trịnh Văn Lợi', 'Chủ tịch', 'leader'],
    ['Văn hóa - Xã hội', 'VHXH', 'Hà Thị Diệu', 'Công chức Văn hóa - Xã hội', 'officer'],
    ['Văn phòng - Thống kê', 'VPTK', 'Lương Văn Sơn', 'Quản trị hệ thống', 'agency_admin'],
  ],
};

export const demoUserId = (agencyCode: string, index: number): string => idFrom(`demo-user:${agencyCode}:${index}`);
export const demoPostId = (agencyCode: string, index: number): string => idFrom(`demo-post:${agencyCode}:${index}`);
const unitId = (agencyCode: string, unit: string): string => idFrom(`demo-unit:${agencyCode}:${unit}`);

/** A test number: unassigned prefix, plausible century and year, running serial. @source CID-34 */
const demoNumber = (agency: number, person: number): string =>
  `${CCCD_TEST_PREFIX}085${String(agency * 100 + person).padStart(6, '0')}`;

/** Accounts of the embedded platform for trying it out; never made elsewhere. */
@Injectable()
export class DemoAccounts {
  readonly #database: Database;
  readonly #users: UsersService;

  constructor(@Inject(Database) database: Database, @Inject(UsersService) users: UsersService) {
    this.#database = database;
    this.#users = users;
  }

  static list(): DemoAccount[] {
    return Object.entries(PEOPLE).flatMap(([agencyCode, people], agency) =>
      people.map(([unit, unitSymbol, fullName, title, ...roles], person) => ({
        login: demoNumber(agency + 1, person + 1),
        agencyCode,
        unit,
        unitSymbol,
        fullName,
        title,
        roles,
      })),
    );
  }

  /** Makes what is missing; @returns how many accounts were new */
  async load(password: string): Promise<number> {
    const hash = await hashPassword(password);
    let made = 0;
    for (const [agencyCode, people] of Object.entries(PEOPLE)) {
      const accounts = DemoAccounts.list().filter((account) => account.agencyCode === agencyCode);
      made += await this.#database.command(
        async (tx) => {
          await tx.manager.query('SELECT pg_advisory_xact_lock(7201012)');
          let added = 0;
          for (const [index, [unit, symbol, fullName, title, ...roles]] of people.entries()) {
            const userId = demoUserId(agencyCode, index);
            if (await tx.manager.findOneBy(Account, { id: userId })) continue;
            const id = unitId(agencyCode, unit);
            await tx.manager
              .createQueryBuilder()
              .insert()
              .into(Unit)
              .values({
                id,
                agencyId: tx.agencyId,
                version: 1,
                createdAt: tx.now,
                updatedAt: tx.now,
                name: unit,
                symbol,
              })
              .orIgnore()
              .execute();
            const number = accounts[index]?.login ?? '';
            await this.#users.insert(tx, { userId, number, fullName, passwordHash: hash, mustChangePassword: false });
            await this.#users.insertPost(tx, demoPostId(agencyCode, index), userId, fullName, {
              unitId: id,
              title,
              roles,
            });
            added += 1;
          }
          return added;
        },
        { agencyId: agencyIdOf(agencyCode) },
      );
    }
    return made;
  }
}
