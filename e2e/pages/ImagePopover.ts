import type { Locator, Page } from '@playwright/test';

/** The window of images: it inserts one, or shows the one that is selected. */
export class ImagePopover {
  readonly page: Page;
  readonly inserting: Locator;
  readonly editing: Locator;

  constructor(page: Page) {
    this.page = page;
    this.inserting = page.getByRole('dialog', { name: /^(Insert an image|Insertar una imagen)$/ });
    this.editing = page.getByRole('dialog', { name: /^(Image|Imagen)$/ });
  }

  async choose(file: string): Promise<void> {
    await this.inserting.locator('input[type="file"]').setInputFiles(file);
  }

  get description(): Locator {
    return this.page.getByRole('textbox', { name: /^(Description|Descripción)$/ });
  }

  get looked(): Locator {
    return this.inserting.getByRole('checkbox');
  }

  /** Pastes a picture, as a tool that takes pictures of the screen puts it on the clipboard. */
  async paste(text: Locator, bytes: Uint8Array, type: string): Promise<void> {
    await text.evaluate(
      (element, { base64, mime }) => {
        const binary = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([binary], 'image.png', { type: mime }));
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      },
      { base64: Buffer.from(bytes).toString('base64'), mime: type },
    );
  }

  /** Lets a file go over an element of the text. */
  async drop(target: Locator, bytes: Uint8Array, type: string): Promise<void> {
    await target.evaluate(
      (element, { base64, mime }) => {
        const binary = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([binary], 'map.png', { type: mime }));
        const { left, top, width } = element.getBoundingClientRect();
        const at = {
          clientX: left + width / 2,
          clientY: top + 10,
          dataTransfer: data,
          bubbles: true,
          cancelable: true,
        };
        element.dispatchEvent(new DragEvent('dragover', at));
        element.dispatchEvent(new DragEvent('drop', at));
      },
      { base64: Buffer.from(bytes).toString('base64'), mime: type },
    );
  }
}
