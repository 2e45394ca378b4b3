import type { Page } from '@playwright/test';

/** What has to be ended, in the order it was started; also when starting failed half-way. */
export type Endings = (() => Promise<void>)[];

/** Two running applications on one document, with the probe in both pages. */
export interface TypingSystem {
  readonly name: string;
  /** Where the keys are struck. */
  readonly author: Page;
  /** Where the same text has to appear. */
  readonly peer: Page;
}
