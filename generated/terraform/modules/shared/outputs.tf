output "layer_arn" {
  description = "ARN of the runtime layer's version."
  value       = aws_lambda_layer_version.runtime.arn
}

output "data_key_arn" {
  description = "ARN of the KMS key that encrypts data at rest."
  value       = aws_kms_key.data.arn
}

output "cursor_key_arn" {
  description = "ARN of the KMS key that authenticates cursors."
  value       = aws_kms_key.cursor.arn
}

output "partition" {
  description = "AWS partition that this is deployed to."
  value       = local.partition
}

output "region" {
  description = "AWS Region that this is deployed to."
  value       = local.region
}
