variable "log_group" {
  description = "Log group of all functions."
  type = object({
    name = string
    arn  = string
  })
}
