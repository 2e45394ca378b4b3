import { strFromU8, unzipSync } from 'fflate';

/** One tag or text of a part. `attributes` are raw, with prefixes; entities in text are decoded. */
export type XmlEvent =
  | { kind: 'open'; name: string; attributes: Readonly<Record<string, string>>; empty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

/** The text parts of a .docx by name. Throws when the bytes are no zip. */
export function readParts(bytes: Uint8Array): Map<string, string> {
  const parts = new Map<string, string>();
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    if (!name.endsWith('/')) parts.set(name, /\.(xml|rels)$/.test(name) ? strFromU8(content) : '');
  }
  return parts;
}

/** Tags and texts of a part in order; an empty element gives an open and a close. Throws when tags do not nest. */
export function* readEvents(xml: string): Generator<XmlEvent> {
  const open: string[] = [];
  let at = 0;
  for (const match of xml.matchAll(
    /<(\?[^?]*\?|!--[\s\S]*?--|(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?))>/g,
  )) {
    const text = xml.slice(at, match.index);
    if (text.includes('<')) throw new Error('broken tag');
    if (text !== '') yield { kind: 'text', text: decode(text) };
    at = match.index + match[0].length;
    const name = match[3];
    if (name === undefined) continue;
    if (match[2] === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      yield { kind: 'close', name };
    } else {
      const empty = match[5] === '/';
      yield { kind: 'open', name, attributes: readAttributes(match[4] ?? ''), empty };
      if (empty) yield { kind: 'close', name };
      else open.push(name);
    }
  }
  if (open.length > 0 || xml.slice(at).trim() !== '') throw new Error('part ends inside an element');
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[name as string] = decode(double ?? single ?? '');
  return attributes;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) =>
    hex
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal
        ? String.fromCodePoint(Number(decimal))
        : (ENTITIES[name ?? ''] ?? whole),
  );
}
