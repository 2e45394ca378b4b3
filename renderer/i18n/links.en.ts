/** Sentences about links. */
export const linksEn = {
  tool: 'Link',
  title: 'Link',
  address: 'Address',
  words: 'Words to show',
  wordsHint: 'Left empty, the address itself is shown.',
  refused: 'A link may lead to a web page (https:// or http://) or a mail address (mailto:). Nothing was changed.',
  noPlace: 'First click in the text where the link belongs.',
  apply: 'Make link',
  change: 'Change link',
  remove: 'Remove link',
  copy: 'Copy the address',
  why: 'Alegato opens no web page itself, so that nobody learns who reads this complaint. Copy the address and open it in your browser.',
};
