/** How many lookups of one viewer may run at once. */
export interface InFlight {
  /** @returns what ends the lookup; undefined when the viewer has `most` running. */
  begin(viewerId: string, most: number): (() => void) | undefined;
}

export function createInFlight(): InFlight {
  const running = new Map<string, number>();
  return {
    begin(viewerId, most) {
      const count = running.get(viewerId) ?? 0;
      if (count >= most) return undefined;
      running.set(viewerId, count + 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (running.get(viewerId) ?? 1) - 1;
        if (left > 0) running.set(viewerId, left);
        else running.delete(viewerId);
      };
    },
  };
}
