nexus = {
  environment         = "prod"
  cors_origins        = ["https://app.diatonic.ai"]
  deletion_protection = true
  log_retention_days  = 365
  alarm_topic_arn     = "arn:aws:sns:us-east-1:123456789012:ops"

  function = {
    memory_mb            = 512
    timeout_seconds      = 15
    reserved_concurrency = 100
  }

  # The separate root's stage; core's stage has the limits and the web ACL that core gives it.
  web_acl_arn = null
  throttle = {
    rate  = 100
    burst = 200
  }
}
