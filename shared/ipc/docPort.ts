/**
 * Messages on the port between a window and main, each a Uint8Array that begins with one of these as a varuint:
 * `sync` (y-protocols sync), `awareness` (y-protocols awareness), `barrier` (a varuint that main sends and the window
 * echoes: what it posted earlier has then arrived), `askPresence` (main asks for the window's presence, no content),
 * `end` (a barrier after which the window posts nothing more here: it keeps its changes for the port after this one).
 */
export const PORT_MESSAGE = { sync: 0, awareness: 1, barrier: 2, askPresence: 3, end: 4 } as const;

/** `type` of the `window` message that hands the port to the page. */
export const DOC_PORT_EVENT = 'alegato:doc-port';
