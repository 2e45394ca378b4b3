/** Which relay a complaint left for the meeting, as long as this window is open: moving opens the complaint anew. */
const relayBefore = new Map<string, string>();

export function noteRelayBefore(complaintId: string, relayUrl: string): void {
  relayBefore.set(complaintId, relayUrl);
}

/** Null when it did not leave one. */
export function readRelayBefore(complaintId: string): string | null {
  return relayBefore.get(complaintId) ?? null;
}
