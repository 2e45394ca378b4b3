const NO_BREAK_SPACE = '\u00a0';

/** `Ex. C` with a space that does not break; `Ex. ?` for an exhibit that no longer exists (empty label) [FI9]. */
export function formatExhibitLabel(label: string): string {
  return `Ex.${NO_BREAK_SPACE}${label === '' ? '?' : label}`;
}

/** The pinpoint after a label: ` at 4` (the last space does not break); empty for page 0 [FI10]. */
export function formatPinpoint(page: number): string {
  return page > 0 ? ` at${NO_BREAK_SPACE}${page}` : '';
}

/** An inline citation: `(Ex. C at 4)`, or `(Ex. C)` for page 0 [FI10]. */
export function formatCitation(label: string, page: number): string {
  return `(${formatExhibitLabel(label)}${formatPinpoint(page)})`;
}

/** A person as printed: the pseudonym with one asterisk; `[person]*` for an empty one [FI11]. */
export function formatPerson(pseudonym: string): string {
  const name = pseudonym.trim().replace(/\*+$/, '');
  return `${name === '' ? '[person]' : name}*`;
}
