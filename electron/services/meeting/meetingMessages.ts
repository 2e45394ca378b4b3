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
]);
export type MeetingOrder = z.infer<typeof orderSchema>;

/** What that process tells. */
export const reportSchema = z.discriminatedUnion('kind', [
  /** `ipv6`: it listens on IPv6 as well. */
  z.object({ kind: z.literal('hosting'), port: z.number().int(), ipv6: z.boolean() }),
  z.object({ kind: z.literal('failed'), code: z.enum(MEETING_NOTICE_CODES) }),
  z.object({ kind: z.literal('connections'), count: z.number().int() }),
  z.object({ kind: z.literal('stopped') }),
]);
export type MeetingReport = z.infer<typeof reportSchema>;
