/**
 * The usual pattern of outpatient care in a puskesmas, used only where nothing better is known (own compilation of
 * 2026-11-22 from national practice: Monday to Thursday 07.30–14.00, Friday until 11.00, closed on Sundays and national
 * holidays). On Saturdays practice differs too much between places: unknown while any of them might be open.
 */
export const ASSUMED_OUTPATIENT = 'Mo-Th 07:30-14:00; Fr 07:30-11:00; Sa 07:30-15:00 unknown; PH off';

/** On joint-leave days some open and some do not: unknown while any might be open, closed at night and on Sundays. */
export const ASSUMED_JOINT_LEAVE = 'Mo-Sa 07:30-15:00 unknown';
