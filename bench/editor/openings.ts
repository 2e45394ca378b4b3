import type { Page } from '@playwright/test';

/** From the press on the complaint in the library until all its blocks have been painted. */
export function openInAlegato(page: Page, title: string, blocks: number): Promise<number> {
  return page.evaluate(
    async ({ label, count }) => {
      const button = document.querySelector<HTMLElement>(`button[aria-label="${label}"]`);
      if (!button) throw new Error(`no button ${label}`);
      const fromMs = performance.now();
      button.click();
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const root = document.querySelector('[contenteditable="true"][data-lexical-editor="true"]');
        if (root && root.children.length >= count) break;
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - fromMs;
    },
    { label: `Open ${title}`, count: blocks },
  );
}

/** From the beginning of a reload, with the state kept by the page, until all its paragraphs have been painted. */
export async function openInPlain(page: Page, blocks: number): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  return page.evaluate(async (count) => {
    for (;;) {
      const root = document.querySelector('[data-lexical-editor="true"]');
      if (root && root.children.length >= count) break;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now();
  }, blocks);
}
