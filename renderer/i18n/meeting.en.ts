import type { MeetingNoticeCode } from '../../shared/ipc/meeting.ts';

/** Sentences of the relay that this computer runs for a meeting. */
export const meetingEn = {
  title: 'Host a relay for a meeting',
  what: 'Everybody in one room, no server: this computer passes the sealed changes on while the meeting lasts. It stops when you stop it or close Alegato, and never starts by itself.',
  scope: 'For whom',
  scopeNetwork: 'This network',
  scopeComputer: 'Only this computer',
  port: 'Port',
  portHint: 'Leave it as it is unless another program uses it.',
  badPort: 'A port is a whole number from 1 to 65535.',
  start: 'Start hosting',
  starting: 'Starting…',
  stop: 'Stop hosting',
  stopping: 'Stopping; everything taken is being written…',
  hosting: 'This computer hosts a relay.',
  connected_one: '{{count}} connection now.',
  connected_other: '{{count}} connections now.',
  connectedHint: 'One for each complaint that is open on a computer; this one’s own count too.',
  addresses: 'Addresses to give to the others',
  addressesHint: 'Try them from the top. Everybody uses the same one, this computer too.',
  ipv4: 'Local network',
  ipv6: 'Local network, IPv6',
  loopback: 'Only from this computer',
  copyAddress: 'Copy {{address}}',
  onNetwork:
    'People on this network can learn when and how much is sent, and between which computers. They cannot read any of it.',
  firewall:
    'If the others cannot reach it, this computer’s firewall is asking or refusing: allow Alegato on private networks, or let port {{port}} in. Guest networks often keep computers apart; a phone’s hotspot works.',
  complaint: 'This complaint',
  notShared: 'It is not shared yet.',
  useForInvitation: 'Invite over this relay',
  travels: 'It travels over {{address}}.',
  travelsHere: 'It travels over this computer’s relay.',
  move: 'Move this complaint to this relay for the meeting',
  moveWhat:
    'Everything here is sent there, sealed as it is. Each partner in the room moves too: in this panel, with the address above. Changes are kept here in any case.',
  moveBack: 'Move it back to {{address}}',
  moveOther: 'Somebody else hosts?',
  moveField: 'Address that the host shows',
  moveAction: 'Move this complaint there',
  moved: 'Moved. Changes now go over {{address}}.',
  kept: 'From meetings on this disk: {{size}}, all of it sealed. The next meeting goes on from there.',
  delete: 'Delete what meetings left here',
  deleteQuestion:
    'Delete the sealed records and exhibit files of meetings on this computer? Your complaints stay. What only this relay holds is gone: first see that everybody has everything.',
  deleteAction: 'Delete',
  deleted: 'Deleted. Your complaints are unchanged.',
  status_one: 'Hosting a meeting: {{count}} connection',
  status_other: 'Hosting a meeting: {{count}} connections',
};

/** What happened, what was kept, what to do next. */
export const meetingNoticesEn: Record<MeetingNoticeCode, string> = {
  'meeting-port-busy':
    'Another program on this computer uses that port, so hosting did not start. Nothing was changed. Choose another port, such as 4450, and tell it to the others with the address.',
  'meeting-port-forbidden':
    'The system does not allow that port, so hosting did not start. Nothing was changed. Choose one above 1024.',
  'meeting-no-network':
    'This computer is on no network that others could reach, so hosting did not start. Nothing was changed. Join a Wi-Fi or plug in a cable, or open a hotspot, then start again.',
  'meeting-folder-damaged':
    'What earlier meetings left on this computer is damaged, so hosting did not start. Your complaints are unchanged. Delete what meetings left, then start again: the computers send what they have.',
  'meeting-not-started':
    'Hosting did not start. Your complaints are unchanged. Try again; if it happens again, restart Alegato.',
  'meeting-ended':
    'Hosting ended by itself. Everything it had taken is on this disk, and everything written is kept on each computer. Start it again: sending goes on by itself.',
  'meeting-running': 'Hosting is running. Nothing was changed. Stop it first, then try again.',
};
