/**
 * Every code a person may be told about. The i18n catalogues hold a sentence for each in both languages: what
 * happened, what was kept, what to do next (a test fails when one is missing).
 */
export const NOTICE_CODES = [
  'unexpected',
  'payload-refused',
  'complaint-damaged', 'complaint-foreign', 'complaint-newer-version', 'complaint-missing', 'complaint-in-use',
  'disk-full', 'folder-read-only',
  'link-not-an-invitation', 'link-cut-off', 'link-wrong-version', 'link-used', 'link-same-complaint',
  'relay-address-invalid', 'relay-away', 'relay-slow', 'relay-garbage', 'relay-refused', 'relay-quota',
  'file-too-large', 'file-type-unknown', 'file-unreadable', 'file-empty', 'pdf-encrypted', 'pdf-broken', 'pdf-no-pages',
  'image-too-large', 'image-broken', 'blob-not-here', 'blob-damaged',
  'original-not-linkable',
  'export-failed', 'export-saved', 'export-cancelled',
  'peer-frame-refused', 'peer-fork',
  'select-words-first', 'claim-spans-nothing',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];
