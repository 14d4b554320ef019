export function buildReaders(): Promise<boolean>;
