"""Addresses on the staff desk, below /admin/."""

from django.urls import path

from courses.attendance.views import changes, register, registers, today

urlpatterns = [
    path("attendance/", today.Today.as_view(), name="attendance_today"),
    path("classes/<int:pk>/registers/", registers.Registers.as_view(), name="attendance_registers"),
    path("attendance/sessions/<int:pk>/", register.RegisterView.as_view(), name="attendance_register"),
    path("attendance/sessions/<int:pk>/mark/", register.MarkOne.as_view(), name="attendance_mark"),
    path("attendance/sessions/<int:pk>/sheet/", registers.SignInSheet.as_view(), name="attendance_sheet"),
    path("attendance/sessions/<int:pk>/interruption/", changes.Interrupt.as_view(), name="attendance_interrupt"),
    path("attendance/marks/<int:pk>/", changes.Correct.as_view(), name="attendance_correct"),
    path("attendance/decide/<int:pk>/", changes.DecideCorrection.as_view(), name="attendance_decide"),
]
