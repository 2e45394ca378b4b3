import type { Person } from '../../shared/domain/records.ts';

/** The people of the bundled sample, by the short name that the authoring text uses for them. No initial occurs twice. */
export const SAMPLE_PEOPLE: readonly (Omit<Person, 'id'> & { name: string })[] = [
  {
    name: 'oscar',
    pseudonym: 'Oscar',
    role: 'complainant',
    consent: 'crcl-identity',
    note: 'Consents to CRCL under his identity, by way of the confidential key. Fictional declaration.',
  },
  {
    name: 'melissa',
    pseudonym: 'Melissa',
    role: 'complainant',
    consent: 'crcl-pseudonym',
    note: 'Consents to CRCL under her pseudonym only. Fictional declaration.',
  },
  {
    name: 'antonio',
    pseudonym: 'Antonio',
    role: 'witness',
    consent: 'none',
    note: 'Detained and out of reach: no consent. Country conditions only, no dealings with DHS. Account through a third party.',
  },
  {
    name: 'raul',
    pseudonym: 'Raúl',
    role: 'public-source',
    consent: 'none',
    note: 'From press reporting. Pseudonym given by the coalition, because the press name is no pseudonym. Keep age, children’s ages, place of detention, court and lawyer out.',
  },
  {
    name: 'tomas',
    pseudonym: 'Tomás',
    role: 'public-source',
    consent: 'none',
    note: 'From press reporting, which does not say whether its name for him is real. Keep the child’s age and the exact bond out.',
  },
];
