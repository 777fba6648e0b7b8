variable "rest_api" {
  description = "REST API that the routes are added to."
  type = object({
    id               = string
    root_resource_id = string
  })
}

variable "authorizer_id" {
  description = "Cognito authorizer that stands before every route."
  type        = string
}

variable "cors_origins" {
  description = "Origins whose scripts may call the API."
  type        = list(string)

  # They become string literals of a Velocity template.
  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?$", origin))])
    error_message = "A CORS origin is a scheme, a host and perhaps a port, such as https://app.example.com or capacitor://localhost."
  }
}

variable "cors_request_headers" {
  description = "Headers that scripts may send besides those that the API needs."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.cors_request_headers : can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", name))])
    error_message = "A header's name has letters, digits and `._-`."
  }
}

variable "routes" {
  description = "Path below the API -> the methods served there and the function that serves them."
  type = map(object({
    methods    = list(string)
    invoke_arn = string
  }))
}
