/** Sentences about pasting. */
export const pasteEn = {
  reading: 'Reading what was copied…',
  progress: 'Pasting: paragraph {{done}} of {{total}}',
  cancel: 'Cancel (Esc)',
  label: 'Pasting',
};

/** What a person is told after a paste: what happened, what was kept, what to do next. */
export const pasteNoticesEn = {
  'paste-words-only':
    'What was copied is too large with its formatting, so only its words are pasted. Nothing of the complaint was lost. Copy it in parts to keep headings and lists.',
  'paste-too-large':
    'What was copied is too large to paste at once, so nothing was changed. It is still on the clipboard. Copy it in parts, or add the file as an exhibit.',
  'paste-cancelled':
    'Pasting was cancelled, and what had been put in was taken out again. It is still on the clipboard.',
  'paste-place-gone':
    'A partner removed the place where the words were being pasted. What had been put in so far stays. Press Ctrl+Z to take it out, or paste the rest again.',
  'paste-without-pictures':
    'The words were pasted without pictures ({{count}}). Pictures that prove something go into the exhibits.',
  'paste-without-links':
    'The words were pasted, but links that do not lead to a web page or a mail address ({{count}}) were left as plain words.',
  'paste-without-deletions':
    'Passages that were marked as deleted there ({{count}}) were not pasted; the rest was. To have them too, reject those changes in the other program and copy again.',
  'paste-tables-as-lines':
    'Tables ({{count}}) were pasted as lines, one for each row, because no table can stand here or because they are very large. No words were lost. To have them as tables, press Ctrl+Z, turn off suggesting, put the caret into the text outside of a table and paste again in parts.',
  'drag-refused':
    'Words cannot be dragged, because a partner may be writing in them. Nothing was moved. Cut them with Ctrl+X and paste them with Ctrl+V.',
};
