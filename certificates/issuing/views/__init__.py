"""The certificate desk inside the Wagtail admin."""
