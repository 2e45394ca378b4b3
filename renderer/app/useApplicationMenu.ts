import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockStyle } from '../../shared/domain/document.ts';
import type { PageMenu } from '../../shared/ipc/menu.ts';
import { ask } from '../ui/bridge.ts';
import type { Commands } from '../ui/commands/CommandsContext.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId, isCommandId, keysOf } from '../ui/commands/commands.ts';
import { commandName } from '../ui/commands/commandWords.ts';
import { acceleratorOf } from '../ui/commands/shortcuts.ts';

/** The menu follows the commands at the latest after so long. */
const LATEST_MS = 1_000;

/** Every command of the registry as the application's menu shows it now. */
export function buildPageMenus(t: TFunction, commands: Commands): PageMenu[] {
  return COMMAND_GROUPS.map((group) => ({
    id: group,
    label: t(`commands.groups.${group}`),
    items: COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => {
      const [key] = keysOf(id);
      const { family, apart } = COMMANDS[id];
      return {
        id,
        label: menuLabel(t, id),
        accelerator: key === undefined ? '' : acceleratorOf(key),
        enabled: commands.whyNot(id) === null,
        checked: commands.isOn(id),
        apart: apart ?? false,
        family: family ? t(`commands.families.${family}`) : '',
      };
    }),
  }));
}

/** Under “Paragraph style” the style's name is enough. */
function menuLabel(t: TFunction, id: CommandId): string {
  return COMMANDS[id].family === 'styles' ? t(`styles.${id.slice('style-'.length) as BlockStyle}`) : commandName(t, id);
}

/** Keeps the application's menu as the commands are, and runs what a person chooses there. */
export function useApplicationMenu(commands: Commands): void {
  const { t } = useTranslation();
  const current = useRef(commands);
  current.current = commands;
  const written = useRef('');
  useEffect(() => {
    // Some hundred sentences here and a native menu in main: never between a key or an opening and its frame.
    const write = (): void => {
      const menus = buildPageMenus(t, commands);
      const now = JSON.stringify(menus);
      if (now === written.current) return;
      written.current = now;
      void ask('menu/write', { menus });
    };
    const idle = requestIdleCallback(write, { timeout: LATEST_MS });
    return () => cancelIdleCallback(idle);
  }, [t, commands]);
  useEffect(
    () =>
      window.alegato.on('menu/command', ({ id }) => {
        if (isCommandId(id)) current.current.run(id);
      }),
    [],
  );
  useEffect(
    () => () => {
      written.current = '';
      void ask('menu/write', { menus: [] });
    },
    [],
  );
}
