import { ok } from '../../shared/domain/result.ts';
import type { MENU_CHANNELS, PageMenu } from '../../shared/ipc/menu.ts';
import type { Handlers } from './registrar.ts';

/** The handler about the application's menu: each window's page says what its menus hold. */
export function createMenuHandlers(
  writeMenus: (windowId: number, menus: readonly PageMenu[]) => void,
): Pick<Handlers, keyof typeof MENU_CHANNELS> {
  return {
    'menu/write': async ({ menus }, { windowId }) => {
      writeMenus(windowId, menus);
      return ok(undefined);
    },
  };
}
