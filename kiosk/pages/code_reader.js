// What a code in somebody's hand is: ours, half of one of ours, or somebody else's. Pure; the server has the last word.

const LINK = /\/p\/[0-9]{4}-[A-Z]?[0-9]{4}-[A-Z2-7]{20}$|^[0-9]{4}-[A-Z]?[0-9]{4}-[A-Z2-7]{20}$/i;
const HALF_LINK = /\/p\/[0-9A-Z-]*$|^[0-9]{4}-[A-Z]?[0-9]{0,4}(-[A-Z2-7]{0,19})?$/i;
const NUMBER = /^[A-Z]?[0-9]{1,4}$/i;
const BOOKING = /^[A-HJ-KM-NP-Z2-9]{10}$/i;
const PHONE = /^1[0-9]{10}$/;

/**
 * ours | half (a scan that broke off, a number not typed to its end) | poster | foreign | empty.
 * Spaces and dashes that people type between are no fault; nor are full-width letters of an input method.
 */
export function kindOf(text) {
  const code = plain(text);
  if (code === "") return "empty";
  if (/\/join(\/|$)/i.test(code)) return "poster";
  if (LINK.test(code)) return "ours";
  if (HALF_LINK.test(code) && code.includes("-")) return "half";
  if (/^https?:\/\/\S*\/p(\/|$)/i.test(code)) return "half";
  if (/^(https?:|wxp:|weixin:|alipays?:|upi:|tel:|mailto:|begin:|wifi:)/i.test(code) || /[^\x20-\x7e]/.test(code)) return "foreign";
  const typed = code.replace(/[\s-]/g, "");
  if (NUMBER.test(typed) || BOOKING.test(typed) || PHONE.test(typed)) return "ours";
  if (/^[0-9]{17}[0-9X]$/i.test(typed)) return "card"; // an identity card's number: not needed, and not kept
  return typed.length < 10 || /^1[0-9]{4,9}$/.test(typed) ? "half" : "foreign";
}

export function plain(text) {
  return text.normalize("NFKC").trim();
}
