import { setTimeout as sleep } from 'node:timers/promises';
import { cardNumberOf } from '#emulator/campus/invent.ts';
import { Dice } from '#emulator/campus/random.ts';
import { openBrowser } from './session.ts';
import type { Browser, Told, Viewer } from './session.ts';
import type { Fleet } from './fleet.ts';
import type { Asked } from './history.ts';

const PEOPLE_AT_ONCE = 8;
/** Of them, so many students ask without a pause, and use up what each relay alone would give them. */
const EAGER = 2;
/** Of the emulator's campus, where names are not shared by many. */
const SEED = 20190218;
const FIRST = 500;
const LAST = 4_500;
const SOUGHT = { members: 20, apart: 97 };
/** Viewers who take turns; most come back after their hour's budget was used up. */
const VIEWERS = 160;
/** How often somebody goes on who was told to wait; whoever is eager, longer. */
const PATIENCE = { usual: 6, eager: 24 };
/** Lookups until somebody leaves who was not. */
const LONGEST_VISIT = 60;
const PAUSE_MS = { least: 30, spread: 90 };
/** An eager one asks for the next as soon as there is an answer. */
const NO_PAUSE_MS = { least: 0, spread: 1 };
/** Guesses at one member's last four in a row: more than are allowed. */
const GUESSES = 5;

export interface Load {
  readonly asked: readonly Asked[];
  stop(): Promise<void>;
}

/** People who sign in, look up, reveal, guess, use up what they have, and sign out, until it is stopped. */
export function startLoad(fleet: Fleet, seed: number): Load {
  const asked: Asked[] = [];
  const viewers = viewersOf(VIEWERS);
  let turn = 0;
  let isOver = false;

  async function live(person: number): Promise<void> {
    const dice = new Dice(seed + person + 1);
    // An address of their own: a campus has many.
    const from = `127.0.0.${10 + person}`;
    const browser = openBrowser({
      fleet,
      send: (path, options) => fleet.nginx.ask(path, { ...options, from }),
      write: (entry) => void asked.push(entry),
    });
    while (!isOver) {
      const viewer = viewers[(turn += 1) % viewers.length];
      const isEager = person < EAGER;
      if (viewer === undefined || (isEager && viewer.kind !== 'student')) continue;
      if (!(await browser.signIn(viewer))) continue;
      await visit({ browser, viewer, dice, isEager, isOver: () => isOver });
      if ((await browser.signOut()).status !== 200) continue;
      const about = memberOf(dice);
      for (let again = 0; again < 2; again += 1) {
        await browser.lookup('signed-out', about, { keywords: about });
      }
    }
  }

  const people = Array.from({ length: PEOPLE_AT_ONCE }, (_, person) => live(person));
  return {
    asked,
    async stop() {
      isOver = true;
      await Promise.all(people);
    },
  };
}

interface Visit {
  readonly browser: Browser;
  readonly viewer: Viewer;
  readonly dice: Dice;
  readonly isEager: boolean;
  readonly isOver: () => boolean;
}

async function visit({ browser, viewer, dice, isEager, isOver }: Visit): Promise<void> {
  let patience = isEager ? PATIENCE.eager : PATIENCE.usual;
  const pause = isEager ? NO_PAUSE_MS : PAUSE_MS;
  const step = async (told: Promise<Told>): Promise<Told> => {
    const { status, body } = await told;
    // Whoever is no longer known cannot go on.
    if (status === 401) patience = 0;
    if (status === 429) patience -= 1;
    await sleep(pause.least + dice.below(pause.spread));
    return { status, body };
  };
  for (let lookups = 0; lookups < LONGEST_VISIT && patience > 0 && !isOver(); lookups += 1) {
    const about = memberOf(dice);
    const { body } = await step(browser.lookup('search', about, { keywords: about }));
    const ref = body.userlist?.[0]?.ref;
    if (ref === undefined) continue;
    if (dice.chance(25)) await step(browser.lookup('open', about, { ref }));
    if (viewer.kind !== 'staff') continue;
    if (body.policy?.revealable?.includes('telephone') === true && dice.chance(30)) {
      await step(browser.lookup('reveal', about, { ref, field: 'telephone' }));
    }
    if (!dice.chance(30)) continue;
    for (let guess = 0; guess < GUESSES && patience > 0 && !isOver(); guess += 1) {
      const told = await step(
        browser.lookup('verify', about, { ref, field: 'id_card', answer: dice.digits(4) }),
      );
      // A guess too many is no reason to leave.
      if (told.status === 429) patience += 1;
    }
  }
}

/** Anybody, and one time in five somebody whom many look for. */
function memberOf(dice: Dice): string {
  const index = dice.chance(20) ? SOUGHT.apart * dice.below(SOUGHT.members) : dice.below(LAST - FIRST);
  return cardNumberOf(SEED, FIRST + index);
}

/** Staff and students in turn. */
export function viewersOf(count: number): Viewer[] {
  const viewers: Viewer[] = [];
  for (let index = FIRST; viewers.length < count; index += 1) {
    const wanted = viewers.length % 2 === 0 ? 'staff' : 'student';
    const cardNumber = cardNumberOf(SEED, index);
    if ((wanted === 'staff' ? /^0\d{7}$/ : /^202[2-5]\d{9}$/).test(cardNumber)) {
      viewers.push({ cardNumber, kind: wanted });
    }
  }
  return viewers;
}
