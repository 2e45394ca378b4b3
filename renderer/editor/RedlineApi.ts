import type { SerializedBody } from '../../shared/domain/document.ts';
import type { Redline } from '../../shared/domain/redline/Redline.ts';

/** Going to another state of the text. */
export interface RedlineApi {
  /**
   * Makes the text, which was `before` when the redline was made, into the redline's new side: one step of undo, in
   * which `writeRecords` takes part. False, and nothing is changed, when the text has moved on or is newer than the program.
   */
  applyRedline(redline: Redline, before: SerializedBody, writeRecords: () => void): boolean;
}
