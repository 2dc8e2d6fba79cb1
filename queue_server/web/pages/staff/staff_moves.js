// How and why a ticket is sent on: the words stand in words/<lang>/staff.json. Plain data for desk and guide.

/** By arrival is the rule; first and last are for people to decide. */
export const POSITIONS = ["fair", "first", "last"];

/** The first is taken unless somebody says otherwise, so that a move stays two touches. */
export const MOVE_REASONS = ["wish", "not_online", "wrong_zone", "less_waiting"];

/** Going before people who came earlier is never taken for granted: one of these has to be chosen. */
export const PUT_FIRST_REASONS = ["unwell", "our_mistake", "papers_complete"];
