import type {
  BlockStyle,
  SerializedBlock,
  SerializedBody,
  SerializedInline,
  TextState,
} from '../../shared/domain/document.ts';
import { BLOCK_STYLES, FORMAT } from '../../shared/domain/document.ts';
import type { ExhibitId, PersonId } from '../../shared/domain/ids.ts';
import { sampleId } from './sampleId.ts';

const FORMAT_TAGS: Record<string, number> = { b: FORMAT.bold, i: FORMAT.italic, u: FORMAT.underline };
const TOKEN = /<<([A-Z](?:-\d)?) (\d+)>>|<@([a-z]+)>|<(\/?)([biu])>|\{(\d+)\||(\})|(\\\\)/g;

/**
 * Turns the authoring text of the bundled letters into a body as the editor stores it. Blocks are separated by empty
 * lines and start with `#style ` (default: numbered). Inside a block: `<<B 5>>` cites page 5 of exhibit B,
 * `<@oscar>` mentions a person, `{20|words}` marks the words of claim 20 (claims may nest), `<b>`, `<i>`, `<u>`
 * format, `\\` breaks the line. Throws on anything malformed: the text is ours.
 */
export function parseMarkup(source: string): SerializedBody {
  const blocks = source
    .trim()
    .split(/\n\s*\n/)
    .map(parseBlock);
  return { root: { type: 'root', version: 1, children: blocks, direction: null, format: '', indent: 0 } };
}

function parseBlock(raw: string): SerializedBlock {
  const head = /^#(\w+) /.exec(raw);
  const blockStyle = (head?.[1] ?? 'numbered') as BlockStyle;
  if (!BLOCK_STYLES.includes(blockStyle)) throw new Error(`unknown block style ${blockStyle}`);
  const text = raw
    .slice(head?.[0].length ?? 0)
    .replace(/\\\\\n/g, '\\\\')
    .replaceAll('\n', ' ')
    .trim();
  return {
    type: 'block',
    version: 1,
    blockStyle,
    children: parseInlines(text),
    direction: null,
    format: '',
    indent: 0,
  };
}

function parseInlines(text: string): SerializedInline[] {
  const inlines: SerializedInline[] = [];
  const openClaims: string[] = [];
  let format = 0;
  let position = 0;
  const state = (): { $?: TextState } =>
    openClaims.length === 0
      ? {}
      : {
          $: Object.fromEntries(
            openClaims.map((number) => [`cl_${sampleId(`claim-${number.padStart(2, '0')}`)}`, 1]),
          ) as { [claim: `cl_${string}`]: 1 },
        };
  const pushText = (words: string) => {
    if (words)
      inlines.push({ type: 'text', version: 1, text: words, format, style: '', mode: 'normal', detail: 0, ...state() });
  };
  for (const match of text.matchAll(TOKEN)) {
    pushText(text.slice(position, match.index));
    position = match.index + match[0].length;
    const [token, exhibit, page, person, closing, tag, claim, brace] = match;
    if (exhibit)
      inlines.push({
        type: 'citation',
        version: 1,
        exhibitId: sampleId<ExhibitId>(`exhibit-${exhibit.toLowerCase()}`),
        page: Number(page),
        ...state(),
      });
    else if (person)
      inlines.push({ type: 'person', version: 1, personId: sampleId<PersonId>(`person-${person}`), ...state() });
    else if (tag) format = closing ? format & ~(FORMAT_TAGS[tag] ?? 0) : format | (FORMAT_TAGS[tag] ?? 0);
    else if (claim) openClaims.push(claim);
    else if (brace) {
      if (!openClaims.pop()) throw new Error(`no claim to close in: ${text}`);
    } else if (token === '\\\\') inlines.push({ type: 'linebreak', version: 1 });
  }
  pushText(text.slice(position));
  if (openClaims.length > 0 || format !== 0) throw new Error(`something is left open in: ${text}`);
  return inlines;
}
