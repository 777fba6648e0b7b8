nexus = {
  environment         = "dev"
  cors_origins        = ["https://dev.diatonic.ai", "http://localhost:5173"]
  deletion_protection = false
  log_retention_days  = 365
  alarm_topic_arn     = null

  function = {
    memory_mb            = 256
    timeout_seconds      = 15
    reserved_concurrency = null
  }

  # The separate root's stage; core's stage has the limits and the web ACL that core gives it.
  web_acl_arn = null
  throttle = {
    rate  = 100
    burst = 200
  }
}
