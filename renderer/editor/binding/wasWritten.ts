import type * as Y from 'yjs';

/**
 * Whether the body's text is here. One that holds nothing any more, because two people each removed what the other had
 * left, was written all the same: the editor then begins a paragraph. One that has yet to arrive must stay untouched.
 */
export function wasWritten(body: Y.XmlElement): boolean {
  return body._start !== null;
}
