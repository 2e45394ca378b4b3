import { parseRelayArguments, USAGE } from './arguments.ts';
import { createRelay } from './Relay.ts';

const parsed = parseRelayArguments(process.argv.slice(2), process.env);
if (!parsed.ok) {
  console.error(`${parsed.error.message}\n\n${USAGE}`);
  process.exit(2);
}
try {
  const relay = await createRelay({ ...parsed.value, log: (line) => console.log(line) });
  console.log(`relay listening on ${relay.url}`);
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    relay.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  console.error(`The relay could not start (${code}). Is the port free, and the data folder writable and not in use?`);
  process.exit(1);
}
