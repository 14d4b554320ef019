/** The start of a sentence as it stands within one: "The list of jobs" is "the list of jobs". */
export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
