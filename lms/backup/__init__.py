"""One file that brings a site back: how it is made, read and put in place (`lms backup`, `lms restore`)."""
