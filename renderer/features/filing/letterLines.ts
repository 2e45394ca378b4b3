import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { Recipient } from '../../../shared/domain/records.ts';

/** A recipient as it stands in the letter: the way it is sent, then the address as one part [DO90]; a copy is one line. */
export function letterLines({
  kind,
  via,
  block,
}: Pick<Recipient, 'kind' | 'via' | 'block'>): { style: BlockStyle; text: string }[] {
  const lines = block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (kind === 'cc') return [{ style: 'plain', text: `cc: ${lines.join(', ')}` }];
  const sent: { style: BlockStyle; text: string }[] =
    via.trim() === '' ? [] : [{ style: 'transmission', text: via.trim() }];
  return [...sent, ...(lines.length > 0 ? [{ style: 'address' as const, text: lines.join('\n') }] : [])];
}
