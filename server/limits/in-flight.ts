/** How many lookups of one viewer run at once. */
export interface InFlight {
  /** @returns what ends the lookup, however often it is called; undefined when the viewer has `most` running. */
  begin(viewer: string, most: number): Promise<(() => Promise<void>) | undefined>;
}

/** The lookups of this one process. */
export function memoryInFlight(): InFlight {
  const running = new Map<string, number>();
  return {
    begin(viewer, most) {
      const count = running.get(viewer) ?? 0;
      if (count >= most) return Promise.resolve(undefined);
      running.set(viewer, count + 1);
      let isOver = false;
      return Promise.resolve(() => {
        if (!isOver) end(viewer);
        isOver = true;
        return Promise.resolve();
      });
    },
  };

  function end(viewer: string): void {
    const left = (running.get(viewer) ?? 1) - 1;
    if (left > 0) running.set(viewer, left);
    else running.delete(viewer);
  }
}
