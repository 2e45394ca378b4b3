import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../shared/ipc/contract.ts';
import type { EditorApi } from '../editor/EditorApi.ts';
import type { ImageSubject } from './ImagePopover.tsx';

/** Opens the popover of images when the text asks for it, and says aloud what happens to a selected image. */
export function useImageRequests({
  editor,
  announce,
  notify,
  open,
}: {
  editor: EditorApi | null;
  announce(sentence: string): void;
  notify(notice: Notice): void;
  open(): void;
}): { subject: ImageSubject | null; clear(): void } {
  const { t } = useTranslation();
  const [subject, setSubject] = useState<ImageSubject | null>(null);
  useEffect(
    () =>
      editor?.images.subscribeRequests((request) => {
        switch (request.kind) {
          case 'selected':
            return announce(t('images.selected', { alt: request.image.alt || t('images.noAlt') }));
          case 'resized':
            return announce(t('images.widthNow', { width: request.width }));
          case 'refused':
            return notify({ code: 'image-while-suggesting' });
          default:
            setSubject(request);
            open();
        }
      }),
    [editor, announce, notify, open, t],
  );
  return { subject, clear: useCallback(() => setSubject(null), []) };
}
