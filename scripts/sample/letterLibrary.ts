import type { Authority, Organization, Recipient } from '../../shared/domain/records.ts';

/** Day on which the library below was compiled; an entry is only as good as its date. */
const COMPILED = '2026-11-22';

/** Legal authorities a CRCL letter may need, in the order of the template. 'unchecked' ones must be checked by counsel. */
export const LETTER_AUTHORITIES: readonly Omit<Authority, 'id' | 'order' | 'asOf'>[] = [
  {
    citation: '6 U.S.C. § 345',
    use: 'CRCL reviews and investigates abuse and profiling allegations; the Inspector General may take a matter first.',
    basis: 'seen',
  },
  { citation: '42 U.S.C. § 2000ee-1', use: 'Complaint procedures.', basis: 'seen' },
  {
    citation: '42 U.S.C. § 2000ee-1(e), (f)',
    use: '(e) bars reprisal unless the complaint is knowingly false or made in willful disregard of the truth; (f) reports to Congress. Check the details.',
    basis: 'unchecked',
  },
  {
    citation: '5 U.S.C. § 552a',
    use: 'Privacy Act: consent to disclosure, accuracy of records. Its rights run to citizens and lawful permanent residents only.',
    basis: 'unchecked',
  },
  {
    citation: 'DHS/ALL-029, 75 Fed. Reg. 38824',
    use: 'System of records notice for CRCL’s own complaint files.',
    basis: 'seen',
  },
  {
    citation: '29 U.S.C. § 794; 6 C.F.R. pt. 15',
    use: 'Section 504, disability. 180-day period; leads to a binding determination memorandum.',
    basis: 'seen',
  },
  {
    citation: '42 U.S.C. § 2000d; 6 C.F.R. pt. 21',
    use: 'Title VI, against recipients of DHS funds only. 180-day period.',
    basis: 'unchecked',
  },
  {
    citation: 'Exec. Order No. 13107',
    use: 'Human rights treaty complaints: the way in for arguments under the ICCPR, the Convention against Torture and the Refugee Protocol.',
    basis: 'seen',
  },
  { citation: '8 U.S.C. § 1367', use: 'Confidentiality for VAWA, T and U cases.', basis: 'unchecked' },
  { citation: '8 C.F.R. §§ 208.6, 1208.6', use: 'Confidentiality of asylum information.', basis: 'unchecked' },
  {
    citation: 'INA § 240(b)(4)(B), 8 U.S.C. § 1229a(b)(4)(B)',
    use: 'Reasonable opportunity to examine the evidence in removal proceedings.',
    basis: 'unchecked',
  },
  {
    citation: '8 C.F.R. § 1240.10(a)(4)',
    use: 'The immigration judge advises the respondent of that opportunity.',
    basis: 'unchecked',
  },
  { citation: 'DHS Delegation 19003', use: 'Delegation of authority to CRCL. Check the number.', basis: 'unchecked' },
  {
    citation: 'DHS Management Directive 0810.1',
    use: 'First look of the Inspector General. Check the number.',
    basis: 'unchecked',
  },
  {
    citation: 'ICCPR arts. 7, 9, 13, 14, 26; Convention against Torture art. 3; Refugee Convention art. 33',
    use: 'Treaty obligations, by way of Executive Order 13107.',
    basis: 'unchecked',
  },
  {
    citation: '28 U.S.C. § 1746',
    use: 'Unsworn declarations. Signed outside the United States, the form must add “under the laws of the United States of America”.',
    basis: 'unchecked',
  },
  {
    citation: '8 C.F.R. §§ 103.2(b)(3), 1003.33',
    use: 'Certified translations of documents in other languages.',
    basis: 'unchecked',
  },
  {
    citation: 'Exec. Order No. 13166',
    use: 'Language access. Reported revoked in 2025: do not rely on it without checking.',
    basis: 'unchecked',
  },
];

/** Authorities that only the sample letter cites. */
export const SAMPLE_AUTHORITIES: readonly Omit<Authority, 'id' | 'order' | 'asOf'>[] = [
  {
    citation: 'Zadvydas v. Davis, 533 U.S. 678 (2001)',
    use: 'Due process protects every person in the United States; freedom from physical confinement.',
    basis: 'unchecked',
  },
  {
    citation: 'Mathews v. Eldridge, 424 U.S. 319 (1976)',
    use: 'What process is due: interest, risk of error, value of safeguards, government’s interest.',
    basis: 'unchecked',
  },
];

/** The date for authorities of this library. */
export const AUTHORITIES_AS_OF = COMPILED;

/**
 * Addressees and copies. The CRCL block is the one in use in 2021 and dated so; the others are offices without a
 * confirmed address, which their block says.
 */
export const LETTER_RECIPIENTS: readonly (Omit<Recipient, 'id' | 'order'> & { name: string })[] = [
  {
    name: 'crcl',
    kind: 'to',
    via: 'VIA EMAIL: CRCLCompliance@hq.dhs.gov',
    asOf: '2021-01-01',
    block:
      'Officer for Civil Rights and Civil Liberties\nCompliance Branch, Mail Stop #0190\nU.S. Department of Homeland Security\n2707 Martin Luther King, Jr. Avenue, SE\nWashington, DC 20528-0190',
  },
  {
    name: 'oig',
    kind: 'to',
    via: 'VIA EMAIL: [confirm before sending]',
    asOf: '2021-01-01',
    block:
      'Inspector General\nOffice of Inspector General\nU.S. Department of Homeland Security\n[street address and mail stop: confirm before sending]\nWashington, DC 20528',
  },
  {
    name: 'opr',
    kind: 'cc',
    via: '',
    asOf: COMPILED,
    block:
      'Associate Director, Office of Professional Responsibility\nU.S. Immigration and Customs Enforcement\n[address: confirm before sending]',
  },
  {
    name: 'privacy',
    kind: 'cc',
    via: '',
    asOf: COMPILED,
    block: 'Chief Privacy Officer\nU.S. Department of Homeland Security\n[address: confirm before sending]',
  },
  {
    name: 'house',
    kind: 'cc',
    via: '',
    asOf: COMPILED,
    block: 'Committee on the Judiciary\nU.S. House of Representatives\n[members and address: confirm before sending]',
  },
  {
    name: 'senate',
    kind: 'cc',
    via: '',
    asOf: COMPILED,
    block:
      'Committee on Homeland Security and Governmental Affairs\nUnited States Senate\n[members and address: confirm before sending]',
  },
];

/** The four organizations of the sample. They are invented. */
export const SAMPLE_ORGANIZATIONS: readonly Omit<Organization, 'id'>[] = [
  { name: 'Lakeshore Immigrant Justice Center', initials: 'LI', color: 0, order: 1 },
  { name: 'Cenzontle Documentación de Derechos', initials: 'CE', color: 1, order: 2 },
  { name: 'Open Signal Digital Rights', initials: 'OS', color: 2, order: 3 },
  { name: 'Alder Law School International Human Rights Clinic', initials: 'AL', color: 3, order: 4 },
];
