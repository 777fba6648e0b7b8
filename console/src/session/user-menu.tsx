/** Who is signed in, and signing in as somebody else, of this organization or another. */

import { useQuery } from "@tanstack/react-query";
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { useNavigate } from "react-router";

import { type LocalUser, readUsers } from "../live/local";
import { Icon } from "../ui/icons";
import { say } from "../ui/messages";
import { useIdentity, useSession } from "./context";

export function useUsers() {
  return useQuery({ queryKey: ["users"], queryFn: readUsers, staleTime: Infinity });
}

/** Users by organization, in the order of the list. */
export function byOrganization(users: readonly LocalUser[]): [string, LocalUser[]][] {
  const groups = new Map<string, LocalUser[]>();
  for (const user of users) {
    groups.set(user.organization, [...(groups.get(user.organization) ?? []), user]);
  }
  return [...groups];
}

/** Going on as somebody else, and signing out; either says what came of it. */
export function useSwitch() {
  const { signInAs, signOut } = useSession();
  const navigate = useNavigate();
  const switchTo = async (username: string): Promise<void> => {
    try {
      await signInAs(username);
      say(`Signed in as ${username}.`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  const leave = async (): Promise<void> => {
    signOut();
    await navigate("/");
  };
  return { switchTo, leave };
}

export function UserMenu() {
  const identity = useIdentity();
  const { switchTo, leave } = useSwitch();
  const { data: users = [] } = useUsers();
  const act = (key: string): Promise<void> => (key === "-" ? leave() : switchTo(key));
  return (
    <MenuTrigger>
      <AriaButton className="who">
        <span className="who-mark" aria-hidden="true">
          {identity.organization.slice(0, 2)}
        </span>
        <span className="who-text">
          <b>{identity.organization}</b>
          <span className="small muted">{identity.roles.join(", ")}</span>
          <span className="visually-hidden">{identity.email}, switch user</span>
        </span>
        <Icon name="chevron" />
      </AriaButton>
      <Popover className="popover" placement="top start">
        <Menu onAction={(key) => void act(String(key))} aria-label="Switch user">
          {byOrganization(users).map(([organization, members]) => (
            <MenuSection key={organization}>
              <Header className="menu-heading">{organization}</Header>
              {members.map((user) => (
                <MenuItem
                  key={user.username}
                  id={user.username}
                  className="option"
                  textValue={`${user.roles.join(", ")} of ${organization}`}
                >
                  {user.roles.join(", ")}
                  <span className="option-detail">
                    {user.username === identity.email ? "signed in" : user.username}
                  </span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
          <Separator className="separator" />
          <MenuItem id="-" className="option" textValue="Sign out">
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
