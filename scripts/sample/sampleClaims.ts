import type { Claim } from '../../shared/domain/records.ts';

export interface SampleClaim {
  number: number;
  component: Claim['component'];
  date: string;
  note: string;
  /** Names of people as in samplePeople.ts. */
  people: string[];
  /** Exhibit key, page, quoted fragment (empty for none). Nothing here means: nobody has proved the claim yet. */
  links: [exhibit: string, page: number, quote: string][];
}

/** The claims of the bundled sample. Claim 2 is compound (its second half is claim 3); claim 8 rests on nothing. */
export const SAMPLE_CLAIMS: readonly SampleClaim[] = [
  {
    number: 1,
    component: 'none',
    date: 'Mar. 2022 to present',
    people: [],
    links: [['J', 3, '']],
    note: 'Country conditions. Obtain the decrees themselves.',
  },
  {
    number: 2,
    component: 'none',
    date: 'Mar. 2022 to 27 Mar. 2023',
    people: [],
    links: [['I', 6, '']],
    note: 'Two facts in one sentence: the count and the share are on different pages.',
  },
  {
    number: 3,
    component: 'none',
    date: 'Mar. 2022 to 27 Mar. 2023',
    people: [],
    links: [['I', 7, '']],
    note: 'A share of the reports received. Never restate it as a number of cases.',
  },
  { number: 4, component: 'none', date: '2022', people: [], links: [['J', 9, '']], note: '' },
  {
    number: 5,
    component: 'none',
    date: '2022–2023',
    people: ['antonio'],
    links: [
      ['I', 14, ''],
      ['O', 2, ''],
    ],
    note: 'The memo cannot be used without consent; the report alone would leave a single source.',
  },
  {
    number: 6,
    component: 'DHS',
    date: '2017 to present',
    people: [],
    links: [['M', 3, '']],
    note: 'Confirm the date of signature and the wording on retention.',
  },
  {
    number: 7,
    component: 'DHS',
    date: 'present',
    people: [],
    links: [['N', 12, '']],
    note: 'Name the systems when the assessment is at hand.',
  },
  {
    number: 8,
    component: 'DHS',
    date: '',
    people: [],
    links: [],
    note: 'Gap: the announcement does not name the database. Needs the privacy impact assessment and a page, or the sentence comes out.',
  },
  {
    number: 9,
    component: 'DHS',
    date: 'May 2017',
    people: [],
    links: [
      ['F', 2, ''],
      ['H', 4, ''],
    ],
    note: 'The center is paid for by the State Department. Tie it to DHS use.',
  },
  { number: 10, component: 'DHS', date: '2017', people: [], links: [['H', 5, '']], note: '' },
  { number: 11, component: 'DHS', date: '2017 to Jan. 2018', people: [], links: [['H', 6, '']], note: '' },
  {
    number: 12,
    component: 'DHS',
    date: '2017 to Jan. 2018',
    people: [],
    links: [['H', 7, 'not previously known']],
    note: 'Place and outcome of the identifications are unclear in the source. Keep saying so.',
  },
  { number: 13, component: 'DHS', date: '2018', people: [], links: [['F', 4, '']], note: '' },
  {
    number: 14,
    component: 'DHS',
    date: '2017 to Jan. 2018',
    people: [],
    links: [
      ['H', 9, ''],
      ['F', 5, ''],
    ],
    note: 'Local police are not DHS. Tie it to what DHS received back.',
  },
  {
    number: 15,
    component: 'none',
    date: '2019',
    people: [],
    links: [['F', 5, 'proprietary']],
    note: 'Statement of a State Department spokesperson.',
  },
  {
    number: 16,
    component: 'none',
    date: '2018',
    people: [],
    links: [
      ['L', 7, ''],
      ['L', 9, ''],
    ],
    note: 'The second half, on the State Department’s report for 2018, is not linked to that report yet.',
  },
  {
    number: 17,
    component: 'CBP',
    date: '2018–2019',
    people: ['raul'],
    links: [
      ['G', 2, 'U.S. database'],
      ['F', 7, 'U.S. database'],
    ],
    note: 'Obtain the affidavit from the court record without naming the case here.',
  },
  {
    number: 18,
    component: 'ICE',
    date: '2018–2019',
    people: ['raul', 'tomas'],
    links: [
      ['F', 6, ''],
      ['F', 8, ''],
    ],
    note: 'Confirm which agency’s attorneys appeared.',
  },
  {
    number: 19,
    component: 'none',
    date: '2019',
    people: ['raul'],
    links: [['F', 8, '']],
    note: 'An estimate by counsel: keep “about”.',
  },
  {
    number: 20,
    component: 'ICE',
    date: '2014–2016',
    people: ['oscar'],
    links: [
      ['B', 6, ''],
      ['B', 7, ''],
      ['C-1', 2, ''],
      ['C-2', 2, ''],
      ['C-2', 3, ''],
    ],
    note: '',
  },
  {
    number: 21,
    component: 'ICE',
    date: '[to be confirmed]',
    people: ['melissa'],
    links: [
      ['D', 7, 'initiation'],
      ['E', 4, ''],
    ],
    note: '',
  },
];
