/** Branded identifiers. Each is 16 lower-case base32 characters unless its type says otherwise. */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

export type ComplaintId = Brand<string, 'ComplaintId'>;
export type ClaimId = Brand<string, 'ClaimId'>;
export type ExhibitId = Brand<string, 'ExhibitId'>;
export type LinkId = Brand<string, 'LinkId'>;
export type PersonId = Brand<string, 'PersonId'>;
export type RecipientId = Brand<string, 'RecipientId'>;
export type AuthorityId = Brand<string, 'AuthorityId'>;
export type OrganizationId = Brand<string, 'OrganizationId'>;
export type SuggestionId = Brand<string, 'SuggestionId'>;
export type ThreadId = Brand<string, 'ThreadId'>;
export type ReplyId = Brand<string, 'ReplyId'>;
/** Of a footnote. */
export type NoteId = Brand<string, 'NoteId'>;
/** Of the record of an image in the text. */
export type ImageId = Brand<string, 'ImageId'>;
/** Of a block that references name. */
export type BlockId = Brand<string, 'BlockId'>;
/** Of a row of a table. */
export type RowId = Brand<string, 'RowId'>;
/** Of a named version that partners have too. */
export type SharedVersionId = Brand<string, 'SharedVersionId'>;
export type DictionaryWordId = Brand<string, 'DictionaryWordId'>;
/** 26 base32 characters: the room's public key hash, see shared/crypto/SPEC.md. */
export type RoomId = Brand<string, 'RoomId'>;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A fresh id from 16 random bytes (80 of their bits are used). `randomBytes` must be cryptographic outside tests. */
export function newId<T extends string>(randomBytes: (length: number) => Uint8Array): T {
  let id = '';
  for (const byte of randomBytes(16)) id += ALPHABET[byte & 31];
  return id as T;
}

/** True for a string that `newId` could have made; anything else from outside is refused. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z2-7]{16}$/.test(value);
}
