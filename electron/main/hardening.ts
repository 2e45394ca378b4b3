import { app, type Session, type WebContents } from 'electron';
import type { RedactedLog } from '../ipc/RedactedLog.ts';
import { APP_ORIGIN } from './bundleProtocol.ts';

/**
 * Switches that keep Chromium from talking to anybody by itself. The relay's socket is Node's and does not pass
 * through Chromium at all, so that Chromium may be left without any name resolution.
 */
export function silenceChromium(): void {
  const { commandLine } = app;
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'disable-breakpad',
    'disable-client-side-phishing-detection',
    'disable-default-apps',
    'disable-spell-checking',
    'no-pings',
    'no-proxy-server',
    'dns-prefetch-disable',
    'no-first-run',
    'metrics-recording-only',
  ])
    commandLine.appendSwitch(name);
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch(
    'disable-features',
    [
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'DialMediaRouteProvider',
      'InterestFeedContentSuggestions',
      'MediaRouter',
      'NetworkPrediction',
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'Prerender2',
      'SpareRendererForSitePerProcess',
      'Translate',
      'WinUseBrowserSpellChecker',
    ].join(','),
  );
}

/** True for what our own page may load: its bundle, and blobs and data it made itself. */
export function isOwnRequest(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`) || url.startsWith(`blob:${APP_ORIGIN}/`) || url.startsWith('data:');
}

/** Denies every permission but writing to the clipboard, every request but the page's own, and every download. */
export function hardenSession(session: Session, log: RedactedLog, options: { devTools: boolean }): void {
  const allowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = isOwnRequest(details.url) || (options.devTools && details.url.startsWith('devtools:'));
    if (!own) log.write('request-blocked', { kind: details.resourceType.toLowerCase() });
    answer({ cancel: !own });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    log.write('download-blocked');
  });
}

/** Pins a page to our own address: no navigation, redirect, new window or webview. */
export function hardenContents(contents: WebContents, log: RedactedLog): void {
  const refuse =
    (code: string) =>
    (event: { preventDefault(): void }): void => {
      event.preventDefault();
      log.write(code);
    };
  contents.on('will-navigate', refuse('navigation-denied'));
  contents.on('will-frame-navigate', refuse('navigation-denied'));
  contents.on('will-redirect', refuse('redirect-denied'));
  contents.on('will-attach-webview', refuse('webview-denied'));
  contents.setWindowOpenHandler(() => {
    log.write('window-denied');
    return { action: 'deny' };
  });
}
