"""Teaching content of the demo, written for it: plain data that `lms.demo.course` turns into pages and questions."""
