/** True for an address a relay can have: `wss:` or `ws:` with a host, without name or password in it. */
export function isRelayUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (
      (url.protocol === 'wss:' || url.protocol === 'ws:') &&
      url.hostname !== '' &&
      url.username === '' &&
      url.password === ''
    );
  } catch {
    return false;
  }
}
