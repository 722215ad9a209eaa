import type { CalendarDay, CalendarDayKind } from './working-calendar.ts';
import type { CalendarDate } from './vietnam-time.ts';

const TET = 'Tết Nguyên đán';
const NATIONAL_DAY = 'Quốc khánh';
const KINGS = 'Giỗ Tổ Hùng Vương';

type Row = [date: CalendarDate, kind: CalendarDayKind, name: string, source: string];

const DECIDED: Row[] = [
  ['2024-01-01', 'statutory', 'Tết Dương lịch', 'Bộ luật Lao động Đ112'],
  ['2024-02-08', 'statutory', TET, 'Thông báo của Bộ LĐTBXH'],
  ['2024-02-09', 'statutory', TET, 'Thông báo của Bộ LĐTBXH'],
  ['2024-02-12', 'statutory', TET, 'Thông báo của Bộ LĐTBXH'],
  ['2024-02-13', 'compensatory', `Nghỉ bù ${TET}`, 'Thông báo của Bộ LĐTBXH'],
  ['2024-02-14', 'compensatory', `Nghỉ bù ${TET}`, 'Thông báo của Bộ LĐTBXH'],
  ['2024-04-18', 'statutory', KINGS, 'Bộ luật Lao động Đ112'],
  ['2024-04-29', 'swap', 'Hoán đổi, làm bù ngày 04/5/2024', '2450/VPCP-KGVX'],
  ['2024-04-30', 'statutory', 'Ngày Chiến thắng', 'Bộ luật Lao động Đ112'],
  ['2024-05-01', 'statutory', 'Quốc tế lao động', 'Bộ luật Lao động Đ112'],
  ['2024-05-04', 'work', 'Làm bù ngày 29/4/2024', '2450/VPCP-KGVX'],
  ['2024-09-02', 'statutory', NATIONAL_DAY, 'Bộ luật Lao động Đ112'],
  ['2024-09-03', 'statutory', `${NATIONAL_DAY} (ngày liền kề)`, 'Thông báo của Bộ LĐTBXH'],

  ['2025-01-01', 'statutory', 'Tết Dương lịch', 'Bộ luật Lao động Đ112'],
  ['2025-01-27', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-01-28', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-01-29', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-01-30', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-01-31', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-04-07', 'statutory', KINGS, 'Bộ luật Lao động Đ112'],
  ['2025-04-26', 'work', 'Làm bù ngày 02/5/2025', 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-04-30', 'statutory', 'Ngày Chiến thắng', 'Bộ luật Lao động Đ112'],
  ['2025-05-01', 'statutory', 'Quốc tế lao động', 'Bộ luật Lao động Đ112'],
  ['2025-05-02', 'swap', 'Hoán đổi, làm bù ngày 26/4/2025', 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-09-01', 'statutory', `${NATIONAL_DAY} (ngày liền kề)`, 'Lịch nghỉ công bố cho năm 2025'],
  ['2025-09-02', 'statutory', NATIONAL_DAY, 'Bộ luật Lao động Đ112'],

  ['2026-01-01', 'statutory', 'Tết Dương lịch', 'Bộ luật Lao động Đ112'],
  ['2026-01-02', 'swap', 'Hoán đổi, làm bù ngày 10/01/2026', '12729/VPCP-KGVX'],
  ['2026-01-10', 'work', 'Làm bù ngày 02/01/2026', '12729/VPCP-KGVX'],
  ['2026-02-16', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-02-17', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-02-18', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-02-19', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-02-20', 'statutory', TET, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-04-27', 'compensatory', `Nghỉ bù ${KINGS}`, 'Bộ luật Lao động Đ111'],
  ['2026-04-30', 'statutory', 'Ngày Chiến thắng', 'Bộ luật Lao động Đ112'],
  ['2026-05-01', 'statutory', 'Quốc tế lao động', 'Bộ luật Lao động Đ112'],
  ['2026-08-22', 'work', 'Làm bù ngày 31/8/2026', 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-08-31', 'swap', 'Hoán đổi, làm bù ngày 22/8/2026', 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-09-01', 'statutory', `${NATIONAL_DAY} (ngày liền kề)`, 'Lịch nghỉ công bố cho năm 2026'],
  ['2026-09-02', 'statutory', NATIONAL_DAY, 'Bộ luật Lao động Đ112'],
];

/** Years of which all public days were decided when this was written; a province keeps later ones as data. */
export const PUBLIC_CALENDAR_YEARS: readonly number[] = [2024, 2025, 2026];

/**
 * Public days off and make-up Saturdays. 24 November 2026 stays pending until the labour code is changed.
 *
 * @source CAL-2
 * @source CAL-5
 */
export const PUBLIC_CALENDAR_DAYS: readonly CalendarDay[] = [
  ...DECIDED.map(([date, kind, name, source]) => ({ date, kind, name, source, status: 'decided' as const })),
  {
    date: '2026-11-24',
    kind: 'statutory',
    name: 'Ngày Văn hóa Việt Nam',
    source: '80-NQ/TW, 30/NQ-CP',
    status: 'pending',
  },
];
