/** What can go wrong with a request, as classes to tell apart with `instanceof`. */

/** One fault of a body or of a query, as the API reports it (RFC 9457 problem details). */
export interface FieldError {
  /** JSON Pointer into the body that was sent (RFC 6901): `/attachments/0/url`. */
  readonly pointer?: string;
  /** Name of the query parameter. */
  readonly parameter?: string;
  /** Stable name of the fault. */
  readonly code: string;
  /** One sentence for a person. */
  readonly detail: string;
}

/** What an answer that is no success says. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldError[];
  /** Seconds to wait before another attempt, where the answer names them. */
  readonly retryAfter: number | undefined;
}

/** The API answered, and not with success. */
export class ApiError extends Error {
  override readonly name: string = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;

  constructor(problem: Problem) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.errors = problem.errors;
    this.retryAfter = problem.retryAfter;
  }

  /** Faults at a JSON Pointer and below it. */
  errorsAt(pointer: string): readonly FieldError[] {
    return this.errors.filter(
      (error) => error.pointer === pointer || error.pointer?.startsWith(`${pointer}/`) === true,
    );
  }
}

/** 400: the body or the query is wrong; `errors` lists each fault at its place. */
export class ValidationError extends ApiError {
  override readonly name = "ValidationError";
}

/** 401: there is no valid token, also after it was asked for anew. */
export class AuthenticationError extends ApiError {
  override readonly name = "AuthenticationError";
}

/** 403: the caller may not do this. */
export class PermissionError extends ApiError {
  override readonly name = "PermissionError";
}

/** 404: there is no such item in the caller's organization. */
export class NotFoundError extends ApiError {
  override readonly name = "NotFoundError";
}

/** 409 and 412: the state of the data stands against the request; `code` says what. */
export class ConflictError extends ApiError {
  override readonly name: string = "ConflictError";
}

/** 412: the item has changed since it was read. Nothing was written. */
export class StaleItemError extends ConflictError {
  override readonly name = "StaleItemError";
}

/** 429 and 503: nothing was decided about the request; try later. */
export class BusyError extends ApiError {
  override readonly name = "BusyError";
}

/** There was no answer: no connection, or none in time. Whether the request had effect is unknown. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** An answer of success that is not the JSON of the API: something before it answered instead. */
export class UnreadableAnswerError extends Error {
  override readonly name = "UnreadableAnswerError";
  readonly status: number;
  /** `Content-Type` of the answer. */
  readonly contentType: string | undefined;
  /** The first characters of its body, at most 200. */
  readonly beginning: string;

  constructor(response: Response, body: string) {
    const type = response.headers.get("content-type") ?? undefined;
    const beginning = body.slice(0, SHOWN);
    const what = body === "" ? "an empty body" : `no JSON but ${JSON.stringify(beginning)}`;
    const who = response.url === "" ? "The API" : response.url;
    super(`${who} answered ${String(response.status)} (${type ?? "no content type"}) with ${what}.`);
    this.status = response.status;
    this.contentType = type;
    this.beginning = beginning;
  }
}

/** A body that JSON cannot say, such as a `BigInt` or a circle. Nothing was sent. */
export class UnsendableBodyError extends Error {
  override readonly name = "UnsendableBodyError";
  /** JSON Pointer to the culprit (RFC 6901); empty for the whole body. */
  readonly pointer: string;

  constructor(pointer: string, reason: string, cause?: unknown) {
    const where = pointer === "" ? "" : ` at ${pointer}`;
    super(`The body cannot be sent as JSON${where}: ${reason}`, { cause });
    this.pointer = pointer;
  }
}

/** What a request of this client fails with. */
export type ClientError = ApiError | NetworkError | UnreadableAnswerError | UnsendableBodyError;

const SHOWN = 200;

const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: ValidationError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  412: StaleItemError,
  429: BusyError,
  503: BusyError,
};

/** The error that an answer stands for, in the form of the API or of the gateway before it. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body = await members(response);
  const status = response.status;
  const problem: Problem = {
    status,
    code: text(body["code"]) ?? `http_${String(status)}`,
    detail: text(body["detail"]) ?? text(body["message"]) ?? `The API answered ${String(status)}.`,
    requestId: text(body["request_id"]) ?? response.headers.get("x-request-id") ?? undefined,
    errors: Array.isArray(body["errors"]) ? body["errors"].filter(isFieldError) : [],
    retryAfter: seconds(response.headers.get("retry-after")),
  };
  return new (CLASSES[status] ?? ApiError)(problem);
}

async function members(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && text(value["code"]) !== undefined && text(value["detail"]) !== undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function seconds(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}
