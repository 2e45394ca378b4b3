import { z } from 'zod';
import { MEETING_NOTICE_CODES } from '../../../shared/ipc/meeting.ts';

/** What the program asks of the relay's own process. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    hosts: z.array(z.string()).min(1),
    port: z.number().int(),
    dataDir: z.string(),
  }),
  z.object({ kind: z.literal('stop') }),
  /** The process asked for ended; `ok`: with 0. */
  z.object({ kind: z.literal('mended'), ok: z.boolean() }),
]);
export type MeetingOrder = z.infer<typeof orderSchema>;

/** What that process tells. */
export const reportSchema = z.discriminatedUnion('kind', [
  /** `ipv6`: it listens on IPv6 as well. */
  z.object({ kind: z.literal('hosting'), port: z.number().int(), ipv6: z.boolean() }),
  z.object({ kind: z.literal('failed'), code: z.enum(MEETING_NOTICE_CODES) }),
  z.object({ kind: z.literal('connections'), count: z.number().int() }),
  z.object({ kind: z.literal('stopped') }),
  /** Asks for a process that runs `mend-log` with these; only the program can start one. */
  z.object({ kind: z.literal('mend'), args: z.array(z.string()).max(2) }),
]);
export type MeetingReport = z.infer<typeof reportSchema>;
