import { BLOCK_STYLES, type BlockStyle, type SerializedBlock, type SerializedInline } from '../domain/document.ts';
import { type ExhibitId, newId, type PersonId } from '../domain/ids.ts';
import type { Exhibit, Person } from '../domain/records.ts';
import { CONFIDENTIALITIES, SCHEMA_VERSION } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';

/** Numbers in [0, 1) from a seed (mulberry32): the same everywhere. For tests and measurements, never for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS = (
  'the complaint program data officers agency detained without evidence record label gang warrant border exchange ' +
  'police review “unverified” § ¶ São Ñuñoa año niños — – naïve 3,275 98.5% Section counsel 中文 الدليل 👩‍⚖️ & < > " it’s'
).split(' ');

/** A complaint made of a seed, with every style, format and kind of node, for tests and measurements. */
export function randomSnapshot(
  seed: number,
  size: { blocks: number; exhibits: number } = { blocks: 60, exhibits: 12 },
): Snapshot {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const freshId = <T extends string>(): T => newId<T>((length) => Uint8Array.from({ length }, () => below(256)));
  const words = (count: number): string => Array.from({ length: count }, () => pick(WORDS)).join(' ');

  const exhibits = Array.from(
    { length: size.exhibits },
    (_, order): Exhibit => ({
      id: freshId<ExhibitId>(),
      title: words(2 + below(8)),
      date: pick(['', 'Jan. 2018', '2022']),
      source: words(below(4)),
      language: pick(['English', 'Spanish', '']),
      confidentiality: pick(CONFIDENTIALITIES),
      status: pick(['held', 'to-obtain'] as const),
      group: pick(['', '', '', 'declarations', 'cases']),
      order: below(5) + order,
      mime: '',
      sizeBytes: 0,
      pageCount: below(40),
      sha256: '',
      blobId: '',
      blobKey: '',
      thumbnail: '',
    }),
  );
  const people = Array.from(
    { length: 4 },
    (_, index): Person => ({
      id: freshId<PersonId>(),
      pseudonym: ['Oscar', 'Melissa*', 'Antonio', ''][index] as string,
      role: 'complainant',
      consent: 'none',
      note: '',
    }),
  );
  const inline = (): SerializedInline => {
    const kind = random();
    if (kind < 0.7) {
      const text = {
        type: 'text',
        version: 1,
        text: `${words(1 + below(14))} `,
        format: pick([0, 0, 0, 1, 2, 3, 4, 8, 32, 64]),
        style: '',
        mode: 'normal',
        detail: 0,
      } as const;
      return random() < 0.2 ? { ...text, $: pick([{ sc: 1 }, { cl_abcdefghijklmnop: 1 }] as const) } : text;
    }
    if (kind < 0.85)
      return {
        type: 'citation',
        version: 1,
        exhibitId: random() < 0.05 ? freshId<ExhibitId>() : (pick(exhibits)?.id ?? ''),
        page: below(30),
      };
    if (kind < 0.93) return { type: 'person', version: 1, personId: pick(people).id };
    if (kind < 0.97) return { type: 'linebreak', version: 1 };
    return { type: 'tab', version: 1, text: '\t', format: 0, style: '', mode: 'normal', detail: 2 };
  };
  const block = (blockStyle: BlockStyle): SerializedBlock => ({
    type: 'block',
    version: 1,
    blockStyle,
    children: Array.from({ length: below(9) }, inline),
    direction: 'ltr',
    format: '',
    indent: 0,
  });
  const styles: BlockStyle[] = Array.from({ length: size.blocks }, () =>
    random() < 0.55 ? 'numbered' : pick(BLOCK_STYLES),
  );
  return {
    body: { root: { type: 'root', version: 1, children: styles.map(block), direction: 'ltr', format: '', indent: 0 } },
    meta: {
      schemaVersion: SCHEMA_VERSION,
      title: `Complaint ${seed}`,
      sample: random() < 0.5,
      letterDate: '',
      subject: words(6),
      template: 'crcl-letter',
      language: 'en',
    },
    records: {
      claims: [],
      exhibits,
      links: [],
      people,
      recipients: [],
      authorities: [],
      organizations: [],
      suggestions: [],
    },
  };
}
