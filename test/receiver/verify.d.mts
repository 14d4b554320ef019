export function problemsOf(
  request: { headers: Record<string, string>; body: string },
  secrets: string[],
  now?: number,
): string[];
