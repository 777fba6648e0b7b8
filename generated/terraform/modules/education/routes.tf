locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/education/instructors"                                     = ["GET", "POST"]
    "/education/instructors/{instructor_id}"                     = ["GET", "PATCH", "DELETE"]
    "/education/courses"                                         = ["GET", "POST"]
    "/education/courses/{course_id}"                             = ["GET", "PATCH", "DELETE"]
    "/education/courses/{course_id}/restore"                     = ["POST"]
    "/education/courses/{course_id}/lessons"                     = ["GET", "POST"]
    "/education/courses/{course_id}/lessons/{lesson_id}"         = ["GET", "PATCH", "DELETE"]
    "/education/courses/{course_id}/lessons/{lesson_id}/restore" = ["POST"]
    "/education/enrollments"                                     = ["GET", "POST"]
    "/education/enrollments/{enrollment_id}"                     = ["GET", "PATCH", "DELETE"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/education/*"
}
