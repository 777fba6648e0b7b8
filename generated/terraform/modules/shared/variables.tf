variable "prefix" {
  description = "What the name of every resource begins with."
  type        = string
}

variable "packages_dir" {
  description = "Folder of the packages that `nexus-gen build` writes."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic that hears of alarms; null for none."
  type        = string
}
