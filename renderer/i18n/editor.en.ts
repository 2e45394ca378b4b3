/** Sentences of the editor. */
export const editorEn = {
  text: 'Text of the complaint',
  waitingForText:
    'The text has not arrived yet. It comes as soon as a computer of a partner that has it, or the relay, can be reached. You can leave this window open.',
  missingExhibit: '(exhibit removed)',
  missingPerson: '[person removed]',
};
