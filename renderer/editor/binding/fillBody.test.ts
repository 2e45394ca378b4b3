import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { SerializedBody } from '../../../shared/domain/document.ts';
import { fillBody } from './fillBody.ts';
import { renderFresh } from './renderFresh.ts';

const read = (path: string): SerializedBody =>
  JSON.parse(readFileSync(new URL(`../../../resources/${path}`, import.meta.url), 'utf8')) as SerializedBody;

describe('fillBody', () => {
  it.each(['sample/body.json', 'template/body.en.json'])('%s comes back as it was written', (path) => {
    const body = read(path);
    const doc = new Y.Doc();
    fillBody(doc, body);
    expect(renderFresh(doc)).toEqual(body);
  });

  it('refuses a body that already holds text', () => {
    const doc = new Y.Doc();
    fillBody(doc, read('sample/body.json'));
    expect(() => fillBody(doc, read('sample/body.json'))).toThrow('not empty');
  });

  it('writes in one transaction', () => {
    const doc = new Y.Doc();
    let updates = 0;
    doc.on('update', () => updates++);
    fillBody(doc, read('template/body.en.json'));
    expect(updates).toBe(1);
  });
});
