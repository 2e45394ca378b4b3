import type { SerializedBody, SerializedNotes } from '../../shared/domain/document.ts';
import type { Redline } from '../../shared/domain/redline/Redline.ts';

/** Going to another state of the text. */
export interface RedlineApi {
  /**
   * Makes the text, which was `before` when the redline was made, into the redline's new side, and the notes that it
   * refers to into those of `target`: one step of undo, in which `writeRecords` takes part. False, and nothing is changed,
   * when the text has moved on or is newer than the program. [DO53] [DO55]
   */
  applyRedline(
    redline: Redline,
    before: SerializedBody,
    target: { body: SerializedBody; notes: SerializedNotes },
    writeRecords: () => void,
  ): boolean;
}
