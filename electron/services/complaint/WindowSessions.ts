import { fail, ok, type Result } from '../../../shared/domain/result.ts';
import type { Notice, Response } from '../../../shared/ipc/contract.ts';
import type { Library } from '../library/Library.ts';
import type { DocPort, MessageEnd } from '../replica/DocPort.ts';
import type { OpenComplaint } from './OpenComplaint.ts';

interface WindowSession {
  complaint: OpenComplaint;
  port: DocPort;
}

/** Which window has which complaint open. A complaint is closed when its last window leaves it. */
export class WindowSessions {
  readonly #library: Library;
  readonly #makePort: (windowId: number, complaintId: string) => MessageEnd | null;
  readonly #sessions = new Map<string, WindowSession>();
  /** Openings and closings of one complaint follow one another. */
  readonly #queues = new Map<string, Promise<unknown>>();

  /** `makePort` hands the other end to the window; null when the window is gone. */
  constructor(library: Library, makePort: (windowId: number, complaintId: string) => MessageEnd | null) {
    this.#library = library;
    this.#makePort = makePort;
  }

  find(windowId: number, complaintId: string): OpenComplaint | null {
    return this.#sessions.get(keyOf(windowId, complaintId))?.complaint ?? null;
  }

  windowsOf(complaintId: string): number[] {
    return [...this.#sessions.keys()]
      .filter((key) => key.endsWith(`/${complaintId}`))
      .map((key) => Number(key.split('/')[0]));
  }

  /** Opening again in the same window (a reloaded page) gives it a new port and client id. */
  open(windowId: number, complaintId: string): Promise<Result<Response<'complaint/open'>, Notice>> {
    return this.#inOrder(complaintId, async () => {
      const before = this.#sessions.get(keyOf(windowId, complaintId));
      if (before) {
        await before.complaint.endWindow(before.port);
        before.complaint.detach(before.port);
      }
      this.#sessions.delete(keyOf(windowId, complaintId));
      const opened = await this.#library.openComplaint(complaintId);
      if (!opened.ok) return opened;
      const complaint = opened.value;
      const end = this.#makePort(windowId, complaintId);
      if (!end) return fail({ code: 'complaint-missing' });
      const { port, clientId, needsContent, readOnly } = await complaint.attach(end);
      this.#sessions.set(keyOf(windowId, complaintId), { complaint, port });
      return ok({
        clientId,
        needsContent,
        readOnly,
        status: complaint.status,
        organizationId: complaint.identity.organizationId,
        deviceNumber: complaint.identity.deviceNumber,
      });
    });
  }

  close(windowId: number, complaintId: string): Promise<void> {
    return this.#inOrder(complaintId, async () => {
      const session = this.#sessions.get(keyOf(windowId, complaintId));
      if (!session) return;
      await session.complaint.flush();
      session.complaint.detach(session.port);
      this.#sessions.delete(keyOf(windowId, complaintId));
      if (this.windowsOf(complaintId).length === 0) await this.#library.close(complaintId);
    });
  }

  /**
   * Closes it in every window; each is told by the caller to open it again, and keeps what is typed in between.
   */
  reopen(complaintId: string): Promise<void> {
    return this.#inOrder(complaintId, async () => {
      const windows = this.windowsOf(complaintId);
      const complaint = await this.#library.find(complaintId);
      if (complaint) await complaint.endWindows();
      for (const windowId of windows) {
        const session = this.#sessions.get(keyOf(windowId, complaintId));
        session?.complaint.detach(session.port);
        this.#sessions.delete(keyOf(windowId, complaintId));
      }
      await this.#library.close(complaintId);
    });
  }

  /** For a window that goes away. */
  async closeWindow(windowId: number): Promise<void> {
    const complaints = [...this.#sessions.keys()]
      .filter((key) => key.startsWith(`${windowId}/`))
      .map((key) => key.split('/')[1] as string);
    await Promise.all(complaints.map((complaintId) => this.close(windowId, complaintId)));
  }

  #inOrder<T>(complaintId: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#queues.get(complaintId) ?? Promise.resolve()).then(work, work);
    // The caller gets the failure; the queue only waits for the end.
    this.#queues.set(
      complaintId,
      result.catch(() => undefined),
    );
    return result;
  }
}

function keyOf(windowId: number, complaintId: string): string {
  return `${windowId}/${complaintId}`;
}
