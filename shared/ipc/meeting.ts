import { z } from 'zod';

/** Channels and shapes about the relay that this computer runs for a meeting; part of the one table in contract.ts. */

z.config({ jitless: true });

const none = z.undefined();

/** Where the relay listens when nobody says otherwise. */
export const MEETING_PORT = 4440;

export const meetingScopeSchema = z.enum(['network', 'computer']);
/** network: everybody who reaches this computer; computer: only programs on it, to try things out. */
export type MeetingScope = z.infer<typeof meetingScopeSchema>;

const meetingAddressSchema = z.object({
  /** What partners enter as the relay's address. */
  url: z.string(),
  kind: z.enum(['ipv4', 'ipv6', 'loopback']),
  /** The system's name of the network interface. */
  interfaceName: z.string(),
});
export type MeetingAddress = z.infer<typeof meetingAddressSchema>;

export const meetingStateSchema = z.object({
  phase: z.enum(['off', 'starting', 'hosting', 'stopping']),
  scope: meetingScopeSchema,
  /** While it is off: where it would listen again, as the data of the last meeting say. */
  port: z.number().int(),
  /** Best one for partners first; empty while it is off. */
  addresses: z.array(meetingAddressSchema),
  /** One for each open complaint of each computer, this one's included. */
  connections: z.number().int(),
  /** Sealed records and files of meetings on this disk; null when there are none. */
  keptBytes: z.number().nullable(),
  /** Code of why it did not start or ended by itself; empty when it did not. */
  problem: z.string(),
});
export type MeetingState = z.infer<typeof meetingStateSchema>;

export const MEETING_CHANNELS = {
  'meeting/state': { request: none, response: meetingStateSchema },
  'meeting/start': {
    request: z.object({ scope: meetingScopeSchema, port: z.number().int().min(1).max(65_535) }),
    response: meetingStateSchema,
  },
  'meeting/stop': { request: none, response: meetingStateSchema },
  /** Deletes the records and files of meetings from this disk; only while it is off. */
  'meeting/delete': { request: none, response: meetingStateSchema },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

/** Pushed from main to every window. */
export interface MeetingEvents {
  'meeting/changed': MeetingState;
}

/** Codes about hosting; part of NOTICE_CODES. */
export const MEETING_NOTICE_CODES = [
  'meeting-port-busy',
  'meeting-port-forbidden',
  'meeting-no-network',
  'meeting-folder-damaged',
  'meeting-not-started',
  'meeting-ended',
  'meeting-running',
] as const;
export type MeetingNoticeCode = (typeof MEETING_NOTICE_CODES)[number];
