import type { Organization } from '../../../shared/domain/records.ts';

/** A piece of a comment: plain words, or the mention of an organization with its sign. */
export interface CommentPiece {
  text: string;
  organization: Organization | null;
}

/** Cuts a comment at its mentions: an @ that begins a word, then the whole name; of names alike the longest. */
export function parseMentions(text: string, organizations: readonly Organization[]): CommentPiece[] {
  const named = organizations.filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
  const pieces: CommentPiece[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const begins = text[at] === '@' && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
    const found = begins ? named.find(({ name }) => text.startsWith(name, at + 1)) : undefined;
    const after = found ? (text[at + 1 + found.name.length] ?? '') : '';
    if (!found || /[\p{L}\p{N}]/u.test(after)) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) pieces.push({ text: plain, organization: null });
    plain = '';
    pieces.push({ text: `@${found.name}`, organization: found });
    at += 1 + found.name.length;
  }
  if (plain) pieces.push({ text: plain, organization: null });
  return pieces;
}

/** [DO22] Ids of the organizations mentioned, each once, joined by a space. */
export function mentionsIn(text: string, organizations: readonly Organization[]): string {
  const ids = parseMentions(text, organizations).flatMap(({ organization }) => (organization ? [organization.id] : []));
  return [...new Set(ids)].join(' ');
}

/** The name begun at the caret: where its @ stands and what was typed of it; null when there is none. */
export function findOpenMention(text: string, caret: number): { start: number; typed: string } | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || /[\p{L}\p{N}]/u.test(text[start - 1] ?? '')) return null;
  const typed = text.slice(start + 1, caret);
  return typed.length > 60 || /[\n@]/.test(typed) ? null : { start, typed };
}

/** Those whose name holds what was typed (in small letters): names that begin with it first, then words that do, then the rest. */
export function rankByName<T extends { readonly name: string; readonly order: number }>(
  organizations: readonly T[],
  typed: string,
): T[] {
  const rankOf = (name: string): number =>
    name.startsWith(typed) ? 0 : name.includes(` ${typed}`) ? 1 : name.includes(typed) ? 2 : 3;
  return organizations
    .map((organization) => ({ organization, rank: rankOf(organization.name.toLowerCase()) }))
    .filter(({ organization, rank }) => organization.name !== '' && rank < 3)
    .sort((a, b) => a.rank - b.rank || a.organization.order - b.organization.order)
    .map(({ organization }) => organization);
}
