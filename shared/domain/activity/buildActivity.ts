import type { Segment, TextChange } from './comparePassages.ts';
import type { RecordChange } from './compareRecords.ts';
import { SEEN_BEFORE } from './Passage.ts';

/** What one organization changed. */
export interface OrganizationActivity {
  /** Number of the organization (its order of joining); null when nobody can tell who it was. */
  organization: number | null;
  texts: readonly TextChange[];
  records: readonly RecordChange[];
}

export interface ActivityOptions {
  texts: readonly TextChange[];
  records: readonly RecordChange[];
  /** Own changes are not news. */
  ownDevice: number;
  /** Null for a device that no organization is known to own. */
  organizationOf: (device: number) => number | null;
  /** Numbers of the other organizations of the complaint. */
  others: readonly number[];
}

/**
 * News by organization, in the order of joining; what nobody can be named for comes last. A removal carries no name in
 * the document: it is told as the other organization's where there is only one.
 */
export function buildActivity({
  texts,
  records,
  ownDevice,
  organizationOf,
  others,
}: ActivityOptions): OrganizationActivity[] {
  const unnamed = others.length === 1 ? (others[0] as number) : null;
  const whose = (device: number | null): number | null =>
    device === null ? unnamed : (organizationOf(device) ?? unnamed);
  const groups = new Map<number | null, { texts: TextChange[]; records: RecordChange[] }>();
  const group = (organization: number | null): { texts: TextChange[]; records: RecordChange[] } => {
    let found = groups.get(organization);
    if (!found) groups.set(organization, (found = { texts: [], records: [] }));
    return found;
  };
  for (const change of texts) {
    for (const organization of organizationsOf(change, ownDevice, whose, unnamed))
      group(organization).texts.push(seenOf(change, organization, ownDevice, whose));
  }
  for (const change of records) if (change.author !== ownDevice) group(whose(change.author)).records.push(change);
  return [...groups]
    .map(([organization, found]) => ({ organization, ...found }))
    .sort((a, b) => (a.organization ?? Number.MAX_SAFE_INTEGER) - (b.organization ?? Number.MAX_SAFE_INTEGER));
}

/** How many changes there are. */
export function countActivity(groups: readonly OrganizationActivity[]): number {
  return groups.reduce((sum, { texts, records }) => sum + texts.length + records.length, 0);
}

type Whose = (device: number | null) => number | null;

function segmentOwners(segment: Segment, ownDevice: number, whose: Whose): (number | null)[] {
  if (segment.mark === 'kept') return [];
  if (segment.authors.length === 0) return [whose(null)];
  const authors = segment.authors.filter((author) => author !== ownDevice && author !== SEEN_BEFORE);
  return authors.map((author) => whose(author === 0 ? null : author));
}

function organizationsOf(
  change: TextChange,
  ownDevice: number,
  whose: Whose,
  unnamed: number | null,
): Set<number | null> {
  const owners = new Set(change.segments.flatMap((segment) => segmentOwners(segment, ownDevice, whose)));
  if (change.kind === 'moved') owners.add(unnamed);
  return owners;
}

/** The change as far as it is this organization's: what the others did in it stands there as kept. */
function seenOf(change: TextChange, organization: number | null, ownDevice: number, whose: Whose): TextChange {
  const segments: Segment[] = [];
  for (const segment of change.segments) {
    const last = segments.at(-1);
    const theirs = segmentOwners(segment, ownDevice, whose).includes(organization);
    if (segment.mark === 'changed' && theirs) segments.push(segment);
    else {
      const text = segment.mark === 'kept' ? segment.text : segment.added;
      if (last?.mark === 'kept') segments[segments.length - 1] = { mark: 'kept', text: last.text + text };
      else if (text) segments.push({ mark: 'kept', text });
    }
  }
  return { ...change, segments };
}
