import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import { randomBytes } from './Sealer.ts';

/** No I, L, O, U: nothing on paper can be taken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 7;
const RANDOM_IN_GROUP = 4;
const GROUP_CHARACTERS = RANDOM_IN_GROUP + 1;

export type RecoveryCodeError = { code: 'recovery-code-mistyped'; params: { group: number } };

/** [RC1] A fresh code of 140 random bits, in seven groups of five. */
export function newRecoveryCode(): string {
  const groups: string[] = [];
  for (let group = 1; group <= GROUPS; group += 1) {
    let text = '';
    for (const byte of randomBytes(RANDOM_IN_GROUP)) text += ALPHABET[byte & 31];
    groups.push(text + checkOf(text, group));
  }
  return groups.join('-');
}

/** [RC1][RC2] The code as `newRecoveryCode` writes it; else the first group, from 1, that is wrong, short or left over. */
export function parseRecoveryCode(text: string): Result<string, RecoveryCodeError> {
  const characters = text
    .slice(0, 200)
    .toUpperCase()
    .replace(/[\s\u2010-\u2015_.-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const groups: string[] = [];
  for (let group = 1; group <= GROUPS; group += 1) {
    const part = characters.slice((group - 1) * GROUP_CHARACTERS, group * GROUP_CHARACTERS);
    if (!isRecoveryGroup(part, group)) return mistyped(group);
    groups.push(part);
  }
  return characters.length === GROUPS * GROUP_CHARACTERS ? ok(groups.join('-')) : mistyped(GROUPS);
}

/** The bytes that a slot key is made of: the random characters without their checks. */
export function recoverySecret(code: string): Uint8Array {
  return new TextEncoder().encode(
    code
      .split('-')
      .map((group) => group.slice(0, RANDOM_IN_GROUP))
      .join(''),
  );
}

function isRecoveryGroup(part: string, group: number): boolean {
  if (part.length !== GROUP_CHARACTERS) return false;
  for (const character of part) if (!ALPHABET.includes(character)) return false;
  return part[RANDOM_IN_GROUP] === checkOf(part.slice(0, RANDOM_IN_GROUP), group);
}

function checkOf(characters: string, group: number): string {
  const hash = createHash('sha256').update(`alegato-recovery-1/${group}/${characters}`).digest();
  return ALPHABET[(hash[0] as number) & 31] as string;
}

function mistyped(group: number): { ok: false; error: RecoveryCodeError } {
  return fail({ code: 'recovery-code-mistyped', params: { group } });
}
