import type { NetworkInterfaceInfo } from 'node:os';
import type { MeetingAddress, MeetingScope } from '../../../shared/ipc/meeting.ts';

const RANK = { ipv4: 0, ipv6: 1, loopback: 2 } as const;
/** Networks of virtual machines and containers: partners do not reach them. */
const VIRTUAL = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet)/i;

/**
 * The addresses under which a relay on this port is reached: the local network's first, IPv4 before IPv6, networks
 * inside this computer behind them, loopback last. Link-local IPv6 is left out: it means nothing without the other
 * computer's own name for the network.
 */
export function listAddresses(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
  scope: MeetingScope,
  port: number,
): MeetingAddress[] {
  const loopback: MeetingAddress = { url: `ws://127.0.0.1:${port}`, kind: 'loopback', interfaceName: '' };
  if (scope === 'computer') return [loopback];
  const found = Object.entries(interfaces).flatMap(([interfaceName, infos]) =>
    (infos ?? [])
      .filter(({ internal, address }) => !internal && !/^(?:fe[89ab]|169\.254\.)/i.test(address))
      .map(
        ({ family, address }): MeetingAddress =>
          family === 'IPv4'
            ? { url: `ws://${address}:${port}`, kind: 'ipv4', interfaceName }
            : { url: `ws://[${address}]:${port}`, kind: 'ipv6', interfaceName },
      ),
  );
  const rank = ({ kind, interfaceName }: MeetingAddress): number => RANK[kind] + (VIRTUAL.test(interfaceName) ? 3 : 0);
  return [...found.sort((a, b) => rank(a) - rank(b)), loopback];
}
