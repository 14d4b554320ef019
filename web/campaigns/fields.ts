import type { Campaign, CampaignChange, NewCampaign, Pay } from "../../worker/features/campaigns/schema";
import {
  type CampaignAccess,
  type CampaignStatus,
  MAX_SEATS,
  type PayUnit,
} from "../../worker/features/campaigns/words";
import type { Requirement } from "../../worker/features/eligibility/schema";
import { toMajor, toMinor } from "../jobs/money";

/** A campaign's own fields as one types them, its requirements apart. Pay stands in whole units. */
export type Fields = {
  name: string;
  clientId: string;
  brief: string;
  schedule: string;
  payAmount: string;
  payCurrency: string;
  payPer: string;
  payUnitName: string;
  payTerms: string;
  seats: string;
  startDate: string;
  endDate: string;
  access: string;
  status: string;
};

/** The fields of a new campaign, which begins on `today`. */
export const newFields = (today: string): Fields => ({
  name: "",
  clientId: "",
  brief: "",
  schedule: "",
  payAmount: "",
  payCurrency: "USD",
  payPer: "hour",
  payUnitName: "",
  payTerms: "",
  seats: "10",
  startDate: today,
  endDate: "",
  access: "open",
  status: "draft",
});

/** A stored campaign's fields, to be changed. */
export function fieldsOf(campaign: Campaign): Fields {
  const { pay } = campaign;
  return {
    name: campaign.name,
    clientId: campaign.clientId ?? "",
    brief: campaign.brief ?? "",
    schedule: campaign.schedule ?? "",
    payAmount: pay ? toMajor(pay.amount, pay.currency) : "",
    payCurrency: pay?.currency ?? "USD",
    payPer: pay?.per ?? "hour",
    payUnitName: pay?.unitName ?? "",
    payTerms: pay?.terms ?? "",
    seats: String(campaign.seats),
    startDate: campaign.startDate,
    endDate: campaign.endDate ?? "",
    access: campaign.access,
    status: campaign.status,
  };
}

export type FieldFaults = Partial<Record<keyof Fields, string>>;

/** What has to be mended before the fields can be sent. */
export function fieldFaults(values: Fields): FieldFaults {
  const faults: FieldFaults = {};
  if (!values.name.trim()) faults.name = "Write the name.";
  const seats = /^\d{1,6}$/.test(values.seats.trim()) ? Number(values.seats) : 0;
  if (seats < 1 || seats > MAX_SEATS)
    faults.seats = `Write a number from 1 to ${MAX_SEATS.toLocaleString("en")}.`;
  if (!values.startDate) faults.startDate = "Choose the day on which it starts.";
  else if (values.endDate && values.endDate < values.startDate)
    faults.endDate = "The end can’t be before the start.";
  const amount = toMinor(values.payAmount, values.payCurrency);
  const paid = values.payTerms.trim() || (values.payPer === "unit" && values.payUnitName.trim());
  if (Number.isNaN(amount)) faults.payAmount = "Write an amount like 18.50.";
  else if (amount !== null && amount > 1_000_000_000) faults.payAmount = "This is too much.";
  else if (amount === null && paid) faults.payAmount = "Write the amount, or 0 where nothing is paid.";
  if (amount !== null && values.payPer === "unit" && !values.payUnitName.trim())
    faults.payUnitName = "Say what a unit is, like resolved ticket.";
  return faults;
}

function payOf(values: Fields): Pay | null {
  const amount = toMinor(values.payAmount, values.payCurrency);
  if (amount === null) return null;
  const per = values.payPer as PayUnit;
  return {
    amount,
    currency: values.payCurrency,
    per,
    unitName: per === "unit" ? values.payUnitName.trim() || null : null,
    terms: values.payTerms.trim() || null,
  };
}

/** The fields as they are sent. */
export function bodyOf(values: Fields, requirements: Requirement): NewCampaign {
  const text = (value: string) => value.trim() || null;
  return {
    name: values.name.trim(),
    clientId: values.clientId || null,
    brief: text(values.brief),
    schedule: text(values.schedule),
    pay: payOf(values),
    seats: Number(values.seats),
    startDate: values.startDate,
    endDate: values.endDate || null,
    access: values.access as CampaignAccess,
    status: values.status as CampaignStatus,
    requirements,
  };
}

/** Only what was changed, so that two people can change different fields side by side. */
export function changeOf(next: NewCampaign, before: NewCampaign): CampaignChange {
  const changed = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof NewCampaign]),
  );
  return Object.fromEntries(changed) as CampaignChange;
}

const FIELD_OF: Record<string, keyof Fields> = {
  "pay.amount": "payAmount",
  "pay.currency": "payCurrency",
  "pay.per": "payPer",
  "pay.unitName": "payUnitName",
  "pay.terms": "payTerms",
};

/** The field of the form that a refusal is about, by the path it names. */
export const fieldOf = (path: string): string => FIELD_OF[path] ?? path;
