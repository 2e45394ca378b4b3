// Runs in the page of either system, as one and the same text. Times are milliseconds since 1970 with fractions, read
// from the clock that all processes of the machine share, so that two windows can be compared.
(() => {
  const root = document.querySelector('[contenteditable="true"][data-lexical-editor="true"]');
  if (!root) throw new Error('There is no editor on this page.');

  /** What to add to performance.now() to get the time since 1970, found at ticks of the wall clock. */
  const findOffset = () => {
    let best = Number.POSITIVE_INFINITY;
    for (let tick = 0; tick < 8; tick += 1) {
      const from = Date.now();
      let now = from;
      while (now === from) now = Date.now();
      // Read late it is too large a monotonic time, hence too small an offset; the largest offset is the best.
      const offset = now - performance.now();
      best = tick === 0 ? offset : Math.max(best, offset);
    }
    return best;
  };

  let watching = null;

  window.typingProbe = {
    blockCount: () => root.children.length,
    blockTexts: () => [...root.children].map((block) => block.textContent),

    /** Shows the block in the middle of the window; resolves after two frames. */
    showBlock: async (index) => {
      root.children[index].scrollIntoView({ block: 'center' });
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    },

    /** Puts the caret behind the last character of the block. */
    placeCaret: (index) => {
      root.focus();
      const walker = document.createTreeWalker(root.children[index], NodeFilter.SHOW_TEXT);
      let last = null;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) last = node;
      getSelection().collapse(last, last.nodeValue.length);
    },

    /** Inserts serialized blocks at the selection as if they had been copied from the same program. */
    paste: (payload) => {
      const data = new DataTransfer();
      data.setData('application/x-lexical-editor', payload);
      root.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },

    /**
     * From now on: `keys`, when each key was struck (by the input event's own time, so that waiting for a busy page
     * counts), and `frames`, when each changed frame of the block had been painted and how long its text then was.
     */
    watch: (index) => {
      const offset = findOffset();
      const channel = new MessageChannel();
      const keys = [];
      const frames = [];
      let asked = false;
      let length = 0;
      channel.port1.onmessage = () => {
        asked = false;
        frames.push({ length, atMs: performance.now() + offset });
      };
      const onKey = (event) => {
        if (event.key.length === 1) keys.push(event.timeStamp + offset);
      };
      const observer = new MutationObserver(() => {
        if (asked) return;
        asked = true;
        // The message comes after the frame that this callback belongs to has been painted.
        requestAnimationFrame(() => {
          length = root.children[index].textContent.length;
          channel.port2.postMessage(null);
        });
      });
      observer.observe(root, { childList: true, characterData: true, subtree: true });
      addEventListener('keydown', onKey, true);
      const startLength = root.children[index].textContent.length;
      watching = {
        isPainted: (count) => (frames.at(-1)?.length ?? 0) >= startLength + count,
        read: () => ({ startLength, keys, frames, length: root.children[index].textContent.length }),
        end: () => {
          observer.disconnect();
          removeEventListener('keydown', onKey, true);
          channel.port1.close();
        },
      };
    },

    textLength: () => watching.read().length,

    /** Whether a painted frame held `count` characters more than at the beginning. */
    isPainted: (count) => watching.isPainted(count),

    /** Ends the watch and gives what it saw. */
    unwatch: () => {
      const seen = watching.read();
      watching.end();
      watching = null;
      return seen;
    },
  };
})();
