// Where a film stands: plays, pauses, faster, slower, to a moment. Plain numbers; tested with node --test.

export const SPEEDS = [1, 10, 60, 300];
export const USUAL_SPEED = 60;

/** `begins` and `ends` in milliseconds of the hall; `monotonic()` in milliseconds of this machine. */
export function makeReel({ begins, ends, speed = USUAL_SPEED, monotonic = () => performance.now() }) {
  let place = begins;
  let since = null; // playing since this moment of the machine

  const within = (moment) => Math.min(ends, Math.max(begins, moment));
  const now = () => (since === null ? place : within(place + (monotonic() - since) * speed));

  function stay() {
    place = now();
    if (since !== null) since = monotonic();
  }

  return {
    begins,
    ends,
    now,
    get speed() {
      return speed;
    },
    /** At the end it has stopped by itself. */
    get plays() {
      return since !== null && now() < ends;
    },
    play() {
      if (now() >= ends) place = begins; // once more from the beginning
      else place = now();
      since = monotonic();
    },
    pause() {
      place = now();
      since = null;
    },
    changeSpeed(faster) {
      stay();
      speed = faster;
    },
    seek(moment) {
      place = within(moment);
      if (since !== null) since = monotonic();
    },
  };
}
