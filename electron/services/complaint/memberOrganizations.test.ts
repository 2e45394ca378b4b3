import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readMemberOrganizations } from './memberOrganizations.ts';
import { writeOrganization } from './organizationRecord.ts';

const DEVICES = new Map([
  [1, 1],
  [300, 2],
]);

function writtenBy(doc: Y.Doc, client: number, id: string, name: string, organizationNumber: number): void {
  const own = new Y.Doc();
  Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
  own.clientID = client;
  writeOrganization(own, { id, name, organizationNumber });
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(own));
}

describe('readMemberOrganizations', () => {
  it('gives what members wrote about themselves, and nothing that a window or another organization wrote', () => {
    const doc = new Y.Doc();
    writtenBy(doc, 1 * 65_536 + 1, 'aaaaaaaaaaaaaaaa', 'Invented Signatory', 2);
    writtenBy(doc, 1 * 65_536, 'bbbbbbbbbbbbbbbb', 'Center', 1);
    writtenBy(doc, 1 * 65_536, 'cccccccccccccccc', 'In their name', 2);
    writtenBy(doc, 300 * 65_536, 'dddddddddddddddd', 'Partner', 2);
    const names = readMemberOrganizations(doc, (device) => DEVICES.get(device)).map(({ name }) => name);
    expect(names.sort()).toEqual(['Center', 'Partner']);
  });
});
