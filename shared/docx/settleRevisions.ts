import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/**
 * A .docx with all its tracked changes accepted or rejected, by what ECMA-376 says of each mark and by nothing of the
 * writer's: for the laws of a redline.
 */
export function settleRevisions(bytes: Uint8Array, answer: 'accept' | 'reject'): Uint8Array {
  const parts = unzipSync(bytes);
  for (const name of ['word/document.xml', 'word/footnotes.xml']) {
    const part = parts[name];
    if (part) parts[name] = strToU8(settlePart(strFromU8(part), answer));
  }
  return zipSync(parts);
}

const [KEPT, GONE] = [
  { accept: ['ins', 'moveTo'], reject: ['del', 'moveFrom'] },
  { accept: ['del', 'moveFrom'], reject: ['ins', 'moveTo'] },
];

function settlePart(xml: string, answer: 'accept' | 'reject'): string {
  const kept = KEPT[answer].join('|');
  const gone = GONE[answer].join('|');
  let settled = xml.replace(/<w:move(?:From|To)Range(?:Start|End) [^>]*\/>/g, '');
  // The end of a paragraph first: its mark is an empty element in the properties of its own run.
  const goneEnd = new RegExp(`<w:pPr>(?:(?!</w:pPr>).)*?<w:rPr>(?:(?!</w:rPr>).)*?<w:(?:${gone}) [^>]*/>`, 's');
  const paragraphs = settled.split(/(?=<w:p>|<w:p )/);
  settled = '';
  let open = '';
  for (const piece of paragraphs) {
    const end = piece.indexOf('</w:p>');
    if (end < 0 || !/^<w:p[ >]/.test(piece)) {
      settled += piece;
      continue;
    }
    const paragraph = piece.slice(0, end);
    const properties = /<w:pPr>.*?<\/w:pPr>(?!<\/w:pPrChange>)/s.exec(paragraph)?.[0] ?? '';
    const inside = paragraph.replace(/^<w:p(?: [^>]*)?>/, '').replace(properties, '');
    if (goneEnd.test(properties)) open += inside;
    else {
      settled += `<w:p>${settleProperties(properties, answer)}${open}${inside}</w:p>`;
      open = '';
    }
    settled += piece.slice(end + '</w:p>'.length);
  }
  if (open !== '') throw new Error('the last paragraph has no end');
  return settled
    .replace(new RegExp(`<w:(${gone}) [^>]*[^/]>.*?</w:\\1>`, 'gs'), '')
    .replace(new RegExp(`</?w:(?:${kept})(?: [^>]*)?>`, 'g'), '')
    .replace(/<w:rPr>((?:(?!<\/w:rPr>).)*)<w:rPrChange [^>]*>(.*?)<\/w:rPrChange><\/w:rPr>/gs, (_, now, before) =>
      answer === 'accept' ? `<w:rPr>${now}</w:rPr>` : String(before).replace('<w:rPr/>', ''),
    )
    .replace(/<(\/?)w:delText/g, '<$1w:t');
}

function settleProperties(properties: string, answer: 'accept' | 'reject'): string {
  const change = /<w:pPrChange [^>]*>(.*?)<\/w:pPrChange>/s.exec(properties);
  if (!change) return properties;
  return answer === 'accept' ? properties.replace(change[0], '') : (change[1] ?? '');
}
