locals {
  prefix = "aws-devops-${var.environment}-ai-nexus"
}

module "shared" {
  source = "../modules/shared"

  prefix          = local.prefix
  packages_dir    = var.packages_dir
  alarm_topic_arn = var.alarm_topic_arn
}

module "agents" {
  source = "../modules/agents"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

module "community" {
  source = "../modules/community"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

module "education" {
  source = "../modules/education"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

module "lab" {
  source = "../modules/lab"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

module "notifications" {
  source = "../modules/notifications"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

module "projects" {
  source = "../modules/projects"

  prefix                  = local.prefix
  environment             = var.environment
  packages_dir            = var.packages_dir
  execution_arn           = var.rest_api.execution_arn
  vpc_id                  = var.network.vpc_id
  subnet_ids              = var.network.subnet_ids
  code_signing_config_arn = var.code_signing_config_arn
  region                  = module.shared.region
  partition               = module.shared.partition
  layer_arn               = module.shared.layer_arn
  data_key_arn            = module.shared.data_key_arn
  cursor_key_arn          = module.shared.cursor_key_arn
  cors_origins            = var.cors_origins
  deletion_protection     = var.deletion_protection
  log_retention_days      = var.log_retention_days
  alarm_topic_arn         = var.alarm_topic_arn
  function                = var.function
}

locals {
  routes = merge(
    module.agents.routes,
    module.community.routes,
    module.education.routes,
    module.lab.routes,
    module.notifications.routes,
    module.projects.routes,
  )
}

module "routes" {
  source = "../modules/routes"

  rest_api      = var.rest_api
  authorizer_id = var.authorizer_id
  cors_origins  = var.cors_origins
  routes        = local.routes
}
