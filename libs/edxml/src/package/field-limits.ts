import { LIMITS } from '@qlvb/records';

const { text } = LIMITS;

/**
 * Longest text per element, in characters: from the table of limits where documents have such a text, else what only packages
 * have. Paths run from the header down; the groups From, To, ResponseFor and StaffInfo share theirs.
 */
export const FIELD_LIMITS = {
  'Party.OrganId': text.agencyCode,
  'Party.OrganizationInCharge': text.agencyName,
  'Party.OrganName': text.agencyName,
  'Party.OrganAdd': text.address,
  'Party.Email': 100,
  'Party.Telephone': 20,
  'Party.Fax': 20,
  'Party.Website': 100,
  DocumentId: text.documentId,
  'Code.CodeNumber': text.codeNumber,
  'Code.CodeNotation': text.codeNotation,
  'PromulgationInfo.Place': text.placeOfIssue,
  'DocumentType.TypeName': text.kindName,
  Subject: text.subject,
  Content: text.statement,
  'SignerInfo.Competence': 100,
  'SignerInfo.Position': text.signerPosition,
  'SignerInfo.FullName': text.signerName,
  'ToPlaces.Place': text.recipientName,
  'OtherInfo.SphereOfPromulgation': 100,
  'OtherInfo.TyperNotation': 10,
  'OtherInfo.Appendixes.Appendix': text.statement,
  'OtherInfo.ReplyFors': text.statement,
  'OtherInfo.ReferenceCodes': text.statement,
  'ResponseFor.OrganId': text.agencyCode,
  'ResponseFor.Code': text.documentCode,
  'ResponseFor.DocumentId': text.documentId,
  'ResponseForTask.TaskCode': 100,
  ApplicationType: 50,
  'Bussiness.DocumentId': text.documentId,
  'Bussiness.BussinessDocReason': text.statement,
  'StaffInfo.Department': 250,
  'StaffInfo.Staff': text.personName,
  'StaffInfo.Mobile': 30,
  'StaffInfo.Email': 100,
  'StaffInfo.DepartmentId': 100,
  'StaffInfo.StaffId': 100,
  Description: text.statement,
  AttachmentName: 500,
} as const;

export type LimitedField = keyof typeof FIELD_LIMITS;
