import type { BlockStyle } from '../../../shared/domain/document.ts';
import type { Recipient } from '../../../shared/domain/records.ts';

/** A recipient as it stands in the letter: the way it is sent, then the address; a copy is one line. */
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
  const sent: { style: BlockStyle; text: string }[] = via.trim() === '' ? [] : [{ style: 'plain', text: via.trim() }];
  return [...sent, ...lines.map((text) => ({ style: 'address' as const, text }))];
}
