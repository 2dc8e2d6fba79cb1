// The day's bookings as staff see them. Plain data: no DOM, no server; tested with node --test.

/** Each with what has become of it: coming | here | missed; in the order of their time, promises first. */
export function bookingRows(bookings) {
  return bookings.map((booking) => ({ ...booking, state: booking.ticket ? "here" : booking.missed ? "missed" : "coming" }));
}

/** How many are still to come, have arrived, and did not come. */
export function bookingSums(rows) {
  const count = (state) => rows.filter((row) => row.state === state).length;
  return { coming: count("coming"), here: count("here"), missed: count("missed") };
}

/** A code as it is kept, however it was typed, spoken or scanned. */
export const codeOf = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
