import { CHANNEL_LABELS, codesOf, DESK_GROUND_LABELS, refusalReasonLabel } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import {
  DECISIONS,
  DESK_GROUND_CODES,
  isPerhapsNotOurs,
  openDecisions,
  packageProblemLabel,
  RECEIVED_STATES,
} from '@qlvb/exchange-domain';
import { instant, pageQuery, say } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { AXIS_QUEUE } from '../connectors/axis-queue.connector.ts';
import type { ReceivedPackage } from './received-package.entity.ts';

const label = z.object({ vi: z.string(), en: z.string() });

export const ReceivedPackageView = z
  .object({
    packageId: z.uuid(),
    state: z.enum(RECEIVED_STATES).describe('How far the package has come; a clerk decides on one that waits'),
    ground: z.enum(DESK_GROUND_CODES).nullable().describe('Why the package waits or was erased; null when neither'),
    groundLabel: label.nullable(),
    decisions: z.array(z.enum(DECISIONS)).describe('Decisions that can be taken now'),
    kind: z
      .enum(['document', 'status', 'unreadable'])
      .nullable()
      .describe('What the package carries; null until it is read'),
    channel: codesOf(CHANNEL_LABELS),
    senderCode: z.string(),
    recipientCode: z.string(),
    businessType: z
      .string()
      .nullable()
      .describe('What the package asks for: new, recall, update, replace, or the unknown code that it carries'),
    documentCode: z.string(),
    subject: z
      .string()
      .nullable()
      .describe('What the document is about; null also when the package is perhaps not for this agency'),
    statusCode: z.string().nullable(),
    urgent: z.boolean(),
    createdAt: instant().describe('When the package arrived'),
    updatedAt: instant(),
  })
  .meta({ id: 'ReceivedPackage' });

export const ReceivedPackageDetail = ReceivedPackageView.extend({
  documentId: z
    .uuid()
    .describe('Id of the incoming document made of the package, or of the outgoing one that the status is about'),
  inReplyTo: z.uuid().nullable(),
  sentAt: instant().nullable(),
  handedOverBy: z.string().describe('Name of who put the package on the channel'),
  announcedSha256: z
    .string()
    .nullable()
    .describe('SHA-256 as the sender said it, hexadecimal; null also when the package is perhaps not for this agency'),
  announcedSizeBytes: z.int(),
  sha256: z.string().nullable().describe('SHA-256 that was computed here, hexadecimal; null until then'),
  sizeBytes: z.int().nullable().describe('Size in bytes that was measured here; null until then'),
  attempts: z.int(),
  deaths: z.int().describe('How often the system stopped while it read this package'),
  problem: z.string().nullable().describe('Why the package cannot be read yet, in words; null when it can'),
  senderDocumentId: z.string(),
  issuedOn: z.iso.date().nullable(),
  businessReason: z.string().nullable().describe('Why, as the sender says; null when he says nothing'),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['note', 'warning', 'fault']),
      path: z.string().nullable(),
      value: z.string().nullable(),
    }),
  ),
  attachments: z.array(
    z.object({
      name: z.string().nullable(),
      description: z.string().nullable(),
      sizeBytes: z.int().nullable(),
      sha256: z.string().nullable(),
      fault: z.string().nullable(),
    }),
  ),
  decision: z
    .object({ decision: z.enum(DECISIONS), reason: z.string(), by: z.string(), at: instant() })
    .nullable()
    .describe('Last decision of a clerk; null before the first'),
}).meta({ id: 'ReceivedPackageDetail' });

export const ReceivedPackageQuery = z.object({
  ...pageQuery,
  state: z.enum(RECEIVED_STATES).optional(),
  ground: z.enum(DESK_GROUND_CODES).optional(),
  kind: z.enum(['document', 'status', 'unreadable']).optional(),
  senderCode: z.string().min(1).max(200).optional(),
  documentId: z.uuid().optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const DecisionInput = z
  .object({
    decision: z.enum(DECISIONS),
    reason: z.string().trim().max(LIMITS.text.statement).default('').describe('Why; needed for a refusal'),
  })
  .meta({ id: 'ReceivedPackageDecision' });

export const receivedView = (row: ReceivedPackage): z.input<typeof ReceivedPackageView> => {
  return {
    packageId: row.id,
    state: row.state,
    ground: row.ground,
    groundLabel: row.ground ? DESK_GROUND_LABELS[row.ground] : null,
    decisions: [...openDecisions(row)],
    kind: row.kind,
    channel: row.channel === AXIS_QUEUE ? AXIS_QUEUE : 'other',
    senderCode: row.senderCode,
    recipientCode: row.recipientCode,
    businessType: row.businessType,
    documentCode: row.documentCode,
    subject: isPerhapsNotOurs(row) ? null : row.subject,
    statusCode: row.statusCode,
    urgent: row.urgent,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
};

export const receivedDetail = (row: ReceivedPackage, handedOverBy: string): z.input<typeof ReceivedPackageDetail> => ({
  ...receivedView(row),
  documentId: row.documentId,
  inReplyTo: row.inReplyTo,
  sentAt: row.sentAt,
  handedOverBy,
  announcedSizeBytes: row.announcedSizeBytes,
  sizeBytes: row.sizeBytes,
  attempts: row.attempts,
  deaths: row.deaths,
  problem: inWords(packageProblemLabel(row.problem, row.ground)),
  senderDocumentId: row.senderDocumentId,
  issuedOn: row.issuedOn,
  ...contentsOf(row),
  decision: row.decision && {
    decision: row.decision.decision,
    reason: row.decision.reason,
    by: row.decision.by,
    at: new Date(row.decision.at),
  },
});

const inWords = (text: Label | null): string | null => text && say(text);

/** What is in the package; of one that is perhaps another agency's, its measure alone. */
function contentsOf(row: ReceivedPackage) {
  const { announcedSha256, sha256, attachments } = row;
  const businessReason = inWords(row.businessReason === null ? null : refusalReasonLabel(row.businessReason));
  const findings = row.findings.map(({ code, severity, path = null, value = null }) => ({
    code,
    severity,
    path,
    value,
  }));
  if (!isPerhapsNotOurs(row)) return { announcedSha256, sha256, businessReason, findings, attachments };
  return {
    announcedSha256: null,
    sha256: null,
    businessReason: null,
    findings: findings.map((finding) => ({ ...finding, path: null, value: null })),
    attachments: attachments.map((one) => ({ ...one, name: null, description: null, sha256: null })),
  };
}
