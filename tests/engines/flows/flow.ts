import type { Size } from '../browser.ts';
import type { Page } from '../page.ts';
import type { Setting, World } from '../world.ts';

/** Something that a person does from beginning to end, and that works in every engine. */
export interface Flow {
  readonly name: string;
  /** @throws NotHere */
  run(page: Page, world: World): Promise<void>;
}

/** Says that an engine cannot show this here, for a reason that lies in the way it is driven. */
export class NotHere extends Error {}

/** Flows that share a browser and a relay, and leave nothing behind for each other. */
export interface FlowGroup {
  readonly size: Size;
  readonly setting?: Setting;
  readonly flows: readonly Flow[];
}
