import { useEffect } from 'react';
import type { Settings } from '../../shared/ipc/contract.ts';
import type { EditorApi } from '../editor/EditorApi.ts';

/** Hands the editor what the person has switched on and off. */
export function useToolSwitches(editor: EditorApi | null, settings: Settings): void {
  const { typing, spelling, formattingMarks } = settings;
  useEffect(() => {
    editor?.tools.setSwitches({ typing, spelling, formattingMarks });
  }, [editor, typing, spelling, formattingMarks]);
}
