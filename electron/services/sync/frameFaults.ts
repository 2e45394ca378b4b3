/** Not of the grammar, or of another room: no relay that keeps the rules hands that on. */
export const GARBAGE: ReadonlySet<string> = new Set(['frame-size', 'frame-device', 'frame-counter', 'frame-room']);
/** Damaged on its way or on the relay's disk: left out, and named as missing by what follows it. */
export const DAMAGED: ReadonlySet<string> = new Set(['bad-signature', 'not-admitted']);
