const NAME = 'alegato_relay';

/** Bounds of the time from a posted frame to the disk, in seconds. */
const APPEND_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] as const;

/** Numbers that are read when somebody asks. */
export interface RelayGauges {
  connections: number;
  pendingConnections: number;
  addresses: number;
  roomsOpen: number;
  rooms: number;
  storedBytes: number;
  freeBytes: number;
  bufferedBytes: number;
  accepting: boolean;
  /** By code word. */
  events: ReadonlyMap<string, number>;
}

/** Counts for `/metrics`, in Prometheus' text format: no room, device or address in any of them. [SY29] */
export class RelayMetrics {
  connectionsTotal = 0;
  bytesIn = 0;
  bytesOut = 0;
  messagesIn = 0;
  framesAppended = 0;
  bytesAppended = 0;
  throttledSeconds = 0;
  readonly #appendCounts = new Array<number>(APPEND_BOUNDS.length + 1).fill(0);
  #appendSeconds = 0;

  noteAppend(seconds: number, sizeBytes: number): void {
    this.framesAppended++;
    this.bytesAppended += sizeBytes;
    this.#appendSeconds += seconds;
    const bound = APPEND_BOUNDS.findIndex((limit) => seconds <= limit);
    const place = bound < 0 ? APPEND_BOUNDS.length : bound;
    this.#appendCounts[place] = (this.#appendCounts[place] ?? 0) + 1;
  }

  format(gauges: RelayGauges): string {
    const lines: string[] = [];
    const family = (
      name: string,
      type: string,
      words: string,
      samples: readonly (readonly [string, number])[],
    ): void => {
      lines.push(`# HELP ${NAME}_${name} ${words}`, `# TYPE ${NAME}_${name} ${type}`);
      for (const [suffix, value] of samples) lines.push(`${NAME}_${name}${suffix} ${formatNumber(value)}`);
    };
    const gauge = (name: string, words: string, value: number): void => family(name, 'gauge', words, [['', value]]);
    const counter = (name: string, words: string, value: number): void => family(name, 'counter', words, [['', value]]);
    gauge('accepting', '1 when posts are taken, 0 when the disk is full or refused a write.', gauges.accepting ? 1 : 0);
    gauge('connections', 'Open connections.', gauges.connections);
    gauge('connections_pending', 'Open connections without a valid hello.', gauges.pendingConnections);
    gauge('addresses', 'Addresses with a connection, now or a moment ago.', gauges.addresses);
    gauge('rooms_open', 'Rooms somebody is connected to.', gauges.roomsOpen);
    gauge('rooms', 'Rooms that hold a frame.', gauges.rooms);
    gauge('stored_bytes', 'Frames and blobs on disk.', gauges.storedBytes);
    gauge('disk_free_bytes', 'Free on the disk under the data folder.', gauges.freeBytes);
    gauge('buffered_bytes', 'Bytes held in memory on their way in and out.', gauges.bufferedBytes);
    gauge('resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss());
    counter('connections_total', 'Connections since the start.', this.connectionsTotal);
    counter('messages_received_total', 'Messages from devices.', this.messagesIn);
    counter('bytes_received_total', 'Bytes of messages from devices.', this.bytesIn);
    counter('bytes_sent_total', 'Bytes of messages to devices.', this.bytesOut);
    counter('frames_appended_total', 'Frames on disk since the start.', this.framesAppended);
    counter('bytes_appended_total', 'Bytes of those frames.', this.bytesAppended);
    counter('throttled_seconds_total', 'Time connections were made to wait by the rate limits.', this.throttledSeconds);
    family(
      'events_total',
      'counter',
      'What the log counts, by code word.',
      [...gauges.events].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => [`{code="${code}"}`, count]),
    );
    let sum = 0;
    family('append_seconds', 'histogram', 'From a posted frame to the disk.', [
      ...this.#appendCounts.map((count, place) => {
        sum += count;
        return [`_bucket{le="${APPEND_BOUNDS[place] ?? '+Inf'}"}`, sum] as const;
      }),
      ['_sum', this.#appendSeconds],
      ['_count', sum],
    ]);
    return `${lines.join('\n')}\n`;
  }
}

function formatNumber(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value);
}
