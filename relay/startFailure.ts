import path from 'node:path';

/** Why a relay could not start, and what to do, in one sentence for the operator. */
export function describeStartFailure(error: unknown, dataDir: string): string {
  const { code = '', syscall, cause, message } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  const reason = cause?.code ?? code;
  const detail = `${message} ${cause?.message ?? ''}`;
  if (reason === 'LEVEL_LOCKED')
    return `The data folder ${dataDir} is in use by another relay. Stop that one, or give this one another --data.`;
  if (reason === 'EADDRINUSE') return 'The port is taken by another program. Stop it, or choose another port.';
  if (reason === 'EADDRNOTAVAIL' || reason === 'ENOTFOUND')
    return 'This machine does not have the address of --host or --admin-host.';
  if (syscall === 'listen') return 'That port may not be used. Ports below 1024 need more rights; choose another.';
  if (reason === 'ENOSPC' || /No space left/.test(detail))
    return `The disk of ${dataDir} is full. Nothing was changed. Make room, then start again.`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(reason) || /Permission denied|Read-only/.test(detail))
    return `The data folder ${dataDir} or a certificate cannot be read and written by this user. Nothing was changed.`;
  if (reason === 'ENOTDIR' || reason === 'EEXIST') return `${dataDir} is not a folder. Choose another --data.`;
  if (reason === 'ENOENT')
    return 'A file named in the settings is not there: look at --tls-cert, --tls-key and --data.';
  if (code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS')) return 'The certificate and its key do not fit.';
  if (reason === 'LOG_NOT_MENDED')
    return `The records in ${path.join(dataDir, 'log')} are damaged and could not be mended. They were left as they are. Move that folder away, then restore a backup or start again: the devices bring back what they hold.`;
  if (reason.startsWith('LEVEL_')) return `The data in ${dataDir} cannot be opened (${reason}). Restore a backup.`;
  return `The relay could not start (${code || message}).`;
}
