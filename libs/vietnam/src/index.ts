export { catalogueFaults } from './agency-catalogue.ts';
export type { AgencyRecord, CatalogueFault, CatalogueFaultCode } from './agency-catalogue.ts';
export {
  agencyCodeContinues,
  agencyCodeGroups,
  agencyCodeOn,
  canonicalAgencyCode,
  documentIdentifier,
  fromLegacyAgencyCode,
  isAgencyCode,
  isLegacyAgencyCode,
  sameAgencyCode,
  toLegacyAgencyCode,
} from './agency-code.ts';
export type { DatedAgencyCode, LegacyAgencyCode } from './agency-code.ts';
export { calendarYearFaults, publicCalendar, releasedCalendarYear } from './calendar-year.ts';
export type { CalendarFault, CalendarYear } from './calendar-year.ts';
export { CCCD_PROVINCES } from './cccd-provinces.ts';
export {
  CCCD_TEST_PREFIX,
  checkCccd,
  maskCccd,
  normaliseCccd,
  parseCccd,
  passwordRevealsCccd,
  sameCccdEntry,
} from './cccd.ts';
export type { CccdCheck, CccdCheckOptions, CccdFault, CccdParts, CccdStrictness } from './cccd.ts';
export { foldText } from './fold.ts';
export { numberProof, numberProofKey } from './number-proof.ts';
export type { NumberProofKey } from './number-proof.ts';
export { PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS } from './public-calendar.ts';
export {
  deriveHost,
  foldHostLabel,
  hostAgency,
  hostAliasLabels,
  hostLabel,
  hostLabelFault,
  hostOf,
  hostOwner,
  isHostLabel,
  RESERVED_HOST_LABELS,
} from './subdomain.ts';
export type { HostAddress, HostedAgency } from './subdomain.ts';
export { MAX_MARKS_IN_A_ROW, normaliseText, textFault } from './text.ts';
export type { TextFault } from './text.ts';
export {
  addDays,
  dayOfWeek,
  endOfVietnamDay,
  formatVietnamTime,
  isCalendarDate,
  vietnamDate,
  vietnamInstant,
  vietnamYear,
} from './vietnam-time.ts';
export type { CalendarDate } from './vietnam-time.ts';
export {
  addWorkingDays,
  calendarCovers,
  isWorkingDay,
  nextWorkingDay,
  recomputedDeadline,
  rollToWorkingDay,
  uncompensatedHolidays,
  workingCalendar,
} from './working-calendar.ts';
export type { CalendarDay, CalendarDayKind, WorkingCalendar } from './working-calendar.ts';
