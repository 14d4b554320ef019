import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { errorText, ProblemError, post } from "../lib/client";
import { loadMe, me } from "../lib/session";
import { Entrance } from "../shell/entrance";
import { Banner, Button, Loading, Skeleton } from "../ui";
import { ResendLink } from "./unverified";

type State = { name: "checking" } | { name: "done" } | { name: "spent" } | { name: "failed"; why: string };

/** The link of the mail that confirms an address. */
export default function VerifyEmail() {
  const { query } = useLocation();
  const token = query.token ?? "";
  const [state, setState] = useState<State>(token ? { name: "checking" } : { name: "spent" });

  const check = async () => {
    setState({ name: "checking" });
    try {
      await post("/api/auth/verify-email", { token });
      setState({ name: "done" });
      if (me.value) await loadMe();
    } catch (error) {
      const spent =
        error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429;
      setState(spent ? { name: "spent" } : { name: "failed", why: errorText(error) });
    }
  };
  useEffect(() => {
    if (token) void check();
  }, [token]);

  const on = (
    <Button variant="primary" full href={me.value ? "/" : "/login"}>
      {me.value ? "Go on" : "Log in"}
    </Button>
  );
  switch (state.name) {
    case "checking":
      return (
        <Entrance title="Confirming your address">
          <Loading label="Confirming your address">
            <Skeleton lines={2} />
          </Loading>
        </Entrance>
      );
    case "done":
      return (
        <Entrance title="Your address is confirmed">
          <Banner tone="good">Thank you. Mail to this address reaches you.</Banner>
          {on}
        </Entrance>
      );
    case "failed":
      return (
        <Entrance title="Your address isn’t confirmed yet">
          <Banner tone="bad" role="alert">
            {state.why}
          </Banner>
          <Button variant="primary" full icon="refresh-cw" onClick={() => void check()}>
            Try again
          </Button>
        </Entrance>
      );
    case "spent":
      return (
        <Entrance title="This link doesn’t work any more">
          <p>
            It was used already, it is too old, or a part of it was lost on the way here.
            {me.value?.emailVerified ? " Your address is confirmed, so there is nothing left to do." : ""}
          </p>
          {me.value && !me.value.emailVerified && <ResendLink variant="quiet" full />}
          {!me.value && <p>Log in to have a new one sent to you.</p>}
          {on}
        </Entrance>
      );
  }
}
