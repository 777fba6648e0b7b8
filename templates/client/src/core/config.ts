/** What a frontend must know of the environment that it runs against. */

import { parsed } from "./json.js";

export interface ClientConfig {
  readonly environment: string;
  readonly region: string;
  /** URL of the API with its stage. */
  readonly apiUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
}

/** Check the JSON that Terraform's output `nexus_frontend_config` holds. */
export function parseConfig(data: unknown): ClientConfig {
  const members = new Map<string, unknown>(
    typeof data === "object" && data !== null ? Object.entries(data) : [],
  );
  const read = (name: keyof ClientConfig): string => {
    const value = members.get(name);
    if (typeof value !== "string" || value === "") {
      throw new TypeError(`The configuration has no ${name}.`);
    }
    return value;
  };
  return {
    environment: read("environment"),
    region: read("region"),
    apiUrl: read("apiUrl"),
    userPoolId: read("userPoolId"),
    userPoolClientId: read("userPoolClientId"),
  };
}

/** Fetch the configuration file that is deployed beside the frontend. */
export async function loadConfig(url: string | URL = "/config.json"): Promise<ClientConfig> {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`${String(url)} cannot be read: ${String(response.status)}`);
  }
  return parseConfig(parsed(response, await response.text()));
}
