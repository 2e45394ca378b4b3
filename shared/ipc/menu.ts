import { z } from 'zod';

/** Channel and shapes of the application's menu; part of the one table in contract.ts. */

z.config({ jitless: true });

export const MENU_IDS = ['file', 'edit', 'insert', 'format', 'review', 'view', 'help'] as const;

const label = z.string().min(1).max(120);

/** One item. The page lists the commands of what it shows, in its language; main adds its own (windows, clipboard). */
export const menuItemSchema = z.object({
  /** Of the command; `menu/command` names it when a person chooses the item. */
  id: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/),
  label,
  /** Shown beside it, as Electron writes it; empty for none. The page itself listens for the key. */
  accelerator: z
    .string()
    .regex(
      /^(?:(?:CmdOrCtrl|Alt|Shift)\+)*(?:[A-Z0-9]|F\d{1,2}|Up|Down|Left|Right|Home|End|PageUp|PageDown|Enter|Tab|Backspace|Delete|Space|Plus|[-,./\\])$/,
    )
    .or(z.literal('')),
  enabled: z.boolean(),
  /** Null: not something that is switched on and off. */
  checked: z.boolean().nullable(),
  /** Begins a new part. */
  apart: z.boolean(),
  /** Label of the submenu it stands in; empty for none. */
  family: label.or(z.literal('')),
});
export type MenuItem = z.infer<typeof menuItemSchema>;

export const menuSchema = z.object({ id: z.enum(MENU_IDS), label, items: z.array(menuItemSchema).max(100) });
export type PageMenu = z.infer<typeof menuSchema>;

export const MENU_CHANNELS = {
  /** The commands of the calling window's page, in place of those it wrote before; none while it shows no complaint. */
  'menu/write': { request: z.object({ menus: z.array(menuSchema).max(MENU_IDS.length) }), response: z.undefined() },
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

/** Pushed from main to the window whose menu was used. */
export interface MenuEvents {
  'menu/command': { id: string };
}
