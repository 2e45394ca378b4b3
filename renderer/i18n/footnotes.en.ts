/** Sentences of the footnotes. */
export const footnotesEn = {
  name: 'Footnote {{number}}',
  list: 'Footnotes',
  text: 'Text of the footnotes',
  tool: 'Footnote',
  needsCaret: 'Put the caret in the text first; a footnote cannot stand in another one.',
  loose: 'Notes without a place',
  looseWhy: 'Their references were deleted while somebody wrote in them. They are not filed.',
  putBack: 'Put back at the caret',
  remove: 'Delete',
  removed: 'The note was deleted.',
  words: '{{number}} in footnotes',
};
