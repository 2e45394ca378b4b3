/**
 * What a window tells the others about itself, through sealed presence. `color` is the organization's index 0–7 in the
 * design tokens. Lexical's cursor code adds anchorPos, focusPos and focusing to the same state.
 */
export interface Presence {
  organizationId: string;
  deviceNumber: number;
  name: string;
  color: number;
}

/** CSS color of an organization index; anything else from a peer becomes the first color. */
export function presenceColor(color: unknown): string {
  const index = typeof color === 'number' && Number.isInteger(color) && color >= 0 && color < 8 ? color : 0;
  return `var(--org-${index + 1})`;
}
