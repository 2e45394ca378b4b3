import type { OrganizationActivity } from './buildActivity.ts';

/** What changed since this person was last here, as it was at one moment. */
export interface ActivityReading {
  /** When this person was last here, in milliseconds since 1970. */
  seenMs: number;
  groups: readonly (OrganizationActivity & {
    /** When it arrived on this computer; null when that is not known any more. */
    arrived: { firstMs: number; lastMs: number } | null;
  })[];
  count: number;
}
