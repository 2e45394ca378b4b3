import type {
  SerializedBlock,
  SerializedBody,
  SerializedInline,
  SerializedNote,
  SerializedNotes,
} from '../../../shared/domain/document.ts';

/** A state as it was kept: the text, and the records it was about. */
export interface VersionState {
  body: SerializedBody;
  notes: SerializedNotes;
  records: Readonly<Record<string, readonly ({ id: string } & Record<string, unknown>)[]>>;
  /** All of it as it was kept, for what reads it by a parser of its own. */
  bytes: Uint8Array<ArrayBuffer>;
}

const MAX_BLOCKS = 50_000;
const MAX_INLINES = 20_000;
const MAX_NOTES = 20_000;
const MAX_RECORDS = 20_000;

/** Null for what is no state. It may come from a partner: only what a text can hold gets through. */
export function parseState(bytes: Uint8Array<ArrayBuffer>): VersionState | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // no JSON: no state
  }
  const children = field(field(field(value, 'body'), 'root'), 'children');
  if (!Array.isArray(children) || children.length > MAX_BLOCKS) return null;
  const blocks = children.map(parseBlock);
  if (blocks.some((block) => block === null)) return null;
  const root = { type: 'root' as const, version: 1 as const, direction: null, format: '', indent: 0 };
  const notes = parseNotes(field(field(field(value, 'notes'), 'root'), 'children'));
  if (!notes) return null;
  return {
    body: { root: { ...root, children: blocks as SerializedBlock[] } },
    notes: { root: { ...root, children: notes } },
    records: parseRecords(field(value, 'records')),
    bytes,
  };
}

/** States kept before versions held notes have none. */
function parseNotes(value: unknown): SerializedNote[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MAX_NOTES) return null;
  const notes: SerializedNote[] = [];
  for (const note of value) {
    const children: unknown = field(note, 'children');
    const noteId = field(note, 'noteId');
    if (field(note, 'type') !== 'note' || typeof noteId !== 'string' || !Array.isArray(children)) return null;
    const blocks = children.length > MAX_BLOCKS ? [null] : children.map(parseBlock);
    if (blocks.some((block) => block === null)) return null;
    notes.push({
      type: 'note',
      version: 1,
      noteId: noteId as SerializedNote['noteId'],
      children: blocks as SerializedBlock[],
      direction: null,
      format: '',
      indent: 0,
    });
  }
  return notes;
}

function parseBlock(value: unknown): SerializedBlock | null {
  if (!isObject(value) || typeof value['type'] !== 'string') return null;
  const { children } = value;
  if (children === undefined) return value as unknown as SerializedBlock;
  if (!Array.isArray(children) || children.length > MAX_INLINES) return null;
  const inlines = children.map(parseInline);
  return inlines.some((inline) => inline === null)
    ? null
    : ({ ...value, children: inlines } as unknown as SerializedBlock);
}

function parseInline(value: unknown): SerializedInline | null {
  if (!isObject(value) || typeof value['type'] !== 'string') return null;
  if (value['type'] !== 'text') return value as unknown as SerializedInline;
  const { text, format, $ } = value;
  if (typeof text !== 'string' || !Number.isInteger(format)) return null;
  const marks = isObject($) ? { $ } : {};
  return { detail: 0, format, mode: 'normal', style: '', text, type: 'text', version: 1, ...marks } as SerializedInline;
}

function parseRecords(value: unknown): VersionState['records'] {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, list]) => [
      name,
      (Array.isArray(list) ? list.slice(0, MAX_RECORDS) : []).filter(
        (record): record is { id: string } => isObject(record) && /^[a-z2-7]{16}$/.test(String(record['id'])),
      ),
    ]),
  );
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
