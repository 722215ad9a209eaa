import { PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS, workingCalendar } from '@qlvb/vietnam';

/** The public working calendar that deadlines are counted by. @source CAL-1 */
export const CALENDAR = workingCalendar(PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS);
