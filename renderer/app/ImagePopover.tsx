import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImagePlace } from '../editor/ImageApi.ts';
import { FileStateLine } from '../features/exhibits/FileStateLine.tsx';
import { useFileStates } from '../features/exhibits/useFileStates.ts';
import { EditImageForm } from '../features/images/EditImageForm.tsx';
import { InsertImageForm } from '../features/images/InsertImageForm.tsx';
import { useRecords, useStatus } from '../ui/useSession.ts';
import { useWorkbench } from '../ui/workbench.ts';
import { ToolbarPopover } from './ToolbarPopover.tsx';

/** What the popover is about: files to insert (none: the person chooses), or an image of the text. */
export type ImageSubject = { kind: 'insert'; files: readonly File[] } | { kind: 'edit'; image: ImagePlace };

/** Inserts an image, or shows and changes the one that is selected. */
export function ImagePopover({ subject, onClose }: { subject: ImageSubject | null; onClose(refocus: boolean): void }) {
  const { t } = useTranslation();
  const { session, editor } = useWorkbench();
  const { role } = useStatus(session);
  const [about] = useState<ImageSubject>(() => {
    const selected = subject ? null : (editor?.images.getSelected() ?? null);
    return subject ?? (selected ? { kind: 'edit', image: selected } : { kind: 'insert', files: [] });
  });
  const close = () => onClose(true);
  if (about.kind === 'edit')
    return (
      <ToolbarPopover label={t('images.editTitle')} onClose={onClose}>
        <EditImageForm image={about.image} onClose={close}>
          <ImageFileLine image={about.image} />
        </EditImageForm>
      </ToolbarPopover>
    );
  return (
    <ToolbarPopover label={t('images.insertTitle')} stays onClose={onClose}>
      {role === 'reviewer' ? (
        <>
          <p className="note-line thin">{t('notices.image-reviewer')}</p>
          <div className="actions end">
            <button type="button" className="button" onClick={close}>
              {t('common.close')}
            </button>
          </div>
        </>
      ) : (
        <InsertImageForm files={about.files} onClose={close} />
      )}
    </ToolbarPopover>
  );
}

/** Where the file of the image is, and what can be done about it. */
function ImageFileLine({ image }: { image: ImagePlace }) {
  const { session } = useWorkbench();
  const { byBlob, paused } = useFileStates(session.complaintId);
  const record = useRecords(session, 'images').find(({ id }) => id === image.imageId);
  const file = byBlob.get(record?.blobId ?? '');
  return file ? <FileStateLine file={file} paused={paused} name={image.alt} /> : null;
}
