import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../shared/ipc/contract.ts';

/** Turns a notice into the sentence of the current language; a file name in its parameters stands before it. */
export function useNoticeSentence(): (notice: Notice) => string {
  const { t } = useTranslation();
  return useCallback(
    (notice: Notice) => {
      const sentence = t(`notices.${notice.code}`, { ...notice.params });
      const fileName = notice.params?.['fileName'];
      return typeof fileName === 'string' && fileName ? `${fileName}: ${sentence}` : sentence;
    },
    [t],
  );
}
