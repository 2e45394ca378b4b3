/** Sentences about images in the text. */
export const imagesEn = {
  tool: 'Image…',
  insertTitle: 'Insert an image',
  editTitle: 'Image',
  choose: 'Choose an image…',
  chooseOther: 'Choose another…',
  chooseHint: 'PNG or JPEG. Or paste one into the text, or drop its file where it belongs.',
  reading: 'Reading the image…',
  preview: 'The image as it will stand in the text',
  facts: '{{width}} × {{height}} pixels',
  cleaned: 'Place, time, camera and other hidden notes are taken out before it is kept.',
  alt: 'Description',
  altHint: 'What somebody who cannot see it must know. It is filed with the image.',
  altNeeded: 'Describe the image in words: a filing must be readable without seeing it.',
  width: 'Width, in percent of the text',
  narrower: 'narrower',
  wider: 'wider',
  looked: 'I have looked: nobody who must be protected can be recognized in it.',
  lookedHint:
    'Faces, names, plates, addresses, screens. No program can see this for you; the image goes to your partners.',
  lookedNeeded: 'Look at the image first, then say so here.',
  chooseFirst: 'Choose an image first.',
  insert: 'Insert image',
  inserting: 'Inserting…',
  next_one: '{{count}} more image waits',
  next_other: '{{count}} more images wait',
  save: 'Save',
  remove: 'Remove image',
  keys: 'On a selected image: Enter opens this, + and − change the width, Delete removes it.',
  readOnly: 'Reading only: the image cannot be changed.',
  inserted: 'Image inserted.',
  removed: 'Image removed.',
  widthNow: 'Width {{width}} percent',
  selected: 'Image: {{alt}}',
  lookedOn: 'Looked at on {{date}} before it was inserted',
  lookedBy: 'Looked at on {{date}} by {{who}} before it was inserted',
  noAlt: 'Image without a description',
  state: {
    loading: 'The image is being read…',
    waiting: 'Not on this computer yet. It comes by itself.',
    damaged: 'The file of this image is damaged and is not shown. Ask whoever inserted it to insert it again.',
    gone: 'The file of this image is not in this complaint. Insert it again from its file.',
  },
  named: '{{alt}} ({{state}})',
  filing_one: '{{count}} image',
  filing_other: '{{count}} images',
  filingHint: 'Each is filed with its description. Look once more that nobody can be recognized who must not be.',
  filingUnnamed_one: '{{count}} image has no description',
  filingUnnamed_other: '{{count}} images have no description',
  see: 'See it',
  seeNamed: 'See the image “{{alt}}” in the text',
};

/** Part of `notices`. */
export const imageNoticesEn = {
  'image-kind':
    'This is neither a PNG nor a JPEG image, so it was not inserted. The file itself is untouched. Save it as PNG or JPEG, then insert that one.',
  'image-file-large':
    'This image is too large to be inserted: at most 40 MB, and 10 MB once it is written for the page. The file itself is untouched. Save it smaller, or as JPEG, then insert that one.',
  'image-needs-caret':
    'There is no caret in the text, so the image was not inserted. Click where it belongs, then insert it again.',
  'image-while-suggesting':
    'Description and width of an image cannot be suggested, so nothing was changed. Comment on it, or stop suggesting first.',
  'image-reviewer':
    'A reviewer cannot insert images, so nothing was changed. Send the image to an editor of the complaint, or comment where it belongs.',
  'filing-without-image':
    'The file of an image in the text is not on this computer, or is damaged, so no Word file was written. The text is untouched. Open the image in the text and choose “Get it now”, or take the image out, then build the filing again.',
};
