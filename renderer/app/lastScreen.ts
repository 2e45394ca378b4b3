/** What the window showed last, remembered on this computer: a complaint id, or 'library'. */
const SCREEN_KEY = 'alegato.lastScreen';
const GUIDE_KEY = 'alegato.guideSeen';

/** Null on a first start. */
export function readLastScreen(): string | null {
  return localStorage.getItem(SCREEN_KEY);
}
export function writeLastScreen(screen: string): void {
  localStorage.setItem(SCREEN_KEY, screen);
}
/** True once the person has dismissed "In one minute". */
export function readGuideSeen(): boolean {
  return localStorage.getItem(GUIDE_KEY) === 'yes';
}
export function writeGuideSeen(seen: boolean): void {
  localStorage.setItem(GUIDE_KEY, seen ? 'yes' : 'no');
}
