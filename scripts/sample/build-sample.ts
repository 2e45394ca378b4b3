import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { DEFAULT_META, DEFAULTS } from '../../shared/domain/collections.ts';
import type {
  AuthorityId,
  ClaimId,
  ExhibitId,
  LinkId,
  OrganizationId,
  PersonId,
  RecipientId,
} from '../../shared/domain/ids.ts';
import { type Authority, type Recipient, SCHEMA_VERSION } from '../../shared/domain/records.ts';
import type { Snapshot } from '../../shared/domain/snapshot.ts';
import { buildExhibits } from './build-exhibits.ts';
import {
  AUTHORITIES_AS_OF,
  LETTER_AUTHORITIES,
  LETTER_RECIPIENTS,
  SAMPLE_AUTHORITIES,
  SAMPLE_ORGANIZATIONS,
} from './letterLibrary.ts';
import { parseMarkup } from './parseMarkup.ts';
import { SAMPLE_CLAIMS } from './sampleClaims.ts';
import { SAMPLE_EXHIBITS } from './sampleExhibits.ts';
import { sampleId } from './sampleId.ts';
import { SAMPLE_PEOPLE } from './samplePeople.ts';

/** Writes resources/template and resources/sample from the texts and tables beside this file: `npx tsx scripts/sample/build-sample.ts`. */

const RESOURCES = new URL('../../resources/', import.meta.url);
const two = (n: number) => String(n).padStart(2, '0');
const exhibitId = (key: string) => sampleId<ExhibitId>(`exhibit-${key.toLowerCase()}`);
const personId = (name: string) => sampleId<PersonId>(`person-${name}`);

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(new URL(path, RESOURCES), `${JSON.stringify(value, null, 1)}\n`);
}

async function buildBody(fileName: string) {
  return parseMarkup(await readFile(new URL(fileName, import.meta.url), 'utf8'));
}

function buildAuthorities(entries: readonly Omit<Authority, 'id' | 'order' | 'asOf'>[]): Authority[] {
  return entries.map((entry, index) => ({
    id: sampleId<AuthorityId>(`authority-${two(index + 1)}`),
    ...entry,
    asOf: AUTHORITIES_AS_OF,
    order: index + 1,
  }));
}

function buildRecipients(): Recipient[] {
  return LETTER_RECIPIENTS.map(({ name, ...entry }, index) => ({
    id: sampleId<RecipientId>(`recip-${name}`),
    ...entry,
    order: index + 1,
  }));
}

const files = await buildExhibits();
await mkdir(new URL('template/', RESOURCES), { recursive: true });
await mkdir(new URL('sample/', RESOURCES), { recursive: true });

await writeJson('template/body.en.json', await buildBody('template.txt'));
await writeJson('template/records.en.json', {
  meta: { ...DEFAULT_META, schemaVersion: SCHEMA_VERSION },
  recipients: buildRecipients(),
  authorities: buildAuthorities(LETTER_AUTHORITIES),
});

const records: Omit<Snapshot['records'], 'suggestions'> = {
  claims: SAMPLE_CLAIMS.map(({ number, component, date, note, people }) => ({
    ...DEFAULTS.claims,
    id: sampleId<ClaimId>(`claim-${two(number)}`),
    component,
    date,
    note,
    people: people.map(personId).join(' '),
    order: number,
  })),
  exhibits: SAMPLE_EXHIBITS.map(({ key, title, date, source, language, confidentiality }, index) => {
    const file = files.get(key);
    if (!file) throw new Error(`no file for exhibit ${key}`);
    return {
      ...DEFAULTS.exhibits,
      id: exhibitId(key),
      title,
      date,
      source,
      language,
      confidentiality,
      group: key.includes('-') ? key.slice(0, key.indexOf('-')) : '',
      order: index + 1,
      mime: 'application/pdf' as const,
      sizeBytes: file.sizeBytes,
      pageCount: file.pageCount,
      sha256: file.sha256,
    };
  }),
  links: SAMPLE_CLAIMS.flatMap(({ number, links }) =>
    links.map(([key, page, quote], index) => ({
      id: sampleId<LinkId>(`link-${two(number)}-${'abcdefgh'[index]}`),
      claimId: sampleId<ClaimId>(`claim-${two(number)}`),
      exhibitId: exhibitId(key),
      page,
      quote,
    })),
  ),
  people: SAMPLE_PEOPLE.map(({ name, ...person }) => ({ id: personId(name), ...person })),
  recipients: buildRecipients(),
  authorities: buildAuthorities([...LETTER_AUTHORITIES, ...SAMPLE_AUTHORITIES]),
  organizations: SAMPLE_ORGANIZATIONS.map((organization) => ({
    id: sampleId<OrganizationId>(`org-${organization.order}`),
    ...organization,
  })),
};
await writeJson('sample/body.json', await buildBody('letter.txt'));
await writeJson('sample/records.json', {
  meta: {
    ...DEFAULT_META,
    schemaVersion: SCHEMA_VERSION,
    title: 'Foreign gang data in asylum cases',
    sample: true,
    letterDate: 'June [day], 2023',
    subject:
      'Complaint concerning ICE and CBP reliance on unverified foreign gang and warrant data in the detention, separation and removal of Salvadoran asylum seekers',
  },
  ...records,
});
await writeJson(
  'sample/exhibits.json',
  Object.fromEntries([...files].map(([key, file]) => [exhibitId(key), `exhibits/${file.fileName}`])),
);
