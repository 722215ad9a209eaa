import { DecisionNotOpen } from './exchange.problems.ts';

/**
 * - `received`: in the ledger, not yet interpreted;
 * - `interpreting`: somebody is at it, or died at it;
 * - `registered`: a document of it was announced; `applied`: a status of it was taken over;
 * - `waiting`: on the clerk's desk;
 * - `refused`, `discarded`: by the clerk;
 * - `erased`: it bore a mark of state secret; nothing of what it says is kept.
 */
export const RECEIVED_STATES = [
  'received',
  'interpreting',
  'registered',
  'applied',
  'waiting',
  'refused',
  'discarded',
  'erased',
] as const;
export type ReceivedState = (typeof RECEIVED_STATES)[number];

export const DECISIONS = ['take-as-new', 'interpret-again', 'refuse', 'discard'] as const;
export type Decision = (typeof DECISIONS)[number];

interface Ground {
  readonly vi: string;
  readonly en: string;
  readonly decisions: readonly Decision[];
}

const CHANGE: readonly Decision[] = ['take-as-new', 'refuse', 'discard'];
const UNPROVEN: readonly Decision[] = ['interpret-again', 'refuse', 'discard'];
const NOTHING_TO_TAKE: readonly Decision[] = ['refuse', 'discard'];

/** Why a package waits for a person, and what he may decide. */
export const DESK_GROUNDS = {
  'recall-asked': {
    vi: 'Bên gửi yêu cầu thu hồi văn bản',
    en: 'The sender recalls a document',
    decisions: NOTHING_TO_TAKE,
  },
  'update-sent': { vi: 'Bên gửi cập nhật văn bản đã gửi', en: 'The sender updates a document', decisions: CHANGE },
  'replacement-sent': { vi: 'Bên gửi thay thế văn bản', en: 'The sender replaces a document', decisions: CHANGE },
  'business-unknown': {
    vi: 'Loại nghiệp vụ của gói tin không xác định',
    en: 'The business type is unknown',
    decisions: CHANGE,
  },
  ambiguous: {
    vi: 'Trạng thái có thể nói đến nhiều văn bản',
    en: 'The status may speak of several documents',
    decisions: ['interpret-again', 'discard'],
  },
  'too-long': {
    vi: 'Thông tin trong gói tin dài quá mức đăng ký được',
    en: 'Values are too long to be registered',
    decisions: NOTHING_TO_TAKE,
  },
  'interpretation-failed': {
    vi: 'Chưa đọc được gói tin do lỗi xử lý',
    en: 'Interpreting the package failed',
    decisions: UNPROVEN,
  },
  'process-died': {
    vi: 'Hệ thống đã ngừng giữa chừng khi đọc gói tin này',
    en: 'The process died while it read the package',
    decisions: UNPROVEN,
  },
  'package-unreadable': {
    vi: 'Không đọc được nội dung gói tin',
    en: 'The package cannot be read',
    decisions: UNPROVEN,
  },
  'package-too-costly': {
    vi: 'Đọc gói tin tốn quá nhiều tài nguyên',
    en: 'Reading the package costs too much',
    decisions: UNPROVEN,
  },
  'digest-differs': {
    vi: 'Nội dung gói tin không khớp mã băm do trục báo',
    en: 'The content is not what the axis announced',
    decisions: NOTHING_TO_TAKE,
  },
  'size-differs': {
    vi: 'Dung lượng gói tin không khớp số do trục báo',
    en: 'The size is not what the axis announced',
    decisions: NOTHING_TO_TAKE,
  },
  'credentials-differ': {
    vi: 'Bên chuyển gói tin không phải đơn vị gửi ghi trên trục',
    en: 'Who handed the package over is not the sender that the axis names',
    decisions: NOTHING_TO_TAKE,
  },
  'sender-not-on-axis': {
    vi: 'Đơn vị gửi ghi trong gói tin khác đơn vị gửi trên trục',
    en: 'The package names another sender than the axis',
    decisions: NOTHING_TO_TAKE,
  },
  'not-addressed-to-recipient': {
    vi: 'Gói tin không ghi cơ quan này là nơi nhận',
    en: 'The package is addressed to others',
    decisions: NOTHING_TO_TAKE,
  },
  'status-unknown': {
    vi: 'Mã trạng thái không xác định',
    en: 'The status code is unknown',
    decisions: ['discard'],
  },
  'status-unmatched': {
    vi: 'Không xác định được văn bản mà trạng thái nói đến',
    en: 'Nothing tells which document the status speaks of',
    decisions: ['interpret-again', 'discard'],
  },
  'status-not-entitled': {
    vi: 'Đơn vị phản hồi không phải nơi nhận của văn bản',
    en: 'Who reports did not get the document',
    decisions: ['discard'],
  },
  'take-back-asked': {
    vi: 'Bên gửi yêu cầu lấy lại văn bản',
    en: 'The sender asks for a document back',
    decisions: NOTHING_TO_TAKE,
  },
  'change-answered': {
    vi: 'Nơi nhận trả lời yêu cầu lấy lại, cập nhật',
    en: 'The recipient answers a recall or update',
    decisions: ['discard'],
  },
  'secrecy-mark': {
    vi: 'Gói tin có dấu hiệu bí mật nhà nước, đã xóa',
    en: 'The package bore a mark of state secret and was erased',
    decisions: [],
  },
} as const satisfies Record<string, Ground>;
export type DeskGround = keyof typeof DESK_GROUNDS;
export const DESK_GROUND_CODES = Object.keys(DESK_GROUNDS) as [DeskGround, ...DeskGround[]];

/** A package that must not be kept, or of which nothing proves that it was meant for this agency, shows nobody its bytes. */
const WITHHELD: ReadonlySet<DeskGround> = new Set([
  'secrecy-mark',
  'digest-differs',
  'size-differs',
  'credentials-differ',
  'sender-not-on-axis',
  'not-addressed-to-recipient',
]);

export const mayShowContent = ({ state, ground }: { state: ReceivedState; ground: DeskGround | null }): boolean =>
  state !== 'erased' && !(ground && WITHHELD.has(ground));

/**
 * The one who decides says what becomes of a package that waits.
 *
 * @throws DecisionNotOpen
 * @source EX-REC-7
 */
export function assertMayDecide(state: ReceivedState, ground: DeskGround | null, decision: Decision): void {
  const open: readonly Decision[] = ground ? DESK_GROUNDS[ground].decisions : [];
  if (state !== 'waiting' || !open.includes(decision)) {
    throw DecisionNotOpen();
  }
}

/** Deaths of the process at one package that are put down to chance: the second one is the package's. */
export const MAX_DEATHS = 2;

/** What an attempt finds when it begins. @returns whether the attempt before it died, and how often that has happened */
export function begunAgain({ state, deaths }: { state: ReceivedState; deaths: number }): number {
  return state === 'interpreting' ? deaths + 1 : deaths;
}

/** Types of business that change a document that is there already; they are never registered as new by themselves. @source EX-REC-7 */
export function groundOfBusiness(type: string | undefined): DeskGround | undefined {
  if (type === 'new') return undefined;
  if (type === 'recall') return 'recall-asked';
  if (type === 'update') return 'update-sent';
  if (type === 'replace') return 'replacement-sent';
  return 'business-unknown';
}
