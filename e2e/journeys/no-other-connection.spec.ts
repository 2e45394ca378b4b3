import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runtimeFromEnvironment } from '../fixtures/AlegatoApp.ts';
import { expect, PARTNER, test } from '../fixtures/journey.ts';

/**
 * Where a trace says that bytes could go: TCP connections by address, and everything sent by UDP. Connecting a UDP
 * socket alone sends nothing: Chromium asks the kernel that way whether there would be a route for IPv6.
 */
function destinationsOf(trace: string): string[] {
  const found: string[] = [];
  for (const line of trace.split('\n')) {
    const datagram = /\b\w+\(\d+<UDP/.test(line);
    if (/\bsend\w*\(/.test(line)) {
      if (datagram) found.push(`udp ${line}`);
      continue;
    }
    if (datagram || !/\bconnect\(/.test(line) || !/AF_INET6?/.test(line)) continue;
    const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1] ?? '?';
    const address = /inet_addr\("([^"]+)"\)/.exec(line)?.[1] ?? /inet_pton\(AF_INET6, "([^"]+)"/.exec(line)?.[1] ?? '?';
    found.push(`${address}:${port}`);
  }
  return found;
}

test('the application connects to the relay and to nothing else', async ({ stage }) => {
  test.setTimeout(180_000);
  const relay = await stage.relay();
  const trace = join(stage.folder, 'connects');
  const center = await stage.start('center');
  await center.workbench.ready();
  const link = await center.workbench.invite(relay.url, 'Center');

  const wrapper = join(stage.folder, 'traced.sh');
  const { executable } = runtimeFromEnvironment();
  await writeFile(
    wrapper,
    `#!/bin/sh\nexec strace -f -yy --seccomp-bpf -e trace=connect,sendto,sendmsg,sendmmsg -s 0 -o '${trace}' '${executable}' "$@"\n`,
    { mode: 0o755 },
  );
  const traced = await stage.start('traced', { wrapper });
  await traced.workbench.ready();
  await test.step('alone it connects to nothing at all', async () => {
    expect(destinationsOf(await readFile(trace, 'utf8'))).toEqual([]);
  });

  await test.step('shared, it connects to the relay only', async () => {
    await traced.workbench.backToLibrary();
    await traced.workbench.join(link, PARTNER);
    await traced.workbench.title('Foreign gang data').waitFor();
    await traced.workbench.ready();
    await traced.workbench.placeCaretAtEnd(traced.workbench.paragraph(1));
    await traced.workbench.type(' Over the relay.');
    await expect(center.workbench.paragraph(1)).toContainText('Over the relay.');
    await traced.workbench.openTab('Exhibits');
    await traced.workbench.exhibits.open('Testimony of Richard');
    await traced.workbench.viewer.paper.waitFor();
    const path = join(stage.folder, 'filing.docx');
    await traced.answerSaveDialog(path);
    await traced.workbench.buildFiling();
    await stage.quit(traced);
    const connected = destinationsOf(await readFile(trace, 'utf8'));
    expect([...new Set(connected)]).toEqual([`127.0.0.1:${relay.port}`]);
  });
});

test('the page is locked in', async ({ stage }) => {
  const relay = await stage.relay();
  const { electron, page, workbench } = await stage.start('center');
  await workbench.ready();
  const home = page.url();

  await test.step('its window is sandboxed and isolated', async () => {
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const reached = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
    );
    expect(reached).toEqual([]);
    expect(
      await page.evaluate(() => Object.keys((globalThis as unknown as { alegato: object }).alegato).sort()),
    ).toEqual(['invoke', 'on', 'stageDropped']);
  });

  await test.step('it cannot fetch, open sockets or load pictures from elsewhere, not even from the relay', async () => {
    const http = `http://127.0.0.1:${relay.port}`;
    const tried = await page.evaluate(
      async ({ http, ws }) => {
        const outcome = (work: () => Promise<unknown>) =>
          work().then(
            () => 'reached',
            () => 'refused',
          );
        const socket = () =>
          new Promise((resolve, reject) => {
            const made = new WebSocket(ws);
            made.onopen = resolve;
            made.onerror = reject;
          });
        const picture = () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = `${http}/x.png`;
          });
        return {
          fetch: await outcome(() => fetch(http)),
          socket: await outcome(socket),
          picture: await outcome(picture),
          beacon: navigator.sendBeacon(http) ? 'queued' : 'refused',
          outside: await outcome(() => fetch('app://alegato/../../etc/passwd')),
          encoded: await outcome(() => fetch('app://alegato/..%2f..%2f..%2fetc/passwd')),
        };
      },
      { http, ws: relay.url },
    );
    expect(tried).toMatchObject({
      fetch: 'refused',
      socket: 'refused',
      picture: 'refused',
      outside: 'refused',
      encoded: 'refused',
    });
    expect(relay.recorded).toHaveLength(0);
  });

  await test.step('the bundle gives nothing outside of itself, and its headers on everything', async () => {
    const answers = await electron.evaluate(async ({ net }) => {
      const ask = async (path: string) => {
        const answer = await net.fetch(`app://alegato/${path}`);
        return {
          status: answer.status,
          policy: answer.headers.get('content-security-policy') ?? '',
          text: (await answer.text()).slice(0, 40),
        };
      };
      return {
        home: await ask(''),
        plain: await ask('../../etc/passwd'),
        encoded: await ask('..%2f..%2f..%2fetc%2fpasswd'),
        twice: await ask('%252e%252e%252fpackage.json'),
      };
    });
    expect(answers.home.status).toBe(200);
    expect(answers.home.policy).toContain("default-src 'none'");
    for (const answer of [answers.plain, answers.encoded, answers.twice])
      expect(answer).toMatchObject({ status: 404, text: '' });
  });

  await test.step('windows and permissions are denied', async () => {
    expect(await page.evaluate(() => window.open('https://example.org') === null)).toBe(true);
    expect(electron.windows()).toHaveLength(1);
    const denied = await page.evaluate(async () => ({
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'denied',
      ),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('denied'),
        ),
      ),
      notices: await Notification.requestPermission(),
    }));
    expect(denied).toEqual({ camera: 'denied', place: 'denied', notices: 'denied' });
  });

  await test.step('the page cannot be led away', async () => {
    const ways = [
      "location.href = 'https://example.org/'",
      "const link = document.createElement('a'); link.href = 'https://example.org/'; document.body.append(link); link.click(); link.remove()",
    ];
    for (const way of ways) {
      await electron.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        Object.assign(globalThis, { refusedLeaving: null });
        contents?.once('will-frame-navigate', (event) =>
          Object.assign(globalThis, { refusedLeaving: event.defaultPrevented }),
        );
      });
      await electron.evaluate(({ BrowserWindow }, script) => {
        void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`{ ${script} } undefined`);
      }, way);
      const refused = () =>
        electron.evaluate(() => (globalThis as unknown as { refusedLeaving: boolean | null }).refusedLeaving);
      await expect.poll(refused).toBe(true);
      const after = await electron.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return {
          url: contents?.getURL(),
          kept: (await contents?.executeJavaScript("document.querySelector('.page-text') !== null")) as boolean,
        };
      });
      expect(after).toEqual({ url: home, kept: true });
    }
  });
});
