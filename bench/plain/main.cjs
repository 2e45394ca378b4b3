// The yardstick: one window with plain Lexical in it, no more. Arguments: --profile=DIR, --page=FILE, --server=URL,
// and --first for the window that puts an empty paragraph into the empty document; --alone is an editor with history and
// without collaboration.
const { app, BrowserWindow } = require('electron');

const option = (name) => process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
app.setPath('userData', option('profile'));
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    // As in Alegato, so that a window in the background paints as often in both.
    webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false, backgroundThrottling: false },
  });
  window.loadFile(option('page'), {
    query: {
      server: option('server'),
      ...(process.argv.includes('--first') ? { first: '' } : {}),
      ...(process.argv.includes('--alone') ? { alone: '' } : {}),
    },
  });
});
app.on('window-all-closed', () => app.quit());
