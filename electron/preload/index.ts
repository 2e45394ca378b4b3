import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { AlegatoBridge, EventName } from '../../shared/ipc/contract.ts';
import { DOC_PORT_EVENT } from '../../shared/ipc/docPort.ts';

/** The one object the page gets. It carries values only; channels and payloads are checked in main. */
const bridge: AlegatoBridge = {
  invoke: (channel, payload) => ipcRenderer.invoke(channel, payload),
  on: (event, listener) => {
    const forward = (_event: unknown, name: EventName, payload: unknown): void => {
      if (name === event) (listener as (payload: unknown) => void)(payload);
    };
    ipcRenderer.on('alegato:event', forward);
    return () => ipcRenderer.off('alegato:event', forward);
  },
  stageDropped: (complaintId, files) =>
    ipcRenderer.invoke('exhibits/stage', {
      complaintId,
      paths: files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== ''),
    }),
};

contextBridge.exposeInMainWorld('alegato', bridge);

ipcRenderer.on(DOC_PORT_EVENT, (event, { complaintId }: { complaintId: string }) => {
  window.postMessage({ type: DOC_PORT_EVENT, complaintId }, window.location.origin, [...event.ports]);
});
