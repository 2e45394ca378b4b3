import { Footer, Header, Paragraph, TextRun } from 'docx';
import { buildField } from './wordFields.ts';

/**
 * Header of a page: the legend, if there is one, in plain bold on every page [FI18]; the title on all but the first, which
 * opens with the letterhead.
 */
export function buildHeader(model: { title: string; legend: string }, page: 'first' | 'following'): Header {
  const children: Paragraph[] = [];
  if (model.legend !== '')
    children.push(new Paragraph({ style: 'PageLegend', children: [new TextRun({ text: model.legend })] }));
  if (page === 'following' && model.title !== '')
    children.push(new Paragraph({ style: 'PageHeader', children: [new TextRun({ text: model.title })] }));
  if (children.length === 0) children.push(new Paragraph({ style: 'PageHeader' }));
  return new Header({ children });
}

/** Footer of every page: "Page X of Y", both live. */
export function buildFooter(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        style: 'PageFooter',
        children: [
          new TextRun({ text: 'Page ' }),
          ...buildField('PAGE', '1'),
          new TextRun({ text: ' of ' }),
          ...buildField('NUMPAGES', '1'),
        ],
      }),
    ],
  });
}
