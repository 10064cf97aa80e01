export const getReady = {};
