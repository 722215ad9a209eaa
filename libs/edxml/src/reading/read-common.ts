import { agencyCodeScheme, isExchangeCode } from '../codes/agency-code.ts';
import type { Contact, DocumentPointer, Loose, Party } from '../package/model.ts';
import { said } from './group.ts';
import type { Group } from './group.ts';

/** Đơn vị gửi, đơn vị nhận. A name is asked for where `isRequired`. */
export function readParty(group: Group, isRequired: boolean): Loose<Party> {
  const agencyCode = readAgencyCode(group, isRequired);
  return said({
    agencyCode,
    parentAgency: group.text('OrganizationInCharge', { limit: 'Party.OrganizationInCharge' }),
    name: group.text('OrganName', { limit: 'Party.OrganName', isRequired }),
    address: group.text('OrganAdd', { limit: 'Party.OrganAdd' }),
    email: group.text('Email', { limit: 'Party.Email' }),
    telephone: group.text('Telephone', { limit: 'Party.Telephone' }),
    fax: group.text('Fax', { limit: 'Party.Fax' }),
    website: group.text('Website', { limit: 'Party.Website' }),
  });
}

/** OrganId of a group. A code that cannot be one is kept and pointed at; a hub is no agency to write to. */
export function readAgencyCode(group: Group, isRequired = false): string | undefined {
  const code = group.text('OrganId', { limit: 'Party.OrganId', isRequired });
  if (code === undefined) return undefined;
  if (!isExchangeCode(code)) group.reading.note('value-malformed', `${group.path}.OrganId`, code);
  else if (agencyCodeScheme(code) === 'hub' && !group.path.endsWith('TraceHeader')) {
    group.reading.note('hub-code', `${group.path}.OrganId`, code);
  }
  return code;
}

/** Cán bộ xử lý; undefined when nothing is said. */
export function readContact(group: Group): Contact | undefined {
  if (!group.isPresent) return undefined;
  return said({
    department: group.text('Department', { limit: 'StaffInfo.Department' }),
    name: group.text('Staff', { limit: 'StaffInfo.Staff' }),
    email: group.text('Email', { limit: 'StaffInfo.Email' }),
    mobile: group.text('Mobile', { limit: 'StaffInfo.Mobile' }),
    departmentId: group.text('DepartmentId', { limit: 'StaffInfo.DepartmentId' }),
    staffId: group.text('StaffId', { limit: 'StaffInfo.StaffId' }),
  });
}

/** Without the slashes at the end. A pattern looks at each slash of a long row of them anew. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** Văn bản được phúc đáp. The code loses a trailing slash. @source D16 */
export function readPointer(group: Group, isRequired: boolean): Loose<DocumentPointer> {
  const documentCode = group.text('Code', { limit: 'ResponseFor.Code' });
  return said({
    agencyCode: readAgencyCode(group, isRequired),
    documentCode: documentCode === undefined ? undefined : withoutSlashes(documentCode),
    issuedOn: group.date('PromulgationDate'),
    documentId: group.text('DocumentId', { limit: 'ResponseFor.DocumentId' }),
  });
}
