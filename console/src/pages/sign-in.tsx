/** Choosing whom to be: the ready-made users of the local user pool. */

import { own } from "@client/core/json";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";

import { useModel, useSession } from "../session/context";
import { hueOf } from "../session/tokens";
import { byOrganization, useUsers } from "../session/user-menu";
import { Busy } from "../ui/controls";
import { explain, Failure, Skeleton } from "../ui/states";

export function SignInPage() {
  const model = useModel();
  return (
    <main className="sign-in">
      <div className="sign-in-story">
        <span className="brand">{model.product}</span>
        <div>
          <h1>Your backend, running on this machine.</h1>
          <p>Sign in as anybody here; each organization has data of its own.</p>
          <ul className="sign-in-verticals" aria-label="What this API holds">
            {Object.values(model.verticals).map(({ name, label, description }) => (
              <li key={name}>
                <b>{label}</b> {description}
              </li>
            ))}
          </ul>
        </div>
        <p className="small muted">
          These users exist in the local user pool alone, and nowhere else.
        </p>
      </div>
      <div className="sign-in-side">
        <People />
      </div>
    </main>
  );
}

function People() {
  const model = useModel();
  const users = useUsers();
  const { signInAs } = useSession();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<string>();
  const enter = async (username: string): Promise<void> => {
    setBusy(username);
    setError(undefined);
    try {
      await signInAs(username);
    } catch (reason) {
      setError(reason instanceof Error ? explain(reason) : String(reason));
      setBusy(undefined);
    }
  };
  return (
    <div className="sign-in-form">
      <h2>Sign in</h2>
      {users.isPending && <Skeleton lines={6} />}
      {users.isError && <Failure error={users.error} retry={() => void users.refetch()} />}
      <div role="alert">{error !== undefined && <p className="field-error">{error}</p>}</div>
      {byOrganization(users.data ?? []).map(([organization, members]) => (
        <section
          className="people tenant"
          key={organization}
          style={{ "--tenant-hue": hueOf(organization) } as React.CSSProperties}
        >
          <h3>
            <span className="org-dot" aria-hidden="true" />
            {organization}
          </h3>
          <ul>
            {members.map(({ username, roles }) => (
              <li key={username}>
                <AriaButton className="person" onPress={() => void enter(username)}>
                  <span className="person-role">{roles.join(", ")}</span>
                  <span className="muted">{roles.map((role) => own(model.roles, role)).join(", ")}</span>
                  <span className="go small">{busy === username ? <Busy /> : username}</span>
                </AriaButton>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
