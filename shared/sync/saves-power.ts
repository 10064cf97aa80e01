/** From this charge on (of 1) a battery is low, as most systems have it. */
const low = 0.2;

/** How much rarer rounds by themselves are while the battery is low. */
export const savingFactor = 5;

/**
 * Whether work in the background is to be spared: the device runs on a battery that is low. What a person asks for, and what they
 * have to send, is never put off. `level`: of 1.
 */
export const savesPower = ({ charging, level }: { charging: boolean; level: number }): boolean => !charging && level <= low;
