/** A pin typed by hand: "lokasi -0.4172, 116.9925". */
export const TYPED_PIN = /^lokasi\s+(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)$/i;
