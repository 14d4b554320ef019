import type { NewSource, Source, SourceChange } from "../../worker/features/inbox/schema";
import type { Scheme } from "../../worker/features/inbox/words";
import { isAddress, readAddresses } from "./words";

/** A source as its form holds it. */
export type SourceFields = {
  name: string;
  scheme: string;
  /** Addresses and ranges, a line each. */
  addresses: string;
  /** It takes nothing but 200 for success. */
  plain200: boolean;
};

export const NO_FIELDS: SourceFields = { name: "", scheme: "portal", addresses: "", plain200: false };

export function fieldsOf({ name, scheme, ipAllowList, acceptsWith }: Source): SourceFields {
  return { name, scheme, addresses: (ipAllowList ?? []).join("\n"), plain200: acceptsWith === 200 };
}

/** What can be said before the form is sent. */
export function troubles({ name, addresses }: SourceFields): Partial<Record<keyof SourceFields, string>> {
  const wrong = readAddresses(addresses)?.find((one) => !isAddress(one));
  return {
    ...(name.trim() ? {} : { name: "Give it a name that you will know again." }),
    ...(wrong
      ? {
          addresses: `“${wrong}” is no address. Write a line each, like 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.`,
        }
      : {}),
  };
}

export function toNew({ name, scheme, addresses, plain200 }: SourceFields): NewSource {
  return {
    name: name.trim(),
    scheme: scheme as Scheme,
    ipAllowList: readAddresses(addresses),
    acceptsWith: plain200 ? 200 : 202,
  };
}

/** Only what differs, so that two people can change different fields side by side. */
export function toChange(fields: SourceFields, before: SourceFields): SourceChange {
  const { scheme: _, ...now } = toNew(fields);
  const then = toNew(before);
  return {
    ...(now.name !== then.name ? { name: now.name } : {}),
    ...(now.ipAllowList?.join() !== then.ipAllowList?.join() ? { ipAllowList: now.ipAllowList } : {}),
    ...(now.acceptsWith !== then.acceptsWith ? { acceptsWith: now.acceptsWith } : {}),
  };
}
