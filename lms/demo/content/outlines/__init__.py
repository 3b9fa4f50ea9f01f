"""Courses that the school has planned and not yet written: each file has the names of a full course, without questions."""

from lms.demo.content.outlines import business_idea, citrus, ecommerce, reading, sewing

OUTLINES = (sewing, citrus, ecommerce, business_idea, reading)
