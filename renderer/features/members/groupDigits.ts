/** Twelve groups of five, as two people read them to each other; empty for none. */
export function groupDigits(safetyNumber: string): string[] {
  return safetyNumber.match(/.{1,5}/g) ?? [];
}
