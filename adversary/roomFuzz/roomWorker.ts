import './VirtualTime.ts';
import { answerCalls } from '../attack/childCalls.ts';
import { type RoomOutcome, runRoom } from './runRoom.ts';

/** A process that lives through rooms, one seed a call. */
export interface RoomCalls {
  run(seed: number): Promise<RoomOutcome>;
}

const calls: RoomCalls = { run: (seed) => runRoom(seed) };
answerCalls(calls);
