"""The learner's workbook. Every address names the plan; another learner's is not there."""

from django.urls import path

from courses.plans.views import autosave, book, ending, figures, hand_in, paper, question, tables

app_name = "plans"
urlpatterns = [
    path("", book.door, name="door"),
    path("help/", book.help_page, name="help"),
    path("begin/<int:enrolment>/", book.begin, name="begin"),
    path("to/<slug:code>/", book.to, name="to"),
    path("<int:plan>/", book.book, name="book"),
    path("<int:plan>/way/", book.way, name="way"),
    path("<int:plan>/turn/", book.turn, name="turn"),
    path("<int:plan>/q/<str:path>/", question.question, name="question"),
    path("<int:plan>/s/<slug:code>/", tables.section, name="section"),
    path("<int:plan>/field/", autosave.field, name="field"),
    path("<int:plan>/result/", figures.result, name="result"),
    path("<int:plan>/cash/", figures.cash, name="cash"),
    path("<int:plan>/check/", figures.check, name="check"),
    path("<int:plan>/self/", figures.self_check, name="self"),
    path("<int:plan>/screening/", figures.screening, name="screening"),
    path("<int:plan>/end/", ending.end, name="end"),
    path("<int:plan>/hand-in/", hand_in.hand_in, name="hand_in"),
    path("<int:plan>/comments/<int:comment>/done/", hand_in.settle, name="settle"),
    path("<int:plan>/attempts/<int:number>/", figures.attempt, name="attempt"),
    path("<int:plan>/print/", paper.print_mine, name="print"),
]
