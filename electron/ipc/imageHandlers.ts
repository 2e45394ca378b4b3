import { fail } from '../../shared/domain/result.ts';
import type { Answer } from '../../shared/ipc/contract.ts';
import type { IMAGE_CHANNELS } from '../../shared/ipc/images.ts';
import type { OpenComplaint } from '../services/complaint/OpenComplaint.ts';
import { sealImage } from '../services/images/sealImage.ts';
import type { Caller, Handlers } from './registrar.ts';

type WithComplaint = <T>(
  complaintId: string,
  caller: Caller,
  use: (complaint: OpenComplaint) => Promise<Answer<T>>,
) => Promise<Answer<T>>;

/** The handler of images; `opened` gives the complaints that the calling window has open. */
export function createImageHandlers(opened: WithComplaint): Pick<Handlers, keyof typeof IMAGE_CHANNELS> {
  return {
    'images/seal': async ({ complaintId, bytes }, caller) =>
      opened(complaintId, caller, async ({ files, status }) => {
        if (status.role === 'reader') return fail({ code: 'role-forbids' });
        return status.role === 'reviewer' ? fail({ code: 'image-reviewer' }) : sealImage(files, bytes);
      }),
  };
}
