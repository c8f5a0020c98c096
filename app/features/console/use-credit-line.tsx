import { useFetcher } from "@remix-run/react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { v4 as uuid } from "uuid";

import { type CreditCommand, readCreditCommand } from "#app/contracts/credit-command.ts";
import { GIVEN_REASON_WORDS } from "#app/contracts/messages/giving.ts";
import { useLocale } from "#app/ui/locale.tsx";
import type { AccountMoney, Bill } from "#server/domains/invoices/index.ts";

import { type CreditReply } from "./credit-form.tsx";
import { CreditLine } from "./credit-line.tsx";
import { type PreviewShown } from "./credit-preview.tsx";
import { type CreditValues, creditValues, saysEnough } from "./credit-values.ts";

const PAUSE_MS = 200;

export type CreditLineOptions = {
  /** The conversation it is given from. */
  number: string;
  money: AccountMoney;
  bills: readonly Bill[];
  /** Opens the form with what was typed: where the line says too little, or it was refused. */
  onForm: (command: CreditCommand) => void;
};

/**
 * `/credit 25 late fee` in the message field: what it would change stands above the field while it is written, asked of
 * the command that gives it; Enter gives it. What cannot be given so goes on in the form.
 */
export function useCreditLine({ number, money, bills, onForm }: CreditLineOptions): {
  type: (text: string) => void;
  run: (text: string) => boolean;
  line: ReactNode;
} {
  const { locale } = useLocale();
  const preview = useFetcher<PreviewShown>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const asked = useRef("");
  const [written, setWritten] = useState<CreditCommand | null>(null);
  const [given, setGiven] = useState<CreditCommand | null>(null);
  const action = `/console/c/${number}/credit`;
  const read = (text: string) =>
    readCreditCommand(text, { currency: money.currency, locale, bills: bills.map((bill) => bill.number) });
  const send = (command: CreditCommand) => ({
    ...creditValues(command, bills),
    ...{ key: uuid(), version: String(money.version) },
  });
  const { give, pending } = useGiving(action, onForm);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (text: string) => {
    clearTimeout(timer.current);
    const command = read(text);
    setWritten(command);
    if (command?.amount == null) return;
    timer.current = setTimeout(() => {
      asked.current = text.trim();
      preview.submit(send(command), { method: "post", action: `${action}?preview` });
    }, PAUSE_MS);
  };
  const isShown = (text: string) => asked.current === text.trim() && preview.state === "idle" && preview.data?.ok;
  const run = (text: string) => {
    const command = read(text);
    if (command === null) return false;
    clearTimeout(timer.current);
    if (saysEnough(command) && isShown(text) && !pending) {
      give(command, send(command));
      setGiven(command);
    } else onForm(command);
    return true;
  };
  const command = pending ? given : written;
  if (command === null) return { type, run, line: null };
  const shown = preview.state === "idle" ? preview.data : undefined;
  return {
    type,
    run,
    line: <CreditLine {...{ shown, command }} {...wordsOf(command, bills)} giving={pending} />,
  };
}

/** Gives what a line says; a refused one goes on in the form, with all that was typed. */
function useGiving(action: string, onForm: CreditLineOptions["onForm"]) {
  const fetcher = useFetcher<CreditReply>();
  const given = useRef<CreditCommand | null>(null);
  const open = useRef(onForm);
  const { state, data, submit } = fetcher;
  useEffect(() => {
    open.current = onForm;
  });
  useEffect(() => {
    const command = given.current;
    if (state !== "idle" || command === null) return;
    given.current = null;
    if (data?.ok !== true) open.current(command);
  }, [state, data]);
  const give = (command: CreditCommand, values: Record<string, string>) => {
    given.current = command;
    submit(values, { method: "post", action });
  };
  return { give, pending: state !== "idle" };
}

function wordsOf(command: CreditCommand, bills: readonly Bill[]): { what: string; bill: string | null } {
  const values: CreditValues = creditValues(command, bills);
  const kind = values.kind === "goodwill" ? "goodwill" : "credit note";
  const bill = bills.find(({ id }) => id === values.bill)?.number ?? null;
  return {
    what: command.reason === null ? kind : `${kind}, ${GIVEN_REASON_WORDS[command.reason].toLowerCase()}`,
    bill,
  };
}
