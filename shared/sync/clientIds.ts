const WINDOWS = 65_536;
/** [SY2] [SY7] The room's key as an author. */
export const ROOT_DEVICE = 0;

/** [SY12] The Yjs client id of a window: device numbers 1 to 65,535, window numbers 0 to 65,535 used once each. */
export function clientIdOf(deviceNumber: number, windowNumber: number): number {
  if (!isDeviceNumber(deviceNumber)) throw new RangeError('device number');
  if (!Number.isInteger(windowNumber) || windowNumber < 0 || windowNumber >= WINDOWS)
    throw new RangeError('window number');
  return deviceNumber * WINDOWS + windowNumber;
}

/** The device a client id belongs to; 0 for the genesis; above 65,535 for an id that is nobody's. */
export function deviceOfClient(clientId: number): number {
  return Math.floor(clientId / WINDOWS);
}

/** [SY7] */
export function isDeviceNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value < WINDOWS;
}

/** [SY12] Whether frames of that device may hold structs of that client: its own, and for the room's creator the genesis. */
export function mayWrite(deviceNumber: number, clientId: number): boolean {
  const device = deviceOfClient(clientId);
  return device === deviceNumber || (device === 0 && deviceNumber === 1);
}
