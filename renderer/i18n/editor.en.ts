/** Sentences of the editor. */
export const editorEn = {};
