import type { LexicalEditor } from 'lexical';
import type { SerializedBody } from '../../../shared/domain/document.ts';

/**
 * The body as JSON with every key sorted: converged peers hold NodeState keys in different order, and a peer that once
 * held a mark on a block holds an empty state where another holds none.
 */
export function takeBody(editor: LexicalEditor): SerializedBody {
  return sortKeys(editor.getEditorState().toJSON()) as SerializedBody;
}

/** The same value with every key sorted and empty states left out. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const source = value as Record<string, unknown>;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(source).sort())
    if (source[key] !== undefined && (key !== '$' || !isEmpty(source[key]))) sorted[key] = sortKeys(source[key]);
  return sorted;
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((inner) => inner === undefined || inner === null)
  );
}
