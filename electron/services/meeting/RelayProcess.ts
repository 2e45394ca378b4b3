import type { MeetingOrder } from './meetingMessages.ts';

/** The process a meeting's relay runs in, as the program sees it. Electron gives it in the program, tests their own. */
export interface RelayProcess {
  order(order: MeetingOrder): void;
  onReport(listener: (report: unknown) => void): void;
  /** However it ended. */
  onEnd(listener: () => void): void;
  kill(): void;
}

/** What Electron gives a utility process for speaking with the program. */
export interface UtilityProcessPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}
