"""The sample API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import course, enrollment, instructor, lesson, notes

app = App(
    vertical="education",
    tenant_claim="custom:organization_id",
    collections=(
        instructor.instructors,
        course.courses,
        lesson.lessons,
        enrollment.enrollments,
        *notes.COLLECTIONS,
    ),
    routes=(
        course.list_courses,
        course.create_course,
        course.get_course,
        course.update_course,
        course.delete_course,
        course.restore_course,
        instructor.list_instructors,
        instructor.create_instructor,
        instructor.get_instructor,
        instructor.update_instructor,
        instructor.delete_instructor,
        lesson.list_lessons,
        lesson.create_lesson,
        lesson.get_lesson,
        lesson.update_lesson,
        lesson.delete_lesson,
        enrollment.list_enrollments,
        enrollment.create_enrollment,
        enrollment.get_enrollment,
        enrollment.update_enrollment,
        enrollment.delete_enrollment,
        *notes.ROUTES,
    ),
)
handler = app.handle
